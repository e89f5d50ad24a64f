/** How long it is waited before the first try, and before each after many, in ms. */
const [FIRST, LONGEST] = [500, 5000];

/** Tries again what failed: soon, as for a lock that is held for a moment, then after twice as long each time. */
export class Retry {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST;

  constructor(private readonly run: () => void) {}

  /** It failed, once more. */
  schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // Once a try, however many things fail in it.
      this.pause = Math.min(2 * this.pause, LONGEST);
      this.run();
    }, this.pause);
  }

  /** It is done, or not wanted any more. */
  end(): void {
    clearTimeout(this.timer);
    this.pause = FIRST;
  }
}
