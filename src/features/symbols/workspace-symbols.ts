import * as vscode from 'vscode';
import type { Mention } from '../../core/mention';
import { locate } from '../../workspace/locations';
import type { CorpusStore } from '../../workspace/store';
import { shortText } from '../shared/targets';

/** How many mentions are listed; who sees so many types more. */
const MOST = 500;

/** A mention in the list, whose place in its article is looked up when it is chosen. */
class MentionSymbol extends vscode.SymbolInformation {
  constructor(
    uri: vscode.Uri,
    readonly mention: Mention,
  ) {
    // The editor takes symbols of one name at one place for one.
    const start = new vscode.Position(0, mention.start);
    super(
      shortText(mention.text),
      vscode.SymbolKind.Constant,
      mention.label,
      new vscode.Location(uri, new vscode.Range(start, start)),
    );
  }
}

/** The mentions of entities whose text has what was typed, whatever its case. */
export async function findSymbols(
  store: CorpusStore,
  query: string,
  token: vscode.CancellationToken,
): Promise<vscode.SymbolInformation[]> {
  const wanted = query.trim().toLowerCase();
  // Without a word, the list would be all entities.
  if (wanted === '') return [];
  await store.ready;
  await store.count();
  const found: vscode.SymbolInformation[] = [];
  const forms = [...store.index.forms()].filter(({ text }) => text.toLowerCase().includes(wanted));
  forms.sort((a, b) => a.text.length - b.text.length || b.all - a.all);
  for (const { text, label } of forms) {
    for (const { key, mention } of store.index.find({ text, label })) {
      if (found.length >= MOST || token.isCancellationRequested) return found;
      if (!mention.broken) found.push(new MentionSymbol(key.uri, mention));
    }
  }
  return found;
}

export async function placeSymbol(
  store: CorpusStore,
  symbol: vscode.SymbolInformation,
): Promise<vscode.SymbolInformation> {
  if (symbol instanceof MentionSymbol) {
    const [location] = await locate(store, symbol.location.uri, [symbol.mention]);
    if (location) symbol.location = location;
  }
  return symbol;
}
