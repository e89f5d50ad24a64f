import type { Context, SourceFile } from '../shared/format';
import { isObject, isText, type JsonObject } from '../shared/json';
import { SpanFields as SpanKeys } from '../shared/records/fields';
import { USUAL_COUNTING } from './counting';
import { USUAL, USUAL_TEXT, type Counting, type Fields, type SaidFields } from './fields';

/** What fields are called in what is written, and how offsets are counted there. */
export interface WrittenFields {
  readonly text: string;
  readonly path: string;
  readonly start: string;
  readonly end: string;
  readonly label: string;
  readonly link: string;
  readonly counting: Counting;
}

/** The fields of an entity in a span: whatever is called otherwise is an attribute. @param own what else is not */
export function keysOf(own: readonly (string | undefined)[], link = 'link'): SpanKeys {
  return new SpanKeys({ suggestedBy: 'suggested_by', link, own: own.filter((name) => name !== undefined) });
}

/** Whether all is called as this program writes it. */
export function isUsual({ documents, text, spans: [one, ...more], counting }: Fields): boolean {
  if (documents !== '' || text !== USUAL_TEXT || !one || more.length > 0) return false;
  if (!isCountedAsUsual(counting)) return false;
  const { path, start, end, label, text: own = USUAL.text } = one;
  return JSON.stringify({ path, start, end, label, text: own }) === JSON.stringify(USUAL);
}

function isCountedAsUsual({ unit, base, isInclusive }: Counting): boolean {
  return unit === USUAL_COUNTING.unit && base === USUAL_COUNTING.base && !isInclusive;
}

/** What is kept of the names of fields, so that a document goes back with them. */
export function keptNames({ text, counting, spans }: Fields): JsonObject {
  const { path, start, end, label, link, isLength } = spans[0]!;
  const own = { text, path, label, link, ...(!isLength && { start, end }) };
  const usual: Readonly<Record<string, string>> = { ...USUAL, text: USUAL_TEXT, link: 'link' };
  const names = Object.entries(own).filter(
    ([key, name]) => name !== undefined && name !== usual[key] && canBeWritten(name),
  );
  return {
    ...(names.length > 0 && { fields: Object.fromEntries(names) }),
    ...(!isCountedAsUsual(counting) && { counting: { ...counting } }),
  };
}

/** Places in lists are not written: each span is an object. */
function canBeWritten(name: string): boolean {
  return !/(?:^|\.)\d+(?:\.|$)/.test(name);
}

/** What is written: what was said, else as it was read, else as usual. */
export function writtenFields(said: SaidFields, form: JsonObject): WrittenFields {
  const kept = isObject(form.fields) ? form.fields : {};
  const counted = isObject(form.counting) ? (form.counting as unknown as Counting) : USUAL_COUNTING;
  const name = (one: string | undefined, key: string, usual: string) => {
    const held = kept[key];
    return one ?? (isText(held) ? held : usual);
  };
  return {
    text: name(said.text, 'text', USUAL_TEXT),
    path: name(said.spans?.[0], 'path', USUAL.path),
    start: name(said.start, 'start', USUAL.start),
    end: name(said.end, 'end', USUAL.end),
    label: name(said.label, 'label', USUAL.label),
    link: name(said.link, 'link', 'link'),
    counting: {
      ...counted,
      ...(said.unit && { unit: said.unit }),
      ...(said.isInclusive !== undefined && { isInclusive: said.isInclusive }),
    },
  };
}

/** Tells what stands where as it was guessed. */
export function tellGuess(
  { documents, text, spans, counting }: Fields,
  file: SourceFile,
  { report }: Context,
): void {
  const of = (key: 'path' | 'start' | 'end' | 'label') =>
    [...new Set(spans.map((one) => one[key] ?? ''))].filter(Boolean).join(', ');
  const values = {
    ...{ documents, text, spans: of('path'), start: of('start'), end: of('end'), label: of('label') },
    ...{ unit: counting.unit, base: String(counting.base), ends: counting.isInclusive ? 'inclusive' : '' },
  };
  report.add({ kind: 'changed', code: 'fields-guessed', file: file.path, line: 1, column: 1, values });
}
