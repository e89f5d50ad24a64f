/** How many UTF-16 units there are. */
export const UNITS = 0x10000;

/**
 * Texts by their UTF-16 units, each with a number from 0. Where only one text goes on, it has no states of its
 * own from there, so that states are few and stay in the processor's cache. Transitions are in one hash table
 * of numbers, so that texts can be added at any time.
 */
export class Trie {
  /** The state behind the first unit of a text; 0 where none begins so. */
  readonly first = new Int32Array(UNITS);
  /** By state: the number of the text that ends there, plus 1; 0 where none does. */
  readonly ends: number[] = [0];
  /** By state: the number, plus 1, of the only text that goes on from there. */
  readonly tails: number[] = [0];
  readonly texts: string[] = [];
  /** Open addressing: `state * UNITS + unit`, 0 where empty, and the state that it leads to. */
  private keys = new Float64Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private transitions = 0;

  /** Adds a text, which is not empty. @returns its number, the same for the same text */
  add(text: string): number {
    let state = this.first[text.charCodeAt(0)]!;
    if (state === 0) {
      state = this.first[text.charCodeAt(0)] = this.newState();
      return this.setEnd(state, this.texts.push(text), 1);
    }
    for (let depth = 1; depth < text.length; depth++) {
      const unit = text.charCodeAt(depth);
      const tail = this.tails[state]!;
      if (tail !== 0) {
        const other = this.texts[tail - 1]!;
        if (other === text) return tail - 1;
        // What two texts share needs states, up to where they part.
        this.tails[state] = 0;
        this.setEnd(this.lead(state, other.charCodeAt(depth)), tail, depth + 1);
      }
      const next = this.next(state, unit);
      if (next === 0) return this.setEnd(this.lead(state, unit), this.texts.push(text), depth + 1);
      state = next;
    }
    if (this.ends[state] === 0) this.ends[state] = this.texts.push(text);
    return this.ends[state]! - 1;
  }

  /** The number of a text; -1 where it was not added. */
  find(text: string): number {
    let state = text === '' ? 0 : this.first[text.charCodeAt(0)]!;
    for (let depth = 1; depth < text.length && state !== 0; depth++) {
      const tail = this.tails[state]!;
      if (tail !== 0) return this.texts[tail - 1] === text ? tail - 1 : -1;
      state = this.next(state, text.charCodeAt(depth));
    }
    return state === 0 ? -1 : this.ends[state]! - 1;
  }

  /** @returns 0 where nothing goes on so */
  next(state: number, unit: number): number {
    const key = state * UNITS + unit;
    const mask = this.keys.length - 1;
    for (let slot = slotOf(state, unit) & mask; ; slot = (slot + 1) & mask) {
      const there = this.keys[slot]!;
      if (there === key) return this.nexts[slot]!;
      if (there === 0) return 0;
    }
  }

  private newState(): number {
    this.tails.push(0);
    return this.ends.push(0) - 1;
  }

  /** Lets a text end at a state, or go on from there alone. @returns its number */
  private setEnd(state: number, text: number, depth: number): number {
    const isEnd = this.texts[text - 1]!.length === depth;
    (isEnd ? this.ends : this.tails)[state] = text;
    return text - 1;
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

function slotOf(state: number, unit: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
