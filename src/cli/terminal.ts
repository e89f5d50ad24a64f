import { writeAll } from './disk';
import { writingTo } from './system-error';

/** How often the line that shows the progress is written anew, in ms. */
const PAUSE = 100;

let isShown = false;

/** Says a line on standard error; where that is closed or full, to nobody. */
export function say(line: string): void {
  clearProgress();
  tell(`${line}\n`);
}

function tell(text: string): void {
  try {
    writeAll(2, Buffer.from(text));
  } catch {
    // There is no other place to say it.
  }
}

/** Prints to standard output. @returns the exit code 0 */
export function print(text: string): number {
  clearProgress();
  writingTo('standard output', () => writeAll(1, Buffer.from(text)));
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

  tick(): void {
    this.count++;
    if (this.isQuiet || !process.stderr.isTTY) return;
    const now = performance.now();
    if (now < this.next) return;
    this.next = now + PAUSE;
    tell(`\r${this.count.toLocaleString('en')} ${this.what} …\u001b[K`);
    isShown = true;
  }
}
