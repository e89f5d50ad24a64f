import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Problem } from '../core/problem';
import { readSidecar } from '../core/sidecar/read';
import type { Sidecar } from '../core/sidecar/sidecar';
import { decodeUtf8 } from '../core/text';
import { Refusal } from './refusal';

/**
 * A sidecar on disk, or in the editor that has it open with unsaved changes. Remembers the version that
 * was read last, so that no other is ever overwritten.
 */
export class SidecarFile {
  /** The source as it was last read or written; `undefined` where there is no file. */
  source: string | undefined;
  /** What the source says; `undefined` where there is no file, or none that can be used. */
  sidecar: Sidecar | undefined;
  problems: readonly Problem[] = [];

  constructor(readonly uri: vscode.Uri) {}

  /** Whether there is a file that must not be overwritten, because it cannot be read. */
  get isInvalid(): boolean {
    return this.source !== undefined && this.sidecar === undefined;
  }

  /** Reads the file again. @returns whether it differs from what was known */
  async refresh(): Promise<boolean> {
    const source = await this.readSource();
    if (source === this.source) return false;
    this.source = source;
    const reading = source === undefined ? undefined : readSidecar(source);
    this.sidecar = reading?.sidecar;
    this.problems = reading?.problems ?? [];
    return true;
  }

  /**
   * Replaces the version that was read last. The caller has just called {@link refresh}.
   * @throws Refusal
   */
  async write(source: string, sidecar: Sidecar): Promise<void> {
    try {
      const editor = this.dirtyDocument();
      if (editor) await replaceInEditor(editor, source);
      else await disk.write(this.uri, new TextEncoder().encode(source));
    } catch (error) {
      throw Refusal.fromWriteError(error, this.uri);
    }
    this.source = source;
    this.sidecar = sidecar;
    this.problems = [];
  }

  private async readSource(): Promise<string | undefined> {
    const editor = this.dirtyDocument();
    if (editor) return editor.getText();
    const bytes = await disk.read(this.uri);
    // Bytes that are not UTF-8 must not look like an empty or a valid file.
    return bytes && (decodeUtf8(bytes) ?? '\0 not UTF-8');
  }

  private dirtyDocument(): vscode.TextDocument | undefined {
    const uri = this.uri.toString();
    return vscode.workspace.textDocuments.find(
      (document) => document.isDirty && document.uri.toString() === uri,
    );
  }
}

/** Changes an open document to a text by one edit of what differs, so that cursors stay; leaves it unsaved. */
export async function replaceInEditor(document: vscode.TextDocument, text: string): Promise<void> {
  const old = document.getText();
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(old.length, text.length) - start;
  while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(old.length - end)),
    text.slice(start, text.length - end),
  );
  if (!(await vscode.workspace.applyEdit(edit))) throw new Refusal('write-failed', document.uri);
}
