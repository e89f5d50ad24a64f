import { segmentsOf } from '../../core/segments';
import { joinsPrevious, type TextIndex } from '../../core/text';

/**
 * How another tool counts the characters of an article's file.
 *
 * - `utf-16`: JavaScript, Java, C#.
 * - `bytes`: of the file in UTF-8.
 * - `python`: code points of the file as it is, so that `\r\n` counts 2; with `mark`, a byte-order mark
 *   counts 1 (a file that was opened as `utf-8`, not `utf-8-sig`).
 *
 * What counts a line ending 1, and no mark, is what sidecars count: no conversion is needed.
 * - `graphemes`: what a reader takes for a character (UAX #29), `\r\n` being one. Offsets within one are
 *   counted as its begin.
 */
export type OffsetUnit = 'utf-16' | 'bytes' | 'python' | 'graphemes';

/** Conversion between a unit and code points as sidecars count them; both clamp to the text. */
export interface Offsets {
  toCodePoint(offset: number): number;
  fromCodePoint(offset: number): number;
  /** The length of the text in the unit. */
  readonly length: number;
}

/** The same between a unit and UTF-16 in the text as it is: a mark at its beginning has a place, too. */
export interface TextOffsets extends Offsets {
  toUtf16(offset: number): number;
  fromUtf16(offset16: number): number;
}

/**
 * A text's offsets in a unit. Costs one pass over the text, none where all units are the same.
 * @param index of the text as it is in the file, without its mark
 * @param hasMark whether the file begins with a mark that the unit counts
 */
export function offsetsOf(index: TextIndex, unit: OffsetUnit, hasMark = false): TextOffsets {
  const { raw } = index;
  const shift = hasMark ? 1 : 0;
  // Where code points and UTF-16 are the same, no character is a pair.
  const isSame = unit === 'utf-16' || (unit === 'python' && index.length === raw.length);
  if (isSame || isPlain(raw, unit)) {
    return {
      toCodePoint: (offset) => index.toCodePoint(offset - shift),
      fromCodePoint: (offset) => index.toUtf16(offset) + shift,
      toUtf16: (offset) => Math.min(Math.max(0, offset - shift), raw.length),
      fromUtf16: (offset16) => offset16 + shift,
      length: raw.length + shift,
    };
  }
  // The offset in the unit of each UTF-16 unit, and of the end.
  const at = unit === 'graphemes' ? countGraphemes(raw, shift) : countUnits(raw, unit, shift);
  return {
    toCodePoint: (offset) => index.toCodePoint(firstFrom(at, offset)),
    fromCodePoint: (offset) => at[index.toUtf16(offset)]!,
    toUtf16: (offset) => firstFrom(at, offset),
    fromUtf16: (offset16) => at[offset16]!,
    length: at[raw.length]!,
  };
}

function countUnits(raw: string, unit: OffsetUnit, shift: number): Uint32Array {
  const at = new Uint32Array(raw.length + 1);
  for (let i = 0, offset = shift; i <= raw.length; i++) {
    const isSecond = isSecondOfPair(raw, i);
    at[i] = isSecond ? at[i - 1]! : offset;
    offset += unit === 'bytes' ? bytesOf(raw, i) : isSecond ? 0 : 1;
  }
  return at;
}

function countGraphemes(raw: string, shift: number): Uint32Array {
  const at = new Uint32Array(raw.length + 1);
  let count = shift;
  for (const { segment, index } of segmentsOf(raw, 'grapheme')) {
    at.fill(count, index, index + segment.length);
    count++;
  }
  at[raw.length] = count;
  return at;
}

function isPlain(raw: string, unit: OffsetUnit): boolean {
  // In ASCII, only a line ending of two characters is a grapheme of several.
  // eslint-disable-next-line no-control-regex
  if (unit === 'graphemes') return !/[^\x00-\x7f]|\r\n/.test(raw);
  // eslint-disable-next-line no-control-regex
  return unit === 'bytes' ? !/[^\x00-\x7f]/.test(raw) : !/[\ud800-\udbff]/.test(raw);
}

function isSecondOfPair(raw: string, i: number): boolean {
  return i > 0 && raw.charCodeAt(i) !== 0x0a && joinsPrevious(raw, i);
}

/** Bytes in UTF-8 that begin with a UTF-16 unit: all four of a pair with its first. */
function bytesOf(raw: string, i: number): number {
  const unit = raw.charCodeAt(i);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (isSecondOfPair(raw, i)) return 0;
  return unit >= 0xd800 && unit < 0xdc00 && isSecondOfPair(raw, i + 1) ? 4 : 3;
}

/** The first place in an ascending list whose value is not less. */
function firstFrom(values: Uint32Array, value: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
