import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Output } from '../formats/shared/format';
import { withLock } from '../node/lock';
import { isThere, MadeFolder, TEMPORARY_NAME, temporaryName, type Target } from './staged';
import { StagedInThreads, type StagedOutput } from './staged-files';
import { TargetError, writingTo } from './system-error';

/** What tells a version of a file from others; `undefined` where there is none. */
export function stampOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stats && `${stats.mtimeNs} ${stats.size} ${stats.ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Something that was moved to its place. */
interface Move {
  readonly to: string;
  /** Where what stood there is kept meanwhile. */
  readonly old: string | undefined;
  /** What it is known by at its place; see {@link stampOf}. */
  readonly stamp: string | undefined;
}

/**
 * Files in a folder: written into a hidden one within it, and moved from there when all of them are. Where one
 * cannot be moved, all others go back. A folder that was not there is made of the hidden one, in one move.
 */
export class FolderTarget implements Target {
  private readonly staged: string;
  private readonly made: MadeFolder;
  /** The files that may be replaced, with their stamps; see {@link stampOf}. */
  private readonly replaced = new Map<string, string>();
  /** The files that go, with their stamps, once what is in their place is written. */
  private readonly gone = new Map<string, string>();
  private readonly files: StagedInThreads;

  constructor(
    private readonly folder: string,
    private readonly isForced: boolean,
  ) {
    this.staged = join(folder, temporaryName());
    this.made = writingTo(folder, () => new MadeFolder(folder));
    if (!this.made.isNew) removeLeftovers(folder);
    writingTo(folder, () => mkdirSync(this.staged));
    this.files = new StagedInThreads(this.staged, folder);
  }

  /** Whether the folder was not there before. */
  get isNew(): boolean {
    return this.made.isNew;
  }

  /** @param output may be the sidecar of a document; see `StagedOutput` */
  write({ path, ...rest }: Output & Pick<StagedOutput, 'sidecarOf'>): void {
    if (path === undefined) throw new Error('A file in a folder needs a path');
    this.files.write({ path, ...rest });
  }

  rest(): Promise<void> {
    return this.files.rest();
  }

  /** Writes a file that is there. @param stamp of the version that is replaced; no other is */
  replace(path: string, content: string, stamp: string, sidecarOf?: string): void {
    this.replaced.set(path, stamp);
    this.write({ path, content, sidecarOf });
  }

  /** Writes a file in place of one under another name. @param stamp of the version that goes; no other does */
  rename(from: string, to: string, content: string, stamp: string): void {
    this.gone.set(from, stamp);
    this.write({ path: to, content });
  }

  async commit(): Promise<readonly string[]> {
    const [moves, left]: [Move[], string[]] = [[], []];
    try {
      await this.files.finish();
      if (this.isNew && this.becomeFolder()) return left;
      this.check('');
      await this.move('', moves, left);
    } catch (error) {
      for (const move of moves.reverse()) await takeBack(move);
      await this.abort();
      throw error;
    }
    rmSync(this.staged, { recursive: true });
    for (const [path, stamp] of this.gone)
      if (!(await this.remove(path, stamp))) left.push(join(this.folder, path));
    return left;
  }

  async abort(): Promise<void> {
    await this.files.close();
    rmSync(this.staged, { recursive: true, force: true });
    this.made.remove();
  }

  /**
   * Makes what was written the folder itself, where nothing else came into that since it was made: of thousands of
   * files, most of the time would go into moving each.
   * @returns whether that could be; else it is where it was
   */
  private becomeFolder(): boolean {
    const folder = resolve(this.folder);
    const aside = join(dirname(folder), basename(this.staged));
    try {
      renameSync(this.staged, aside);
    } catch {
      return false;
    }
    try {
      rmdirSync(folder);
      renameSync(aside, folder);
      return true;
    } catch {
      mkdirSync(folder, { recursive: true });
      renameSync(aside, this.staged);
      return false;
    }
  }

  /** Whether what was written may go to its place. @param prefix a path with `/` at its end, or nothing */
  private check(prefix: string): void {
    for (const entry of this.entries(prefix)) {
      const path = prefix + entry.name;
      const target = join(this.folder, path);
      const stamp = stampOf(target);
      if (stamp === undefined) {
        if (!this.replaced.has(path)) continue;
        throw new TargetError(`${target} is gone since it was read; nothing was written`);
      }
      const isFolder = lstatSync(target).isDirectory();
      if (isFolder !== entry.isDirectory())
        throw new TargetError(`${target} is ${isFolder ? 'a' : 'no'} folder; nothing was written`);
      // Its owner has said no; a rename would not ask.
      if (!isFolder && (statSync(target).mode & 0o222) === 0)
        throw new TargetError(`${target} is read-only; nothing was written`);
      if (isFolder) this.check(`${path}/`);
      else if (this.replaced.has(path) && this.replaced.get(path) !== stamp)
        throw new TargetError(`${target} was changed since it was read; nothing was written. Try again`);
      else if (!this.replaced.has(path) && !this.isForced) throw isThere(target);
    }
  }

  /** @returns `false`, and the file stays, where another program changed it */
  private remove(path: string, stamp: string): Promise<boolean> {
    const file = join(this.folder, path);
    return withLock(file, async ({ isHeld }) => {
      if (!(await isHeld()) || stampOf(file) !== stamp) return false;
      writingTo(file, () => rmSync(file));
      return true;
    });
  }

  /**
   * Moves what was written to its place; a folder that is new as a whole. A version that is replaced is looked at
   * again in its turn (see {@link withLock}), since writing thousands takes a while.
   * @param left is told of what was changed since, and stays
   */
  private async move(prefix: string, moves: Move[], left: string[]): Promise<void> {
    for (const entry of this.entries(prefix)) {
      const path = prefix + entry.name;
      const [staged, target] = [join(this.staged, path), join(this.folder, path)];
      const stamp = this.replaced.get(path);
      if (entry.isDirectory() && existsSync(target)) await this.move(`${path}/`, moves, left);
      else if (stamp === undefined) moves.push(this.place(staged, target, entry.isDirectory()));
      else {
        const isMoved = await withLock(target, async ({ isHeld }) => {
          const isCurrent = (await isHeld()) && stampOf(target) === stamp;
          if (isCurrent) moves.push(this.replaceBy(staged, target));
          return isCurrent;
        });
        if (!isMoved) left.push(target);
      }
    }
  }

  /** Moves what is new to its place, over something else only where that may be. */
  private place(staged: string, target: string, isFolder: boolean): Move {
    if (this.isForced && existsSync(target)) return this.replaceBy(staged, target);
    return writingTo(target, () => {
      if (isFolder) renameSync(staged, target);
      else if (!linked(staged, target)) renameSync(staged, target);
      return { to: target, old: undefined, stamp: stampOf(target) };
    });
  }

  /** Puts a file in the place of another at once: whoever looks sees the one or the other. */
  private replaceBy(staged: string, target: string): Move {
    return writingTo(target, () => {
      const old = `${staged}${temporaryName()}`;
      if (!linked(target, old)) copyFileSync(target, old);
      chmodSync(staged, statSync(target).mode);
      renameSync(staged, target);
      return { to: target, old, stamp: stampOf(target) };
    });
  }

  private entries(prefix: string) {
    return readdirSync(join(this.staged, prefix), { withFileTypes: true });
  }
}

/** Gives a file a second name. @returns whether the disk can. @throws TargetError where something has that name */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw isThere(name);
    // One that cannot, or another disk; what else is in the way is told by who tries next.
    return false;
  }
}

/** Puts back what stood in a place, unless another program has changed what is there since. */
async function takeBack({ to, old, stamp }: Move): Promise<void> {
  await withLock(to, () => {
    if (stampOf(to) === stamp) {
      if (old === undefined) rmSync(to, { recursive: true });
      else renameSync(old, to);
    }
    return Promise.resolve();
  });
}

/** How old a file or folder with such a name is, in ms, that no running program still writes. */
const LEFTOVER_AGE = 24 * 3600 * 1000;

/** Removes what programs that were killed left in a folder. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!TEMPORARY_NAME.test(name)) continue;
    const left = join(folder, name);
    const age = Date.now() - (lstatSync(left, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > LEFTOVER_AGE) rmSync(left, { recursive: true, force: true });
  }
}
