import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { FileTooBig, LARGEST_FILE } from './disk';
import { SOURCE, type Answer, type Answers, type Message, type Stats } from './file-thread.node';
import type { Thread } from './worker';
import { startThread } from './worker.node';

/** When a file was changed, in ms since 1970, and how large it is, in bytes. */
interface Stat {
  readonly mtimeMs: number;
  readonly size: number;
}

interface Request {
  readonly path: string;
  /** So many bytes at most. */
  readonly most: number;
  readonly resolve: (answer: Answer) => void;
}

/** Fewer files than this are read one by one: to hand them to the thread and back takes longer. */
const FEW = 8;
/** How many files the thread is asked for at once. What it brings together is worked through together. */
const BATCH = 48;
/** How many batches it has at most: one to read while the host works through the other. */
const MOST_BATCHES = 2;
/** Of how many files the thread is asked the times, or of how many folders the names, at once. */
const STAT_BATCH = 1000;
/** How many bytes it brings at once, unless one file alone has more. */
const BATCH_BYTES = 2 ** 24;
/**
 * A disk that takes longer for most files, or for each so many bytes of them, in ms, is far away: the four threads
 * that Node has for files are faster.
 */
const SLOW = 0.5;
const SLOW_BYTES = 2 ** 16;
/** How long the thread may have nothing to do before it ends, in ms. */
const IDLE = 10_000;

/** What the thread is to do. It does what it is told in turn. */
interface Job {
  readonly message: Message;
  take(answer: unknown): void;
  /** Does it without the thread. */
  doAlone(): void;
}

/**
 * Reads files for the host. Many at once are read in a thread of its own by functions that wait: for the thread
 * of the host a file costs 40 µs less than with functions that do not, which have to wake another thread for
 * each call. (10,000 files of 4 KB: 150–250 ms of processor time, and 900–1,000 ms.)
 */
export class FileReads {
  private readonly waiting: Request[] = [];
  private readonly jobs: Job[] = [];
  /** How many of those are batches of files to read. */
  private batches = 0;
  private isScheduled = false;
  private isFar = false;
  private thread: Thread | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;

  private prepare(): void {
    if (!this.isFar) this.thread ??= this.start();
    this.restUnlessBusy();
  }

  /** @returns at most `most` bytes of a file, by default all. @throws as `node:fs`; FileTooBig for what is not read whole */
  async read(path: string, most = Infinity): Promise<Uint8Array> {
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.push({ path, most, resolve });
      this.schedule();
    });
    if ('bytes' in answer) return answer.bytes;
    throw asError(answer);
  }

  /** @returns for each file `undefined` where there is none, or it cannot be asked */
  async stats(paths: readonly string[]): Promise<(Stat | undefined)[]> {
    const found: (Stat | undefined)[] = [];
    for (let at = 0; at < paths.length; at += STAT_BATCH)
      found.push(...(await this.statSome(paths.slice(at, at + STAT_BATCH))));
    return found;
  }

  private statSome(paths: readonly string[]): Promise<(Stat | undefined)[]> {
    return this.ask(paths, { stat: paths }, statAlone, (answer) => {
      const { times, sizes } = answer as Stats;
      return paths.map((_, i) => (sizes[i]! < 0 ? undefined : { mtimeMs: times[i]!, size: sizes[i]! }));
    });
  }

  /** @returns for each folder what `Disk.list` says */
  async list(paths: readonly string[]): Promise<string[][]> {
    // Who lists folders asks for their files next, and the thread takes a while to start.
    this.prepare();
    const found: string[][] = [];
    for (let at = 0; at < paths.length; at += STAT_BATCH) {
      const some = paths.slice(at, at + STAT_BATCH);
      const names = await this.ask(some, { list: some }, listAlone, (answer) =>
        (answer as string[]).map((joined) => (joined === '' ? [] : joined.split('\0'))),
      );
      found.push(...names);
    }
    return found;
  }

  /** Asks the thread about many files or folders, or each by itself where there are few. */
  private ask<T>(
    paths: readonly string[],
    message: Message,
    askAlone: (path: string) => Promise<T>,
    read: (answer: unknown) => T[],
  ): Promise<T[]> {
    const alone = () => Promise.all(paths.map(askAlone));
    if (paths.length < FEW || this.isFar) return alone();
    return new Promise((resolve) =>
      this.send({
        message,
        take: (answer) => resolve(read(answer)),
        doAlone: () => void alone().then(resolve),
      }),
    );
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    // What is asked for meanwhile goes along, and whatever else waits for the host has its turn.
    setImmediate(() => {
      this.isScheduled = false;
      while (this.waiting.length > 0 && this.batches < MOST_BATCHES) {
        const batch = this.waiting.splice(0, BATCH);
        if (batch.length < FEW || this.isFar) batch.forEach(answerAlone);
        else this.sendBatch(batch);
      }
      this.restUnlessBusy();
    });
  }

  private sendBatch(batch: readonly Request[]): void {
    this.batches++;
    this.send({
      message: {
        paths: batch.map(({ path }) => path),
        most: batch.map(({ most }) => most),
        largest: LARGEST_FILE * 2 ** 20,
        enough: BATCH_BYTES,
        unit: SLOW_BYTES,
      },
      take: (answer) => {
        const { answers, typical } = answer as Answers;
        this.isFar = typical > SLOW;
        this.batches--;
        this.waiting.unshift(...batch.slice(answers.length));
        for (const [i, one] of answers.entries()) batch[i]!.resolve(one);
        this.schedule();
      },
      doAlone: () => {
        this.batches--;
        batch.forEach(answerAlone);
      },
    });
  }

  private send(job: Job): void {
    this.jobs.push(job);
    this.restUnlessBusy();
    this.thread ??= this.start();
    this.thread.post(job.message);
  }

  private start(): Thread {
    return startThread(
      SOURCE,
      (answer) => this.take(answer),
      () => this.giveUp(),
    );
  }

  private take(answer: unknown): void {
    this.jobs.shift()?.take(answer);
    this.restUnlessBusy();
  }

  private restUnlessBusy(): void {
    clearTimeout(this.idle);
    if (this.jobs.length === 0) this.idle = setTimeout(() => this.end(), IDLE).unref();
  }

  /** The thread failed, as without memory: its files, and all after them, are read without it. */
  private giveUp(): void {
    this.isFar = true;
    this.thread = undefined;
    for (const job of this.jobs.splice(0)) job.doAlone();
  }

  private end(): void {
    this.thread?.end();
    this.thread = undefined;
    // The next may be on another disk.
    this.isFar = false;
  }
}

