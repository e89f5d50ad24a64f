import type { Rows } from './rows';
import { gapsOf, textIn, type Spacing } from './spacing';

/** How rows become a text. */
export interface Cut {
  /** For each sentence, what stands between each token and the next: a space or nothing. */
  readonly gaps: readonly (readonly string[])[];
  readonly text: string;
}

/**
 * The text that rows make, a sentence on a line.
 * @param tellOther is told the line of a sentence whose comment says another text than its tokens, and that text
 */
export function cutOf(
  { sentences, comments }: Rows,
  spacing: Spacing,
  tellOther: (line: number, text: string) => void,
): Cut {
  const texts = new Map<number, string>();
  for (const [sentence, comment] of comments) {
    const text = textIn(comment);
    if (text !== undefined) texts.set(sentence, text);
  }
  const gaps = sentences.map((rows, i) => {
    const tokens = rows.map(({ token }) => token);
    const text = texts.get(i);
    const found = gapsOf(tokens, spacing, (at) => rows[at]!.isGlued, text);
    if (found.isOtherText) tellOther(rows[0]!.line, text!);
    return found.gaps;
  });
  const lines = sentences.map((rows, i) =>
    rows.map(({ token }, at) => token + (gaps[i]![at] ?? '')).join(''),
  );
  return { gaps, text: lines.join('\n') + '\n' };
}
