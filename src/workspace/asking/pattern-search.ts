import { startThread } from '#worker';
import { findInTexts, type Pattern } from '../../core/concordance/query';
import type { Thread } from '../host/worker';

/** How long a pattern may look through one batch of texts, in ms; an ordinary one takes some. */
const LONGEST = 5000;
/** In which parts that is counted, in ms: where the whole machine stood still, only one of them went by. */
const TICK = 250;

/** A pattern tries so many ways to match some text that it was given up. */
export class PatternTooSlow extends Error {}

/** The thread's own source: a function of the core, as it was compiled. */
const SOURCE = `const find = ${findInTexts.toString()};
onmessage = ({ data: { pattern, texts } }) => {
  postMessage('begun');
  postMessage(find(pattern, texts));
};`;

interface Answer {
  /** The thread looks through the texts now; it may have taken a while to start. */
  begin(): void;
  resolve(found: number[][]): void;
  reject(error: Error): void;
}

/**
 * Looks for a pattern in a thread of its own: the host is never busy with it, and a pattern that would take
 * for ever ends with its thread. Nothing else can stop a regular expression.
 */
export class PatternSearch {
  private thread: Thread | undefined;
  private answer: Answer | undefined;

  /** @param longest how long it may look through one batch, in ms */
  constructor(
    private readonly pattern: Pattern,
    private readonly longest = LONGEST,
  ) {}

  /**
   * Looks through texts; one call at a time.
   * @returns for each text, starts and ends in UTF-16 units, one after the other
   * @throws PatternTooSlow
   */
  async find(texts: readonly string[]): Promise<number[][]> {
    this.thread ??= startThread(
      SOURCE,
      (message) => (message === 'begun' ? this.answer?.begin() : this.answer?.resolve(message as number[][])),
      (error) => this.answer?.reject(error),
    );
    let timer: ReturnType<typeof setInterval> | undefined;
    let ticks = 0;
    try {
      return await new Promise((resolve, reject) => {
        const tick = () => {
          if (++ticks > this.longest / TICK) reject(new PatternTooSlow());
        };
        this.answer = { begin: () => (timer = setInterval(tick, TICK)), resolve, reject };
        this.thread!.post({ pattern: this.pattern, texts });
      });
    } catch (error) {
      this.end();
      throw error;
    } finally {
      clearInterval(timer);
      this.answer = undefined;
    }
  }

  /** Ends the thread; what is being looked for is given up. */
  end(): void {
    this.thread?.end();
    this.thread = undefined;
    this.answer?.reject(new PatternTooSlow());
  }
}
