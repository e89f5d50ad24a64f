import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeOfNotUtf8 } from '../../formats/shared/utf8';
import type { Problem } from '../../core/problem';
import { LineIndex } from '../../core/lines';
import { mergeSidecars } from '../../core/sidecar/merge';
import { readSidecar } from '../../core/sidecar/read';
import type { Sidecar } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import { decodeUtf8 } from '../../core/text';
import { problemMessage } from '../../wording/problems';
import { inEnglish } from '../../wording/translate';
import { UsageError, type Command } from '../command';
import { reasonOf } from '../system-error';
import { say } from '../terminal';

/** A merge driver for git (see gitattributes(5), “Defining a custom merge driver”). */
export const mergeDriver: Command = {
  name: 'merge-driver',
  summary: 'Merges three versions of a sidecar, for git',
  usage: 'BASE OURS THEIRS [NAME]',
  description:
    'Merges three versions of a sidecar, entity by entity, and writes the result over OURS: a merge driver for git, which calls it with %O %A %B %P. BASE may be empty. Entities that both sides changed in ways that exclude each other are kept in both versions, which name each other in “conflict”.',
  examples: [
    [
      '%O %A %B %P',
      'What git is told once: git config merge.corpus-annotator.driver "corpus-annotator merge-driver %O %A %B %P || git merge-file --marker-size=%L %A %O %B", and in .gitattributes: *.ann.yaml merge=corpus-annotator. Behind || stands what git does where the driver cannot: its own merge, with both sides.',
    ],
    ['base.ann.yaml ours.ann.yaml theirs.ann.yaml', 'Merges by hand.'],
  ],
  options: [],
  // What git calls a sidecar may begin with a hyphen, and it has been told to give it behind the files.
  endsWithWords: true,
  exitCodes: '0 merged, 1 a version is no valid sidecar, and all are left as they are',

  run([base, ours, theirs, name = ours, ...others]) {
    if (!base || !ours || !theirs || !name || others.length > 0)
      throw new UsageError('merge-driver needs three files: BASE OURS THEIRS.');
    return merge({ base, ours, theirs, name });
  },
};

const ADVICE =
  'mend the version and merge again, or edit the sidecar by hand and add it (git show :2:FILE and :3:FILE print both versions)';

interface MergeFiles {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** What the sidecar is called in the repository. */
  readonly name: string;
}

/** Merges three sidecars and replaces ours by the result, whole or not at all. @returns the exit code */
async function merge({ base, ours, theirs, name }: MergeFiles): Promise<number> {
  const tell = (message: string) => say(`corpus-annotator: ${name}: ${message}`);
  try {
    const [from, mine, other] = await Promise.all([
      read(base, 'The common ancestor', true),
      read(ours, 'Our version', false),
      read(theirs, 'Their version', false),
    ]);
    const { sidecar, conflicts } = mergeSidecars(from, mine!, other!);
    const source = writeSidecar(sidecar);
    if (!readSidecar(source).sidecar) throw new Error('The merge is no valid sidecar');
    await replace(ours, source);
    if (conflicts > 0) {
      const what = conflicts === 1 ? '1 entity was' : `${conflicts} entities were`;
      tell(`${what} changed on both sides; all versions are kept and marked by “conflict”`);
    }
    return 0;
  } catch (error) {
    tell(`${(error as Error).message}. Nothing was merged, and our version is left as it is; ${ADVICE}`);
    return 1;
  }
}

/** @throws Error with a sentence on what is wrong where there is no valid sidecar */
async function read(path: string, what: string, mayBeEmpty: boolean): Promise<Sidecar | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Error(`${what}, ${path}, cannot be read (${reasonOf(error)})`, { cause: error });
  });
  const source = decodeUtf8(bytes);
  if (source === undefined) throw new Error(`${what} is not UTF-8${at(placeOfNotUtf8(bytes))}`);
  if (mayBeEmpty && source.trim() === '') return undefined;
  const { sidecar, problems } = readSidecar(source);
  if (!sidecar) throw new Error(`${what} is no valid sidecar${where(source, problems)}`);
  return sidecar;
}

function where(source: string, problems: readonly Problem[]): string {
  if (source.trim() === '') return ': it is empty';
  const problem = problems.find(({ severity }) => severity === 'error');
  if (!problem) return '';
  const { line, character } = new LineIndex(source).at(problem.start16);
  const message = problemMessage(inEnglish, problem).replace(/\.$/, '');
  return `${at({ line: line + 1, column: character + 1 })}: ${message}`;
}

function at(place: { readonly line: number; readonly column: number } | undefined): string {
  return place ? ` at line ${place.line}, column ${place.column}` : '';
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID().slice(0, 13)}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: (await stat(path)).mode });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new Error(`Our version, ${path}, cannot be written (${reasonOf(error)})`, { cause: error });
  }
}
