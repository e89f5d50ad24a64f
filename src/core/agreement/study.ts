import type { Entity } from '../model/entity';
import type { Relation } from '../model/records';
import type { TextIndex } from '../text';

/** What is compared of an entity. Offsets are code points. */
export type AgreementSpan = Pick<Entity, 'id' | 'start' | 'end' | 'label' | 'parts' | 'attributes'>;

/** What one annotator has said of an article; entities whose place is not certain are not among them. */
export interface StudyLayer {
  readonly entities: readonly AgreementSpan[];
  readonly relations?: readonly Relation[] | undefined;
}

/** An article with the layers that are compared. */
export interface StudyArticle {
  readonly index: TextIndex;
  /** By annotator; `undefined` where she has none of this article, which she did not annotate then. */
  readonly layers: readonly (StudyLayer | undefined)[];
}

/** What is labelled, for measures that know items and their categories. */
export const ITEM_UNITS = ['token', 'character', 'line'] as const;
export type ItemUnit = (typeof ITEM_UNITS)[number];

/** Two annotators, by their numbers, the smaller one first. */
export type Pair = readonly [number, number];

/** All pairs of so many annotators. */
export function pairsOf(annotators: number): Pair[] {
  return Array.from({ length: annotators }, (_, a) => a).flatMap((a) =>
    Array.from({ length: annotators - a - 1 }, (_, n) => [a, a + 1 + n] as const),
  );
}
