import * as vscode from 'vscode';
import { touchedEntities } from '../../core/edit';
import type { Direction } from '../../core/text-step';
import type { LiveArticle, Travel } from '../../workspace/live-article';
import { toRange } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';
import { travelBulk } from '../shared/bulk';
import { say } from '../shared/messages';
import { editorOf, resolveArticle } from '../shared/targets';

/** Takes back the newest change of annotations in the active article, or does the oldest undone one again. */
export async function travel(store: CorpusStore, direction: Direction): Promise<void> {
  const active = resolveArticle(store, undefined);
  const done = await inTurn(async () => {
    const article = await active;
    const bulk = article?.history.nextEdits(direction)?.bulk;
    if (bulk !== undefined) return travelBulk(store, direction, bulk);
    const travelled = travelNow(article, direction);
    if (!travelled) say(nothingMessage(direction));
    return travelled;
  });
  await done?.saved;
}

/**
 * What the editor's undo and redo keys do in an article: travel over whatever is next, text or tags. It is
 * decided here, not by a context key, which would come too late for a person who types fast. Where the
 * editor has nothing to do, as after a restart, which it forgets its own steps with, the tags are next.
 */
export async function travelAny(store: CorpusStore, direction: Direction): Promise<void> {
  // Asked for at once, since who types fast is elsewhere soon; one that was just opened is still being read.
  const active = resolveArticle(store, undefined);
  const done = await inTurn(async () => {
    const article = await active;
    const next = direction === 'undo' ? article?.history.undoStep : article?.history.redoStep;
    if (next?.kind === 'edits') {
      if (next.bulk === undefined) return travelNow(article, direction);
      await travelBulk(store, direction, next.bulk);
      return undefined;
    }
    const version = article?.document.version;
    await vscode.commands.executeCommand(direction);
    return article?.document.version === version ? travelNow(article, direction) : undefined;
  });
  await done?.saved;
}

let turn: Promise<unknown> = Promise.resolve();

/** Keys may come faster than the editor undoes: each decides on what the one before has left. */
function inTurn<T>(action: () => T | Promise<T>): Promise<T> {
  const done = turn.then(action);
  turn = done.catch(() => undefined);
  return done;
}

function travelNow(article: LiveArticle | undefined, direction: Direction): Travel | undefined {
  const done = article?.travel(direction);
  if (!article || !done) return undefined;
  say(done.obstacles.length > 0 ? refusedMessage(done, direction) : doneMessage(done, direction));
  if (done.obstacles.length === 0) show(article, done);
  return done;
}

/** Selects the first mention that came back, changed or went, unless the cursor is in one of them. */
function show(article: LiveArticle, { edits }: Travel): void {
  const editor = editorOf(article);
  const touched = touchedEntities(article.annotations, edits).filter(({ broken }) => !broken);
  if (!editor || touched.length === 0) return;
  const { selection } = editor;
  const ranges = touched.map((entity) => toRange(article.document, article.index, entity));
  if (selection.isEmpty && ranges.some((range) => range.contains(selection))) return;
  const [range] = ranges as [vscode.Range];
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function doneMessage({ title }: Travel, direction: Direction): string {
  return direction === 'undo' ? vscode.l10n.t('Undone: {0}', title) : vscode.l10n.t('Done again: {0}', title);
}

function nothingMessage(direction: Direction): string {
  return direction === 'undo'
    ? vscode.l10n.t('There is no tagging to undo in this article.')
    : vscode.l10n.t('There is no tagging to redo in this article.');
}

function refusedMessage({ title, edits, obstacles }: Travel, direction: Direction): string {
  const head =
    direction === 'undo'
      ? vscode.l10n.t('Not undone: {0}.', title)
      : vscode.l10n.t('Not done again: {0}.', title);
  return `$(warning) ${head} ${obstacleMessage(edits.length, obstacles)}`;
}

function obstacleMessage(count: number, obstacles: Travel['obstacles']): string {
  if (count > 1) {
    return vscode.l10n.t('{0} of its {1} changes no longer apply.', obstacles.length, count);
  }
  switch (obstacles[0]) {
    case 'gone':
      return vscode.l10n.t('The entity is no longer there.');
    case 'there':
      return vscode.l10n.t('The entity is there again.');
    default:
      return vscode.l10n.t('It was changed in another way since.');
  }
}
