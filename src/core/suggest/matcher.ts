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
 * form, may begin; whatever begins with a unit that no form begins with costs one look into a table. Where
 * only one form goes on, the text is compared with that, so that states are few and stay in the processor's
 * cache. The transitions are in one hash table of numbers, so that forms can be added at any time.
 *
 * The automaton of Aho and Corasick (1975) looks at each unit and finds hits within words, which do not count
 * here. Of its packages, measured with 10,000 forms in one run, `@monyone/aho-corasick` 1.1 ("fast") read
 * 19 MB/s of English-like and 23 of Chinese text, `ahocorasick` 1.0 17 and 5, and this 85 and 79.
 */
export class FormMatcher {
  /** The state behind the first unit of a form; 0 where none begins so. */
  private readonly first = new Int32Array(UNITS);
  /** Open addressing: `state * UNITS + unit`, 0 where empty, and the state that it leads to. */
  private keys = new Float64Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private transitions = 0;
  /** By state: the number of the form that ends there, plus 1; 0 where none does. */
  private readonly ends: number[] = [0];
  /** By state: the number, plus 1, of the only form that goes on from there; its rest needs no states. */
  private readonly tails: number[] = [0];
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
    if (state === 0) {
      state = this.first[form.charCodeAt(0)] = this.newState();
      return this.setEnd(state, this.forms.push(form), 1);
    }
    for (let depth = 1; depth < form.length; depth++) {
      const unit = form.charCodeAt(depth);
      const tail = this.tails[state]!;
      if (tail !== 0) {
        const other = this.forms[tail - 1]!;
        if (other === form) return tail - 1;
        // What two forms share needs states, up to where they part.
        this.tails[state] = 0;
        this.setEnd(this.lead(state, other.charCodeAt(depth)), tail, depth + 1);
      }
      const next = this.next(state, unit);
      if (next === 0) return this.setEnd(this.lead(state, unit), this.forms.push(form), depth + 1);
      state = next;
    }
    if (this.ends[state] === 0) this.ends[state] = this.forms.push(form);
    return this.ends[state]! - 1;
  }

  /**
   * All places of forms, in text order. Where forms share characters, the one that begins first counts, and
   * of those the longest: what `findForms` finds, for as many forms as one likes.
   */
  find(text: string): FormMatch[] {
    return [...this.matches(text)];
  }

  /** As {@link find}, one by one, so that who asks may rest between them. */
  *matches(text: string): Generator<FormMatch> {
    const { first, ends, tails, forms } = this;
    for (let i = 0; i < text.length; i++) {
      let state = first[text.charCodeAt(i)]!;
      if (state === 0 || isWithinWord(text, i)) continue;
      let form = 0;
      let end16 = i;
      let at16 = i + 1;
      for (let depth = 1; ; depth++) {
        const end = ends[state]!;
        if (end !== 0 && !isWithinWord(text, at16)) {
          form = end;
          end16 = at16;
        }
        const tail = tails[state]!;
        if (tail !== 0) {
          const tailEnd16 = endOfTail(text, at16, forms[tail - 1]!, depth);
          if (tailEnd16 < 0 || isWithinWord(text, tailEnd16)) break;
          form = tail;
          end16 = tailEnd16;
          break;
        }
        if (at16 >= text.length) break;
        const unit = text.charCodeAt(at16++);
        const isGap = isSpace(unit);
        state = this.next(state, isGap ? SPACE : unit);
        if (state === 0) break;
        if (isGap) at16 = skipSpace(text, at16);
      }
      if (form === 0) continue;
      yield { form: form - 1, start16: i, end16 };
      i = end16 - 1;
    }
  }

  private newState(): number {
    this.tails.push(0);
    return this.ends.push(0) - 1;
  }

  /** Lets a form end at a state, or go on from there alone. @returns its number */
  private setEnd(state: number, form: number, depth: number): number {
    const isEnd = this.forms[form - 1]!.length === depth;
    (isEnd ? this.ends : this.tails)[state] = form;
    return form - 1;
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

  /** A new state behind another. */
  private lead(state: number, unit: number): number {
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

/** Where the rest of a form ends that stands at a place, in UTF-16; -1 where it does not. */
function endOfTail(text: string, start16: number, form: string, depth: number): number {
  let at16 = start16;
  for (let i = depth; i < form.length; i++) {
    if (at16 >= text.length) return -1;
    const unit = text.charCodeAt(at16++);
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
