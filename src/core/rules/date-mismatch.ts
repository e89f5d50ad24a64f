import type { Rule } from './rule';

/** `2022-09-08`, `2022_09_08`, `20220908` or `2022/09/08` in a path, not within a longer number. */
const DAY = /(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;
/** A folder of a year, perhaps with one of a month in it. */
const FOLDERS = /(?:^|\/)((?:19|20)\d\d)\/(?:(0[1-9]|1[0-2])\/)?/;

/** A date in the header that is not that of the file's name or folder. */
export const dateMismatch: Rule = {
  id: 'date-mismatch',
  severity: 'warning',
  *check({ path, header: { date, entries } }) {
    const entry = entries.find(({ value }) => date !== undefined && value.startsWith(date));
    const expected = datePrefix(path);
    if (date === undefined || !entry || expected === undefined || date.startsWith(expected)) return;
    const start16 = entry.valueStart16;
    yield { start16, end16: start16 + date.length, values: { date, expected } };
  },
};

/** What a path says of an article's date: `2022-09-08`, `2022-09` or `2022`. The file's name counts more. */
export function datePrefix(path: string): string | undefined {
  const day = DAY.exec(path.slice(path.lastIndexOf('/') + 1)) ?? DAY.exec(path);
  if (day) return [day[1], day[3], day[4]].join('-');
  const folders = FOLDERS.exec(path);
  return folders ? [folders[1], folders[2]].filter(Boolean).join('-') : undefined;
}
