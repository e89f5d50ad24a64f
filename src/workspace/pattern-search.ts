import { startThread } from '#worker';
import { findInTexts, type Pattern } from '../core/concordance/query';
import type { Thread } from './worker';

/** How long a pattern may look through one batch of texts, in ms; an ordinary one takes some. */
const LONGEST = 5000;

/** A pattern tries so many ways to match some text that it was given up. */
export class PatternTooSlow extends Error {}

/** The thread's own source: a function of the core, as it was compiled. */
const SOURCE = `const find = ${findInTexts.toString()};
onmessage = ({ data: { pattern, texts } }) => postMessage(find(pattern, texts));`;

/**
 * Looks for a pattern in a thread of its own: the host is never busy with it, and a pattern that would take
 * for ever ends with its thread. Nothing else can stop a regular expression.
 */
export class PatternSearch {
  private thread: Thread | undefined;
  private answer: { resolve: (found: number[][]) => void; reject: (error: Error) => void } | undefined;

  constructor(private readonly pattern: Pattern) {}

  /**
   * Looks through texts; one call at a time.
   * @returns for each text, starts and ends in UTF-16 units, one after the other
   * @throws PatternTooSlow
   */
  async find(texts: readonly string[]): Promise<number[][]> {
    this.thread ??= startThread(
      SOURCE,
      (found) => this.answer?.resolve(found as number[][]),
      (error) => this.answer?.reject(error),
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise((resolve, reject) => {
        this.answer = { resolve, reject };
        timer = setTimeout(() => reject(new PatternTooSlow()), LONGEST);
        this.thread!.post({ pattern: this.pattern, texts });
      });
    } catch (error) {
      this.end();
      throw error;
    } finally {
      clearTimeout(timer);
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
