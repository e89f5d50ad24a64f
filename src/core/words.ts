/**
 * Words by Unicode text segmentation (UAX #29, `Intl.Segmenter`, so that scripts without spaces work).
 * All offsets are UTF-16 units into the text that is passed in.
 */
export interface Range16 {
  readonly start16: number;
  readonly end16: number;
}

/** Made when it is needed: that takes 10 ms, which the start of the extension need not wait for. */
let segmenter: Intl.Segmenter | undefined;
/** How far from a place words are looked for; keeps the cost of a step apart from the length of a paragraph. */
const WINDOW = 400;

interface Segment extends Range16 {
  readonly isWord: boolean;
}

/** The segments around a place, cut at white space where there is some near the window's edges. */
function segmentsAround(text: string, at16: number): Segment[] {
  let from16 = Math.max(0, at16 - WINDOW);
  if (from16 > 0) {
    const gap = text.slice(from16, at16).search(/\s/);
    if (gap >= 0) from16 += gap;
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const segments = segmenter.segment(text.slice(from16, at16 + WINDOW));
  return Array.from(segments, ({ segment, index, isWordLike }) => ({
    start16: from16 + index,
    end16: from16 + index + segment.length,
    isWord: isWordLike === true,
  }));
}

/** The words around a place; an unseen character that stands beside one is no part of it. */
function wordsAround(text: string, at16: number): Range16[] {
  return segmentsAround(text, at16).flatMap((segment) =>
    segment.isWord ? (trimRange(text, segment) ?? []) : [],
  );
}

/**
 * The word at a place: the one that holds it, else the one that ends there, else whatever visible
 * segment stands there (an emoji, a sign); `undefined` at white space and punctuation.
 */
export function wordAt(text: string, at16: number): Range16 | undefined {
  const segments = segmentsAround(text, at16);
  const holding = segments.find((segment) => segment.start16 <= at16 && at16 < segment.end16);
  const ending = segments.find((segment) => segment.end16 === at16);
  const isVisible = (segment: Segment) => !/^[\s\p{P}]*$/u.test(text.slice(segment.start16, segment.end16));
  const found =
    [holding, ending].find((segment) => segment?.isWord) ??
    [holding, ending].find((segment) => segment && isVisible(segment));
  return found && trimRange(text, found);
}

/** The word at a place, else the one before it on the near side of white space and punctuation, if one is near. */
export function wordNear(text: string, at16: number): Range16 | undefined {
  const before = text.slice(Math.max(0, at16 - WINDOW), at16);
  const last16 = at16 - before.length + before.replace(/[\s\p{P}]+$/u, '').length;
  return wordAt(text, at16) ?? wordAt(text, last16);
}

/**
 * White space, and what nobody sees: the soft hyphen, marks of direction, spaces and joiners of no width. (Not
 * variation selectors and tags, which belong to the character before them.)
 */
const UNSEEN = /[\s\u0085\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/;
/** Joiners at an end that a word is written with: behind a virama, and ZWJ beside a letter that it gives its shape. */
const WRITTEN_AT_END =
  /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca][\u200c\u200d]$|[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}]\u200d$/u;
const WRITTEN_AT_START = /^\u200d[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}]/u;

/**
 * A range without white space at its ends, and without what nobody sees there and no word needs; `undefined` where
 * nothing is left. What is tagged has such an end nowhere.
 */
export function trimRange(text: string, range: Range16): Range16 | undefined {
  let { start16, end16 } = range;
  const isUnseen = (at16: number) => UNSEEN.test(text.charAt(at16));
  while (start16 < end16 && isUnseen(start16) && !WRITTEN_AT_START.test(text.slice(start16, start16 + 2)))
    start16++;
  while (end16 > start16 && isUnseen(end16 - 1) && !WRITTEN_AT_END.test(text.slice(end16 - 2, end16)))
    end16--;
  return start16 < end16 ? { start16, end16 } : undefined;
}

/** A text without what {@link trimRange} takes away. */
export function trimText(text: string): string {
  const range = trimRange(text, { start16: 0, end16: text.length });
  return range ? text.slice(range.start16, range.end16) : '';
}

export type Side = 'start' | 'end';

/** A range that takes in the next word at one side; the same range where there is none on the line. */
export function widen(text: string, range: Range16, side: Side): Range16 {
  const at16 = side === 'end' ? range.end16 : range.start16;
  const words = wordsAround(text, at16);
  const next =
    side === 'end' ? words.find((word) => word.end16 > at16) : words.findLast((word) => word.start16 < at16);
  if (!next) return range;
  const between = side === 'end' ? text.slice(at16, next.start16) : text.slice(next.end16, at16);
  if (/[\r\n]/.test(between)) return range;
  return side === 'end' ? { ...range, end16: next.end16 } : { ...range, start16: next.start16 };
}

/** A range without its last (or first) word; the same range where it has only one. */
export function narrow(text: string, range: Range16, side: Side): Range16 {
  const at16 = side === 'end' ? range.end16 : range.start16;
  const inside = wordsAround(text, at16).filter(
    (word) => word.end16 > range.start16 && word.start16 < range.end16,
  );
  if (side === 'end') {
    const previous = inside.findLast((word) => word.end16 < range.end16);
    return previous ? { ...range, end16: previous.end16 } : range;
  }
  const next = inside.find((word) => word.start16 > range.start16);
  return next ? { ...range, start16: next.start16 } : range;
}
