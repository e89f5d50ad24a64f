import { constants } from 'node:fs';
import { access, appendFile, lstat, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { GitMerging, GitRefusal, GitSetting, MergingPlan } from './git-merging';
import { driverCommand, installDriver, refreshDriver } from './merge-driver.node';
import { GitError, runGit } from '../../node/run-git';

const DRIVER = 'corpus-annotator';
const LINE = `*.ann.yaml merge=${DRIVER}`;

export const gitMerging: GitMerging = {
  plan: async (corpus, { storage }) =>
    corpus.scheme === 'file'
      ? planMerging(corpus.fsPath, storage.fsPath)
      : { refusal: 'no-disk', detail: corpus.scheme },

  async setUp(plan, { extension, storage }) {
    await installDriver(extension.fsPath, storage.fsPath);
    return setUpMerging(plan);
  },

  refresh: ({ extension, storage }) => refreshDriver(extension.fsPath, storage.fsPath),
};

/**
 * Plans what makes git merge sidecars by the driver. The line goes to the `.gitattributes` of the corpus's own
 * folder: there it is about that corpus only, moves with it, and comes before what folders above it say.
 * @param folder of the corpus
 * @param storage where the driver is, or will be
 */
export async function planMerging(folder: string, storage: string): Promise<MergingPlan | GitRefusal> {
  try {
    if ((await lineOf(folder, 'rev-parse', '--is-inside-work-tree')) !== 'true') {
      return { refusal: 'no-work-tree', detail: folder };
    }
    const common = await lineOf(folder, 'rev-parse', '--git-common-dir');
    const config = join(resolve(folder, common), 'config');
    const attributes = join(folder, '.gitattributes');
    const line = (await isMergedByDriver(folder)) ? undefined : LINE;
    const settings = await unset(folder, [
      { name: `merge.${DRIVER}.name`, value: 'Corpus Annotator: sidecars, entity by entity' },
      { name: `merge.${DRIVER}.driver`, value: driverCommand(storage) },
    ]);
    // Git replaces its configuration by a new file.
    const changed = [
      ...(line ? [attributes] : []),
      ...(settings.length > 0 ? [config, dirname(config)] : []),
    ];
    for (const path of changed) {
      if (!(await isWritable(path))) return { refusal: 'read-only', detail: path };
    }
    return { folder, attributes, line, config, settings };
  } catch (error) {
    if (error instanceof GitError) return refusalOf(error, folder);
    throw error;
  }
}

/**
 * Carries out a plan.
 * @returns whether git merges sidecars by the driver now, which a line in another place may prevent
 * @throws GitError, or that of the file system
 */
export async function setUpMerging({ folder, attributes, line, settings }: MergingPlan): Promise<boolean> {
  for (const { name, value } of settings) {
    await lineOf(folder, 'config', '--local', '--replace-all', name, value);
  }
  if (line !== undefined) await addLine(attributes, line);
  return isMergedByDriver(folder);
}

/** What git says, without the line ending at its end. @throws GitError */
async function lineOf(folder: string, ...args: readonly string[]): Promise<string> {
  return (await runGit(folder, args)).toString().replace(/\r?\n$/, '');
}

/** Whether git would take the driver for a sidecar that is in a folder. */
async function isMergedByDriver(folder: string): Promise<boolean> {
  return (await lineOf(folder, 'check-attr', 'merge', '--', 'a.ann.yaml')).endsWith(`: merge: ${DRIVER}`);
}

/** Those of some settings that the repository's own configuration does not have. */
async function unset(folder: string, settings: readonly GitSetting[]): Promise<GitSetting[]> {
  const missing: GitSetting[] = [];
  for (const setting of settings) {
    const value = await lineOf(folder, 'config', '--local', '--get', setting.name).catch((error: unknown) => {
      // There is none.
      if (error instanceof GitError && error.exitCode === 1) return undefined;
      throw error;
    });
    if (value !== setting.value) missing.push(setting);
  }
  return missing;
}

/** Adds a last line in the file's own style; all else in it stays, byte for byte. */
async function addLine(path: string, line: string): Promise<void> {
  const old = await readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const eol = /\r?\n/.exec(old)?.[0] ?? '\n';
  const isInLine = old !== '' && !old.endsWith('\n');
  await appendFile(path, `${isInLine ? eol : ''}${line}${eol}`);
}

/** Whether a file may be changed, or made where there is none. Git follows no link here, so none counts. */
async function isWritable(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return mayWrite(dirname(path));
  if (stats.isSymbolicLink() || (stats.isFile() && (stats.mode & 0o222) === 0)) return false;
  return mayWrite(path);
}

function mayWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function refusalOf({ isMissing, message }: GitError, folder: string): GitRefusal {
  if (isMissing) return { refusal: 'no-git', detail: message };
  if (message.includes('not a git repository')) return { refusal: 'no-repository', detail: folder };
  if (/bare repository/.test(message)) return { refusal: 'no-work-tree', detail: folder };
  return { refusal: 'git-failed', detail: message };
}
