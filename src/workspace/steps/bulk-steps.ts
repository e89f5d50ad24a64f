import * as vscode from 'vscode';
import { disk } from '#disk';
import { entityIdFrom } from '../../core/model/entity';
import { decodeUtf8 } from '../../core/text';
import { isMadeArticle, type MadeArticle } from './made-articles';
import { isSourceChange, type SourceChange } from '../files/source-change';

/** How many changes of many articles can be taken back. */
const MOST_STEPS = 50;

/** A change of many articles that can be taken back, or done again. */
export interface BulkStep {
  readonly id: string;
  readonly title: string;
  readonly articles: readonly string[];
  /** Those of them that had no sidecar before. */
  readonly created?: readonly string[];
  /** Articles that were made with it; undo takes them away, and nothing makes them again but another import. */
  readonly made?: readonly MadeArticle[];
  /** How many such articles were taken away. */
  readonly unmade?: number;
  /** Other files that were changed with them. */
  readonly files?: readonly SourceChange[];
  readonly isUndone: boolean;
}

/** The list of such changes, the newest last, here and in the extension's storage. */
export class BulkSteps {
  private readonly uri: vscode.Uri;
  private steps: Promise<BulkStep[]> | undefined;

  constructor(private readonly storage: vscode.Uri) {
    this.uri = vscode.Uri.joinPath(storage, 'bulk.json');
  }

  all(): Promise<BulkStep[]> {
    return (this.steps ??= this.read());
  }

  private async read(): Promise<BulkStep[]> {
    try {
      const bytes = await disk.read(this.uri);
      const steps: unknown = JSON.parse((bytes && decodeUtf8(bytes)) ?? '[]');
      return Array.isArray(steps) ? steps.filter(isStep) : [];
    } catch {
      return [];
    }
  }

  async keep(steps: readonly BulkStep[]): Promise<void> {
    const kept = steps.slice(-MOST_STEPS);
    this.steps = Promise.resolve(kept);
    try {
      await disk.makeFolder(this.storage);
      await disk.write(this.uri, new TextEncoder().encode(JSON.stringify(kept)));
    } catch {
      // It can be taken back as long as the window is there.
    }
  }
}

/** What identifies a change of many articles, in its list and in the history of each. */
export function newStepId(title: string): string {
  return entityIdFrom(`${title} ${Date.now()} ${Math.random()}`);
}

function isStep(value: unknown): value is BulkStep {
  const step = Object(value) as Record<keyof BulkStep, unknown>;
  const { id, title, articles, created = [], made = [], files = [], isUndone, unmade = 0 } = step;
  return (
    typeof id === 'string' &&
    typeof title === 'string' &&
    typeof isUndone === 'boolean' &&
    Array.isArray(made) &&
    typeof unmade === 'number' &&
    made.every(isMadeArticle) &&
    Array.isArray(files) &&
    files.every(isSourceChange) &&
    [articles, created].every(isStrings)
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
