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
import { alignSpans, type Aligned } from './align';
import { pairsOf, type AgreementSpan, type Pair, type StudyArticle } from './study';
import type { CountIndex, Counter, Figure } from './tally';

export const MATCHES = ['exact', 'same_edges', 'overlap', 'same_label'] as const;
export type Match = (typeof MATCHES)[number];

/** What stands in the confusion matrix for a span that the other annotator has not. */
const MISSED = 'missed';

/** Counts the spans of an article, and which of them match. */
export function countSpans({ layers }: StudyArticle, counter: Counter): void {
  for (const [a, b] of pairsOf(layers.length)) {
    const [first, second] = [layers[a]?.entities, layers[b]?.entities];
    if (!first || !second) continue;
    const spans = [counter.of('spans', a, b, a), counter.of('spans', a, b, b)] as const;
    for (const { label } of first) spans[0](label);
    for (const { label } of second) spans[1](label);
    const hitOf = (match: Match) => {
      const hits = [counter.of('hits', match, a, b, a), counter.of('hits', match, a, b, b)] as const;
      return ({ first, second }: Aligned) => {
        hits[0](first.label);
        hits[1](second.label);
      };
    };
    const [exact, sameEdges, overlap] = [hitOf('exact'), hitOf('same_edges'), hitOf('overlap')];
    const sameLabel = hitOf('same_label');
    const missed = new Set<AgreementSpan>([...first, ...second]);
    const differing = new Set(missed);
    for (const aligned of alignSpans(first, second)) {
      const { first: one, second: other, hasSameEdges } = aligned;
      missed.delete(one);
      missed.delete(other);
      overlap(aligned);
      counter.of('confused', a, b, one.label)(other.label);
      if (hasSameEdges) sameEdges(aligned);
      if (!hasSameEdges || one.label !== other.label) continue;
      exact(aligned);
      sameLabel(aligned);
      differing.delete(one);
      differing.delete(other);
    }
    const differ = (span: AgreementSpan) => differing.has(span);
    alignSpans(first.filter(differ), second.filter(differ), true).forEach(sameLabel);
    for (const span of first) if (missed.has(span)) counter.of('missed', a, b, b)(span.label);
    for (const span of second) if (missed.has(span)) counter.of('missed', a, b, a)(span.label);
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
    (label === undefined ? labelsIn(index, [[a, b]]) : [label]).map((name) => ({
      hits: [a, b].map((who) => index.reader('hits', match, a, b, who, name)),
      spans: [a, b].map((who) => index.reader('spans', a, b, who, name)),
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
  const labels = pairs.flatMap(([a, b]) => [a, b].flatMap((who) => index.next('spans', a, b, who)));
  return [...new Set(labels)].sort();
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
    for (const label of index.next('missed', a, b, b))
      add(label, missed, index.reader('missed', a, b, b, label)(sums));
    for (const label of index.next('missed', a, b, a))
      add(missed, label, index.reader('missed', a, b, a, label)(sums));
  }
  return rows;
}

/** The name of what is missed; where a label is called so, in brackets. */
function missedName(labels: readonly string[]): string {
  let name: string = MISSED;
  while (labels.includes(name)) name = `(${name})`;
  return name;
}
