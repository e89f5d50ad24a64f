import { basename, dirname } from 'node:path';
import type { Git } from './git';
import { gitMerging } from './git-merging.node';
import { runGit } from './run-git.node';

/** How long a look-up takes at most, in ms. */
const LONGEST_SEARCH = 5000;
/** How many versions of a file are looked at. */
const MOST_VERSIONS = 200;
/** How many files are looked up at once: each look-up starts processes. */
const AT_ONCE = 3;

export const git: Git = {
  async findVersion(uri, isWanted) {
    if (uri.scheme !== 'file') return undefined;
    const leave = await enter();
    try {
      return await search(uri.fsPath, isWanted);
    } catch {
      return undefined;
    } finally {
      leave();
    }
  },

  merging: gitMerging,
};

async function search(
  file: string,
  isWanted: (bytes: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array | undefined> {
  const [folder, name] = [dirname(file), basename(file)];
  const end = Date.now() + LONGEST_SEARCH;
  for await (const blob of versions(folder, name)) {
    if (Date.now() > end) return undefined;
    const bytes = await runGit(folder, ['cat-file', 'blob', blob]).catch(() => undefined);
    if (bytes && (await isWanted(bytes))) return bytes;
  }
  return undefined;
}

/** The ids of the contents that a file had, the newest first. */
async function* versions(folder: string, name: string): AsyncGenerator<string> {
  const seen = new Set<string>();
  const sources = [
    () => runGit(folder, ['ls-files', '--stage', '--', name]),
    () =>
      runGit(folder, [
        ...['log', `--max-count=${MOST_VERSIONS}`, '--format=', '--raw', '--no-abbrev', '--follow', '-m'],
        ...['--no-ext-diff', '--no-textconv', '--', name],
      ]),
  ];
  for (const list of sources) {
    // `100644 ID 0\tname` of a staged file; `:100644 100644 ID ID M\tname` of a commit.
    for (const [blob] of (await list()).toString('latin1').matchAll(/\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g)) {
      if (seen.has(blob) || /^0+$/.test(blob)) continue;
      seen.add(blob);
      yield blob;
    }
  }
}

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
