/** How long a task may keep the host to itself, in ms: half of what a person could notice. */
const LONGEST = 20;

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
    await new Promise((resolve) => setTimeout(resolve));
    this.since = performance.now();
  }
}
