/** How many UTF-16 units there are. */
export const UNITS = 0x10000;

/** Texts by their UTF-16 units. Transitions are in one hash table of numbers, so that texts can be added at any time. */
export class Trie {
  /** The state behind the first unit of a text; 0 where none begins so. */
  readonly first = new Int32Array(UNITS);
  /** By state: what its owner puts there; 0 where no text ends. */
  readonly ends: number[] = [0];
  /** Open addressing: `state * UNITS + unit`, 0 where empty, and the state that it leads to. */
  private keys = new Float64Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private transitions = 0;

  /** How many states there are besides the first. */
  get size(): number {
    return this.ends.length - 1;
  }

  /** @returns the state of a text, which is not empty; it is added where it is new */
  enter(text: string): number {
    let state = this.first[text.charCodeAt(0)]!;
    if (state === 0) state = this.first[text.charCodeAt(0)] = this.newState();
    for (let i = 1; i < text.length; i++) state = this.advance(state, text.charCodeAt(i));
    return state;
  }

  /** @returns 0 for what no text begins with */
  stateOf(text: string): number {
    let state = text === '' ? 0 : this.first[text.charCodeAt(0)]!;
    for (let i = 1; i < text.length && state !== 0; i++) state = this.next(state, text.charCodeAt(i));
    return state;
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
    return this.ends.push(0) - 1;
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

function slotOf(state: number, unit: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
