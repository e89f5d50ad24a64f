import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { CurrentArticle } from '../shared/current-article';
import { resolveArticle, showEntity, type EntityArgument } from '../shared/targets';
import { NO_FILTER, pickFilter, readFilter } from './filter';
import { followCursor } from './follow';
import type { Row } from './rows';
import { EntitiesView } from './view';

/** The side bar's list of the entities of the current article. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const current = new CurrentArticle(store);
  const view = new EntitiesView(store, current, context.workspaceState);
  context.subscriptions.push(current, view, followCursor(view, current));

  const command = (name: string, run: (...values: never[]) => unknown) => {
    context.subscriptions.push(vscode.commands.registerCommand(`corpusAnnotator.entities.${name}`, run));
  };
  command('reveal', (argument: EntityArgument | undefined) => goTo(store, argument));
  command('groupByLabel', () => view.setGrouped(true));
  command('textOrder', () => view.setGrouped(false));
  command('clearFilter', () => view.setFilter(NO_FILTER));
  command('filter', async (argument: unknown) => {
    const uri = current.article?.uri;
    const entry = uri && store.entry(uri);
    const filter =
      readFilter(argument) ??
      (await pickFilter(view.filter, entry?.corpus ?? store.corpora[0], entry?.summary.labels ?? new Map()));
    if (filter) await view.setFilter(filter);
  });

  // What the editor's commands do to the entity at the cursor, these do to rows.
  for (const name of ['relabel', 'deleteEntity', 'toggleReviewed', 'editNote']) {
    command(name, async (row: Row | undefined, rows: readonly Row[] | undefined) => {
      const targets = rows ?? (row ? [row] : await rowsOfKey(view, name));
      const argument = view.argumentOf(targets);
      if (argument) await vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);
    });
  }
}

/** What a key is about; a heading is no entity, so there it does what it does in other trees. */
async function rowsOfKey(view: EntitiesView, name: string): Promise<readonly Row[]> {
  const rows = await view.rowsOfKey();
  const entities = rows.filter(({ kind }) => kind === 'entity');
  if (name === 'toggleReviewed' && entities.length === 0)
    await vscode.commands.executeCommand('list.toggleExpand');
  return entities;
}

async function goTo(store: CorpusStore, argument: EntityArgument | undefined): Promise<void> {
  const article = await resolveArticle(store, argument);
  const entity = article?.entities.find(({ id }) => id === argument?.id);
  if (article && entity) await showEntity(article, entity);
}
