import type * as vscode from 'vscode';
import { disk } from '#disk';
import { decodeUtf8, normalizeText } from '../core/text';

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
