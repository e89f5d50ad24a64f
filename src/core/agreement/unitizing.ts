/**
 * Krippendorff's α for unitizing: whether annotators find the same units in a continuum, which nobody has cut into
 * items before. Lengths are code points. The continuum is that of all articles, of each of the annotators who have it;
 * no unit, and no gap between two, goes over the end of an article.
 *
 * - {@link alphaU}: α_U as K. Krippendorff, Content Analysis (2nd edition, 2004), 251–256, defines it (and, but for a
 *   sign in the expected disagreement, On the reliability of unitizing contiguous data, Sociological Methodology 25
 *   (1995), 47–76): each label is a continuum of its own, so that spans with other labels may overlap; two units differ
 *   by the squares of the lengths in which they do. Units of one label that overlap become one.
 * - {@link alphaU2016}: _uα as K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, On the reliability of unitizing
 *   textual continua: further developments, Quality & Quantity 50 (2016), 2347–2364 (and Content Analysis, 4th edition,
 *   12.6.3), define it, since α_U did not behave as expected with more than two annotators. Its units exclude each
 *   other: where spans overlap, the set of labels on a stretch is its value.
 */
import { piecesOf, type Piece } from './pieces';
import { pairsOf, type AgreementSpan, type StudyArticle, type StudyLayer } from './study';
import type { CountIndex, Counter, Figure } from './tally';

/** Counts the units and gaps of an article. */
export function countUnits({ index: { length }, layers }: StudyArticle, counter: Counter): void {
  const there = layers.filter((layer) => layer !== undefined);
  if (there.length < 2) return;
  counter.add(['continuum'], length);
  counter.add(['covered'], length * there.length);
  counter.add(['layers'], there.length);
  const labels = new Set(there.flatMap(({ entities }) => entities.map(({ label }) => label)));
  for (const label of labels) {
    countLabel(label, there, length, counter);
    counter.of('elsewhere', label)(length, there.length);
    counter.add(['with', label], there.length);
  }
  // A label that nobody has here is a gap as long as the article, for each annotator.
  counter.of('whole')(length, there.length);
  countSections(there, length, counter);
}

/** The units of one label, in order; those that overlap as one, those that only touch apart. */
function unitsOf(spans: readonly AgreementSpan[], label: string): Piece[] {
  const units: [number, number][] = [];
  const all = spans.filter((span) => span.label === label).flatMap(piecesOf);
  for (const [start, end] of all.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = units.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else units.push([start, end]);
  }
  return units;
}

function gapsOf(units: readonly Piece[], length: number): Piece[] {
  const gaps: Piece[] = [];
  let from = 0;
  for (const [start, end] of units) {
    if (start > from) gaps.push([from, start]);
    from = end;
  }
  if (length > from) gaps.push([from, length]);
  return gaps;
}

function countLabel(label: string, layers: readonly StudyLayer[], length: number, counter: Counter): void {
  const all = layers.map(({ entities }) => {
    const units = unitsOf(entities, label);
    return { units, gaps: gapsOf(units, length) };
  });
  const [addUnit, addGap] = [counter.of('unit', label), counter.of('gap', label)];
  for (const { units, gaps } of all) {
    for (const [start, end] of units) addUnit(end - start);
    for (const [start, end] of gaps) addGap(end - start);
    counter.add(['gaps', label], gaps.length);
  }
  let difference = 0;
  for (const [a, b] of pairsOf(all.length)) difference += differenceOf(all[a]!, all[b]!);
  if (difference > 0) counter.add(['apart', label], (2 * difference) / (all.length - 1));
}

interface Unitized {
  readonly units: readonly Piece[];
  readonly gaps: readonly Piece[];
}

