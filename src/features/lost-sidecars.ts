import * as vscode from 'vscode';
import { baseName } from '../core/sidecar/name';
import type { LostSidecar } from '../workspace/open/lost-sidecars';
import type { CorpusStore } from '../workspace/store';
import { countEntities } from './shared/counts';
import { attempt, say, showWarning } from './shared/messages';

/** Tells of sidecars that are deleted on disk, and brings back what this window has of them. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(store.lostSidecars.onDidLose((lost) => void tell(store, lost)));
}

async function tell(store: CorpusStore, lost: readonly LostSidecar[]): Promise<void> {
  const back = vscode.l10n.t('Bring Back');
  const kept = lost.filter(({ source }) => source !== undefined);
  const chosen = await showWarning(lostMessage(lost, kept), ...(kept.length > 0 ? [back] : []));
  if (chosen !== back) return;
  for (const one of kept) {
    const isBack = await attempt(() => store.lostSidecars.bringBack(one).then(() => true));
    if (!isBack) return;
  }
  say(vscode.l10n.t('Brought back {0}', countEntities(sum(kept))));
}

function lostMessage(lost: readonly LostSidecar[], kept: readonly LostSidecar[]): string {
  const { t } = vscode.l10n;
  const count = countEntities(sum(lost));
  const head =
    lost.length === 1
      ? t('The sidecar of {0} was deleted on disk, with {1}.', baseName(lost[0]!.entry.path), count)
      : t('{0} sidecars were deleted on disk, with {1}.', lost.length, count);
  if (kept.length === lost.length) return head;
  if (kept.length === 0)
    return `${head} ${t('This window has no copy of what is in articles that are not open.')}`;
  return `${head} ${t('This window has a copy of {0}, those of open articles.', countEntities(sum(kept)))}`;
}

function sum(lost: readonly LostSidecar[]): number {
  return lost.reduce((all, { entities }) => all + entities, 0);
}
