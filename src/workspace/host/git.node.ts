import { findVersion } from '../../node/git-versions';
import { runGit } from '../../node/run-git';
import type { Git } from './git';
import { gitMerging } from './git-merging.node';

/** How many files are looked up at once: each look-up starts processes. */
const AT_ONCE = 3;

export const git: Git = {
  async findVersion(uri, isWanted) {
    if (uri.scheme !== 'file') return undefined;
    const leave = await enter();
    try {
      return await findVersion(uri.fsPath, isWanted);
    } catch {
      return undefined;
    } finally {
      leave();
    }
  },

  async userName(folder) {
    if (folder.scheme !== 'file') return undefined;
    const answer = runGit(folder.fsPath, ['config', '--get', 'user.name']);
    return answer.then(
      (name) => name.toString().trim(),
      () => undefined,
    );
  },

  merging: gitMerging,
};

const waiting: (() => void)[] = [];
let inside = 0;

/** @returns when it is one's turn, what ends it */
async function enter(): Promise<() => void> {
  if (inside >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else inside++;
  return () => {
    const next = waiting.shift();
    if (next) next();
    else inside--;
  };
}
