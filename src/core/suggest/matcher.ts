import { BEGINS_IN_WORD } from '../occurrences';
import type { Range16 } from '../words';
import { foldCase, foldUnit } from './fold-case';
import { Trie, UNITS } from './trie';

/** A place of a form. */
export interface FormMatch extends Range16 {
  /** The number that {@link FormMatcher.add} gave the form. */
  readonly form: number;
}

const SPACE = 0x20;

/**
 * Looks for any number of forms at once, at whole words. A trie is walked from each place where a word, or a
 * form, may begin; whatever begins with a unit that no form begins with costs one look into a table. That is
 * faster than the automaton of Aho and Corasick (1975), which looks at each unit with all of its states, as
 * hits within words do not count. Forms in any case have a trie of their own, walked with folded units, so
 * that where there are none nothing is folded.
 */
export class FormMatcher {
  private readonly exact = new Trie();
  private readonly folded = new Trie();
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
    const trie = matchCase ? this.exact : this.folded;
    const state = trie.enter(matchCase ? form : foldCase(form));
    if (trie.ends[state] === 0) trie.ends[state] = this.forms.push(form);
    return trie.ends[state]! - 1;
  }

  /** The number of a form that stands for a text in any case; `undefined` where there is none. */
  inAnyCase(text: string): number | undefined {
    const end = this.folded.ends[this.folded.stateOf(foldCase(formOf(text)))]!;
    return end === 0 ? undefined : end - 1;
  }

  /**
   * All places of forms, in text order. Where forms share characters, the one that begins first counts, of
   * those the longest, and of two that are the same there the one in this case: what `findForms` finds, for
   * as many forms as one likes.
   */
  find(text: string): FormMatch[] {
    const { exact, folded } = this;
    const hasFolded = folded.size > 0;
    const found: FormMatch[] = [];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const mayBeExact = exact.first[unit] !== 0;
      const mayBeFolded = hasFolded && folded.first[foldUnit(unit, text, i)] !== 0;
      if (!(mayBeExact || mayBeFolded) || isWithinWord(text, i)) continue;
      let match = mayBeExact ? longestAt(exact, text, i, false) : undefined;
      if (mayBeFolded) {
        const other = longestAt(folded, text, i, true);
        if (other && other.end16 > (match?.end16 ?? 0)) match = other;
      }
      if (!match) continue;
      found.push(match);
      i = match.end16 - 1;
    }
    return found;
  }
}

/** The longest form of a trie that begins at a place, in UTF-16, and ends where a word may end. */
function longestAt(trie: Trie, text: string, start16: number, folds: boolean): FormMatch | undefined {
  const begin = text.charCodeAt(start16);
  let state = trie.first[folds ? foldUnit(begin, text, start16) : begin]!;
  let form = 0;
  let end16 = 0;
  for (let at16 = start16 + 1; ;) {
    const end = trie.ends[state]!;
    if (end !== 0 && !isWithinWord(text, at16)) {
      form = end;
      end16 = at16;
    }
    if (at16 >= text.length) break;
    const own = text.charCodeAt(at16);
    const unit = folds ? foldUnit(own, text, at16) : own;
    at16++;
    const isGap = isSpace(unit);
    state = trie.next(state, isGap ? SPACE : unit);
    if (state === 0) break;
    if (isGap) while (at16 < text.length && isSpace(text.charCodeAt(at16))) at16++;
  }
  return form === 0 ? undefined : { form: form - 1, start16, end16 };
}

/** A text as forms are compared: any white space is one space. */
export function formOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
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
  const [before, after] = [text.charCodeAt(at16 - 1), text.charCodeAt(at16)];
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
