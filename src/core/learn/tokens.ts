import { segmentsOf } from '../segments';
import type { TextIndex } from '../text';

/** The tokens of a text: what a label can begin and end at. */
export interface Tokens {
  readonly words: readonly string[];
  /** Where each begins and ends, in code points. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** At which token each paragraph begins; at the end, how many tokens there are. */
  readonly paragraphs: readonly number[];
  /**
   * Of tokens of scripts without spaces, which are characters: the word of Unicode text segmentation that they are in,
   * with their place in it.
   */
  readonly inWords: ReadonlyMap<number, string>;
}

/** Scripts that are written without spaces between words. */
const SPACELESS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const TOKEN =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{M}])+|\p{N}+|\n|[^\s\p{L}\p{N}]/gu;

/** Words, numbers and signs; of scripts without spaces, characters. Paragraphs end with their lines. */
export function tokenize(index: TextIndex): Tokens {
  const { text } = index;
  const words: string[] = [];
  const [starts, ends]: [number[], number[]] = [[], []];
  const paragraphs = [0];
  const inWords = new Map<number, string>();
  const starts16: number[] = [];
  // Offsets into the text whose line ends are one unit: pairs of surrogates are all that counts once.
  let [points, at16, isSpaceless] = [0, 0, false];
  for (const { 0: word, index: start16 } of text.matchAll(TOKEN)) {
    points += pointsIn(text, at16, start16);
    at16 = start16;
    if (word === '\n') {
      if (paragraphs.at(-1) !== words.length) paragraphs.push(words.length);
      continue;
    }
    isSpaceless ||= SPACELESS.test(word);
    starts16.push(start16);
    starts.push(points);
    ends.push(points + pointsIn(text, start16, start16 + word.length));
    words.push(word);
  }
  if (paragraphs.at(-1) !== words.length) paragraphs.push(words.length);
  if (isSpaceless) {
    let token = 0;
    for (const { segment, index: from16 } of segmentsOf(text, 'word')) {
      const to16 = from16 + segment.length;
      for (let first = token; token < words.length && starts16[token]! < to16; token++) {
        const isLast = starts16[token + 1] === undefined || starts16[token + 1]! >= to16;
        if (SPACELESS.test(words[token]!))
          inWords.set(token, `${segment} ${token === first ? (isLast ? 'S' : 'B') : isLast ? 'E' : 'I'}`);
      }
    }
  }
  return { words, starts: Int32Array.from(starts), ends: Int32Array.from(ends), paragraphs, inWords };
}

function pointsIn(text: string, from16: number, to16: number): number {
  let points = to16 - from16;
  for (let i = from16; i < to16; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xdc00 && unit <= 0xdfff) points--;
  }
  return points;
}
