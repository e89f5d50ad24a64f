import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Problem, ProblemCode } from '../../core/problem';
import { decodeUtf8 } from '../../core/text';
import { LARGEST_FILE } from '../host/disk';

/**
 * What an unsaved editor or the disk holds of a YAML file; `undefined` where there is none. Never rejects: a
 * file that cannot be read gives a source that is not YAML (see {@link unreadProblem}), so that it never
 * passes for one that is empty or not there.
 */
export async function readSource(uri: vscode.Uri): Promise<string | undefined> {
  const editor = dirtyDocument(uri);
  if (editor) return editor.getText();
  try {
    const bytes = await disk.read(uri);
    return bytes && (decodeUtf8(bytes) ?? unread('file-not-utf8'));
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return code === 'FileTooBig' ? unread('file-too-big') : unread('file-unreadable', code ?? message);
  }
}

/** In place of a source that cannot be had; no YAML holds its first character. */
function unread(code: ProblemCode, reason = ''): string {
  return `\0${code}\0${reason}`;
}

/** Why a source is not that of the file. */
export function unreadProblem(source: string): Problem | undefined {
  if (!source.startsWith('\0file-')) return undefined;
  const [, code, reason = ''] = source.split('\0');
  const values = { reason, limit: String(LARGEST_FILE) };
  return { code: code as ProblemCode, severity: 'error', start16: 0, end16: 0, values };
}

/** The document of a file if it has unsaved changes. */
export function dirtyDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === key,
  );
}

/** The text of an article that is not open. @returns `undefined` for what cannot be read as text */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const bytes = await disk.read(uri).catch(() => undefined);
  return bytes && decodeUtf8(bytes);
}
