import type { Refusal } from '../files/refusal';
import { Retry } from '../files/retry';

/** Why the last write of a sidecar failed, and when it is tried again. */
export class WriteTrouble {
  error: Refusal | undefined;
  private readonly retry: Retry;

  /** @param onChange called when there is another trouble, or none any more */
  constructor(
    write: () => void,
    private readonly onChange: () => void,
  ) {
    this.retry = new Retry(write);
  }

  dispose(): void {
    this.retry.end();
  }

  set(error: Refusal | undefined, isToRetry: boolean): void {
    if (error && isToRetry) this.retry.schedule();
    else this.retry.end();
    if (this.error?.code === error?.code) return;
    this.error = error;
    this.onChange();
  }
}
