import type { Rule } from './rule';

/** No date in the header, where most articles of the corpus have one. */
export const headerMissing: Rule = {
  id: 'header-missing',
  severity: 'info',
  *check({ header, expectsDate, index: { raw } }) {
    const { date, entries } = header;
    if (!expectsDate || date !== undefined || entries.some(({ key }) => key.toLowerCase() === 'date')) return;
    const start16 = /^\uFEFF?\s*/.exec(raw)![0].length;
    yield { start16, end16: start16 + /^[^\r\n]*/.exec(raw.slice(start16))![0].length };
  },
};

/** A header with a date that is none, or a key twice. */
export const headerMalformed: Rule = {
  id: 'header-malformed',
  severity: 'warning',
  *check({ header }) {
    for (const { code, start16, end16, value } of header.problems)
      yield { start16, end16, values: { problem: code, value } };
  },
};
