import { TextIndex } from '../text';
import type { Entity } from '../model/entity';
import { Prequential, type Guess } from './prequential';

/** Something that a {@link Training} is told to do; texts are those of whole articles. */
export type Order =
  /** To learn from the beginning, while what was learned before still answers. */
  | { readonly kind: 'begin' }
  /** To count the words of texts of the corpus, tagged or not; before anything is learned. */
  | { readonly kind: 'read'; readonly texts: readonly string[] }
  | { readonly kind: 'learn'; readonly raw: string; readonly entities: readonly Entity[] }
  /** From now on, what was learned since the beginning answers. */
  | { readonly kind: 'end' }
  | { readonly kind: 'suggest'; readonly raw: string };

/**
 * Learns from the articles of a corpus, and guesses in others: follows orders, one after the other, in a thread of its
 * own. The same orders give the same guesses, bit for bit.
 */
export class Training {
  private current: Prequential | undefined;
  private coming: Prequential | undefined;

  /** @returns what is guessed, where that was asked */
  follow(order: Order): readonly Guess[] {
    switch (order.kind) {
      case 'begin':
        this.coming = new Prequential();
        return [];
      case 'read':
        for (const text of order.texts) this.coming?.learner.read(new TextIndex(text));
        return [];
      case 'learn':
        (this.coming ?? this.current)?.next(new TextIndex(order.raw), order.entities);
        return [];
      case 'end':
        this.current = this.coming ?? this.current;
        this.coming = undefined;
        return [];
      case 'suggest':
        return this.current?.suggestWhatIsWorthIt(new TextIndex(order.raw)) ?? [];
    }
  }
}
