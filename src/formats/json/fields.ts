import { FormatError, optionOf, type Context, type Format, type FormatOption } from '../shared/format';
import type { OffsetUnit } from '../shared/offsets';

/** How the ends of spans are counted. */
export interface Counting {
  readonly unit: OffsetUnit;
  /** What the first character of a text has for a number. */
  readonly base: 0 | 1;
  /** Whether the character at the end is of the span. */
  readonly isInclusive: boolean;
}

/** A list of spans in a record, and what stands where in each of them; all are paths. */
export interface SpanFields {
  readonly path: string;
  readonly start: string;
  readonly end: string;
  /** Whether what stands at `end` is how long the span is. */
  readonly isLength: boolean;
  /** Not there where spans have none, and one was said for all. */
  readonly label?: string | undefined;
  readonly text?: string | undefined;
  readonly link?: string | undefined;
}

/** What stands where in the records of a file. */
export interface Fields {
  /** Where the records are in the one value that a file is; empty where that, or each value, is one. */
  readonly documents: string;
  readonly text: string;
  readonly spans: readonly SpanFields[];
  readonly counting: Counting;
  /** Whether how offsets are counted was found out by the texts of spans, and is not as usual. */
  readonly isCountingProved: boolean;
}

/** As is written where nothing else is said. */
export const USUAL = { path: 'entities', start: 'start', end: 'end', label: 'label', text: 'text' } as const;
export const USUAL_TEXT = 'text';

const field = (name: string, what: string): FormatOption => ({
  name: `${name}-field`,
  values: [],
  description: `the field of ${what}, as \`${name}\` or \`data.${name}\``,
});

export const UNITS: Readonly<Record<string, OffsetUnit>> = {
  'code-points': 'python',
  'utf-16': 'utf-16',
  bytes: 'bytes',
};
const ENDS = ['exclusive', 'inclusive'] as const;

export const FIELD_OPTIONS: readonly FormatOption[] = [
  field('text', 'the text'),
  { ...field('spans', 'the spans'), description: 'the fields of spans, as `ner` or `ner,data.times`' },
  field('start', 'where a span starts'),
  field('end', 'where a span ends, or how long it is'),
  field('label', 'the label of a span'),
  field('link', 'the link of a span'),
  field('name', 'the name of a document'),
  { name: 'default-label', values: [], description: 'the label of spans that have none' },
  { name: 'offsets', values: Object.keys(UNITS), description: 'how offsets are counted' },
  { name: 'ends', values: ENDS, description: 'whether the character at the end of a span is within it' },
];

/** What was said of the fields; what was not is `undefined`. @throws FormatError */
export function saidOf(format: Pick<Format, 'id' | 'options'>, options: Context['options']) {
  const [offsets, ends] = [optionOf(format, 'offsets', options), optionOf(format, 'ends', options)];
  const of = (name: string) => optionOf(format, name, options).trim() || undefined;
  return {
    text: of('text-field'),
    spans: of('spans-field')
      ?.split(',')
      .map((path) => path.trim()),
    start: of('start-field'),
    end: of('end-field'),
    label: of('label-field'),
    link: of('link-field'),
    name: of('name-field'),
    defaultLabel: of('default-label'),
    unit: options.offsets === undefined ? undefined : UNITS[offsets],
    isInclusive: options.ends === undefined ? undefined : ends === 'inclusive',
  };
}

export type SaidFields = ReturnType<typeof saidOf>;

/** What of the fields is not clear, and what it may be. */
export interface Unclear {
  readonly what: 'text' | 'spans' | 'start' | 'label' | 'ends' | 'documents';
  readonly found: readonly string[];
}

/** Says that it is not clear what stands where. */
export function unclearError({ what, found }: Unclear, file: string): FormatError {
  const place = { file, line: 1, column: 1 };
  return new FormatError('fields-unclear', place, { what, fields: found.join(', ') });
}