function asError(failure: Exclude<Answer, { bytes: Uint8Array }>): Error {
  return failure.code === 'TooBig' ? new FileTooBig() : Object.assign(new Error(failure.message), failure);
}

// The functions with callbacks take less than half the time of those of `node:fs/promises`, whose file handles
// are objects that the garbage collector watches.
const openFile = promisify(fs.open);
const statOpen = promisify(fs.fstat);
const readOpen = promisify(fs.read);
const readRest = promisify<number, Uint8Array>(fs.readFile);
const closeFile = promisify(fs.close);
const statFile = promisify(fs.stat);
const readFolder = promisify(fs.readdir);

/** Without what Node's buffers do differently: `slice` of a `Buffer` does not copy. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** Answers without the thread. */
function answerAlone({ path, most, resolve }: Request): void {
  readAlone(path, most).then(resolve, ({ code = '', message }: NodeJS.ErrnoException) =>
    resolve({ code, message }),
  );
}

async function statAlone(path: string): Promise<Stat | undefined> {
  const found = await statFile(path).catch(() => undefined);
  return found && { mtimeMs: found.mtimeMs, size: found.size };
}

async function listAlone(path: string): Promise<string[]> {
  const entries = await readFolder(path, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) names.push(`${entry.name}/`);
    else if (entry.isFile()) names.push(entry.name);
    else if (entry.isSymbolicLink()) {
      const target = await statFile(`${path}/${entry.name}`).catch(() => undefined);
      if (target?.isFile()) names.push(entry.name);
      else if (target?.isDirectory()) names.push(`${entry.name}//`);
    }
  }
  return names.sort();
}

async function readAlone(path: string, most: number): Promise<Answer> {
  const file = await openFile(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = await statOpen(file);
    if (!stats.isFile()) return { code: 'EISDIR', message: 'not a file' };
    if (most === Infinity && stats.size > LARGEST_FILE * 2 ** 20) return { code: 'TooBig', message: '' };
    if (most === Infinity) return { bytes: plain(await readRest(file)) };
    const bytes = new Uint8Array(Math.min(most, stats.size));
    return { bytes: bytes.subarray(0, (await readOpen(file, bytes, 0, bytes.length, 0)).bytesRead) };
  } finally {
    await closeFile(file);
  }
}
