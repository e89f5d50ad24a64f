import { BEGINS_IN_WORD } from '../occurrences';
import { trimText, type Range16 } from '../words';
import { foldCase, foldUnit } from './fold-case';
import { Trie, UNITS } from './trie';

/** A place of a form. */
export interface FormMatch extends Range16 {
  /** The number that {@link FormMatcher.add} gave the form. */
  readonly form: number;
}

const SPACE = 0x20;

/** A trie, and the numbers that its texts have as forms. */
interface Forms {
  readonly trie: Trie;
  readonly numbers: number[];
}

/**
 * Looks for any number of forms at once, at whole words. A trie is walked from each place where a word, or a
 * form, may begin; whatever begins with a unit that no form begins with costs one look into a table. Forms in
 * any case have a trie of their own, walked with folded units, so that where there are none nothing is folded.
 *
 * The automaton of Aho and Corasick (1975) looks at each unit and finds hits within words, which do not count
 * here. Of its packages, measured with 10,000 forms in one run, `@monyone/aho-corasick` 1.1 ("fast") read
 * 19 MB/s of English-like and 23 of Chinese text, `ahocorasick` 1.0 17 and 5, and this 85 and 79.
 */
export class FormMatcher {
  private readonly exact: Forms = { trie: new Trie(), numbers: [] };
  private readonly folded: Forms = { trie: new Trie(), numbers: [] };
  private readonly forms: string[] = [];

  get size(): number {
    return this.forms.length;
  }

  form(number: number): string {
    return this.forms[number]!;
  }

  /**
   * Adds a form. White space in it stands for any white space, at its ends for none.
   * @param matchCase whether it is found in its own case only, else in any, by Unicode's simple folding
   * @returns its number, the same for the same form; `undefined` where it holds nothing
   */
  add(text: string, matchCase = true): number | undefined {
    const form = formOf(text);
    if (form === '') return undefined;
    const { trie, numbers } = matchCase ? this.exact : this.folded;
    const own = trie.add(matchCase ? form : foldCase(form));
    return (numbers[own] ??= this.forms.push(form) - 1);
  }

  /** The number of a form that stands for a text in any case; `undefined` where there is none. */
  inAnyCase(text: string): number | undefined {
    const { trie, numbers } = this.folded;
    return numbers.length === 0 ? undefined : numbers[trie.find(foldCase(formOf(text)))];
  }

  /**
   * All places of forms, in text order. Where forms share characters, the one that begins first counts, of
   * those the longest, and of two that are the same there the one in this case: what `findForms` finds, for
   * as many forms as one likes.
   */
  find(text: string): FormMatch[] {
    return [...this.matches(text)];
  }

  /** As {@link find}, one by one, so that who asks may rest between them. */
  *matches(text: string): Generator<FormMatch> {
    const { exact, folded } = this;
    const hasFolded = folded.numbers.length > 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const mayBeExact = exact.trie.first[unit] !== 0;
      const mayBeFolded = hasFolded && folded.trie.first[foldUnit(unit, text, i)] !== 0;
      if (!(mayBeExact || mayBeFolded) || isWithinWord(text, i)) continue;
      let match = mayBeExact ? longestAt(exact, text, i, false) : undefined;
      if (mayBeFolded) {
        const other = longestAt(folded, text, i, true);
        if (other && other.end16 > (match?.end16 ?? 0)) match = other;
      }
      if (!match) continue;
      yield match;
      i = match.end16 - 1;
    }
  }
}

/** The longest form that begins at a place, in UTF-16, and ends where a word may end. */
function longestAt(
  { trie, numbers }: Forms,
  text: string,
  start16: number,
  folds: boolean,
): FormMatch | undefined {
  const { ends, tails, texts } = trie;
  const begin = text.charCodeAt(start16);
  let state = trie.first[folds ? foldUnit(begin, text, start16) : begin]!;
  let found = 0;
  let end16 = start16;
  let at16 = start16 + 1;
  for (let depth = 1; ; depth++) {
    const end = ends[state]!;
    if (end !== 0 && !isWithinWord(text, at16)) {
      found = end;
      end16 = at16;
    }
    const tail = tails[state]!;
    if (tail !== 0) {
      const tailEnd16 = endOfTail(text, at16, texts[tail - 1]!, depth, folds);
      if (tailEnd16 < 0 || isWithinWord(text, tailEnd16)) break;
      found = tail;
      end16 = tailEnd16;
      break;
    }
    if (at16 >= text.length) break;
    const own = text.charCodeAt(at16);
    const unit = folds ? foldUnit(own, text, at16) : own;
    at16++;
    const isGap = isSpace(unit);
    state = trie.next(state, isGap ? SPACE : unit);
    if (state === 0) break;
    if (isGap) at16 = skipSpace(text, at16);
  }
  return found === 0 ? undefined : { form: numbers[found - 1]!, start16, end16 };
}

/** A text as forms are compared: any white space is one space. */
export function formOf(text: string): string {
  return trimText(text).replace(/\s+/g, ' ');
}

/** Where the rest of a form ends that stands at a place, in UTF-16; -1 where it does not. */
function endOfTail(text: string, start16: number, form: string, depth: number, folds: boolean): number {
  let at16 = start16;
  for (let i = depth; i < form.length; i++) {
    if (at16 >= text.length) return -1;
    const own = text.charCodeAt(at16);
    const unit = folds ? foldUnit(own, text, at16) : own;
    at16++;
    const wanted = form.charCodeAt(i);
    if (wanted === SPACE && isSpace(unit)) at16 = skipSpace(text, at16);
    else if (unit !== wanted) return -1;
  }
  return at16;
}

function skipSpace(text: string, start16: number): number {
  let at16 = start16;
  while (at16 < text.length && isSpace(text.charCodeAt(at16))) at16++;
  return at16;
}

/** By unit: 0 not looked at yet, 1 no, 2 yes. */
const inWord = new Uint8Array(UNITS);
const spaces = new Uint8Array(UNITS);

function isSpace(unit: number): boolean {
  return (spaces[unit] ||= /\s/.test(String.fromCharCode(unit)) ? 2 : 1) === 2;
}

/** Whether a place, in UTF-16, has characters of one word on both sides, or both units of one character. */
function isWithinWord(text: string, at16: number): boolean {
  if (at16 <= 0 || at16 >= text.length) return false;
  const before = text.charCodeAt(at16 - 1);
  const after = text.charCodeAt(at16);
  if (isHigh(before) && isLow(after)) return true;
  return isInWord(before, text, isLow(before) ? at16 - 2 : at16 - 1) && isInWord(after, text, at16);
}

function isInWord(unit: number, text: string, at16: number): boolean {
  if ((unit & 0xf800) === 0xd800) return BEGINS_IN_WORD.test(text.slice(Math.max(0, at16), at16 + 2));
  return (inWord[unit] ||= BEGINS_IN_WORD.test(String.fromCharCode(unit)) ? 2 : 1) === 2;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
