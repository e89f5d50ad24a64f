/**
 * The one module that converts between the two units of the project.
 *
 * - **UTF-16**: what JavaScript strings and the editor count, in the text as the editor holds it.
 * - **code points**: what sidecars store. A line ending (`\r\n`, `\r`, `\n`) counts 1, a surrogate pair
 *   counts 1, a lone surrogate counts 1, a byte-order mark at the start counts 0.
 *
 * A variable that holds UTF-16 units says so in its name (`…16`); all others are code points.
 */

/** `[start, end)` in code points of an article's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `[start16, end16)` replaced by `text`: an edit as an editor reports it, in UTF-16 units. */
export interface TextReplacement {
  readonly start16: number;
  readonly end16: number;
  readonly text: string;
}

const COUNTS_LESS = /[\r\ud800-\udbff]/;
const BOM = 0xfeff;

/** Line endings as `\n` and no byte-order mark: the text that offsets count and `text_hash` hashes. */
export function normalizeText(raw: string): string {
  return normalizeLineEndings(beginsWithMark(raw) ? raw.slice(1) : raw);
}

export function normalizeLineEndings(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Whether a text begins with a byte-order mark. */
export function beginsWithMark(raw: string): boolean {
  return raw.charCodeAt(0) === BOM;
}

/**
 * Decodes an article's bytes.
 * @returns the text without a byte-order mark, or `undefined` where the bytes are not valid UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The SHA-256 of bytes, in hexadecimal digits. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<string> | string;

/** That of the Web Crypto API, which every host has. */
export const webSha256: Sha256 = async (bytes) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * `sha256:<hex>` of a text as offsets count it (see {@link normalizeText}), encoded as UTF-8.
 * @param sha256 a faster one, where many texts are hashed and the host has one
 */
export async function hashText(text: string, sha256 = webSha256): Promise<string> {
  return `sha256:${await sha256(new TextEncoder().encode(normalizeText(text)))}`;
}

/** As {@link hashText}, of the bytes of a text, which are valid UTF-8: most need not be encoded again. */
export async function hashUtf8(bytes: Uint8Array, sha256 = webSha256): Promise<string> {
  if (bytes.includes(0x0d))
    return hashText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), sha256);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // No bytes that are read are shared with another thread.
  return `sha256:${await sha256((hasMark ? bytes.subarray(3) : bytes) as Uint8Array<ArrayBuffer>)}`;
}

/**
 * A 53-bit hash of a string's UTF-16 units (cyrb53, public domain). Good enough to know a text of the same
 * article again, not to compare texts of strangers.
 */
export function quickHash(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/**
 * A text with its conversion between UTF-16 units and code points. Immutable; building it is one pass
 * over the text, a conversion is a binary search among the places where the two counts part.
 */
export class TextIndex {
  /** Offsets (UTF-16) of the units that do not count: the second of each pair, and a byte-order mark. */
  private readonly silent16: Uint32Array;
  /** Whether both units are the same, and line endings `\n`: so are most texts. */
  private readonly isPlain: boolean;
  private normalized: string | undefined;

  /** @param raw the text with whatever line endings the editor or the file has. */
  constructor(readonly raw: string) {
    this.isPlain = !beginsWithMark(raw) && !COUNTS_LESS.test(raw);
    this.silent16 = this.isPlain ? NONE : findSilentUnits(raw);
  }

  /** Length of the text in code points. */
  get length(): number {
    return this.raw.length - this.silent16.length;
  }

  /** The text as offsets count it: line endings as `\n`, no byte-order mark. */
  get text(): string {
    return (this.normalized ??= this.isPlain ? this.raw : normalizeText(this.raw));
  }

  /** Code points before a UTF-16 offset; an offset inside a pair counts as the pair's start. Clamps. */
  toCodePoint(offset16: number): number {
    const clamped16 = Math.min(Math.max(offset16, 0), this.raw.length);
    if (this.silent16.length === 0) return clamped16;
    return Math.max(0, clamped16 - this.countSilent((unit16) => unit16 <= clamped16));
  }

  /** The UTF-16 offset of a code point; never inside a pair. Clamps. */
  toUtf16(offset: number): number {
    const clamped = Math.min(Math.max(offset, 0), this.length);
    if (this.silent16.length === 0) return clamped;
    return clamped + this.countSilent((unit16, i) => unit16 - 1 - i < clamped);
  }

  /** The text of a span, line endings as `\n`. */
  slice(span: Span): string {
    if (this.isPlain) return this.raw.slice(Math.max(0, span.start), Math.max(0, span.end));
    return normalizeLineEndings(this.raw.slice(this.toUtf16(span.start), this.toUtf16(span.end)));
  }

  /** Whether a span holds a text, line endings as `\n`. */
  holds(span: Span, text: string): boolean {
    if (!this.isPlain) return this.slice(span) === text;
    const { start, end } = span;
    return start >= 0 && end - start === text.length && this.raw.startsWith(text, start);
  }

  /** How many of the (ascending) silent units satisfy a condition that holds for a prefix of them. */
  private countSilent(holds: (unit16: number, index: number) => boolean): number {
    let low = 0;
    let high = this.silent16.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.silent16[middle] ?? 0, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const NONE = new Uint32Array(0);

function findSilentUnits(raw: string): Uint32Array {
  const found: number[] = beginsWithMark(raw) ? [0] : [];
  for (let i = 1; i < raw.length; i++) {
    if (joinsPrevious(raw, i)) found.push(i);
  }
  return Uint32Array.from(found);
}

/** Whether the UTF-16 units at `i16 - 1` and `i16` count as one: a surrogate pair, or `\r\n`. */
export function joinsPrevious(text: string, i16: number): boolean {
  const unit = text.charCodeAt(i16);
  const before = text.charCodeAt(i16 - 1);
  if (unit === 0x0a) return before === 0x0d;
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}

/** Number of code points in a piece of a text (`\r\n` counts 1, U+FEFF too: only a file begins with a mark). */
export function countCodePoints(text: string): number {
  if (!COUNTS_LESS.test(text)) return text.length;
  let count = text.length;
  for (let i = 1; i < text.length; i++) if (joinsPrevious(text, i)) count--;
  return count;
}
