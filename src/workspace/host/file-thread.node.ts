// What runs in the thread of `file-reads.node.ts`, and what the two say to each other.
import type * as fs from 'node:fs';

/** What became of a file that was asked for. */
export type Answer = { readonly bytes: Uint8Array } | { readonly code: string; readonly message: string };

/** What the thread is asked: to read files, for their times, or what is in folders. */
export type Message = ReadMessage | StatMessage | ListMessage;

interface ReadMessage {
  readonly paths: readonly string[];
  /** Of each. */
  readonly most: readonly number[];
  /** How large a file that is read whole may be, in bytes. */
  readonly largest: number;
  /** After how many bytes it is enough: what is left is asked for again. */
  readonly enough: number;
  /** For how many bytes a file may take as long as one that has fewer. */
  readonly unit: number;
}

export interface Answers {
  /** Of the first files, or of all. */
  readonly answers: readonly Answer[];
  /** How long most of them took at most, in ms. (One may wait for a processor.) */
  readonly typical: number;
}

interface StatMessage {
  readonly stat: readonly string[];
}

/** Of each file; a size of -1 where there is none. */
export interface Stats {
  readonly times: Float64Array;
  readonly sizes: Float64Array;
}

interface ListMessage {
  readonly list: readonly string[];
}

/** Runs in the thread: uses nothing that is outside of it. The bytes of all files are in one buffer. */
function readAll(
  node: typeof fs,
  { paths, most: mosts, largest, enough, unit }: ReadMessage,
): Answers & { buffer: ArrayBuffer } {
  // A pipe that nobody writes to must not hold the thread up; Windows has no such pipes.
  const flags = node.constants.O_RDONLY | (node.constants.O_NONBLOCK ?? 0);
  const failure = (error: unknown): Answer => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { code, message };
  };
  const files: { i: number; file: number; size: number }[] = [];
  const answers: Answer[] = [];
  /** Of each file, in ms. */
  const times: number[] = [];
  let total = 0;
  const begun = (path: string, i: number): Answer => {
    const most = mosts[i]!;
    try {
      const file = node.openSync(path, flags);
      const stats = node.fstatSync(file);
      const isTooBig = most === Infinity && stats.size > largest;
      const size = Math.min(most, stats.size);
      if (stats.isFile() && !isTooBig) {
        files.push({ i, file, size });
        total += size;
      } else node.closeSync(file);
      return isTooBig ? { code: 'TooBig', message: '' } : { code: 'EISDIR', message: 'not a file' };
    } catch (error) {
      return failure(error);
    }
  };
  let since = performance.now();
  const lap = () => -since + (since = performance.now());
  for (let i = 0; i < paths.length && total < enough; i++) {
    answers.push(begun(paths[i]!, i));
    times.push(lap());
  }
  const buffer = new ArrayBuffer(total);
  let at = 0;
  for (const { i, file, size } of files) {
    try {
      let bytes: Uint8Array = new Uint8Array(buffer, at, size);
      bytes = bytes.subarray(0, node.readSync(file, bytes, 0, size, null));
      at += size;
      // It may have grown since, as another program writes just now.
      const more = new Uint8Array(1);
      if (mosts[i] === Infinity && node.readSync(file, more, 0, 1, null) > 0) {
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
    times[i] = (times[i]! + lap()) / Math.max(1, size / unit);
  }
  const typical = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return { answers, buffer, typical };
}

/** Runs in the thread, as {@link readAll} does. */
function statAll(node: typeof fs, { stat }: StatMessage): Stats {
  const [times, sizes] = [new Float64Array(stat.length), new Float64Array(stat.length)];
  const statOrNothing = (path: string) => {
    try {
      return node.statSync(path, { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  };
  stat.forEach((path, i) => {
    // Nothing is thrown where there is none, which would take ten times as long.
    const found = statOrNothing(path);
    times[i] = found?.mtimeMs ?? 0;
    sizes[i] = found?.size ?? -1;
  });
  return { times, sizes };
}

/** Runs in the thread, as {@link readAll} does. @returns the names of each folder, with a NUL between them */
function listAll(node: typeof fs, { list }: ListMessage): string[] {
  const nameOfLink = (folder: string, name: string) => {
    try {
      const stats = node.statSync(`${folder}/${name}`);
      return stats.isFile() ? name : stats.isDirectory() ? `${name}//` : [];
    } catch {
      return [];
    }
  };
  return list.map((folder) => {
    try {
      const entries = node.readdirSync(folder, { withFileTypes: true });
      const names = entries.flatMap((entry) => {
        if (entry.isDirectory()) return `${entry.name}/`;
        if (entry.isSymbolicLink()) return nameOfLink(folder, entry.name);
        return entry.isFile() ? entry.name : [];
      });
      return names.sort().join('\0');
    } catch {
      return '';
    }
  });
}

/** The thread's own source: the functions above, as they were compiled. */
export const SOURCE = `const fs = require('node:fs');
const readAll = ${readAll.toString()};
const statAll = ${statAll.toString()};
const listAll = ${listAll.toString()};
onmessage = ({ data }) => {
  if (data.stat) return postMessage(statAll(fs, data));
  if (data.list) return postMessage(listAll(fs, data));
  const { buffer, ...answer } = readAll(fs, data);
  postMessage(answer, [buffer]);
};`;
