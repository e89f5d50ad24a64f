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

/** A character of a script that is written without spaces between words. */
const CHARACTER = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]`;
const SPACELESS = new RegExp(CHARACTER, 'u');
const TOKEN = new RegExp(
  [
    String.raw`${CHARACTER}\p{M}*`,
    String.raw`(?:(?!${CHARACTER})[\p{L}\p{M}])+`,
    String.raw`\p{N}+`,
    String.raw`[\r\n]`,
    String.raw`[^\s\p{L}\p{N}]`,
  ].join('|'),
  'gu',
);

/** Words, numbers and signs; of scripts without spaces, characters. Paragraphs end with their lines. */
export function tokenize(index: TextIndex): Tokens {
  const { raw } = index;
  const words: string[] = [];
  const [starts, ends]: [number[], number[]] = [[], []];
  const paragraphs = [0];
  const inWords = new Map<number, string>();
  const starts16: number[] = [];
  let isSpaceless = false;
  for (const { 0: word, index: start16 } of raw.matchAll(TOKEN)) {
    if (word === '\n' || word === '\r') {
      if (paragraphs.at(-1) !== words.length) paragraphs.push(words.length);
      continue;
    }
    isSpaceless ||= SPACELESS.test(word);
    starts16.push(start16);
    starts.push(index.toCodePoint(start16));
    ends.push(index.toCodePoint(start16 + word.length));
    words.push(word);
  }
  if (paragraphs.at(-1) !== words.length) paragraphs.push(words.length);
  if (isSpaceless) {
    let token = 0;
    for (const { segment, index: from16 } of segmentsOf(raw, 'word')) {
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

/** Where the tokens of a text begin and end, in code points. */
export function tokenEdges(index: TextIndex): Pick<Tokens, 'starts' | 'ends'> {
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { 0: word, index: start16 } of index.raw.matchAll(TOKEN)) {
    if (word === '\n' || word === '\r') continue;
    starts.push(index.toCodePoint(start16));
    ends.push(index.toCodePoint(start16 + word.length));
  }
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}
