import { normalizeLineEndings, TextIndex } from '../../core/text';
import { isCount, isText, type Json } from '../shared/json';
import { offsetsOf, type OffsetUnit, type TextOffsets } from '../shared/offsets';
import { at } from '../shared/records/paths';
import { numberOf, spansIn } from '../shared/records/roles';
import { leastFaults, unitsProved, type SaidEnds } from '../shared/records/unit';
import { UNITS, type Counting, type SaidFields, type SpanFields } from './fields';

/** As JSON is mostly written: code points from 0, the end behind the last character. */
export const USUAL_COUNTING: Counting = { unit: 'python', base: 0, isInclusive: false };

/** The likeliest first: what counts code points counts UTF-16 units or bytes alike where it can. */
const COUNTINGS: readonly Counting[] = [
  { base: 0, isInclusive: false } as const,
  { base: 0, isInclusive: true } as const,
  { base: 1, isInclusive: true } as const,
  { base: 1, isInclusive: false } as const,
].flatMap((one) => Object.values(UNITS).map((unit) => ({ ...one, unit })));

/** In which the offsets of a document may be counted, where they cannot be code points. */
export const OTHER_UNITS: readonly OffsetUnit[] = ['utf-16', 'bytes'];
/** So many spans of a record tell as much as all of them. */
const MOST_OF_ONE = 200;
/** Of the texts of spans, so many must agree for a proof: some may be wrong. */
const MOST = 0.8;

/** Letters of scripts whose words have no spaces between them. */
const BLANKLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The ends of a span as they are counted by a file, counted from 0 and up to behind the last character. */
export function endsIn(
  item: Json,
  fields: Pick<SpanFields, 'start' | 'end' | 'isLength'>,
  { base, isInclusive }: Counting,
): SaidEnds {
  const [start, end] = [numberOf(at(item, fields.start)), numberOf(at(item, fields.end))];
  if (!isCount(start) || !isCount(end)) return { start, end };
  const first = start - base;
  return { start: first, end: fields.isLength ? first + end : end - base + (isInclusive ? 1 : 0) };
}

interface SampleFields extends SpanFields {
  /** The paths of texts of spans. */
  readonly texts: readonly string[];
}

interface SampleSpan {
  readonly item: Json;
  /** Which of the fields of spans it is of. */
  readonly list: number;
}

interface KnownText {
  readonly index: TextIndex;
  readonly offsets: Map<OffsetUnit, TextOffsets>;
}

interface SampleText {
  readonly index: TextIndex;
  readonly offsetsIn: (unit: OffsetUnit) => TextOffsets;
  readonly spans: readonly SampleSpan[];
}

/** Records that tell what stands where, with their spans. */
export class Sample {
  readonly records: readonly { readonly record: Json; readonly spans: readonly SampleSpan[] }[];
  private readonly indexes = new Map<string, KnownText>();

  constructor(
    records: readonly Json[],
    readonly fields: readonly SampleFields[],
  ) {
    this.records = records.map((record) => ({
      record,
      spans: fields.flatMap(({ path }, list) =>
        (spansIn(at(record, path), true) ?? []).slice(0, MOST_OF_ONE).map((item) => ({ item, list })),
      ),
    }));
  }

  /** The texts of a field, with the spans of their records. */
  *texts(path: string): Generator<SampleText> {
    for (const { record, spans } of this.records) {
      const text = at(record, path);
      if (!isText(text)) continue;
      const known: KnownText = this.indexes.get(text) ?? {
        index: new TextIndex(text),
        offsets: new Map<OffsetUnit, TextOffsets>(),
      };
      this.indexes.set(text, known);
      const { index, offsets } = known;
      const offsetsIn = (unit: OffsetUnit) => {
        const found = offsets.get(unit) ?? offsetsOf(index, unit);
        offsets.set(unit, found);
        return found;
      };
      yield { index, spans, offsetsIn };
    }
  }

  /** How many spans are within the texts of a field, and how many say a text that stands there. */
  fit(path: string): { readonly within: number; readonly agreed: number } {
    let within = 0;
    for (const { offsetsIn, spans } of this.texts(path)) {
      const { length } = offsetsIn('bytes');
      for (const { item, list } of spans) {
        const { start, end } = endsIn(item, this.fields[list]!, USUAL_COUNTING);
        if (isCount(start) && isCount(end) && start <= end && end <= length) within++;
      }
    }
    const counts = this.fields.flatMap(({ texts }, list) =>
      texts.flatMap((text) => COUNTINGS.map((counting) => this.agreeing(path, list, text, counting).agreed)),
    );
    return { within, agreed: Math.max(0, ...counts) };
  }

