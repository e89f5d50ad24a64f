import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { CurrentArticle } from '../shared/current-article';
import { say } from '../shared/messages';
import { resolveArticle, showEntity, showSpan, type PlaceArgument } from '../shared/targets';
import type { VersionOwners } from '../shared/version-owners';
import { pickFilter } from './choose-filter';
import { NO_FILTER, readFilter } from './filter';
import { followCursor } from './follow';
import type { Row } from './rows';
import { EntitiesView } from './view';

/** The side bar's list of the entities of the current article. */
export function register(context: vscode.ExtensionContext, store: CorpusStore, owners: VersionOwners): void {
  const current = new CurrentArticle(store);
  const view = new EntitiesView(store, current, context.workspaceState, owners);
  context.subscriptions.push(current, view, followCursor(view, current));

  const command = <Given extends unknown[]>(name: string, run: (...given: Given) => unknown) => {
    context.subscriptions.push(registerCommand(`entities.${name}`, run));
  };
  command('reveal', (argument?: PlaceArgument) => goTo(store, argument));
  command('groupByLabel', () => view.setGrouped(true));
  command('textOrder', () => view.setGrouped(false));
  command('clearFilter', () => view.setFilter(NO_FILTER));
  command('filter', async (argument?: unknown) => {
    const uri = current.article?.uri;
    const entry = uri && store.catalog.entry(uri);
    const filter =
      readFilter(argument) ??
      (await pickFilter(
        view.filter,
        entry?.corpus ?? store.catalog.corpora[0],
        entry?.summary.labels ?? new Map(),
      ));
    if (filter) await view.setFilter(filter);
  });

  for (const name of ['place', 'placeAtSelection'])
    command(name, async (row?: Row) => place(store, view, row ?? (await view.rowsOfKey())[0]));

  let turn: Promise<unknown> = Promise.resolve();
  for (const name of ['acceptSuggestion', 'refuseSuggestion'] as const) {
    command(name, (row?: Row, rows?: readonly Row[]) => {
      // Keys may come faster than rows follow: each acts on the row that the one before has led to.
      const done = turn.then(async () => decide(view, name, rows ?? (row ? [row] : await view.rowsOfKey())));
      turn = done.catch(() => undefined);
      return done;
    });
  }

  // What the editor's commands do to the entity at the cursor, these do to rows.
  for (const name of [
    'relabel',
    'deleteEntity',
    'toggleReviewed',
    'editNote',
    'editLink',
    'openLink',
    'keepThisVersion',
    'keepBothVersions',
  ]) {
    command(name, async (row?: Row, rows?: readonly Row[]) => {
      const targets = rows ?? (row ? [row] : await rowsOfKey(store, view, name));
      const argument = view.argumentOf(targets);
      if (argument) await vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);
    });
  }
}

/**
 * Places an entity: at the place of a row, or, for the row of the entity itself, at the selection in the
 * article; then goes on to the next one.
 */
async function place(store: CorpusStore, view: EntitiesView, row: Row | undefined): Promise<void> {
  const entity = row?.kind === 'candidate' || row?.kind === 'no-candidate' ? row.parent : row;
  if (!row || entity?.kind !== 'entity')
    return say(vscode.l10n.t('Choose an entity under “To place”, or one of its places.'));
  const position = view.positionToPlace(entity.id);
  const { article, id } = entity;
  const placing =
    row.kind === 'candidate'
      ? execute('placeEntity', { article, id, ...row.span, text: row.text })
      : execute('placeAtSelection', { article, id });
  // Not when it is on disk: by then, who types fast is somewhere else.
  let subscription: vscode.Disposable | undefined;
  const seen = new Promise<boolean>((resolve) => {
    subscription = store.live.onDidChangeEntities(({ uri, entities }) => {
      if (uri.toString() === article && entities.some((one) => one.id === id && !one.broken)) resolve(true);
    });
  });
  const isPlaced = await Promise.race([placing, seen]);
  subscription?.dispose();
  if (isPlaced && position >= 0) await view.unfoldToPlace(position);
  await placing;
}

function execute(command: string, argument: PlaceArgument): Thenable<boolean | undefined> {
  return vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
}

/** Accepts or refuses the suggestions among rows, then goes on to the next one. */
async function decide(
  view: EntitiesView,
  name: 'acceptSuggestion' | 'refuseSuggestion',
  rows: readonly Row[],
): Promise<void> {
  const suggestions = rows.filter((row) => row.kind === 'suggestion');
  const [first] = suggestions;
  if (!first) return say(vscode.l10n.t('Choose a suggestion under “Suggested”.'));
  const position = Math.min(...suggestions.map((row) => view.positionOfSuggestion(row)));
  const starts = suggestions.map(({ start }) => start);
  await vscode.commands.executeCommand(`corpusAnnotator.${name}`, { article: first.article, starts });
  await view.selectSuggestion(position);
}

/** What a key is about; a heading is no entity, so there it does what it does in other trees. */
async function rowsOfKey(store: CorpusStore, view: EntitiesView, name: string): Promise<readonly Row[]> {
  const rows = await view.rowsOfKey();
  const [only] = rows;
  // As a box is ticked in a list of choices.
  if (name === 'toggleReviewed' && only?.kind === 'candidate' && rows.length === 1)
    await place(store, view, only);
  const decision = { toggleReviewed: 'acceptSuggestion', deleteEntity: 'refuseSuggestion' } as const;
  if ((name === 'toggleReviewed' || name === 'deleteEntity') && only?.kind === 'suggestion')
    await decide(view, decision[name], rows);
  const entities = rows.filter(({ kind }) => kind === 'entity');
  if (name === 'toggleReviewed' && entities.length === 0 && only && 'children' in only)
    await vscode.commands.executeCommand('list.toggleExpand');
  return entities;
}

/** Shows an entity, or a place where it may belong or is suggested; the focus stays with who looks through places. */
async function goTo(store: CorpusStore, argument: PlaceArgument | undefined): Promise<void> {
  const article = await resolveArticle(store, argument);
  if (!article) return;
  const { id, start, end } = argument ?? {};
  if (start !== undefined && end !== undefined)
    return void (await showSpan(article, { start, end }, { preserveFocus: true }));
  const entity = article.entities.find((one) => one.id === id);
  if (entity) await showEntity(article, entity);
}
