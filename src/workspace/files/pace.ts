/** How long a task may keep the host to itself, in ms: several may follow each other before 50 ms have passed. */
const LONGEST = 12;

/** Where there is `setImmediate` (Node), it lets all others have their turn, too, and waits for no clock. */
const { setImmediate: soon = setTimeout } = globalThis as { setImmediate?: (task: () => void) => void };

/**
 * Keeps a long task from blocking the host: call {@link rest} between its steps.
 *
 * ```ts
 * const pace = new Pace();
 * for (const item of items) {
 *   if (pace.isDue) await pace.rest();
 *   …
 * }
 * ```
 */
export class Pace {
  private since = performance.now();

  /** Whether the task has run for so long that something else should have its turn. */
  get isDue(): boolean {
    return performance.now() - this.since > LONGEST;
  }

  /** Lets everything else that waits have its turn. */
  async rest(): Promise<void> {
    await new Promise<void>((resolve) => soon(resolve));
    this.since = performance.now();
  }
}
