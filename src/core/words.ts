/**
 * Words as the editor's double click takes them, by `editor.wordSeparators` as it is by default: "China" in
 * "China's". Where it would take a whole line, in scripts without spaces, words are those of Unicode text segmentation
 * (UAX #29, `Intl.Segmenter`). Numbers stay whole (1,000), and a curly apostrophe parts what a straight one does.
 * All offsets are UTF-16 units into the text that is passed in.
 */
export interface Range16 {
  readonly start16: number;
  readonly end16: number;
}

/** Made when they are needed: that takes 10 ms, which the start of the extension need not wait for. */
let wordSegmenter: Intl.Segmenter | undefined;
let characterSegmenter: Intl.Segmenter | undefined;
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
  return segmentsOf(text, from16, at16 + WINDOW);
}

function segmentsOf(text: string, from16: number, to16: number): Segment[] {
  wordSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const segments = wordSegmenter.segment(text.slice(from16, to16));
  return Array.from(segments, ({ segment, index, isWordLike }) => ({
    start16: from16 + index,
    end16: from16 + index + segment.length,
    isWord: isWordLike === true,
  })).flatMap((segment) => (segment.isWord ? cut(text, segment) : segment));
}

/** Signs that join what stands at both sides for UAX #29, and part it for the editor; with the marks on them. */
const PARTING = /['’".:][\p{M}\p{Cf}\p{Grapheme_Extend}\p{Emoji_Modifier}]*/gu;

/** The parts of a word between the signs that the editor parts words at, and those signs; a number is not parted. */
function cut(text: string, { start16, end16 }: Range16): Segment[] {
  const parts: Segment[] = [];
  let from16 = start16;
  for (const { 0: sign, index } of text.slice(start16, end16).matchAll(PARTING)) {
    const [at16, behind16] = [start16 + index, start16 + index + sign.length];
    if (/^\p{N}{2}$/u.test(text.charAt(at16 - 1) + text.charAt(behind16))) continue;
    if (at16 > from16) parts.push({ start16: from16, end16: at16, isWord: true });
    parts.push({ start16: at16, end16: behind16, isWord: false });
    from16 = behind16;
  }
  if (from16 < end16) parts.push({ start16: from16, end16, isWord: true });
  return parts;
}

/** The words around a place; an unseen character that stands beside one is no part of it. */
function wordsAround(text: string, at16: number): Range16[] {
  return segmentsAround(text, at16).flatMap((segment) =>
    segment.isWord ? (trimRange(text, segment) ?? []) : [],
  );
}

/** The words that begin in a part of a text, in order; the last may be cut at its end. */
export function wordsIn(text: string, { start16, end16 }: Range16): Range16[] {
  return segmentsOf(text, start16, end16).flatMap((segment) =>
    segment.isWord ? (trimRange(text, segment) ?? []) : [],
  );
}

/**
 * The word at a place: the one that holds it, else the one that ends there, else whatever visible
 * segment stands there (an emoji, a sign); `undefined` at white space and punctuation. The `s` of "China's" is none:
 * the word is the one before it.
 */
export function wordAt(text: string, at16: number): Range16 | undefined {
  const segments = segmentsAround(text, at16);
  const holding = segments.find((segment) => segment.start16 <= at16 && at16 < segment.end16);
  const ending = segments.find((segment) => segment.end16 === at16);
  const isVisible = (segment: Segment) => !/^[\s\p{P}]*$/u.test(text.slice(segment.start16, segment.end16));
  const found =
    [holding, ending].find((segment) => segment?.isWord) ??
    [holding, ending].find((segment) => segment && isVisible(segment));
  const isGenitive = found && /^['’]s$/i.test(text.slice(found.start16 - 1, found.end16));
  const owner = isGenitive && segments.findLast(({ end16, isWord }) => isWord && end16 < found.start16);
  return found && taggableRange(text, owner || found);
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

/**
 * What may be tagged of a range: half a character (a grapheme cluster) at its edges is taken whole, then it is
 * {@link trimRange trimmed}. `undefined` where nothing is left.
 */
export function taggableRange(text: string, { start16, end16 }: Range16): Range16 | undefined {
  if (start16 >= end16) return undefined;
  const first = characterAt(text, start16);
  const last = characterAt(text, end16 - 1);
  return trimRange(text, {
    start16: first?.start16 ?? start16,
    end16: Math.max(last?.end16 ?? end16, first?.end16 ?? end16),
  });
}

/** The character (grapheme cluster) that holds the unit at a place; its text is looked at up to white space. */
function characterAt(text: string, at16: number): Range16 | undefined {
  let from16 = at16;
  while (from16 > 0 && !isSpace(text, from16)) from16--;
  let to16 = at16 + 1;
  while (to16 < text.length && !isSpace(text, to16)) to16++;
  // White space can only begin a character, with marks behind it. (Half a line ending is trimmed anyway.)
  characterSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const found = characterSegmenter.segment(text.slice(from16, to16)).containing(at16 - from16);
  return found && { start16: from16 + found.index, end16: from16 + found.index + found.segment.length };
}

function isSpace(text: string, at16: number): boolean {
  const unit = text.charCodeAt(at16);
  return unit <= 0x20 || unit === 0x3000;
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

/** A range that takes in the next character that is seen at one side; the same where there is none on the line. */
export function widenByCharacter(text: string, range: Range16, side: Side): Range16 {
  let at16 = side === 'end' ? range.end16 : range.start16 - 1;
  while (at16 >= 0 && at16 < text.length && !/[\r\n]/.test(text.charAt(at16))) {
    const character = characterAt(text, at16) ?? { start16: at16, end16: at16 + 1 };
    if (trimRange(text, character)) {
      const { start16, end16 } = character;
      return taggableRange(text, side === 'end' ? { ...range, end16 } : { ...range, start16 }) ?? range;
    }
    at16 = side === 'end' ? character.end16 : character.start16 - 1;
  }
  return range;
}

/** A range without its last (or first) character, and what nobody sees before it; the same where it has only one. */
export function narrowByCharacter(text: string, range: Range16, side: Side): Range16 {
  const seen = trimRange(text, range);
  const character = seen && characterAt(text, side === 'end' ? seen.end16 - 1 : seen.start16);
  if (!character) return range;
  const rest =
    side === 'end'
      ? { start16: range.start16, end16: character.start16 }
      : { start16: character.end16, end16: range.end16 };
  return rest.start16 < rest.end16 ? (taggableRange(text, rest) ?? range) : range;
}
