import { tokenEdges } from '../learn/tokens';
import { countCodePoints, type TextIndex } from '../text';
import { piecesOf } from './pieces';
import type { AgreementSpan, ItemUnit, StudyArticle } from './study';

/** Items one after the other of which each annotator says the same. */
export interface Run {
  readonly count: number;
  /** By annotator: the category of these items; `undefined` where she has said nothing of them. */
  readonly values: readonly (string | undefined)[];
}

/** The category of items without any label. */
export const NO_LABEL = '';
/** Between the labels of one category: a sign that no label is written with. */
const AND = '\u001e';

/** The items of a text, in order. */
interface Items {
  readonly count: number;
  /** The items that a span has something of. Offsets are code points. */
  readonly range: (start: number, end: number) => readonly [from: number, to: number];
}

/**
 * The items of an article with their categories, runs of the same ones together.
 *
 * The category of an item is the set of the labels of all spans that stand on it, in part or as a whole: spans may nest
 * and overlap, and a nominal measure asks for one category. No label is a category of its own (what BIO schemes call
 * `O`), but for lines: there a coding study has one label an item, and a line without one has not been coded.
 */
export function runsOf({ index, layers }: StudyArticle, unit: ItemUnit): Run[] {
  const items = itemsOf(index, unit);
  const empty = unit === 'line' ? undefined : NO_LABEL;
  const columns = layers.map((layer) => layer && segmentsOf(layer.entities, items, empty));
  const next = columns.map(() => 0);
  const runs: Run[] = [];
  for (let at = 0; at < items.count;) {
    let end = items.count;
    const values = columns.map((segments, a) => {
      if (!segments) return undefined;
      while (segments[next[a]!]!.to <= at) next[a]!++;
      const { to, value } = segments[next[a]!]!;
      end = Math.min(end, to);
      return value;
    });
    runs.push({ count: end - at, values });
    at = end;
  }
  return runs;
}

interface Segment {
  readonly to: number;
  readonly value: string | undefined;
}

/** What one annotator says of all items. */
function segmentsOf(
  spans: readonly AgreementSpan[],
  { count, range }: Items,
  empty: string | undefined,
): Segment[] {
  const edges = new Map<number, [label: string, change: number][]>();
  const edge = (at: number, label: string, change: number) => {
    const there = edges.get(at);
    if (there) there.push([label, change]);
    else edges.set(at, [[label, change]]);
  };
  for (const span of spans)
    for (const [start, end] of piecesOf(span)) {
      const [from, to] = range(start, end);
      if (from >= to) continue;
      edge(from, span.label, 1);
      edge(to, span.label, -1);
    }
  const active = new Map<string, number>();
  const segments: Segment[] = [];
  let value = empty;
  for (const at of [...edges.keys()].sort((a, b) => a - b)) {
    if (at > 0) segments.push({ to: at, value });
    for (const [label, change] of edges.get(at)!) {
      const left = (active.get(label) ?? 0) + change;
      if (left === 0) active.delete(label);
      else active.set(label, left);
    }
    value = active.size === 0 ? empty : [...active.keys()].sort().join(AND);
  }
  if ((segments.at(-1)?.to ?? 0) < count) segments.push({ to: count, value });
  return segments;
}

function itemsOf(index: TextIndex, unit: ItemUnit): Items {
  if (unit === 'character') return { count: index.length, range: (start, end) => [start, end] };
  const { starts, ends } = unit === 'token' ? tokenEdges(index) : lineEdges(index);
  return {
    count: starts.length,
    range: (start, end) => [firstOver(ends, start), firstOver(starts, end - 1)],
  };
}

/** Where the lines begin and end that have something on them, in code points. */
function lineEdges({ text }: TextIndex): { starts: Int32Array; ends: Int32Array } {
  const [starts, ends]: [number[], number[]] = [[], []];
  let at = 0;
  for (const line of text.split('\n')) {
    const length = countCodePoints(line);
    if (line.trim() !== '') {
      starts.push(at);
      ends.push(at + length);
    }
    at += length + 1;
  }
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** The number of the first of ascending places that is greater than another. */
function firstOver(places: Int32Array, place: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
