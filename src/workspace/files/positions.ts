import * as vscode from 'vscode';
import { brokenPlace } from '../../core/check-article';
import type { Entity } from '../../core/model/entity';
import type { Span, TextIndex } from '../../core/text';
import type { Range16 } from '../../core/words';

/** The one place where spans (code points) and the editor's ranges (UTF-16) meet. `index` is that of the document's text. */

export function toRange(document: vscode.TextDocument, index: TextIndex, span: Span): vscode.Range {
  return rangeOf16(document, { start16: index.toUtf16(span.start), end16: index.toUtf16(span.end) });
}

/** Where an entity is shown: its mention, or, where its text is gone, the word at its old place. */
export function entityRange(document: vscode.TextDocument, index: TextIndex, entity: Entity): vscode.Range {
  return entity.broken ? rangeOf16(document, brokenPlace(index, entity)) : toRange(document, index, entity);
}

export function toSpan(document: vscode.TextDocument, index: TextIndex, range: vscode.Range): Span {
  const { start16, end16 } = toRange16(document, range);
  return { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
}

export function toRange16(document: vscode.TextDocument, range: vscode.Range): Range16 {
  return { start16: document.offsetAt(range.start), end16: document.offsetAt(range.end) };
}

export function rangeOf16(document: vscode.TextDocument, range: Range16): vscode.Range {
  return new vscode.Range(document.positionAt(range.start16), document.positionAt(range.end16));
}
