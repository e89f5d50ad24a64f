import * as vscode from 'vscode';
import type { Direction } from '../../core/text-step';
import type { BulkOutcome } from '../../workspace/steps/bulk';
import type { Left } from '../../workspace/steps/watch';
import type { CorpusStore } from '../../workspace/store';
import { countArticles, countFiles } from './counts';
import { refusalMessage, say, showInformation, showWarning } from './messages';
import { withProgress } from './progress';

/** How many articles that were left are named. */
const TOLD = 3;

/** Takes back a change of many articles, or does it again. @param id the next one where it is missing */
export async function travelBulk(store: CorpusStore, direction: Direction, id?: string): Promise<void> {
  const { t } = vscode.l10n;
  const run = (step: string | undefined, isForced: boolean) =>
    withProgress(direction === 'undo' ? t('Undoing') : t('Doing again'), (watch) =>
      store.bulk.travel(direction, step, { ...watch, isForced }),
    );
  const outcome = await run(id, false);
  if (!outcome)
    return say(
      direction === 'undo'
        ? t('There is no change of many articles to undo.')
        : t('There is no change of many articles to redo.'),
    );
  const kind = direction === 'undo' ? 'undone' : 'redone';
  if (outcome.left.size === 0 || outcome.done.length + outcome.files > 0) return tellOutcome(outcome, kind);
  const head =
    direction === 'undo' ? t('Not undone: {0}.', outcome.title) : t('Not done again: {0}.', outcome.title);
  const others = direction === 'undo' ? t('Undo in the Others') : t('Redo in the Others');
  say(head, 'warning');
  const why = t('It no longer applies in {0}:', countFiles(outcome.left.size));
  // Nothing waits for an answer: the next undo may be about something else.
  void showWarning([head, why, leftText(outcome.left)].join(' '), others).then(async (answer) => {
    if (answer === others) tellOutcome((await run(outcome.id, true)) ?? outcome, kind);
  });
}

/** Says what became of a change of many articles, and which were left as they are. */
export function tellOutcome(outcome: BulkOutcome, kind: Kind): void {
  const { t } = vscode.l10n;
  const { left, stopped, unmade = 0 } = outcome;
  if (outcome.done.length + outcome.files === 0 && stopped > 0)
    return say(t('Stopped, nothing was changed: {0}', outcome.title));
  say(left.size + stopped > 0 ? saidOfSome(outcome, kind) : saidOfAll(outcome, kind));
  if (unmade > 0)
    void showInformation(
      kind === 'undone'
        ? t(
            'The files of {0} that it had made are gone. To have them again, import again.',
            countArticles(unmade),
          )
        : t('Without {0} that it had made: to have them again, import again.', countArticles(unmade)),
    );
  if (stopped > 0 && kind !== 'done')
    void showWarning(
      t('It was stopped: {0} left. The same command goes on with them.', countArticles(stopped)),
    );
  if (left.size === 0) return;
  const head =
    left.size === 1 ? t('1 file was left as it is:') : t('{0} files were left as they are:', left.size);
  void showWarning([head, leftText(left)].join(' '));
}

type Kind = 'done' | 'undone' | 'redone';

function saidOfAll({ title, done }: BulkOutcome, kind: Kind): string {
  const { t } = vscode.l10n;
  const what = done.length <= 1 ? title : t('{0}, in {1}', title, countArticles(done.length));
  return { done: t('Done: {0}', what), undone: t('Undone: {0}', what), redone: t('Done again: {0}', what) }[
    kind
  ];
}

/** The title has the number of all that were to be changed. */
function saidOfSome({ title, done, edits }: BulkOutcome, kind: Kind): string {
  const { t } = vscode.l10n;
  const places = countArticles(done.length);
  return {
    done: t('Done in part, {0} changes in {1}: {2}', edits, places, title),
    undone: t('Undone in part, {0} changes in {1}: {2}', edits, places, title),
    redone: t('Done again in part, {0} changes in {1}: {2}', edits, places, title),
  }[kind];
}

function leftText(left: ReadonlyMap<vscode.Uri, Left>): string {
  const { t } = vscode.l10n;
  const told = [...left].slice(0, TOLD).map(([uri, why]) => {
    const file = vscode.workspace.asRelativePath(uri);
    return why === 'changed' ? t('{0} was changed since.', file) : refusalMessage(why, { isKept: false });
  });
  if (left.size > TOLD) told.push(t('… and {0} more.', left.size - TOLD));
  return told.join(' ');
}
