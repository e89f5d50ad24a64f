import { trimText, type Range16 } from './words';

/** What counts as an occurrence of a form. */
export interface FormOptions {
  /** Not within a longer word. Where a script puts no spaces between words, any place is between two. */
  readonly wholeWords: boolean;
  readonly matchCase: boolean;
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
/** What a word of a script with spaces between words is made of. */
const IN_WORD = `[[\\p{L}\\p{M}\\p{N}_]--[${UNSPACED}]]`;
/** A place that is not within a word, for patterns with the flag `u`, which know no difference of sets. */
export const WORD_EDGE = (() => {
  const inWord = `(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_]`;
  return `(?:(?<!${inWord})|(?!${inWord}))`;
})();
/** The words of a text; of a script without spaces, each character. For the flags `gv`. */
export const WORDS = `${IN_WORD}+|[${UNSPACED}]\\p{M}*`;
/** Whether a text begins with a letter of a script with spaces between words. */
export const BEGINS_IN_WORD = new RegExp(`^${IN_WORD}`, 'v');
const ENDS_IN_WORD = new RegExp(`${IN_WORD}$`, 'v');

/**
 * All places in a text that hold one of some forms, in text order; where forms share characters, the one
 * that begins first counts, and of those the longest. White space in a form is any white space in the text; at
 * its ends it, and what nobody sees, is not looked for.
 * Cases are those of Unicode's simple folding, which keeps lengths.
 * @returns UTF-16 offsets
 */
export function findForms(text: string, forms: readonly string[], options: FormOptions): Range16[] {
  const pattern = patternOf(forms, options);
  if (!pattern) return [];
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({
    start16: index,
    end16: index + found.length,
  }));
}

/** Whether a text is, as a whole, one of some forms; white space and cases as in {@link findForms}. */
export function formTest(forms: readonly string[], matchCase: boolean): (text: string) => boolean {
  const pattern = patternOf(forms, { wholeWords: false, matchCase });
  const whole = pattern && new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace('g', ''));
  return (text) => whole?.test(trimText(text)) ?? false;
}

/** The pattern of {@link findForms}, for many texts; `undefined` where no form holds anything. */
export function patternOf(
  forms: readonly string[],
  { wholeWords, matchCase }: FormOptions,
): RegExp | undefined {
  const words = forms.map(trimText).filter(Boolean);
  if (words.length === 0) return undefined;
  const alternatives = words
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const escaped = word
        .replace(/[\\^$.*+?()[\]{}|/&\-!#%,:;<=>@`~"']/g, escapeUnit)
        .replace(/\s+/g, '\\s+');
      if (!wholeWords) return escaped;
      const before = BEGINS_IN_WORD.test(word) ? `(?<!${IN_WORD})` : '';
      const after = ENDS_IN_WORD.test(word) ? `(?!${IN_WORD})` : '';
      return before + escaped + after;
    });
  return new RegExp(alternatives.join('|'), matchCase ? 'gv' : 'giv');
}

/**
 * All places that hold exactly a form, at whole words. For a few forms in one text this is many times faster
 * than a pattern, which tries each form at each place.
 * @returns UTF-16 offsets, in text order
 */
export function* findForm(text: string, form: string): Generator<Range16> {
  if (form === '') return;
  const [begins, ends] = [BEGINS_IN_WORD.test(form), ENDS_IN_WORD.test(form)];
  for (let start16 = text.indexOf(form); start16 >= 0; start16 = text.indexOf(form, start16 + 1)) {
    const end16 = start16 + form.length;
    const isCutAtStart = begins && ENDS_IN_WORD.test(text.slice(Math.max(0, start16 - 2), start16));
    const isCutAtEnd = ends && BEGINS_IN_WORD.test(text.slice(end16, end16 + 2));
    if (!isCutAtStart && !isCutAtEnd) yield { start16, end16 };
  }
}

function escapeUnit(unit: string): string {
  return '\\x' + unit.charCodeAt(0).toString(16).padStart(2, '0');
}
