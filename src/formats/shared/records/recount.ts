import type { TextIndex } from '../../../core/text';
import type { FormatOption } from '../format';
import { isCount, isObject, isText, type Json, type JsonObject } from '../json';
import { offsetsOf, type OffsetUnit } from '../offsets';
import type { SpanReader } from './spans';
import { likelierUnit, unitsProved, type SaidEnds } from './unit';

/** The option of formats whose offsets are Python's, though programs in other languages write them, too. */
export const OFFSETS: FormatOption = {
  name: 'offsets',
  values: ['code-points', 'utf-16'],
  description: 'how offsets are counted in what is read: as Python does, or as JavaScript does',
};

const UNITS: Readonly<Record<string, OffsetUnit>> = { 'code-points': 'python', 'utf-16': 'utf-16' };

export interface Recounted {
  /** With offsets in code points. */
  readonly record: JsonObject;
  /** What is to be told of the unit, once there is a reader. */
  readonly tell: (reader: SpanReader) => void;
}

/**
 * A record whose offsets are Python's, though it may have come with UTF-16 units: where that was chosen, or where
 * its offsets cannot be code points (see {@link unitsProved}) and can be UTF-16 units. Where they only look so, that
 * is told, and nothing is changed. Tokens, which a Python program may have added, have a unit of their own.
 * @param keys of what has offsets, besides `tokens`
 * @param chosen of the option, if it was
 */
export function inCodePoints(
  record: JsonObject,
  keys: readonly string[],
  index: TextIndex,
  chosen: string | undefined,
): Recounted {
  // Elsewhere, both units are the same.
  if (!/[\ud800-\udbff]/.test(index.raw)) return { record, tell: () => undefined };
  const spans = keys.flatMap((key) => [...spansIn(record[key])]);
  const tokens = [...spansIn(record.tokens)];
  const unitOf = (those: readonly SaidEnds[], edges?: ReadonlySet<number>): OffsetUnit | undefined =>
    chosen === undefined ? unitsProved(those, index, 'python', ['utf-16'], edges)[0] : UNITS[chosen];
  const unitOfTokens = unitOf(tokens) ?? 'python';
  const proved = unitOf(spans, edgesOf(tokens, index, unitOfTokens));
  const unit = proved ?? 'python';
  return {
    record: Object.fromEntries(
      Object.entries(record).map(([key, value]) => {
        const own = key === 'tokens' ? unitOfTokens : keys.includes(key) ? unit : 'python';
        return [key, own === 'python' ? value : recount(value, index)];
      }),
    ),
    tell: (reader) => {
      if (chosen !== undefined) return;
      const values = { likely: 'utf-16', unit: 'code-points' };
      if (unit === 'utf-16' || unitOfTokens === 'utf-16')
        reader.note('changed', 'offsets-proved', { values });
      else if (likelierUnit(spans, index, 'python', ['utf-16']))
        reader.note('changed', 'offsets-doubtful', { values });
    },
  };
}

/** What has a start and an end: objects, or lists such as `[0, 3, "PER"]`. */
function* spansIn(value: Json | undefined): Generator<SaidEnds> {
  if (Array.isArray(value)) {
    const [start, end, label] = value as readonly Json[];
    if (isCount(start) && isCount(end) && isText(label)) yield { start, end };
    else for (const item of value as readonly Json[]) yield* spansIn(item);
  } else if (isObject(value)) {
    const { start, end, text } = value;
    if (isCount(start) && isCount(end)) yield { start, end, text };
    else for (const item of Object.values(value)) yield* spansIn(item);
  }
}

/** Where tokens begin and end, in code points; `undefined` where there are none. */
function edgesOf(tokens: readonly SaidEnds[], index: TextIndex, unit: OffsetUnit) {
  if (tokens.length === 0) return undefined;
  const offsets = offsetsOf(index, unit);
  const ends = tokens.flatMap(({ start, end }) => [start, end]).filter(isCount);
  return new Set(ends.map((offset) => offsets.toCodePoint(offset)));
}

/** From UTF-16 units to Python's. What is outside the text stays so. */
function recount(value: Json | undefined, index: TextIndex): Json | undefined {
  const [from, to] = [offsetsOf(index, 'utf-16'), offsetsOf(index, 'python')];
  const convert = (offset: number) =>
    offset > from.length ? offset : to.fromCodePoint(from.toCodePoint(offset));
  const walk = (one: Json): Json => {
    if (Array.isArray(one)) {
      const [start, end, label, ...more] = one as readonly Json[];
      if (isCount(start) && isCount(end) && isText(label))
        return [convert(start), convert(end), label, ...more];
      return (one as readonly Json[]).map(walk);
    }
    if (!isObject(one)) return one;
    const { start, end } = one;
    if (isCount(start) && isCount(end)) return { ...one, start: convert(start), end: convert(end) };
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, item && walk(item)]));
  };
  return value === undefined ? undefined : walk(value);
}
