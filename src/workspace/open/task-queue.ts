/** Runs tasks one after the other. */
export class TaskQueue {
  private last: Promise<void> = Promise.resolve();

  /** Runs a task after those before it, whether they failed or not. */
  enqueue(task: () => Promise<void>): Promise<void> {
    this.last = this.last.catch(() => undefined).then(task);
    // Whoever asked for the task sees its failure; nobody else must.
    this.last.catch(() => undefined);
    return this.last;
  }

  /** When all tasks so far are done; rejects where the last one failed. */
  get done(): Promise<void> {
    return this.last;
  }
}
