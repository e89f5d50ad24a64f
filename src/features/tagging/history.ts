import * as vscode from 'vscode';
import { touchedEntities } from '../../core/model/edit';
import type { Direction } from '../../core/text-step';
import type { LiveArticle, Travel } from '../../workspace/open/live-article';
import { toRange } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { travelBulk } from '../shared/bulk';
import { say } from '../shared/messages';
import { moveBy, type Acted, type Press } from '../shared/presses';
import { editorOf, resolveArticle, selectRange } from '../shared/targets';

/** Takes back the newest change of annotations in the active article, or does the oldest undone one again. */
export async function travel(store: CorpusStore, direction: Direction, at: Press): Promise<Acted | void> {
  const article = await resolveArticle(store, undefined, at);
  const bulk = article?.history.nextEdits(direction)?.bulk;
  if (bulk !== undefined) return travelBulk(store, direction, bulk);
  return travelNow(article, direction) ?? say(nothingMessage(direction));
}

/**
 * What the editor's undo and redo keys do in an article: travel over whatever is next, text or tags. It is
 * decided here, not by a context key, which would come too late for a person who types fast. Where the
 * editor has nothing to do, as after a restart, which it forgets its own steps with, the tags are next.
 */
export async function travelAny(store: CorpusStore, direction: Direction, at: Press): Promise<Acted | void> {
  const article = await resolveArticle(store, undefined, at);
  const next = direction === 'undo' ? article?.history.undoStep : article?.history.redoStep;
  if (next?.kind === 'edits') {
    if (next.bulk !== undefined) return travelBulk(store, direction, next.bulk);
    return travelNow(article, direction);
  }
  if (next?.kind === 'text' && store.mode !== 'editing') return say(lockedMessage(direction));
  const version = article?.document.version;
  await moveBy(direction);
  return article?.document.version === version ? travelNow(article, direction) : undefined;
}

function lockedMessage(direction: Direction): string {
  return direction === 'undo'
    ? vscode.l10n.t('The last change was one of the text, which is locked: alt+a unlocks it.')
    : vscode.l10n.t('The next change is one of the text, which is locked: alt+a unlocks it.');
}

function travelNow(article: LiveArticle | undefined, direction: Direction): Acted | undefined {
  const done = article?.travel(direction);
  if (!article || !done) return undefined;
  say(done.obstacles.length > 0 ? refusedMessage(done, direction) : doneMessage(done, direction));
  if (done.obstacles.length === 0) show(article, done);
  return { rest: done.saved };
}

/** Selects the first mention that came back, changed or went, unless the cursor is in one of them. */
function show(article: LiveArticle, { edits }: Travel): void {
  const editor = editorOf(article);
  const touched = touchedEntities(article.annotations, edits).filter(({ broken }) => !broken);
  if (!editor || touched.length === 0) return;
  const { selection } = editor;
  const ranges = touched.map((entity) => toRange(article.document, article.index, entity));
  if (selection.isEmpty && ranges.some((range) => range.contains(selection))) return;
  void selectRange(editor, ranges[0]!);
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
