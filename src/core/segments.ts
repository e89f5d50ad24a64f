/** How much of a text is segmented at once, in UTF-16 units: with four times as much it takes four times as long. */
const PIECE = 512;
/** What ends the words before it, also those that a dictionary tells. */
const PARTS = /^[\s\p{P}]+$/u;

export interface TextSegment {
  readonly segment: string;
  /** Where it begins in the text, in UTF-16 units. */
  readonly index: number;
}

/**
 * The characters or words of a text of any length (UAX #29). `Intl.Segmenter` copies what it segments for each segment,
 * so that a text of 250,000 units takes ten seconds: it is given piece by piece. What the end of a piece may have cut
 * is in the next one again: all behind the last white space or punctuation, since a script without spaces is segmented
 * by a dictionary; where there is none, the last segments.
 * @param length of a piece, in UTF-16 units
 */
export function* segmentsOf(
  text: string,
  granularity: 'grapheme' | 'word',
  length = PIECE,
): Generator<TextSegment> {
  // `1,` and `2` are one word: where a sign is its second last character, two segments are in doubt.
  const doubtful = granularity === 'word' ? 2 : 1;
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  for (let from16 = 0, size = length; from16 < text.length;) {
    const end16 = from16 + size + (isHalf(text, from16 + size) ? 1 : 0);
    const all = Array.from(segmenter.segment(text.slice(from16, end16)));
    const isLast = end16 >= text.length;
    const fresh = all.findLastIndex((_, i) => i > 0 && PARTS.test(all[i - 1]!.segment));
    const count = isLast ? all.length : fresh > 0 ? fresh : all.length - doubtful;
    // A segment that is longer than the piece.
    if (count <= 0) {
      size *= 2;
      continue;
    }
    for (const { segment, index } of all.slice(0, count)) yield { segment, index: from16 + index };
    from16 = isLast ? text.length : from16 + all[count]!.index;
    size = length;
  }
}

/** Whether a place is within a pair of surrogates: half of one says nothing of what stands before it. */
function isHalf(text: string, at16: number): boolean {
  return (text.codePointAt(at16 - 1) ?? 0) > 0xffff;
}
