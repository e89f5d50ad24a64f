/**
 * Agreement on what hangs on entities, as far as two annotators have the same entities (same edges, same label): on
 * others they cannot agree. Relations: of each two entities that both have, in both directions, whether there is a
 * relation and with which label. Attributes: of each entity that both have, the value of each attribute that anyone
 * uses. F1 counts what is there; Cohen's κ counts what both left out, too, as a category of its own.
 */
import { alignSpans } from './align';
import { pairsOf, type AgreementSpan, type Pair, type StudyArticle, type StudyLayer } from './study';
import type { CountIndex, Counter, Figure } from './tally';

export const RECORDS = ['relations', 'attributes'] as const;
export type RecordKind = (typeof RECORDS)[number];

/** The one group of relations; attributes are a group a name. */
const ALL = '';

/** Counts relations and attributes of an article. */
export function countRecords({ layers }: StudyArticle, counter: Counter): void {
  for (const [a, b] of pairsOf(layers.length)) {
    const [first, second] = [layers[a], layers[b]];
    if (!first || !second || !hasRecords(first, second)) continue;
    const same = alignSpans(first.entities, second.entities).filter(
      (one) => one.hasSameEdges && one.first.label === one.second.label,
    );
    const count = counterOf(counter, [a, b]);
    count.attributes(same.map(({ first, second }) => [first, second] as const));
    const numbers = [first, second].map((_, side) => {
      const spans = same.map((one) => (side === 0 ? one.first : one.second));
      return new Map(spans.map(({ id }, number) => [id, number]));
    });
    counter.add(['chances', 'relations', a, b], same.length * (same.length - 1));
    count.values('relations', ALL, relationsOf(first, numbers[0]!), relationsOf(second, numbers[1]!));
  }
}

function hasRecords(...layers: readonly StudyLayer[]): boolean {
  return layers.some(
    ({ entities, relations }) =>
      (relations?.length ?? 0) > 0 || entities.some(({ attributes }) => attributes !== undefined),
  );
}

function counterOf(counter: Counter, [a, b]: Pair) {
  /** What two annotators say of the same things, by the names of these. */
  const values = (
    kind: RecordKind,
    group: string,
    first: ReadonlyMap<string, string>,
    second: ReadonlyMap<string, string>,
  ) => {
    for (const [thing, value] of first) {
      const other = second.get(thing);
      counter.add(['value', kind, a, b, group, value, a]);
      if (value === other) counter.add(['equal', kind, a, b, group]);
      if (other === undefined) counter.add(['only', kind, a, b, group]);
    }
    for (const [thing, value] of second) {
      counter.add(['value', kind, a, b, group, value, b]);
      if (!first.has(thing)) counter.add(['only', kind, a, b, group]);
      else counter.add(['shared', kind, a, b, group]);
    }
  };
  const attributes = (entities: readonly (readonly [AgreementSpan, AgreementSpan])[]) => {
    counter.add(['chances', 'attributes', a, b], entities.length);
    const names = new Set(
      entities.flatMap((both) => both.flatMap((one) => Object.keys(one.attributes ?? {}))),
    );
    for (const name of names) {
      const [first, second] = [new Map<string, string>(), new Map<string, string>()];
      entities.forEach(([one, other], number) => {
        for (const [span, map] of [[one, first] as const, [other, second] as const]) {
          const value = span.attributes?.[name];
          if (value !== undefined) map.set(String(number), JSON.stringify(value));
        }
      });
      values('attributes', name, first, second);
    }
  };
  return { values, attributes };
}

/** By the two entities, which have numbers that both annotators share: the labels of the relations from one to the other. */
function relationsOf({ relations }: StudyLayer, numbers: ReadonlyMap<string, number>): Map<string, string> {
  const labels = new Map<string, Set<string>>();
  for (const { label, from, to, undirected } of relations ?? []) {
    const [one, other] = [numbers.get(from), numbers.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    const ends = undirected && one > other ? `${other} ${one}` : `${one} ${other}`;
    labels.set(ends, (labels.get(ends) ?? new Set()).add(label));
  }
  return new Map([...labels].map(([ends, set]) => [ends, [...set].sort().join(' ')]));
}

/** F1 and κ of relations or attributes. */
export interface RecordFigures {
  readonly f1: Figure;
  readonly kappa: Figure;
}

export function recordFigures(index: CountIndex, kind: RecordKind, pairs: readonly Pair[]): RecordFigures {
  const groups = pairs.flatMap(([a, b]) =>
    index.next('value', kind, a, b).map((group) => ({
      chances: index.reader('chances', kind, a, b),
      equal: index.reader('equal', kind, a, b, group),
      only: index.reader('only', kind, a, b, group),
      shared: index.reader('shared', kind, a, b, group),
      values: index
        .next('value', kind, a, b, group)
        .map((value) => [a, b].map((who) => index.reader('value', kind, a, b, group, value, who))),
    })),
  );
  return {
    f1: (sums) => {
      let [equal, all] = [0, 0];
      for (const group of groups) {
        equal += group.equal(sums);
        for (const [first, second] of group.values) all += first!(sums) + second!(sums);
      }
      return all === 0 ? undefined : (2 * equal) / all;
    },
    kappa: (sums) => {
      // Groups have categories of their own: what is observed and expected of each is put together.
      let [beyondChance, most] = [0, 0];
      for (const { chances, equal, only, shared, values } of groups) {
        const items = chances(sums);
        if (items === 0) continue;
        let [expected, saidFirst, saidSecond] = [0, 0, 0];
        for (const [first, second] of values) {
          const [one, other] = [first!(sums), second!(sums)];
          expected += (one / items) * (other / items);
          saidFirst += one;
          saidSecond += other;
        }
        expected += ((items - saidFirst) / items) * ((items - saidSecond) / items);
        const neither = items - only(sums) - shared(sums);
        beyondChance += equal(sums) + neither - expected * items;
        most += items - expected * items;
      }
      return most < ROUNDING ? undefined : beyondChance / most;
    },
  };
}

const ROUNDING = 1e-9;
