/**
 * Precision, recall and F1 of entities, between two annotators of whom the first is held to be right. Four ways to say
 * that two spans match, which are the four of nervaluate (https://github.com/MantisAI/nervaluate, after SemEval-2013
 * task 9.1), whose names stand behind:
 *
 * - exact: same edges, same label (`strict`); what seqeval and bratiaa count, and CoNLL's evaluation;
 * - same_edges: whatever the labels are (`exact`);
 * - overlap: they share a code point, whatever the labels are (`partial`, but that a match is a whole one, not a half);
 * - same_label: they share a code point and have the same label (`ent_type`).
 *
 * Spans match one for one, see `align.ts`, so that none counts twice. They may nest, cross, be stacked and have parts:
 * each counts. F1 is the part of the spans of both that match, which is the harmonic mean of precision and recall. It is the same whoever is the first (G. Hripcsak, A. S. Rothschild, Agreement, the F-measure, and
 * reliability in information retrieval, JAMIA 12 (2005), 296–298): it is κ where what nobody tagged is not counted.
 */
import { alignSpans } from './align';
import { pairsOf, type AgreementSpan, type Pair, type StudyArticle } from './study';
import { nameOf, type CountIndex, type Counter, type Figure } from './tally';

export const MATCHES = ['exact', 'same_edges', 'overlap', 'same_label'] as const;
export type Match = (typeof MATCHES)[number];

/** What stands in the confusion matrix for a span that the other annotator has not. */
const MISSED = 'missed';

/** Counts the spans of an article, and which of them match. */
export function countSpans({ layers }: StudyArticle, counter: Counter): void {
  for (const [a, b] of pairsOf(layers.length)) {
    const [first, second] = [layers[a]?.entities, layers[b]?.entities];
    if (!first || !second) continue;
    for (const [who, spans] of [[a, first] as const, [b, second] as const])
      for (const { label } of spans) counter.add(nameOf('spans', a, b, label, who));
    const hit = (match: Match, one: AgreementSpan, other: AgreementSpan) => {
      counter.add(nameOf('hits', match, a, b, one.label, a));
      counter.add(nameOf('hits', match, a, b, other.label, b));
    };
    const missed = new Set<AgreementSpan>([...first, ...second]);
    for (const { first: one, second: other, hasSameEdges } of alignSpans(first, second)) {
      missed.delete(one);
      missed.delete(other);
      hit('overlap', one, other);
      if (hasSameEdges) hit('same_edges', one, other);
      if (hasSameEdges && one.label === other.label) hit('exact', one, other);
      counter.add(nameOf('confused', a, b, one.label, other.label));
    }
    for (const { first: one, second: other } of alignSpans(first, second, true))
      hit('same_label', one, other);
    // Behind one more part, so that a label may be called as it likes.
    for (const span of first) if (missed.has(span)) counter.add(nameOf('missed', a, b, span.label, b));
    for (const span of second) if (missed.has(span)) counter.add(nameOf('missed', a, b, span.label, a));
  }
}

/** How well the spans of pairs match: three figures of the same counts. */
export interface Scores {
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
}

/** @param label of which spans; of all, where nothing is said */
export function scoresOf(index: CountIndex, match: Match, pairs: readonly Pair[], label?: string): Scores {
  const readers = pairs.flatMap(([a, b]) =>
    (label === undefined ? index.next('spans', a, b) : [label]).map((name) => ({
      hits: [a, b].map((who) => index.reader('hits', match, a, b, name, who)),
      spans: [a, b].map((who) => index.reader('spans', a, b, name, who)),
    })),
  );
  const part = (sums: Float64Array, who: 0 | 1) => {
    let [hits, spans] = [0, 0];
    for (const reader of readers) {
      hits += reader.hits[who]!(sums);
      spans += reader.spans[who]!(sums);
    }
    return { hits, spans };
  };
  const share = (who: 0 | 1) => (sums: Float64Array) => {
    const { hits, spans } = part(sums, who);
    return spans === 0 ? undefined : hits / spans;
  };
  return {
    precision: share(1),
    recall: share(0),
    f1: (sums) => {
      const [first, second] = [part(sums, 0), part(sums, 1)];
      const spans = first.spans + second.spans;
      return spans === 0 ? undefined : (first.hits + second.hits) / spans;
    },
  };
}

/** All labels that have spans, in their order. */
export function labelsIn(index: CountIndex, pairs: readonly Pair[]): string[] {
  return [...new Set(pairs.flatMap(([a, b]) => index.next('spans', a, b)))].sort();
}

/** By label of the first annotator, then of the second: how many spans stand for each other. */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What pairs of annotators confuse, with those that one of them has not under `missed`. */
export function confusionOf(index: CountIndex, pairs: readonly Pair[], sums: Float64Array): Confusion {
  const rows: Record<string, Record<string, number>> = Object.create(null) as never;
  const missed = missedName(labelsIn(index, pairs));
  const add = (row: string, column: string, count: number) => {
    if (count === 0) return;
    rows[row] ??= Object.create(null) as never;
    rows[row][column] = (rows[row][column] ?? 0) + count;
  };
  for (const [a, b] of pairs) {
    for (const row of index.next('confused', a, b))
      for (const column of index.next('confused', a, b, row))
        add(row, column, index.reader('confused', a, b, row, column)(sums));
    for (const label of index.next('missed', a, b)) {
      add(label, missed, index.reader('missed', a, b, label, b)(sums));
      add(missed, label, index.reader('missed', a, b, label, a)(sums));
    }
  }
  return rows;
}

/** The name of what is missed; where a label is called so, in brackets. */
function missedName(labels: readonly string[]): string {
  let name: string = MISSED;
  while (labels.includes(name)) name = `(${name})`;
  return name;
}
