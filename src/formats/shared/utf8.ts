import { placeAt } from './place-at';

const LOST = '\ufffd';
const encoder = new TextEncoder();

/**
 * Where bytes are no UTF-8 for the first time; `undefined` where they all are.
 * @returns line and column (UTF-16) from 1; a byte-order mark is in no column
 */
export function placeOfNotUtf8(bytes: Uint8Array): { line: number; column: number } | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  let at = 0;
  for (let from16 = 0, at16; (at16 = text.indexOf(LOST, from16)) >= 0; from16 = at16 + 1) {
    at += encoder.encode(text.slice(from16, at16)).length;
    // A text may have the character that stands for lost ones.
    const isOwn = bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
    if (!isOwn) return placeAt(text.slice(mark), at16 - mark);
    at += 3;
  }
  return undefined;
}

/** A text that is gone through unit by unit: bytes are faster for that than a string. */
export interface SlicedText {
  readonly text: string;
  /** All of it (and more behind it), where it is nothing but ASCII; valid until {@link sliced} is called again. */
  readonly ascii: Uint8Array | undefined;
}

let scratch = new Uint8Array(2 ** 16);
let last: SlicedText = { text: '', ascii: scratch };

export function sliced(text: string): SlicedText {
  if (last.text === text) return last;
  if (scratch.length < text.length) scratch = new Uint8Array(2 * text.length);
  const { read, written } = encoder.encodeInto(text, scratch);
  return (last = { text, ascii: read === text.length && written === read ? scratch : undefined });
}

/**
 * Text in UTF-8, put together from many small pieces: strings of millions of pieces cost several times as
 * much, most of it to collect what was between.
 */
export class Utf8Builder {
  private bytes = new Uint8Array(2 ** 16);
  private length = 0;

  /** Appends `[from16, to16)` of a text, in UTF-16 units. A lone surrogate becomes U+FFFD. */
  append(text: string, from16 = 0, to16 = text.length): void {
    // No unit takes more than three bytes.
    this.reserve(3 * (to16 - from16));
    const { bytes } = this;
    let { length } = this;
    for (let at16 = from16; at16 < to16; at16++) {
      let code = text.charCodeAt(at16);
      if (code < 0x80) {
        bytes[length++] = code;
        continue;
      }
      if (code >= 0xd800 && code < 0xe000) {
        const whole = text.codePointAt(at16)!;
        const isPair = whole > 0xffff && at16 + 1 < to16;
        if (isPair) at16++;
        code = isPair ? whole : 0xfffd;
      }
      if (code < 0x800) bytes[length++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[length++] = 0xe0 | (code >> 12);
        else {
          bytes[length++] = 0xf0 | (code >> 18);
          bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
        }
        bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[length++] = 0x80 | (code & 0x3f);
    }
    this.length = length;
  }

  /** Appends `[from16, to16)` of a text, in UTF-16 units, and UTF-8 behind it. */
  appendSlice({ text, ascii }: SlicedText, from16: number, to16: number, behind: Uint8Array): void {
    if (!ascii) this.append(text, from16, to16);
    this.reserve(to16 - from16 + behind.length);
    const { bytes } = this;
    let { length } = this;
    // Of a few bytes, `set` would take longer.
    if (ascii) for (let at16 = from16; at16 < to16; at16++) bytes[length++] = ascii[at16]!;
    for (let i = 0; i < behind.length; i++) bytes[length++] = behind[i]!;
    this.length = length;
  }

  /** What was appended since it was asked for last; valid until the next piece is appended. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
