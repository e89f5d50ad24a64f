import * as vscode from 'vscode';
import type { Mention } from '../../core/mention';
import type { Form } from '../../core/mentions';
import { locate } from '../../workspace/asking/locations';
import type { CorpusStore } from '../../workspace/store';
import { shortText } from '../shared/targets';

/** How many mentions are listed; who sees so many types more. */
const MOST = 500;

/** A mention in the list, whose place in its article is looked up when it is chosen. */
class MentionSymbol extends vscode.SymbolInformation {
  constructor(
    uri: vscode.Uri,
    readonly mention: Mention,
    /** Its label, and which it is of several that look alike. */
    container: string,
  ) {
    // The editor takes symbols of one name at one place for one.
    const start = new vscode.Position(0, mention.start);
    super(
      shortText(mention.text),
      vscode.SymbolKind.Constant,
      container,
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
  await store.catalog.ready;
  await store.catalog.count();
  const found: vscode.SymbolInformation[] = [];
  const forms = [...store.catalog.index.forms()].filter(({ text }) => text.toLowerCase().includes(wanted));
  forms.sort((a, b) => a.text.length - b.text.length || b.all - a.all);
  for (const form of forms) {
    for (const [uri, mentions] of mentionsByArticle(store, form)) {
      for (const [at, mention] of mentions.entries()) {
        if (found.length >= MOST || token.isCancellationRequested) return found;
        const container =
          mentions.length === 1
            ? mention.label
            : vscode.l10n.t('{0} ({1} of {2})', mention.label, at + 1, mentions.length);
        found.push(new MentionSymbol(uri, mention, container));
      }
    }
  }
  return found;
}

/** The mentions with one text and label that have a place: all those of an article together, in its order. */
function mentionsByArticle(store: CorpusStore, { text, label }: Form): Map<vscode.Uri, Mention[]> {
  const byArticle = new Map<vscode.Uri, Mention[]>();
  for (const { key, mention } of store.catalog.index.find({ text, label })) {
    if (mention.broken) continue;
    const others = byArticle.get(key.uri);
    if (others) others.push(mention);
    else byArticle.set(key.uri, [mention]);
  }
  for (const mentions of byArticle.values()) mentions.sort((a, b) => a.start - b.start);
  return byArticle;
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