  /** How many spans of a list say the text that stands where they are, of those that say one. */
  agreeing(path: string, list: number, text: string, counting: Counting) {
    let [agreed, all] = [0, 0];
    for (const { index, offsetsIn, spans } of this.texts(path)) {
      const offsets = offsetsIn(counting.unit);
      for (const span of spans) {
        const own = span.list === list ? at(span.item, text) : undefined;
        const fields = this.fields[list]!;
        const raw = endsIn(span.item, fields, USUAL_COUNTING);
        if (!isText(own) || own === '' || !isCount(raw.start) || !isCount(raw.end)) continue;
        all++;
        const { start, end } = endsIn(span.item, fields, counting);
        if (!isCount(start) || !isCount(end) || end > offsets.length) continue;
        const there = index.slice({ start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) });
        if (there === normalizeLineEndings(own)) agreed++;
      }
    }
    return { agreed, all };
  }
}

interface Counted {
  readonly counting: Counting;
  /** By the fields of spans: where spans say their texts, if they do. */
  readonly texts: readonly (string | undefined)[];
  /** Whether the texts of spans proved that it is not as usual. */
  readonly isProved: boolean;
  /** Whether nothing proves that it is so, and spans begin and end within words. */
  readonly cutsWords: boolean;
}

/** How the spans of a sample are counted: as was said, else as all texts of spans agree with, else as usual. */
export function countingOf(sample: Sample, path: string, said: SaidFields): Counted {
  const possible = COUNTINGS.filter(
    ({ unit, isInclusive }) =>
      (said.unit ?? unit) === unit && (said.isInclusive ?? isInclusive) === isInclusive,
  );
  const usual = possible[0]!;
  const texts = sample.fields.map(({ texts }, list) => {
    const found = texts.map((text) => {
      const counts = possible.map((counting) => sample.agreeing(path, list, text, counting));
      return { text, all: counts[0]!.all, counts: counts.map(({ agreed }) => agreed) };
    });
    return found.sort((a, b) => Math.max(...b.counts) - Math.max(...a.counts))[0];
  });
  const known = texts.filter((one) => one !== undefined);
  const sumOf = (i: number) => known.reduce((sum, { counts }) => sum + counts[i]!, 0);
  const all = known.reduce((sum, one) => sum + one.all, 0);
  const sums = possible.map((_, i) => sumOf(i));
  const best = sums.indexOf(Math.max(...sums));
  const isProved = best > 0 && sums[best]! >= MOST * all && 2 * sums[0]! <= sums[best]!;
  const chosen = isProved ? best : 0;
  const agreed = texts.map((one) =>
    one && one.all > 0 && 2 * one.counts[chosen]! >= one.all ? one.text : undefined,
  );
  const isSaid = said.unit !== undefined || said.isInclusive !== undefined;
  return {
    counting: possible[chosen]!,
    texts: agreed,
    isProved,
    cutsWords: !isSaid && agreed.every((text) => text === undefined) && cutsWords(sample, path, usual),
  };
}

/** Whether half of the ends of spans or more are within words; or those that include their ends are at their edges. */
function cutsWords(sample: Sample, path: string, usual: Counting): boolean {
  let [spansInAll, faults, faultsInclusive] = [0, 0, 0];
  for (const { index, spans } of sample.texts(path)) {
    if (BLANKLESS.test(index.raw)) continue;
    const endsAs = (counting: Counting) =>
      spans.map(({ item, list }) => endsIn(item, sample.fields[list]!, counting));
    const [unit = usual.unit] = unitsProved(endsAs(usual), index, usual.unit, OTHER_UNITS);
    const count = (counting: Counting) => leastFaults([unit], endsAs(counting), index).faults;
    spansInAll += spans.length;
    faults += count(usual);
    faultsInclusive += count({ ...usual, isInclusive: true });
  }
  return faults > spansInAll || (2 * faults > spansInAll && 4 * faultsInclusive < faults);
}