/** How much the units of two annotators differ: where two meet, by what each has alone, else by the unit's length. */
function differenceOf(first: Unitized, second: Unitized): number {
  let sum = 0;
  let from = 0;
  const others = second.units;
  for (const [start, end] of first.units) {
    while (from < others.length && others[from]![1] <= start) from++;
    for (let at = from; at < others.length && others[at]![0] < end; at++) {
      const [otherStart, otherEnd] = others[at]!;
      sum += (start - otherStart) ** 2 + (end - otherEnd) ** 2;
    }
  }
  return sum + alone(first.units, second.gaps) + alone(second.units, first.gaps);
}

/** The squares of the units that stand as a whole in a gap of the other. */
function alone(units: readonly Piece[], gaps: readonly Piece[]): number {
  let sum = 0;
  let at = 0;
  for (const [start, end] of units) {
    while (at < gaps.length && gaps[at]![1] < end) at++;
    if (at < gaps.length && gaps[at]![0] <= start) sum += (end - start) ** 2;
  }
  return sum;
}

/** α_U of 2004, of one label or of all together. */
export function alphaU(index: CountIndex, labels: readonly string[]): Figure {
  const [continuum, covered] = [index.reader('continuum'), index.reader('covered')];
  const readers = labels.map((label) => ({
    apart: index.reader('apart', label),
    expected: expectedOf(index, label),
  }));
  return (sums) => {
    const [length, all] = [continuum(sums), covered(sums)];
    if (length === 0) return undefined;
    let [observed, expectedDifference] = [0, 0];
    for (const { apart, expected } of readers) {
      observed += apart(sums) / (all * length);
      expectedDifference += (2 / length) * expected(sums, all);
    }
    return expectedDifference === 0 ? undefined : 1 - observed / expectedDifference;
  };
}

/** Lengths, the shortest first, with the numbers of their counts; -1 where nothing is counted or taken away. */
interface Lengths {
  readonly lengths: Float64Array;
  readonly counts: Int32Array;
  readonly less: Int32Array;
}

type LengthCount = readonly [length: number, count: number, less: number];

function inLengths(all: readonly LengthCount[]): Lengths {
  const sorted = [...all].sort((a, b) => a[0] - b[0]);
  return {
    lengths: Float64Array.from(sorted, ([length]) => length),
    counts: Int32Array.from(sorted, ([, count]) => count),
    less: Int32Array.from(sorted, ([, , less]) => less),
  };
}

function lengthsOf(index: CountIndex, kind: string, label: string): LengthCount[] {
  return index
    .next(kind, label)
    .map((length) => [Number(length), index.number(kind, label, length), -1] as const);
}

/** The gaps of a label; one as long as the article for each annotator where an article has none of it. */
function gapLengthsOf(index: CountIndex, label: string): LengthCount[] {
  const whole = index
    .next('whole')
    .map(
      (length) =>
        [Number(length), index.number('whole', length), index.number('elsewhere', label, length)] as const,
    );
  return [...lengthsOf(index, 'gap', label), ...whole];
}

/**
 * What a label's units and gaps would differ by, if each stood anywhere; over the length of the continuum. Of gaps that
 * are as long as a unit, only their number and their length count: those of all gaps, without the shorter ones.
 */
function expectedOf(index: CountIndex, label: string): (sums: Float64Array, all: number) => number {
  const units = inLengths(lengthsOf(index, 'unit', label));
  const longest = units.lengths.at(-1) ?? 0;
  const short = inLengths(gapLengthsOf(index, label).filter(([length]) => length < longest));
  const [layers, layersWith] = [index.reader('layers'), index.reader('with', label)];
  const gaps = index.reader('gaps', label);
  return (sums, all) => {
    let [number, ownPairs, total] = [0, 0, 0];
    for (let u = 0; u < units.lengths.length; u++) {
      const [length, count] = [units.lengths[u]!, sums[units.counts[u]!]!];
      number += count;
      total += count * length;
      ownPairs += count * length * (length - 1);
    }
    if (number === 0) return 0;
    let gapsAsLong = gaps(sums) + layers(sums) - layersWith(sums);
    let theirLength = all - total;
    let [sum, gap] = [0, 0];
    for (let u = 0; u < units.lengths.length; u++) {
      const [length, count] = [units.lengths[u]!, sums[units.counts[u]!]!];
      for (; gap < short.lengths.length && short.lengths[gap]! < length; gap++) {
        const less = short.less[gap]!;
        const there = sums[short.counts[gap]!]! - (less < 0 ? 0 : sums[less]!);
        gapsAsLong -= there;
        theirLength -= there * short.lengths[gap]!;
      }
      const withUnits = ((number - 1) * (2 * length ** 3 - 3 * length ** 2 + length)) / 3;
      const withGaps = length ** 2 * (theirLength - gapsAsLong * (length - 1));
      sum += count * (withUnits + withGaps);
    }
    return sum / (all * (all - 1) - ownPairs);
  };
}

