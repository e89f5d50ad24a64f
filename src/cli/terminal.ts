import { isatty } from 'node:tty';
import { writeAll } from './disk';
import { writingTo } from './system-error';

/** How often the line that shows the progress is written anew, in ms. */
const PAUSE = 100;

/** Where a command reads and writes: handles of open files. */
export interface Streams {
  readonly input: number;
  readonly output: number;
  readonly error: number;
}

const STANDARD: Streams = { input: 0, output: 1, error: 2 };

let current = STANDARD;

/** Those of the command that runs; one runs at a time. */
export function streams(): Streams {
  return current;
}

/** From now on, a command reads and writes there; without streams, where the process does. */
export function useStreams(other: Streams = STANDARD): void {
  current = other;
}

let isShown = false;

/** Says a line on standard error; where that is closed or full, to nobody. */
export function say(line: string): void {
  clearProgress();
  tell(`${line}\n`);
}

function tell(text: string): void {
  try {
    writeAll(current.error, Buffer.from(text));
  } catch {
    // There is no other place to say it.
  }
}

/** Prints to standard output. @returns the exit code 0 */
export function print(text: string): number {
  clearProgress();
  writingTo('standard output', () => writeAll(current.output, Buffer.from(text)));
  return 0;
}

/** Takes the line that shows the progress away. */
export function clearProgress(): void {
  if (isShown) tell('\r\u001b[K');
  isShown = false;
}

/** How far something is, on one line that is written anew. Only a terminal shows it. */
export class Progress {
  private count = 0;
  private next = 0;

  /** @param what is counted, as `documents` @param isQuiet whether nothing is shown */
  constructor(
    private readonly what: string,
    private readonly isQuiet = false,
  ) {}

  /** @param more how many more there are */
  tick(more = 1): void {
    this.count += more;
    if (this.isQuiet || !isatty(current.error)) return;
    const now = performance.now();
    if (now < this.next) return;
    this.next = now + PAUSE;
    tell(`\r${this.count.toLocaleString('en')} ${this.what} …\u001b[K`);
    isShown = true;
  }
}
