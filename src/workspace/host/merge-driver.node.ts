import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The merge driver in the storage of the extension. */
const PROGRAM = 'corpus-annotator.cjs';
/** What it finds beside itself. */
const LIBRARY = 'yaml.js';
/** Runs it: git's configuration stays as it is where the editor's own Node, or what runs it, moves. */
const LAUNCHER = 'merge-driver.sh';

/**
 * The command for git's configuration, which git gives to `sh`. Should the driver be gone, or refuse a
 * file, git's own merge does it, so that both sides are in the file, as ever.
 */
export function driverCommand(storage: string): string {
  // Git puts file names in the place of %O and others; any other percent sign is written twice.
  const launcher = quoteForSh(join(storage, LAUNCHER)).replaceAll('%', '%%');
  const itself = 'git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B';
  return `sh ${launcher} %O %A %B %P || ${itself}`;
}

/** Puts the driver into the storage, or brings it up to date. */
export async function installDriver(extension: string, storage: string): Promise<void> {
  await mkdir(storage, { recursive: true });
  const copy = async (from: string, to: string) =>
    replaceIfOther(join(storage, to), await readFile(join(extension, 'dist', from)));
  // Before what needs it.
  await copy(LIBRARY, LIBRARY);
  await copy('merge-driver.js', PROGRAM);
  await replaceIfOther(join(storage, LAUNCHER), Buffer.from(launcherOf(storage)));
}

/** Brings the driver in the storage up to date, if there is one. */
export async function refreshDriver(extension: string, storage: string): Promise<void> {
  if (await readOrNothing(join(storage, LAUNCHER))) await installDriver(extension, storage);
}

function launcherOf(storage: string): string {
  const asNode = process.versions.electron ? 'ELECTRON_RUN_AS_NODE=1 ' : '';
  const command = [process.execPath, join(storage, PROGRAM)].map(quoteForSh).join(' ');
  return `# Merges sidecars for git. Written by the editor extension Corpus Annotator whenever it starts.
${asNode}exec ${command} merge-driver "$@"
`;
}

/** A path as one word for `sh`; on Windows with slashes, as the `sh` of git has them. */
export function quoteForSh(path: string): string {
  const portable = sep === '\\' ? path.replaceAll('\\', '/') : path;
  return `'${portable.replaceAll("'", "'\\''")}'`;
}

/** Whole or not at all: git may be running it at this moment. */
async function replaceIfOther(path: string, content: Buffer): Promise<void> {
  if ((await readOrNothing(path))?.equals(content)) return;
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

function readOrNothing(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}
