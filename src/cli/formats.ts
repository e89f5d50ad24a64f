import type { Format } from '../formats/shared/format';
import { FORMATS, formatById } from '../formats';
import { parseShard, type Shard } from '../formats/shared/shards';
import { hint, textOf, UsageError, type Option, type Values } from './command';

/** The formats that an option takes, for its help. */
export const FORMAT_NAMES = FORMATS.map(({ id }) => id).join(', ');

/** The format that an option names; `undefined` where it was not given. @throws UsageError */
export function formatOf(values: Values, option: 'from' | 'to'): Format | undefined {
  const id = textOf(values, option);
  if (id === undefined) return undefined;
  const found = formatById(id);
  if (found) return found;
  const ids = FORMATS.map((format) => format.id);
  throw new UsageError(`--${option} takes one of ${FORMAT_NAMES}, not ${id}.${hint(id, ids)}`);
}

/** The options of all formats, one of a name, with what it is to each. */
export const FORMAT_OPTIONS: readonly Option[] = [
  ...new Map(
    FORMATS.flatMap(({ options = [] }) => options.map((option) => [option.name, option] as const)),
  ).values(),
].map(({ name }) => {
  const texts = new Map<string, string[]>();
  const all = new Set<string>();
  for (const { id, options = [] } of FORMATS)
    for (const option of options.filter((one) => one.name === name)) {
      const value = option.values.join('|') || 'TEXT';
      all.add(value);
      // Where formats take other values, each says which.
      const text = `${value}\0${option.description}`;
      texts.set(text, [...(texts.get(text) ?? []), id]);
    }
  const [value = ''] = all;
  const descriptions = [...texts].map(([text, ids]) => {
    const [own, description] = text.split('\0');
    return `${description} (${ids.join(', ')}${all.size > 1 ? `: ${own}` : ''})`;
  });
  return { name, value: all.size > 1 ? 'VALUE' : value, description: descriptions.join('; ') };
});

/**
 * What was chosen of those.
 * @param formats that read or write
 * @throws UsageError where none of them has such an option
 */
export function formatOptionsOf(
  values: Values,
  formats: readonly Format[],
): Readonly<Record<string, string>> {
  const chosen = FORMAT_OPTIONS.flatMap(({ name }) => {
    const value = textOf(values, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  for (const [name] of chosen) {
    if (formats.some(({ options = [] }) => options.some((option) => option.name === name))) continue;
    const ids = [...new Set(formats.map(({ id }) => id))];
    const having = FORMATS.filter(({ options = [] }) => options.some((option) => option.name === name));
    throw new UsageError(
      `${ids.join(' and ')} ${ids.length > 1 ? 'have' : 'has'} no option --${name}; it is for ${having.map(({ id }) => id).join(', ')}.`,
    );
  }
  return Object.fromEntries(chosen);
}

/** Options of every command that ends with a report. */
export const REPORT_OPTIONS: readonly Option[] = [
  {
    name: 'strict',
    description: 'Makes what is lost or invalid an error: nothing is written, and the exit code is 1',
  },
  {
    name: 'report',
    value: 'FILE',
    description: 'Writes all that was changed or lost into a file, as JSON lines',
  },
  { name: 'quiet', description: 'Prints nothing but what makes the exit code 1' },
];

/** The file for the report; none, where it is `undefined`. @throws UsageError */
export function reportFileOf(values: Values): string | undefined {
  const file = textOf(values, 'report');
  // Standard output may be what is converted.
  if (file === '-') throw new UsageError('--report takes a file, not -.');
  return file;
}

export const SHARD_OPTION: Option = {
  name: 'shard',
  value: '3/16',
  description:
    'Writes the third of sixteen parts; the name of a document decides in which it is. Label files are written without it only',
};

/** The part that is asked for; all, where it is `undefined`. @throws UsageError */
export function shardOf(values: Values): Shard | undefined {
  const source = textOf(values, SHARD_OPTION.name);
  const shard = source === undefined ? undefined : parseShard(source);
  if (source === undefined || shard) return shard;
  throw new UsageError(`--shard takes a number and how many there are, as 3/16, not ${source}.`);
}

/** Exactly so many words. @throws UsageError that tells what they are */
export function exactly<N extends number>(
  words: readonly string[],
  count: N,
  what: string,
): readonly string[] {
  if (words.length === count) return words;
  const problem = words.length < count ? 'too few' : 'too many';
  throw new UsageError(`There are ${problem} arguments: ${what}.`);
}
