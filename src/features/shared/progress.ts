import * as vscode from 'vscode';
import { disk } from '#disk';
import { forEachLimited } from '../../workspace/corpus/article-entry';
import type { Watch } from '../../workspace/steps/watch';
import { plainText } from '../../wording/plain-text';
import { say } from './messages';

/** How often the progress is shown anew, in ms: each time is a message to the window. */
const PAUSE = 250;

/** Shows how far a long task is, with a way to stop it. @param stop stops it, too */
export function withProgress<T>(
  title: string,
  task: (watch: Watch) => Promise<T>,
  stop?: vscode.CancellationToken,
): Promise<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plainText(title),
    cancellable: true,
  };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, token) => {
      let shown = 0;
      let last = 0;
      const onProgress = (done: number, of: number) => {
        if (done < of && performance.now() - last < PAUSE) return;
        last = performance.now();
        progress.report({ increment: (100 * (done - shown)) / of, message: `${done} / ${of}` });
        shown = done;
      };
      return task({ token: stop ? eitherOf(token, stop) : token, onProgress });
    }),
  );
}

function eitherOf(one: vscode.CancellationToken, other: vscode.CancellationToken): vscode.CancellationToken {
  const source = new vscode.CancellationTokenSource();
  for (const token of [one, other]) {
    if (token.isCancellationRequested) source.cancel();
    token.onCancellationRequested(() => source.cancel());
  }
  return source.token;
}

interface ForEachOptions {
  /** How many at once; by default as many as may be read at once. */
  readonly atOnce?: number;
  /** What is done before the first. */
  readonly before?: () => Promise<void>;
}

/** Runs a task for each item, and shows how far it is. @returns `false` where the person stopped it */
export function forEachWithProgress<T>(
  title: string,
  items: readonly T[],
  task: (item: T) => Promise<void>,
  { atOnce = disk.concurrency, before }: ForEachOptions = {},
): Promise<boolean> {
  return withProgress(title, async ({ token, onProgress }) => {
    await before?.();
    let done = 0;
    await forEachLimited(items, atOnce, async (item) => {
      if (token?.isCancellationRequested) return;
      await task(item);
      onProgress?.(++done, items.length);
    });
    if (token?.isCancellationRequested !== true) return true;
    say(vscode.l10n.t('Stopped: {0}', title));
    return false;
  });
}
