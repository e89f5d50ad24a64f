import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readlinkSync, unlinkSync, writeSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { LEFTOVER_PREFIX } from '../core/skipped';

/** What a task that has the lock may ask. */
interface Turn {
  readonly isHeld: () => Promise<boolean>;
}

/** How long a lock may stand unchanged, in ms, before its owner counts as gone; one is held for a few ms. */
const PATIENCE = 10_000;
/** The same for an owner of another machine or container, of which nobody here can tell whether it is there. */
const PATIENCE_OUT_OF_SIGHT = 2000;
/** The same for a lock that does not say whose it is: its owner ended between making it and writing into it. */
const PATIENCE_NAMELESS = 1000;
/** Between two looks at a lock that is held, in ms; random, so that those who wait do not go in step. */
const LONGEST_PAUSE = 8;

/** Where a process id means something: containers may share the name of their host. */
const MACHINE = `${hostname()}/${processNamespace()}`.replaceAll(/\s/g, '-');

/**
 * Runs a task while no other process that asks in this way runs one for the same file. The lock is a hidden
 * file beside the target, made exclusively, that says whose it is; who finds one waits. One whose owner has
 * ended is taken away at once; one whose owner is out of sight when it has stood unchanged for 2 seconds of
 * watching, that of a process that is there for 10 (no clock is compared, so neither a wrong one nor a computer
 * that slept matters).
 *
 * Two that take away the same lock must not take the first one's new lock for the old: only its owner, or
 * who holds the lock on just that lock and has looked again, removes a lock. What is left of such a lock on a
 * lock is taken away in the same manner.
 *
 * @param task is told whether the lock is still held when it asks; one that stood for so long is not
 */
export function withLock<T>(target: string, task: (turn: Turn) => Promise<T>): Promise<T> {
  return runLocked(target, task, () => {
    for (const tell of leftLockListeners) tell(target);
  });
}

/** Told of each file whose lock was left by a process that is out of sight, when it was taken away. */
export const leftLockListeners = new Set<(target: string) => void>();

async function runLocked<T>(
  target: string,
  task: (turn: Turn) => Promise<T>,
  onLeft?: () => void,
): Promise<T> {
  const lock = lockOf(target);
  const own = `${process.pid} ${MACHINE} ${randomUUID()}`;
  const isHeld = () => Promise.resolve(readLock(lock) === own);
  await acquire(lock, own, onLeft);
  try {
    return await task({ isHeld });
  } finally {
    if (await isHeld()) await removeIfThere(lock);
  }
}

/** Removes a lock that is known to be left over. */
export async function removeLock(lock: string): Promise<void> {
  const found = readLock(lock);
  if (found !== undefined) await takeAway(lock, found);
}

/** The lock on a file, or on a lock: short, since a file's name may be as long as names can be. */
function lockOf(path: string): string {
  const hash = createHash('sha256').update(basename(path)).digest('hex').slice(0, 8);
  return join(dirname(path), `${LEFTOVER_PREFIX}${hash}.lock`);
}

/** @param onLeft called when a lock was taken away whose owner was out of sight */
async function acquire(lock: string, own: string, onLeft?: () => void): Promise<void> {
  let seen: string | undefined;
  let since = 0;
  while (!makeLock(lock, own)) {
    const found = readLock(lock);
    if (found === undefined) continue;
    if (found !== seen) [seen, since] = [found, performance.now()];
    const isOver = performance.now() - since > patienceWith(found);
    if (isOwnerGone(found) || isOver) {
      if ((await takeAway(lock, found)) && isOutOfSight(found)) onLeft?.();
    } else await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE));
  }
}

/** Makes the lock unless there is one. At once, so that hardly a moment lies between the file and its content. */
function makeLock(lock: string, own: string): boolean {
  let file: number;
  try {
    file = openSync(lock, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, own);
    return true;
  } catch (error) {
    unlinkSync(lock);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Removes a lock that was found, and no other that has come into its place. @returns whether it was there yet */
function takeAway(lock: string, found: string): Promise<boolean> {
  return runLocked(`${lock} ${found.replaceAll('/', '-')}`, async () => {
    if (readLock(lock) !== found) return false;
    await removeIfThere(lock);
    return true;
  });
}

/**
 * What tells a lock from all others: what it says, or, where it says nothing, when it was made. At once: it is a few
 * bytes that were just written, and four calls that wait cost ten times as much of the processor.
 */
function readLock(lock: string): string | undefined {
  try {
    const file = openSync(lock, 'r');
    try {
      return readFileSync(file, 'utf8') || `${NAMELESS}${fstatSync(file, { bigint: true }).ctimeNs}`;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const NAMELESS = 'nameless ';

function isNameless(found: string): boolean {
  return found.startsWith(NAMELESS);
}

/** Whether the owner of a lock is a process of another machine, or of another container. */
function isOutOfSight(found: string): boolean {
  return !isNameless(found) && found.split(' ')[1] !== MACHINE;
}

function patienceWith(found: string): number {
  if (isNameless(found)) return PATIENCE_NAMELESS;
  return isOutOfSight(found) ? PATIENCE_OUT_OF_SIGHT : PATIENCE;
}

/** Whether the owner of a lock was a process of this machine, and is no more. */
function isOwnerGone(found: string): boolean {
  const [pid, machine] = found.split(' ');
  if (machine !== MACHINE) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // There are none but on Linux.
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
