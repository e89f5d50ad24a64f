import { normalizeLineEndings, TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { optionOf, type Context, type Format, type SourceFile } from '../shared/format';
import { idOf, isCount, isObject, isText, itemsOf, type Json } from '../shared/json';
import { DocumentNames } from '../shared/document-names';
import { offsetsOf, type OffsetUnit } from '../shared/offsets';
import { keepRecord } from '../shared/records/kept';
import { at, withoutPaths } from '../shared/records/paths';
import { readRecords, RecordNames, type JsonRecord, type ReadRecord } from '../shared/records/read';
import { countSpans, hasMoreParts, isSpanText, spansIn } from '../shared/records/roles';
import { SpanReader } from '../shared/records/spans';
import { likelierUnit, unitsProved, type SaidEnds } from '../shared/records/unit';
import { fromArgilla, isOfArgilla, type Prepared } from './argilla';
import { endsIn, OTHER_UNITS } from './counting';
import { saidOf, UNITS, unclearError, type Fields, type SaidFields, type SpanFields } from './fields';
import { MOST_SAMPLED, understand } from './guess';
import { isUsual, keysOf, keptNames, tellGuess } from './written-fields';

/** So many records are looked at, where those before have no spans. */
const MOST_EMPTY = 5000;

/** The documents of a file of JSON. @throws FormatError where it is not clear what stands where */
export function* readJson(file: SourceFile, format: Format, context: Context): Generator<AnnotatedDocument> {
  const said = saidOf(format, context.options);
  const annotator = optionOf(format, 'annotator', context.options);
  const all = readRecords(file, context, format.title);
  const sample: ReadRecord[] = [];
  for (let full = 0; full < MOST_SAMPLED && sample.length < MOST_EMPTY;) {
    const next = all.next();
    if (next.done) break;
    sample.push(next.value);
    if (countSpans(next.value.value).size > 0) full++;
  }
  const [first] = sample;
  if (!first) return;
  const prepare = (value: Json): Prepared =>
    isOfArgilla(value) ? fromArgilla(value, annotator) : { record: value, kept: {}, isDone: false, told: [] };
  const records = sample.map(({ value }) => prepare(value).record);
  const understood = understand(records, first.isOnly, said);
  if ('what' in understood) throw unclearError(understood, file.path);
  const { fields, within } = understood;
  // What a tool means by its names is no guess.
  if (!isUsual(fields) && !isOfArgilla(first.value)) tellGuess(fields, file, context);
  const reader = new DocumentReader(file, format, context, fields, said);
  if (!within) {
    for (const one of sample) yield* reader.read(prepare(one.value), one);
    for (const one of all) yield* reader.read(prepare(one.value), one);
    return;
  }
  for (const [i, value] of within.records.entries()) {
    // What a person has skipped in NER Annotator is nothing here.
    if (value === null) continue;
    yield* reader.read(
      prepare(value),
      { ...first, value: value as JsonRecord, number: i + 1, isOnly: within.records.length === 1 },
      within.names?.[i],
    );
  }
}

class DocumentReader {
  private readonly names: RecordNames;
  /** What of a span is its own, by the list that it is in. */
  private readonly keys: ReadonlyMap<SpanFields, ReturnType<typeof keysOf>>;

  constructor(
    private readonly file: SourceFile,
    private readonly format: Format,
    private readonly context: Context,
    private readonly fields: Fields,
    private readonly said: SaidFields,
  ) {
    this.keys = new Map(fields.spans.map((one) => [one, keysOf([one.start, one.end, one.label, one.text])]));
    this.names = new RecordNames(file, format.extensions, new DocumentNames(context.report));
  }

  /** @param called what the file calls it, besides what it says itself */
  *read(
    { record, kept, isDone, told }: Prepared,
    read: ReadRecord,
    called?: string,
  ): Generator<AnnotatedDocument> {
    const { fields, said, context, file } = this;
    const { report } = context;
    const { line } = read;
    const text = at(record, fields.text);
    if (!isText(text)) {
      const values = { source: JSON.stringify(record) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
      return;
    }
    const index = new TextIndex(text);
    const own = isObject(record) ? record : {};
    const filename = (said.name === undefined ? undefined : idOf(at(record, said.name))) ?? called;
    const document = this.names.take(
      filename === undefined ? own : { filename },
      filename === undefined ? (own.meta ?? own.metadata) : undefined,
      read,
    );
    const lists = fields.spans.map((list) => ({ list, items: spansIn(at(record, list.path), true) }));
    const spans = lists.flatMap(({ list, items = [] }) =>
      items.map((item) => ({ list, item, ...endsIn(item, list, fields.counting) })),
    );
    const withTexts = spans.map((span) => ({ ...span, text: textIn(span.item, span.list) }));
    const unit = this.unitOf(withTexts, index);
    const place = { format: this.format.id, document, file: file.path, line };
    const offsets = offsetsOf(index, unit);
    const reader = new SpanReader(place, index, offsets, report);
    const names = Object.entries(UNITS);
    const nameOf = (unit: OffsetUnit) => names.find(([, one]) => one === unit)![0];
    const { unit: usual } = fields.counting;
    if (unit !== usual)
      reader.note('changed', 'offsets-proved', { values: { likely: nameOf(unit), unit: nameOf(usual) } });
    else if (said.unit === undefined && likelierUnit(withTexts, index, unit, ['utf-16']))
      reader.note('changed', 'offsets-doubtful', { values: { likely: 'utf-16', unit: nameOf(unit) } });
    for (const { list, items } of lists) if (!items) reader.items(at(record, list.path));
    const textAt = (first: number, last: number) =>
      index.slice({ start: offsets.toCodePoint(first), end: offsets.toCodePoint(last) });
    for (const span of withTexts) this.addSpan(span, reader, textAt);
    for (const { code, values } of told) reader.note('changed', code, { values });
    const rest = withoutPaths(record, [fields.text, ...fields.spans.map(({ path }) => path)]);
    for (const [path, count] of countSpans(rest)) {
      const values = { what: `“${path}”`, count: String(count), option: `--spans-field ${path}` };
      reader.note('changed', 'annotations-unread', { values });
    }
    const usualKeys = [fields.text, ...fields.spans.map(({ path }) => path)];
    const whole = { rest: { ...rest, ...kept }, usual: usualKeys, form: keptNames(fields) };
    const carried = keepRecord(Object.keys(own), { name: document, index }, whole);
    yield {
      name: document,
      index,
      entities: reader.entities,
      relations: [],
      ...(isDone && { status: 'done' as const }),
      carried: { json: carried },
    };
  }

  /** In which the offsets of a document are counted: as in all, unless they cannot be. */
  private unitOf(spans: Parameters<typeof unitsProved>[0], index: TextIndex): OffsetUnit {
    const { counting, isCountingProved } = this.fields;
    const isKnown = isCountingProved || this.said.unit !== undefined;
    const others = isKnown ? [] : unitsProved(spans, index, counting.unit, OTHER_UNITS);
    return others[0] ?? counting.unit;
  }

  /** @param textAt what stands between two offsets as the file counts them */
  private addSpan(
    { list, item, start, end, text }: ReadSpan,
    reader: SpanReader,
    textAt: (start: number, end: number) => string,
  ): void {
    const label = list.label === undefined ? undefined : at(item, list.label);
    const labels = Array.isArray(label) ? itemsOf(label) : [label ?? this.said.defaultLabel];
    if (labels.length === 0 || hasMoreParts(item, list.start))
      return reader.note('invalid', 'value-malformed', { values: { source: JSON.stringify(item) } });
    const weak = text === undefined && list.text !== undefined ? at(item, list.text) : undefined;
    const isSaid = isText(weak) && isCount(start) && isCount(end);
    const isThere = isSaid && textAt(start, end) === normalizeLineEndings(weak);
    const textPath = text !== undefined || isThere ? list.text : undefined;
    const known = [list.start, list.end, list.label, list.link, textPath];
    const more = withoutPaths(
      item,
      known.filter((path) => path !== undefined),
    );
    const link = list.link === undefined ? undefined : idOf(at(item, list.link));
    const linked = link !== undefined && { link: /^Q\d+$/.test(link) ? `wikidata:${link}` : link };
    const fields = this.keys.get(list)!.read({ ...more, ...linked });
    for (const one of labels) reader.add({ start, end, label: one, text, source: item }, fields);
  }
}

/** A span with the list that it is of. */
interface ReadSpan extends SaidEnds {
  readonly list: SpanFields;
  readonly item: Json;
}

/** The text of a span, if it is in a field that holds nothing else. */
function textIn(item: Json, { text }: SpanFields): Json | undefined {
  const said = text !== undefined && isSpanText(text) ? at(item, text) : undefined;
  return said === '' ? undefined : said;
}