/** Between the labels of one value: a sign that no label is written with. */
const AND = '\u001e';

/** Counts on what stretches annotators say the same, and what each says: for the definition of 2016. */
function countSections(layers: readonly StudyLayer[], length: number, counter: Counter): void {
  const all = layers.map(({ entities }) => sectionsOf(entities, length));
  const [stretch, own] = [counter.of('stretch'), counter.of('own')];
  for (const sections of all) {
    let start = 0;
    for (const { end, value } of sections) {
      stretch(value, end - start);
      // A gap is so many units of one code point each.
      own(value, value === '' ? end - start : (end - start) ** 2);
      start = end;
    }
  }
  let same = 0;
  for (const [a, b] of pairsOf(all.length)) same += sameLength(all[a]!, all[b]!);
  counter.add(['alike'], (2 * same) / (all.length - 1));
}

interface Section {
  readonly end: number;
  /** The labels on it; nothing in a gap. */
  readonly value: string;
}

/** The whole continuum, cut at each edge of a span. */
function sectionsOf(spans: readonly AgreementSpan[], length: number): Section[] {
  const pieces = spans.flatMap((span) =>
    piecesOf(span).map(([start, end]) => ({ start, end, label: span.label })),
  );
  const edges = [...new Set([...pieces.flatMap(({ start, end }) => [start, end]), length])]
    .filter((edge) => edge > 0)
    .sort((a, b) => a - b);
  const begun = pieces.sort((a, b) => a.start - b.start);
  let [at, active]: [number, typeof pieces] = [0, []];
  let start = 0;
  return edges.map((end) => {
    while (at < begun.length && begun[at]!.start <= start) active.push(begun[at++]!);
    active = active.filter((piece) => piece.end > start);
    start = end;
    return { end, value: [...new Set(active.map(({ label }) => label))].sort().join(AND) };
  });
}

function sameLength(first: readonly Section[], second: readonly Section[]): number {
  let [same, start, a, b] = [0, 0, 0, 0];
  while (a < first.length && b < second.length) {
    const end = Math.min(first[a]!.end, second[b]!.end);
    if (first[a]!.value === second[b]!.value) same += end - start;
    start = end;
    if (first[a]!.end === end) a++;
    if (second[b]!.end === end) b++;
  }
  return same;
}

/** _uα of 2016. */
export function alphaU2016(index: CountIndex): Figure {
  const [alike, covered] = [index.reader('alike'), index.reader('covered')];
  const values = index
    .next('stretch')
    .map((value) => [index.reader('stretch', value), index.reader('own', value)] as const);
  return (sums) => {
    const all = covered(sums);
    let [own, expectedAlike] = [0, 0];
    for (const [stretch, ownPairs] of values) {
      own += ownPairs(sums);
      expectedAlike += stretch(sums) ** 2 - ownPairs(sums);
    }
    const pairs = all * all - own;
    if (pairs <= 0 || expectedAlike >= pairs) return undefined;
    return 1 - ((1 - alike(sums) / all) * pairs) / (pairs - expectedAlike);
  };
}
