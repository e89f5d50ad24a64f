import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../core/problem';
import { LineIndex } from '../core/lines';
import { mergeSidecars } from '../core/sidecar/merge';
import { readSidecar } from '../core/sidecar/read';
import type { Sidecar } from '../core/sidecar/sidecar';
import { writeSidecar } from '../core/sidecar/write';
import { decodeUtf8 } from '../core/text';

export interface MergeFiles {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** What the sidecar is called in the repository. */
  readonly name: string;
}

/** Merges three sidecars and replaces ours by the result, whole or not at all. @returns the exit code */
export async function mergeDriver({ base, ours, theirs, name }: MergeFiles): Promise<number> {
  const say = (message: string) => process.stderr.write(`corpus-annotator: ${name}: ${message}\n`);
  try {
    const [from, mine, other] = await Promise.all([
      read(base, 'the common ancestor', true),
      read(ours, 'our version', false),
      read(theirs, 'their version', false),
    ]);
    const { sidecar, conflicts } = mergeSidecars(from, mine!, other!);
    const source = writeSidecar(sidecar);
    if (!readSidecar(source).sidecar) throw new Error('the merge is no valid sidecar');
    await replace(ours, source);
    if (conflicts > 0) {
      const what = conflicts === 1 ? '1 entity was' : `${conflicts} entities were`;
      say(`${what} changed on both sides; all versions are kept and marked by “conflict”`);
    }
    return 0;
  } catch (error) {
    say(`${(error as Error).message}; nothing was merged`);
    return 1;
  }
}

/** @throws Error with a sentence on what is wrong where there is no valid sidecar */
async function read(path: string, what: string, mayBeEmpty: boolean): Promise<Sidecar | undefined> {
  const source = decodeUtf8(await readFile(path));
  if (source === undefined) throw new Error(`${what} is not UTF-8`);
  if (mayBeEmpty && source.trim() === '') return undefined;
  const { sidecar, problems } = readSidecar(source);
  if (!sidecar) throw new Error(`${what} is no valid sidecar${where(source, problems)}`);
  return sidecar;
}

function where(source: string, problems: readonly Problem[]): string {
  const problem = problems.find(({ severity }) => severity === 'error');
  return problem ? ` (line ${new LineIndex(source).at(problem.start16).line + 1}: ${problem.code})` : '';
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID().slice(0, 13)}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: (await stat(path)).mode });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
