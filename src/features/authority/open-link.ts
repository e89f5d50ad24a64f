import * as vscode from 'vscode';
import { addressOf } from '../../core/links';
import type { Authorities } from '../../workspace/asking/authorities';
import type { CorpusStore } from '../../workspace/store';
import { say, sayNothingHere } from '../shared/messages';
import { resolveTargets, shortText, type EntityArgument } from '../shared/targets';
import { entryOf } from './definition';

/**
 * Opens the address that an entity links to in the browser. The editor itself asks before it opens an address
 * of a corpus, and shows it, unless the person has said that its domain is to be trusted.
 */
export async function openLink(store: CorpusStore, argument: EntityArgument | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const targets = await resolveTargets(store, argument);
  const entity = targets?.entities.find(({ link }) => link !== undefined) ?? targets?.entities[0];
  if (!targets || !entity) return sayNothingHere(targets !== undefined);
  const { link, text } = entity;
  if (link === undefined) return say(t('“{0}” has no link.', shortText(text, 40)));
  const address = addressOf(link, store.catalog.entry(targets.article.uri)?.corpus.labelSet.prefixes);
  if (address === undefined)
    return say(
      t('No address is known for {0}: say in corpus.yaml what its prefix stands for.', shortText(link)),
    );
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

/**
 * What `F12` does in an article: as Go to Definition of the editor, but where the entity has an address and no
 * entry in the authority file, the address is opened.
 */
export async function goToDefinition(
  store: CorpusStore,
  authorities: Authorities,
  argument: EntityArgument | undefined,
): Promise<void> {
  const targets = await resolveTargets(store, argument);
  if (!targets) return sayNothingHere(false);
  const [entity] = targets.entities;
  const corpus = store.catalog.entry(targets.article.uri)?.corpus;
  const address = entity?.link === undefined ? undefined : addressOf(entity.link, corpus?.labelSet.prefixes);
  if (corpus && address !== undefined && !(await entryOf(authorities, corpus, entity?.link)))
    return openLink(store, { article: targets.article.uri, id: entity!.id });
  await vscode.commands.executeCommand('editor.action.revealDefinition');
}
