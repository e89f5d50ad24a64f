import type { Plain } from '../entity';

/** Words that some YAML reader (1.1 or 1.2) takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|e\d+)$/i;
/** The longest text without quotes: of millions of characters, a pattern has not enough stack. */
const LONGEST_PLAIN = 100_000;
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N} _.'’&()/-]*$/u;
/** What JSON leaves as it is and YAML, or a reader of lines, does not take inside double quotes. */
const UNSAFE_QUOTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Whether a string, written without quotes in a flow collection, is read back as that string by every YAML reader. */
export function isPlainText(text: string): boolean {
  return text.length <= LONGEST_PLAIN && PLAIN.test(text) && !text.endsWith(' ') && !RESERVED.test(text);
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
