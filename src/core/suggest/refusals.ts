import type { Item, ItemForm } from './item';
import { formOf } from './matcher';

/** What is not to be suggested again, beside the corpus's `corpus.yaml`. */
export const REFUSED = 'refused.yaml';
export const REFUSED_FORM: ItemForm = {
  list: 'refused',
  keys: ['text', 'label', 'article', 'before', 'after'],
  needed: ['text', 'label'],
};

/** A suggestion as far as refusing it goes; `before` and `after` are what stands around it. */
export interface Refusable {
  readonly text: string;
  readonly label: string;
  /** What it is known by: its text as the list has it, which may be in another case. */
  readonly form: string;
  /** Relative to the corpus root. */
  readonly article: string;
  readonly before: string;
  readonly after: string;
}

/**
 * A refusal is of a text with a label: everywhere, in one article, or, where it says what stands around it, at
 * one place. That place is known by its words, so that it stays refused where the article changes elsewhere.
 */
export class Refusals {
  private readonly keys = new Set<string>();
  /** How often a text was refused with a label, by both. */
  private readonly counts = new Map<string, number>();

  constructor(items: readonly Item[]) {
    for (const { text = '', label = '', article, before, after } of items) {
      this.keys.add(keyOf(text, label, article, before, after));
      const key = keyOf(text, label);
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }

  /** How often a text was refused with a label, wherever. */
  count(text: string, label: string): number {
    return this.counts.size === 0 ? 0 : (this.counts.get(keyOf(text, label)) ?? 0);
  }

  has({ text, form, label, article, before, after }: Refusable): boolean {
    return (
      this.keys.has(keyOf(text, label)) ||
      this.keys.has(keyOf(form, label)) ||
      this.keys.has(keyOf(text, label, article)) ||
      this.keys.has(keyOf(text, label, article, before, after))
    );
  }
}

/** How far a refusal goes. */
export function scopeOf({ article, before, after }: Item): 'everywhere' | 'article' | 'place' {
  if (article === undefined) return 'everywhere';
  return before === undefined && after === undefined ? 'article' : 'place';
}

/** The refusal of a suggestion at its place only. */
export function refusalOf({ text, label, article, before, after }: Omit<Refusable, 'form'>): Item {
  return { text: formOf(text), label, article, before, after };
}

function keyOf(text: string, ...parts: (string | undefined)[]): string {
  const named = [formOf(text), ...parts.map((part) => part ?? '')];
  while (named.at(-1) === '' && named.length > 2) named.pop();
  return named.join('\0');
}
