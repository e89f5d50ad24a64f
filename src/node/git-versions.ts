import { basename, dirname, resolve } from 'node:path';
import { NO_DIFF_PROGRAMS, runGit } from './run-git';

/** How long a look-up takes at most, in ms. */
const LONGEST_SEARCH = 5000;
/** How many versions of a file are looked at. */
const MOST_VERSIONS = 200;
/**
 * The version of a file, staged or in the history of what is checked out, that someone looks for; the newest
 * is looked at first.
 * @param isWanted what the version is known by
 * @returns `undefined` where there is none, or none was found within some seconds
 * @throws GitError where there is no repository, or no git
 */
export async function findVersion(
  file: string,
  isWanted: (bytes: Uint8Array) => boolean | Promise<boolean>,
): Promise<Uint8Array | undefined> {
  // Git runs elsewhere.
  const [folder, name] = [resolve(dirname(file)), basename(file)];
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
        ...[...NO_DIFF_PROGRAMS, '--', name],
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
