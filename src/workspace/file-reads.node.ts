import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { FileTooBig, LARGEST_FILE } from './disk';
import type { Thread } from './worker';
import { startThread } from './worker.node';

/** What a file is asked for: so many bytes at most, or, with `'stat'`, when it was changed and how large it is. */
type Wanted = number | 'stat';

interface Stat {
  readonly mtimeMs: number;
  readonly size: number;
}

type Answer = Stat | { readonly bytes: Uint8Array } | { readonly code: string; readonly message: string };

interface Request {
  readonly path: string;
  readonly wanted: Wanted;
  readonly resolve: (answer: Answer) => void;
}

/** Fewer files than this are read one by one: to hand them to the thread and back takes longer. */
const FEW = 8;
/** How many files the thread is asked for at once. What it brings together is worked through together. */
const BATCH = 48;
/** How many batches it has at most: one to read while the host works through the other. */
const MOST_BATCHES = 2;
/** A disk that takes longer for a file, in ms, is far away: the four threads that Node has for files are faster. */
const SLOW = 0.5;
/** How long the thread may have nothing to do before it ends, in ms. */
const IDLE = 10_000;

/**
 * Reads files for the host. Many at once are read in a thread of its own by functions that wait: for the thread
 * of the host a file costs 40 µs less than with functions that do not, which have to wake another thread for
 * each call. (10,000 files of 4 KB: 150–250 ms of processor time, and 900–1,000 ms.)
 */
export class FileReads {
  private readonly waiting: Request[] = [];
  private readonly sent: Request[][] = [];
  private isScheduled = false;
  private isFar = false;
  private thread: Thread | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;

  /** @returns at most `most` bytes of a file, by default all. @throws as `node:fs`; FileTooBig for what is not read whole */
  async read(path: string, most = Infinity): Promise<Uint8Array> {
    const answer = await this.ask(path, most);
    if ('bytes' in answer) return answer.bytes;
    throw asError(answer);
  }

  /** @throws as `node:fs` */
  async stat(path: string): Promise<Stat> {
    const answer = await this.ask(path, 'stat');
    if ('size' in answer) return answer;
    throw asError(answer);
  }

  private ask(path: string, wanted: Wanted): Promise<Answer> {
    return new Promise((resolve) => {
      this.waiting.push({ path, wanted, resolve });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    // What is asked for meanwhile goes along, and whatever else waits for the host has its turn.
    setImmediate(() => {
      this.isScheduled = false;
      while (this.waiting.length > 0 && this.sent.length < MOST_BATCHES) {
        const batch = this.waiting.splice(0, BATCH);
        if (batch.length < FEW || this.isFar) batch.forEach(answerAlone);
        else this.send(batch);
      }
    });
  }

  private send(batch: Request[]): void {
    clearTimeout(this.idle);
    this.sent.push(batch);
    this.thread ??= startThread(
      SOURCE,
      (answers) => this.take(answers as Answers),
      () => this.giveUp(),
    );
    this.thread.post({
      paths: batch.map(({ path }) => path),
      wanted: batch.map(({ wanted }) => wanted),
      largest: LARGEST_FILE * 2 ** 20,
    });
  }

  private take({ answers, took }: Answers): void {
    const batch = this.sent.shift() ?? [];
    this.isFar = took / batch.length > SLOW;
    for (const [i, { resolve }] of batch.entries()) resolve(answers[i]!);
    if (this.sent.length === 0) this.idle = setTimeout(() => this.end(), IDLE).unref();
    this.schedule();
  }

  /** The thread failed, as without memory: its files, and all after them, are read without it. */
  private giveUp(): void {
    this.isFar = true;
    this.thread = undefined;
    for (const batch of this.sent.splice(0)) batch.forEach(answerAlone);
  }

  private end(): void {
    this.thread?.end();
    this.thread = undefined;
  }
}

function asError(answer: Answer): Error {
  if (!('code' in answer)) throw new Error('another answer than was asked for');
  return answer.code === 'TooBig' ? new FileTooBig() : Object.assign(new Error(answer.message), answer);
}

interface Answers {
  readonly answers: readonly Answer[];
  /** How long reading took, in ms. */
  readonly took: number;
}

/** Runs in the thread: uses nothing that is outside of it. The bytes of all files are in one buffer. */
function readAll(
  node: typeof fs,
  { paths, wanted, largest }: { paths: string[]; wanted: Wanted[]; largest: number },
): Answers & { buffer: ArrayBuffer } {
  const begin = performance.now();
  // A pipe that nobody writes to must not hold the thread up; Windows has no such pipes.
  const flags = node.constants.O_RDONLY | (node.constants.O_NONBLOCK ?? 0);
  const failure = (error: unknown): Answer => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { code, message };
  };
  const files: { i: number; file: number; size: number }[] = [];
  const answers = paths.map((path, i): Answer => {
    const most = wanted[i]!;
    try {
      if (most === 'stat') {
        const { mtimeMs, size } = node.statSync(path);
        return { mtimeMs, size };
      }
      const file = node.openSync(path, flags);
      const stats = node.fstatSync(file);
      const isTooBig = most === Infinity && stats.size > largest;
      if (stats.isFile() && !isTooBig) files.push({ i, file, size: Math.min(most, stats.size) });
      else node.closeSync(file);
      return isTooBig ? { code: 'TooBig', message: '' } : { code: 'EISDIR', message: 'not a file' };
    } catch (error) {
      return failure(error);
    }
  });
  const buffer = new ArrayBuffer(files.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const { i, file, size } of files) {
    try {
      let bytes: Uint8Array = new Uint8Array(buffer, at, size);
      bytes = bytes.subarray(0, node.readSync(file, bytes, 0, size, null));
      at += size;
      // It may have grown since, as another program writes just now.
      const more = new Uint8Array(1);
      if (wanted[i] === Infinity && node.readSync(file, more, 0, 1, null) > 0) {
        const rest = node.readFileSync(file);
        const whole = new Uint8Array(bytes.length + 1 + rest.length);
        whole.set(bytes);
        whole.set(more, bytes.length);
        whole.set(rest, bytes.length + 1);
        bytes = whole;
      }
      answers[i] = { bytes };
    } catch (error) {
      answers[i] = failure(error);
    } finally {
      node.closeSync(file);
    }
  }
  return { answers, buffer, took: performance.now() - begin };
}

/** The thread's own source: the function above, as it was compiled. */
const SOURCE = `const fs = require('node:fs');
const readAll = ${readAll.toString()};
onmessage = ({ data }) => {
  const { answers, buffer, took } = readAll(fs, data);
  postMessage({ answers, took }, [buffer]);
};`;

// The functions with callbacks take less than half the time of those of `node:fs/promises`, whose file handles
// are objects that the garbage collector watches.
const openFile = promisify(fs.open);
const statOpen = promisify(fs.fstat);
const readOpen = promisify(fs.read);
const readRest = promisify<number, Uint8Array>(fs.readFile);
const closeFile = promisify(fs.close);
const statFile = promisify(fs.stat);

/** Without what Node's buffers do differently: `slice` of a `Buffer` does not copy. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** Answers without the thread. */
function answerAlone({ path, wanted, resolve }: Request): void {
  const answer = wanted === 'stat' ? statAlone(path) : readAlone(path, wanted);
  answer.then(resolve, ({ code = '', message }: NodeJS.ErrnoException) => resolve({ code, message }));
}

async function statAlone(path: string): Promise<Answer> {
  const { mtimeMs, size } = await statFile(path);
  return { mtimeMs, size };
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
