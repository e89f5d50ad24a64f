import type * as vscode from 'vscode';
import type { Refusal } from '../files/refusal';

/** How far a task is, and whether the person wants no more of it. */
export interface Watch {
  readonly token?: vscode.CancellationToken | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Why an article was left as it is: it cannot be changed, or is no longer what the change was made for. */
export type Left = Refusal | 'changed';
