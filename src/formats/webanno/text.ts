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
  readonly wrong: ReadonlySet<UnitLine>;
}

/** No text has more white space between two sentences: a number that is wrong must not cost memory. */
const LONGEST_GAP = 10_000;

/**
 * Puts the sentences together: a line ending between them, or nothing where the next begins at once, and spaces
 * up to where it begins. Offsets are UTF-16, as Java counts; where the tokens are not there, code points, as
 * scripts in Python count, if that is where all of them are. Where they are at neither, but the sentence consists of
 * them in their order, they are there.
 */
export function placeText(sentences: readonly SentenceLines[]): PlacedText {
  const asUtf16 = place(sentences, false);
  if (asUtf16.wrong.size === 0 && asUtf16.moved.size === 0) return asUtf16;
  const asCodePoints = place(sentences, true);
  const isRight = asCodePoints.wrong.size === 0 && asCodePoints.moved.size === 0;
  return isRight ? { ...asCodePoints, moved: new Set(sentences.slice(0, 1)) } : asUtf16;
}

function place(sentences: readonly SentenceLines[], isCodePoints: boolean): PlacedText {
  const pieces: string[] = [];
  const starts16: number[] = [];
  const places = new Map<UnitLine, { start16: number; end16: number }>();
  const moved = new Set<SentenceLines>();
  const wrong = new Set<UnitLine>();
  // The length of what is put together, in the unit of the file and in UTF-16.
  let [length, length16] = [0, 0];
  const append = (piece: string) => {
    pieces.push(piece);
    length += isCodePoints ? Array.from(piece).length : piece.length;
    length16 += piece.length;
  };
  for (const sentence of sentences) {
    const { text, begin, units } = sentence;
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
    const own = new Set<UnitLine>();
    for (const unit of units) {
      const [from, to] = [in16(Math.max(0, unit.begin - start)), in16(Math.max(0, unit.end - start))];
      places.set(unit, { start16: start16 + from, end16: start16 + to });
      if (!isForm(text.slice(from, to), unit) || unit.begin < start) own.add(unit);
    }
    const found = own.size > 0 ? findUnits(text, units) : undefined;
    if (!found) for (const unit of own) wrong.add(unit);
    else {
      moved.add(sentence);
      for (const [unit, [from, to]] of found)
        places.set(unit, { start16: start16 + from, end16: start16 + to });
      // The file goes on counting from where it thinks that the last one ends.
      const [last, [, end16]] = [...found].findLast(([unit]) => !isPart(unit))!;
      const end = isCodePoints ? Array.from(text.slice(0, end16)).length : end16;
      length += last.end - start - end;
    }
  }
  const placeOf = (unit: UnitLine) => places.get(unit) ?? { start16: 0, end16: 0 };
  return { raw: pieces.join(''), starts16, placeOf, moved, wrong };
}

/** Whether a text is that of a line; some versions escape it there. */
function isForm(text: string, { form }: UnitLine): boolean {
  return text === form || text === unescapeText(form);
}

function isPart({ id }: UnitLine): boolean {
  return id.includes('.');
}

/**
 * The tokens of a sentence and their parts by what they say their text is: one behind the other, with nothing but
 * white space between. @returns `undefined` where the sentence is not made of them
 */
function findUnits(
  text: string,
  units: readonly UnitLine[],
): ReadonlyMap<UnitLine, readonly [from16: number, to16: number]> | undefined {
  const found = new Map<UnitLine, readonly [number, number]>();
  let token: { readonly unit: UnitLine; readonly from: number; readonly to: number } | undefined;
  for (const unit of units) {
    const at = token?.to ?? 0;
    let from = at + /^\s*/.exec(text.slice(at, at + LONGEST_GAP))![0].length;
    if (isPart(unit)) {
      if (!token?.unit || !unit.id.startsWith(`${token.unit.id}.`)) return undefined;
      from = token.from + unit.begin - token.unit.begin;
    }
    const form = [unit.form, unescapeText(unit.form)].find((one) => one !== '' && text.startsWith(one, from));
    if (form === undefined || from < 0) return undefined;
    const to = from + form.length;
    if (!isPart(unit)) token = { unit, from, to };
    else if (to > token!.to) return undefined;
    found.set(unit, [from, to]);
  }
  return token && found;
}

/** Whether white space between two sentences is what a reader puts there, so that none needs to say it. */
export function isUsualGap(gap: string): boolean {
  return /^(?:\n *)?$/.test(gap) && gap.length <= LONGEST_GAP;
}

/** Whether white space before the first sentence is what a reader puts there. */
export function isUsualBeginning(gap: string): boolean {
  return /^ *$/.test(gap) && gap.length <= LONGEST_GAP;
}
