import { BEGINS_IN_WORD } from '../occurrences';
import type { Range16 } from '../words';

/** A place of a form. */
export interface FormMatch extends Range16 {
  /** The number that {@link FormMatcher.add} gave the form. */
  readonly form: number;
}

const UNITS = 0x10000;
const SPACE = 0x20;

/**
 * Looks for any number of forms at once, at whole words. A trie is walked from each place where a word, or a
 * form, may begin; whatever begins with a unit that no form begins with costs one look into a table. That is
 * faster than the automaton of Aho and Corasick (1975), which looks at each unit with all of its states, as
 * hits within words do not count. Its transitions are in one hash table of numbers, so that forms can be
 * added at any time.
 */
export class FormMatcher {
  /** The state behind the first unit of a form; 0 where none begins so. */
  private readonly first = new Int32Array(UNITS);
  /** Open addressing: `state * UNITS + unit`, 0 where empty, and the state that it leads to. */
  private keys = new Float64Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private transitions = 0;
  /** By state: the number of the form that ends there, plus 1. */
  private readonly ends: number[] = [0];
  private readonly forms: string[] = [];

  get size(): number {
    return this.forms.length;
  }

  form(number: number): string {
    return this.forms[number]!;
  }

  /**
   * Adds a form. White space in it stands for any white space, at its ends for none.
   * @returns its number, the same for the same form; `undefined` where it holds nothing
   */
  add(text: string): number | undefined {
    const form = formOf(text);
    if (form === '') return undefined;
    let state = this.first[form.charCodeAt(0)]!;
    if (state === 0) state = this.first[form.charCodeAt(0)] = this.newState();
    for (let i = 1; i < form.length; i++) state = this.advance(state, form.charCodeAt(i));
    if (this.ends[state] === 0) this.ends[state] = this.forms.push(form);
    return this.ends[state]! - 1;
  }

  /**
   * All places of forms, in text order. Where forms share characters, the one that begins first counts, and
   * of those the longest: what `findForms` finds, for as many forms as one likes.
   */
  find(text: string): FormMatch[] {
    const { first, ends } = this;
    const found: FormMatch[] = [];
    for (let i = 0; i < text.length; i++) {
      let state = first[text.charCodeAt(i)]!;
      if (state === 0 || isWithinWord(text, i)) continue;
      let [form, end16] = [0, 0];
      for (let at16 = i + 1; ;) {
        const end = ends[state]!;
        if (end !== 0 && !isWithinWord(text, at16)) [form, end16] = [end, at16];
        if (at16 >= text.length) break;
        const unit = text.charCodeAt(at16++);
        const isGap = isSpace(unit);
        state = this.next(state, isGap ? SPACE : unit);
        if (state === 0) break;
        if (isGap) while (at16 < text.length && isSpace(text.charCodeAt(at16))) at16++;
      }
      if (form === 0) continue;
      found.push({ form: form - 1, start16: i, end16 });
      i = end16 - 1;
    }
    return found;
  }

  private newState(): number {
    return this.ends.push(0) - 1;
  }

  /** @returns 0 where nothing goes on so */
  private next(state: number, unit: number): number {
    const key = state * UNITS + unit;
    const mask = this.keys.length - 1;
    for (let slot = slotOf(state, unit) & mask; ; slot = (slot + 1) & mask) {
      const there = this.keys[slot]!;
      if (there === key) return this.nexts[slot]!;
      if (there === 0) return 0;
    }
  }

  private advance(state: number, unit: number): number {
    const known = this.next(state, unit);
    if (known !== 0) return known;
    if (this.transitions * 2 >= this.keys.length) this.grow();
    const next = this.newState();
    this.insert(state * UNITS + unit, next);
    this.transitions++;
    return next;
  }

  private insert(key: number, next: number): void {
    const mask = this.keys.length - 1;
    let slot = slotOf(Math.floor(key / UNITS), key % UNITS) & mask;
    while (this.keys[slot] !== 0) slot = (slot + 1) & mask;
    this.keys[slot] = key;
    this.nexts[slot] = next;
  }

  private grow(): void {
    const { keys, nexts } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.nexts = new Int32Array(keys.length * 2);
    keys.forEach((key, slot) => key !== 0 && this.insert(key, nexts[slot]!));
  }
}

/** A text as forms are compared: any white space is one space. */
export function formOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function slotOf(state: number, unit: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
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
