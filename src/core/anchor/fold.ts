import type { Span, TextIndex } from '../text';

/**
 * A character with the marks that belong to it (or a syllable of Hangul letters), a run of white space, or
 * of what no reader sees: what may be written in another way, but is never taken apart.
 */
const UNIT = /[\s\u0085]+|[\u00ad\u200b-\u200d\u2060]+|[^][\p{M}\u1160-\u11ff]*/gu;
/** A unit that is like no other. */
const PLAIN = /^[!#-&(-,./-_a-~]$/;
const SPACE = /^[\s\u0085]/;
const INVISIBLE = /^[\u00ad\u200b-\u200d\u2060]/;

const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´ʼ＇]/g, "'"],
  [/[“”„‟″«»＂]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
];

/**
 * A text in which ways to write the same are one: composed and decomposed letters, straight and
 * typographic quotes, dashes, runs of white space (line breaks too), characters that nobody sees.
 * Offsets into `text` are UTF-16 units; spans are code points of the article.
 */
export class FoldedText {
  readonly text: string;
  /** For each unit of `text`: where what it stands for begins and ends, in UTF-16 of the raw text. */
  private readonly starts16: Uint32Array;
  private readonly ends16: Uint32Array;

  constructor(private readonly index: TextIndex) {
    const pieces: string[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (const match of index.raw.matchAll(UNIT)) {
      const unit = match[0];
      const folded = foldUnit(unit);
      pieces.push(folded);
      for (let i = 0; i < folded.length; i++) {
        starts.push(match.index);
        ends.push(match.index + unit.length);
      }
    }
    this.text = pieces.join('');
    this.starts16 = Uint32Array.from(starts);
    this.ends16 = Uint32Array.from(ends);
  }

  /** What `[start16, end16)` of `text` stands for; `undefined` where that would cut through a unit. */
  span(start16: number, end16: number): Span | undefined {
    const { starts16, ends16, index } = this;
    const cutsFirst = start16 > 0 && starts16[start16 - 1] === starts16[start16];
    const cutsLast = end16 < ends16.length && ends16[end16] === ends16[end16 - 1];
    if (start16 >= end16 || cutsFirst || cutsLast) return undefined;
    return {
      start: index.toCodePoint(starts16[start16]!),
      end: index.toCodePoint(ends16[end16 - 1]!),
    };
  }

  /** Where in `text` what stands at or behind a place of the article begins. @param offset in code points */
  offset16(offset: number): number {
    const raw16 = this.index.toUtf16(offset);
    let low = 0;
    let high = this.ends16.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ends16[middle]! <= raw16) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function foldUnit(unit: string): string {
  if (PLAIN.test(unit)) return unit;
  if (SPACE.test(unit)) return ' ';
  if (INVISIBLE.test(unit)) return '';
  return ALIKE.reduce((folded, [others, one]) => folded.replace(others, one), unit.normalize('NFC'));
}

/** A piece of text, folded as {@link FoldedText} folds a whole one. */
export function fold(text: string): string {
  return Array.from(text.matchAll(UNIT), ([unit]) => foldUnit(unit)).join('');
}

const known = new WeakMap<TextIndex, FoldedText>();

/** An article's text, folded; made once. */
export function foldedOf(index: TextIndex): FoldedText {
  let folded = known.get(index);
  if (!folded) known.set(index, (folded = new FoldedText(index)));
  return folded;
}
