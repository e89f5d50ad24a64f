import type * as vscode from 'vscode';
import { disk } from '#disk';
import { decodeUtf8, normalizeText } from '../../core/text';

type ShownDocument = Pick<vscode.TextDocument, 'uri' | 'isDirty' | 'getText'>;

/**
 * Whether a document shows its file's bytes as UTF-8. While the editor saves or loads, the two differ
 * for a moment: a file gets several looks before it is refused.
 * @param onDisk the file's text; `undefined` where it is not UTF-8
 */
export async function isShownAsUtf8(document: ShownDocument, onDisk: string | undefined): Promise<boolean> {
  let text = onDisk;
  for (let looks = 1; ; looks++) {
    const isValid = text !== undefined;
    if (text !== undefined && shows(document, text)) return true;
    if (looks > (isValid ? 4 : 1)) return false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const bytes = await disk.read(document.uri).catch(() => undefined);
    if (!bytes) return true;
    text = decodeUtf8(bytes);
  }
}

function shows(document: ShownDocument, text: string): boolean {
  return document.isDirty || normalizeText(text) === normalizeText(document.getText());
}

/** All that a plain byte can be in any encoding that has bytes of one character. */
const ASCII = /^[\0-\x7f]*$/;

/**
 * The encoding of a document which, saved as the editor would, is no longer UTF-8; `undefined` where it stays that,
 * or where the editor (before 1.100) does not say.
 */
export function encodingLost(document: Pick<vscode.TextDocument, 'getText'>): string | undefined {
  const { encoding } = document as { readonly encoding?: string };
  if (encoding === undefined || /^utf8/.test(encoding)) return undefined;
  return /^utf16/.test(encoding) || !ASCII.test(document.getText()) ? encoding : undefined;
}
