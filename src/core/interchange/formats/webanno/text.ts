import { unescapeText } from './escape';
import type { SentenceLines, UnitLine } from './lines';

/** The text of a file, and where its sentences and tokens are in it, in UTF-16 units. */
export interface PlacedText {
  readonly raw: string;
  /** The starts of the sentences. */
  readonly starts16: readonly number[];
  readonly placeOf: (unit: UnitLine) => { readonly start16: number; readonly end16: number };
  /** The sentences whose tokens are elsewhere than they say. */
  readonly moved: ReadonlySet<SentenceLines>;
  /** The tokens whose text is not where they are. */
  readonly wrong: readonly UnitLine[];
}

/** No text has more white space between two sentences: a number that is wrong must not cost memory. */
const LONGEST_GAP = 10_000;

/**
 * Puts the sentences together: a line ending between them, or nothing where the next begins at once, and spaces
 * up to where it begins. Offsets are UTF-16, as Java counts; where the tokens are not there, code points, as
 * scripts in Python count, if that is where all of them are.
 */
export function placeText(sentences: readonly SentenceLines[]): PlacedText {
  const asUtf16 = place(sentences, false);
  if (asUtf16.wrong.length === 0 && asUtf16.moved.size === 0) return asUtf16;
  const asCodePoints = place(sentences, true);
  const isRight = asCodePoints.wrong.length === 0 && asCodePoints.moved.size === 0;
  return isRight ? { ...asCodePoints, moved: new Set(sentences.slice(0, 1)) } : asUtf16;
}

function place(sentences: readonly SentenceLines[], isCodePoints: boolean): PlacedText {
  const pieces: string[] = [];
  const starts16: number[] = [];
  const places = new Map<UnitLine, { start16: number; end16: number }>();
  const moved = new Set<SentenceLines>();
  const wrong: UnitLine[] = [];
  // The length of what is put together, in the unit of the file and in UTF-16.
  let [length, length16] = [0, 0];
  const append = (piece: string) => {
    pieces.push(piece);
    length += isCodePoints ? Array.from(piece).length : piece.length;
    length16 += piece.length;
  };
  for (const sentence of sentences) {
    const { text, units } = sentence;
    const begin = units[0]?.begin;
    const hasRoom = begin === undefined || begin !== length;
    if (pieces.length > 0 && hasRoom) append('\n');
    const gap = begin === undefined ? 0 : begin - length;
    if (gap > 0 && gap <= LONGEST_GAP) append(' '.repeat(gap));
    else if (gap !== 0) moved.add(sentence);
    const [start, start16] = [begin ?? length, length16];
    starts16.push(start16);
    append(text);
    const chars = isCodePoints ? Array.from(text) : undefined;
    const in16 = (offset: number) =>
      chars ? chars.slice(0, offset).join('').length : Math.min(offset, text.length);
    for (const unit of units) {
      const [from, to] = [in16(Math.max(0, unit.begin - start)), in16(Math.max(0, unit.end - start))];
      places.set(unit, { start16: start16 + from, end16: start16 + to });
      const isThere = text.slice(from, to) === unit.form || text.slice(from, to) === unescapeText(unit.form);
      if (!isThere || unit.begin < start) wrong.push(unit);
    }
  }
  const placeOf = (unit: UnitLine) => places.get(unit) ?? { start16: 0, end16: 0 };
  return { raw: pieces.join(''), starts16, placeOf, moved, wrong };
}

/** Whether white space between two sentences is what a reader puts there, so that none needs to say it. */
export function isUsualGap(gap: string): boolean {
  return /^(?:\n *)?$/.test(gap) && gap.length <= LONGEST_GAP;
}

/** Whether white space before the first sentence is what a reader puts there. */
export function isUsualBeginning(gap: string): boolean {
  return /^ *$/.test(gap) && gap.length <= LONGEST_GAP;
}
