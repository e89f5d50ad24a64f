import { changing } from '../../core/model/edit';
import * as vscode from 'vscode';
import { AuthorityIndex } from '../../core/authority';
import { withFields, type Entity } from '../../core/model/entity';
import type { Authorities } from '../../workspace/asking/authorities';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { registerCommand } from '../shared/command';
import { applyToHits, collectEntities, showHit, warnUnread, type Hit } from '../shared/hits';
import { say, sayDone, sayNothingHere } from '../shared/messages';
import { identityOf, isSame } from '../shared/same-entity';
import { resolveTargets, shortText, type EntityArgument, type Targets } from '../shared/targets';
import { askLink, linkProblem } from './ask-link';

interface Argument extends EntityArgument {
  /** The new link; an empty one removes it. */
  readonly link?: string;
  /** Whether to ask which of the mentions; as without an argument. */
  readonly preview?: boolean;
}

/** The canonical link of entities: of those at the cursors, or of every mention of the same entity; and `F2`. */
export function register(
  context: vscode.ExtensionContext,
  store: CorpusStore,
  authorities: Authorities,
): void {
  context.subscriptions.push(
    registerCommand('editLink', (argument?: Argument) => editLink(store, authorities, argument)),
    registerCommand('changeLinkInCorpus', (argument?: Argument) =>
      changeLinkInCorpus(store, authorities, argument),
    ),
    registerCommand('renameEntity', (argument?: Argument) => renameEntity(store, argument)),
  );
}

async function editLink(
  store: CorpusStore,
  authorities: Authorities,
  argument: Argument | undefined,
): Promise<void> {
  const targets = await targetsOf(store, argument);
  const [first] = targets?.entities ?? [];
  if (!targets || !first) return;
  const link = await linkFor(first, store.catalog.corpusAt(targets.article.uri), authorities, argument);
  if (link === undefined) return;
  const changed = targets.entities.filter((entity) => (entity.link ?? '') !== link);
  const title = titleOf(first, link);
  const saved = targets.article.apply(
    title,
    changed.map((entity) => changing(entity, withLink(entity, link))),
  );
  sayDone(title);
  await saved;
}

/** All mentions with the same link, or, without one, with the same text and label, get a new link as one step. */
async function changeLinkInCorpus(
  store: CorpusStore,
  authorities: Authorities,
  argument: Argument | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const targets = await targetsOf(store, argument);
  const [first] = targets?.entities ?? [];
  if (!targets || !first) return;
  const corpus = store.catalog.corpusAt(targets.article.uri);
  const link = await linkFor(first, corpus, authorities, argument);
  if (link === undefined || link === (first.link ?? '')) return;
  const identity = identityOf(first);
  const known = new Set(Array.from(store.catalog.index.find(identity), ({ key }) => key));
  const hits = await collectEntities(
    store,
    store.catalog.all.filter((entry) => entry.corpus === corpus && known.has(entry)),
    // Without a link, those that have one are others with the same name.
    (entity) => isSame(identity, entity) && ('link' in identity || entity.link === undefined),
    t('Looking for {0}', quote(first)),
  );
  if (!hits) return;
  warnUnread(
    store,
    store.catalog.all.filter((entry) => entry.corpus === corpus),
  );
  const title = titleOf(first, link);
  const placeholder = (count: number) =>
    count === 1
      ? t('1 mention. Enter changes it, Escape leaves it as it is')
      : t('{0} mentions. Space leaves one as it is, Enter changes the others', count);
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen = argument?.preview === false ? hits : await chooseHits({ title, placeholder, hits, show });
  if (!chosen || chosen.length === 0) return;
  await applyToHits(store, title, chosen, ({ entity }) => [changing(entity!, withLink(entity!, link))]);
}

/** What a person may mean by renaming an entity. */
async function renameEntity(store: CorpusStore, argument: Argument | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const targets = await targetsOf(store, argument);
  const [first] = targets?.entities ?? [];
  if (!targets || !first) return;
  const items = [
    {
      label: t('Relabel all mentions in the corpus…'),
      description: first.label,
      command: 'relabelAllInCorpus',
    },
    {
      label: t('Change the link of all mentions in the corpus…'),
      description: first.link ?? t('no link yet'),
      command: 'changeLinkInCorpus',
    },
    {
      label: t('Rename the label everywhere…'),
      description: first.label,
      command: 'renameLabel',
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: t('Rename {0}', quote(first)) });
  if (!chosen) return;
  const { uri } = targets.article;
  const target =
    chosen.command === 'renameLabel'
      ? { from: first.label, root: store.catalog.corpusAt(uri)?.root }
      : { article: uri.toString(), id: first.id };
  await vscode.commands.executeCommand(`corpusAnnotator.${chosen.command}`, target);
}

async function targetsOf(store: CorpusStore, argument: Argument | undefined): Promise<Targets | undefined> {
  const targets = await resolveTargets(store, argument);
  if (targets && targets.entities.length > 0) return targets;
  sayNothingHere(targets !== undefined);
  return undefined;
}

/** The link that an argument says, else that a person does. @returns `undefined` where it is none */
async function linkFor(
  entity: Entity,
  corpus: Corpus | undefined,
  authorities: Authorities,
  { link }: Argument = {},
): Promise<string | undefined> {
  const known = corpus ? (await authorities.of(corpus)).index : new AuthorityIndex([]);
  if (link === undefined) return askLink(entity, known);
  const problem = linkProblem(link, known);
  if (problem === undefined) return link;
  say(problem, 'error');
  return undefined;
}

function withLink(entity: Entity, link: string): Entity {
  return withFields(entity, { link: link === '' ? undefined : link });
}

function titleOf(entity: Entity, link: string): string {
  return link === ''
    ? vscode.l10n.t('Remove the link of {0}', quote(entity))
    : vscode.l10n.t('Link {0} to {1}', quote(entity), shortText(link, 60));
}

function quote({ text }: Entity): string {
  return `“${shortText(text, 40)}”`;
}
