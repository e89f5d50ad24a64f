import type { Refusal } from './refusal';

/** How long after a write failed it is tried again, in ms. */
const RETRY_PAUSE = 5000;

/** Why the last write of a sidecar failed, and when it is tried again. */
export class WriteTrouble {
  error: Refusal | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange called when there is another trouble, or none any more */
  constructor(
    private readonly retry: () => void,
    private readonly onChange: () => void,
  ) {}

  dispose(): void {
    clearTimeout(this.timer);
  }

  set(error: Refusal | undefined, isToRetry: boolean): void {
    clearTimeout(this.timer);
    if (error && isToRetry) this.timer = setTimeout(this.retry, RETRY_PAUSE);
    if (this.error?.code === error?.code) return;
    this.error = error;
    this.onChange();
  }
}
