/** Values and texts of WebAnno TSV, where signs that mean something have a `\` before them. */

const VALUE_SIGN = /\\|->|[[\]|_;\t\n*]/g;
const VALUE_ESCAPE = /\\(->|[\\[\]|_;tn*])/g;

/** A value of a feature; `->` is escaped as one sign. */
export function escapeValue(value: string): string {
  return value.replace(VALUE_SIGN, (sign) => (sign === '\t' ? '\\t' : sign === '\n' ? '\\n' : `\\${sign}`));
}

export function unescapeValue(source: string): string {
  return source.replace(VALUE_ESCAPE, (_, sign: string) =>
    sign === 't' ? '\t' : sign === 'n' ? '\n' : sign,
  );
}

/** Parts between separators that are not escaped. */
export function splitValue(source: string, separator: '|' | ';'): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === separator) {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, source.slice(from)];
}

/** `PER[3]` is `PER` and `3`; `1-1[0_2]` is `1-1` and `0_2`. */
export function splitId(source: string): { readonly value: string; readonly id?: string } {
  const [, value, id] = /^((?:\\.|[^\\])*)\[(\d{1,9}(?:_\d{1,9})?)\]$/s.exec(source) ?? [];
  return value === undefined || id === undefined ? { value: source } : { value, id };
}

const NAMES: Readonly<Record<string, string>> = {
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '\b': 'b',
  '\\': '\\',
};
const CHARS: Readonly<Record<string, string>> = { t: '\t', n: '\n', f: '\f', r: '\r', b: '\b', '\\': '\\' };
// eslint-disable-next-line no-control-regex
const TEXT_SIGN = /[\u0000-\u000a\u000c-\u001f\\]/g;
// eslint-disable-next-line no-control-regex
const TEXT_ESCAPE = /\\([\u0000-\u0007\u000e-\u001ftnfrb\\])/g;

/** A line of text. */
export function escapeText(text: string): string {
  return text.replace(TEXT_SIGN, (sign) => `\\${NAMES[sign] ?? sign}`);
}

export function unescapeText(source: string): string {
  return source.replace(TEXT_ESCAPE, (_, sign: string) => CHARS[sign] ?? sign);
}
