import * as vscode from 'vscode';
import { startThread } from '#worker';
import type { Guess } from '../../core/learn/prequential';
import type { Order } from '../../core/learn/training';
import type { Thread } from '../host/worker';

interface Waiting {
  readonly resolve: (guesses: readonly Guess[]) => void;
  readonly reject: (error: Error) => void;
}

/** A `Training` in a thread of its own, which begins with the first order: the host is never busy with it. */
export class LearningThread {
  private thread: Promise<Thread> | undefined;
  /** Orders that were not answered yet, in the order in which they are. */
  private waiting: Waiting[] = [];
  private isOver = false;

  /** @returns what `Training.follow` does. Rejects once the thread has ended, or failed */
  async follow(order: Order): Promise<readonly Guess[]> {
    const thread = await (this.thread ??= this.start());
    return new Promise((resolve, reject) => {
      if (this.isOver) return reject(new Error('the thread has ended'));
      this.waiting.push({ resolve, reject });
      thread.post(order);
    });
  }

  end(): void {
    void this.thread?.then((thread) => thread.end()).catch(() => undefined);
    this.fail(new Error('the thread has ended'));
  }

  private async start(): Promise<Thread> {
    const extension = vscode.extensions.getExtension('corpus-annotator.corpus-annotator')!;
    const file = vscode.Uri.joinPath(extension.extensionUri, 'dist/learning.js');
    const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return startThread(
      source,
      (guesses) => this.waiting.shift()?.resolve(guesses as readonly Guess[]),
      (error) => this.fail(error),
    );
  }

  private fail(error: Error): void {
    this.isOver = true;
    const { waiting } = this;
    this.waiting = [];
    for (const { reject } of waiting) reject(error);
  }
}
