import * as vscode from 'vscode';
import { addressOf } from '../../core/links';
import type { Authorities } from '../../workspace/asking/authorities';
import { entityRange } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { entityAt, shortText } from '../shared/targets';

const OPEN = 'corpusAnnotator.openLink';

/** What the authority file says of the entity under the pointer, and the way to its address. */
export async function hoverOf(
  store: CorpusStore,
  authorities: Authorities,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const article = store.live.at(document.uri);
  const corpus = store.catalog.entry(document.uri)?.corpus;
  const entity = article && entityAt(article, new vscode.Range(position, position));
  if (!article || !corpus || entity?.link === undefined) return undefined;
  const entry = (await authorities.of(corpus)).index.find(entity.link);
  const address = addressOf(entity.link, corpus.labelSet.prefixes);
  const parts: vscode.MarkdownString[] = [];
  if (entry?.name !== undefined || entry?.description !== undefined) {
    // What the corpus says is untrusted: it is text.
    const said = [entry.name, entry.description].filter((text) => text !== undefined).join(' — ');
    parts.push(new vscode.MarkdownString('$(book) ', true).appendText(shortText(said, 300)));
  }
  if (address !== undefined) {
    const argument = encodeURIComponent(JSON.stringify([{ article: article.uri.toString(), id: entity.id }]));
    const link = new vscode.MarkdownString(`[${vscode.l10n.t('Open link…')}](command:${OPEN}?${argument})`);
    link.isTrusted = { enabledCommands: [OPEN] };
    parts.push(link);
  }
  if (parts.length === 0) return undefined;
  return new vscode.Hover(parts, entityRange(document, article.index, entity));
}
