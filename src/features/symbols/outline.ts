import * as vscode from 'vscode';
import type { LiveArticle } from '../../workspace/open/live-article';
import { toRange } from '../../workspace/files/positions';
import { shortText } from '../shared/targets';

/** The entities of an article for the outline and the breadcrumbs: those within another one below it. */
export function outlineOf({ document, index, entities }: LiveArticle): vscode.DocumentSymbol[] {
  const roots: vscode.DocumentSymbol[] = [];
  const open: vscode.DocumentSymbol[] = [];
  for (const entity of entities) {
    if (entity.broken) continue;
    const range = toRange(document, index, entity);
    const name = shortText(entity.text) || entity.label;
    const symbol = new vscode.DocumentSymbol(name, entity.label, vscode.SymbolKind.Constant, range, range);
    while (open.length > 0 && !open.at(-1)!.range.contains(range)) open.pop();
    (open.at(-1)?.children ?? roots).push(symbol);
    open.push(symbol);
  }
  return roots;
}
