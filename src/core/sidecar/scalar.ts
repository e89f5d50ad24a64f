import type { Plain } from '../model/entity';

/** Words that some YAML reader (1.1 or 1.2) takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|e\d+)$/i;
/** The longest text without quotes: of millions of characters, a pattern has not enough stack. */
const LONGEST_PLAIN = 100_000;
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N} _.'’&()/-]*$/u;
/** What JSON leaves as it is and YAML, or a reader of lines, does not take inside double quotes. */
const UNSAFE_QUOTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Whether a string, written without quotes in a flow collection, is read back as that string by every YAML reader. */
export function isPlainText(text: string): boolean {
  if (isUsualText(text)) return true;
  return text.length <= LONGEST_PLAIN && PLAIN.test(text) && !text.endsWith(' ') && !RESERVED.test(text);
}

/** Most plain text is of these signs of ASCII, which are told faster than by a pattern. */
const USUAL = tableOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _.'&()/-");
/** What a reserved word begins with. */
const OPENS_RESERVED = tableOf('tfynoTFYNO');
/** `false`. */
const LONGEST_RESERVED = 5;

function tableOf(signs: string): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const sign of signs) table[sign.charCodeAt(0)] = 1;
  return table;
}

/** Whether a unit may stand in plain text, and is one of the usual. */
export function isUsualUnit(unit: number): boolean {
  return unit < 0x80 && USUAL[unit] === 1;
}

/** Whether `[from16, to16)` of a text is plain where all of its units are usual ones; if not, it may be. */
export function isPlainIfUsual(text: string, from16: number, to16: number): boolean {
  const first = text.charCodeAt(from16);
  if (!isLetter(first) || text.charCodeAt(to16 - 1) === 0x20 || to16 - from16 > LONGEST_PLAIN) return false;
  // Of what is reserved, only what begins with an `e` has digits.
  if (isDigit(text.charCodeAt(from16 + 1))) return (first | 0x20) !== 0x65;
  return to16 - from16 > LONGEST_RESERVED || OPENS_RESERVED[first] === 0;
}

function isUsualText(text: string): boolean {
  if (!isPlainIfUsual(text, 0, text.length)) return false;
  for (let at16 = 1; at16 < text.length; at16++) if (!isUsualUnit(text.charCodeAt(at16))) return false;
  return true;
}

function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** A file name that, outside flow collections, every YAML reader takes for text: its extension begins with a letter. */
const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _.'’&()-]*\.\p{L}[\p{L}\p{N}]*$/u;
/** What {@link FILE_NAME} takes, but some YAML reader for a number: `1.e5`. */
const NUMBER = /^[\d_.]*e\d*$/i;

/** An article's name as the value of the top-level key `article`. */
export function writeFileName(name: string): string {
  return isFileName(name) ? name : writeScalar(name);
}

/** Reads what {@link writeFileName} writes; `undefined` for any other value. */
export function readFileName(source: string): string | undefined {
  return isFileName(source) ? source : undefined;
}

function isFileName(text: string): boolean {
  return FILE_NAME.test(text) && !NUMBER.test(text);
}

/** A value on one line of flow YAML: plain where that is safe, else quoted as in JSON. */
export function writeScalar(value: Plain): string {
  if (typeof value === 'string') return isPlainText(value) ? value : quote(value);
  if (Array.isArray(value)) return `[${value.map(writeScalar).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${writeScalar(key)}: ${writeScalar(item)}`)
      .join(', ')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
  }
  if (Object.is(value, -0)) return '-0';
  const isLong = Number.isInteger(value) && !Number.isSafeInteger(value);
  // Without a point, some readers do not take 1e+21 for a number.
  return (isLong ? (value as number).toExponential() : String(value)).replace(/^(-?\d+)e/, '$1.0e');
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    UNSAFE_QUOTED,
    (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}
