import { compareEntities, type Entity } from '../../../core/model/entity';
import { normalizeLineEndings, type Span, type TextIndex } from '../../../core/text';
import { IdMaker } from '../document';
import { isCount, isObject, isText, itemsOf, type Json } from '../json';
import type { NoteCode } from '../note-codes';
import { offsetsOf, type Offsets, type TextOffsets } from '../offsets';
import { placeOfText } from '../mention-places';
import { saidOffsets, type Note, type NoteKind, type Report } from '../report';
import { foldTokens } from './tokens';
import { withRead, type SpanFields } from './fields';

/** A span as a record says it, before anything is known of it. */
export interface SaidSpan {
  readonly start: Json | undefined;
  readonly end: Json | undefined;
  readonly label: Json | undefined;
  /** Its text, where the record says it. */
  readonly text?: Json | undefined;
  /** All of it, for the report. */
  readonly source: Json;
}

/** Whether the beginning of a file has spans as spaCy and Prodigy have them: objects in a list. */
export function areSpans(head: string): boolean {
  return /"spans"\s*:\s*\[\s*\{(?=[^{}]*"start"\s*:)[^{}]*"label"\s*:/.test(head);
}

/** The document that spans are of, and where it stands. */
export interface RecordPlace {
  readonly format: string;
  readonly document: string;
  readonly file: string;
  readonly line: number;
}

/** Where a span is and what it is, as its record says it. */
export function spanKey(span: Json | undefined): string {
  const { start, end, label } = isObject(span) ? span : {};
  return JSON.stringify([start, end, label]);
}

/** Makes entities of the spans of a record. What is wrong with one costs that one, and is reported. */
export class SpanReader {
  private readonly found: Entity[] = [];
  private readonly ids = new IdMaker();
  private others: readonly Offsets[] | undefined;

  /** @param offsets the unit of the record's offsets */
  constructor(
    private readonly place: RecordPlace,
    private readonly index: TextIndex,
    private readonly offsets: TextOffsets,
    private readonly report: Report,
  ) {}

  /** In the sidecar's order. */
  get entities(): readonly Entity[] {
    return [...this.found].sort(compareEntities);
  }

  add(said: SaidSpan, fields: ReturnType<SpanFields['read']> = {}): Entity | undefined {
    const { start, end, label, text, source } = said;
    if (!isCount(start) || !isCount(end) || !isText(label) || label.trim() === '' || start > end)
      return this.fault('value-malformed', { values: { source: JSON.stringify(source) } });
    const id = this.ids.make(
      `${this.place.format} ${this.place.document} ${fields.externalId ?? `${start} ${end} ${label}`}`,
    );
    const entity = isText(text)
      ? this.findByText({ start, end }, label, text, id)
      : this.findByOffsets({ start, end }, label, id);
    if (!entity) return undefined;
    const whole = withRead(entity, fields);
    this.found.push(whole);
    return whole;
  }

  /** The items of a value that is to be a list, if it is there; reports that it is none. */
  items(value: Json | undefined): readonly Json[] {
    if (value !== undefined && value !== null && !Array.isArray(value))
      this.fault('value-malformed', { values: { source: JSON.stringify(value) } });
    return itemsOf(value);
  }

  /**
   * Tokens in columns, see `foldTokens`; `undefined` where there are none, or none of this text, which is
   * reported.
   */
  tokens(value: Json | undefined): ReturnType<typeof foldTokens> {
    const items = this.items(value);
    const folded = foldTokens(items, { index: this.index, offsets: this.offsets });
    if (!folded && items.length > 0) this.fault('value-malformed', { values: { source: 'tokens' } });
    return folded;
  }

  /** Another id than of any entity, from the same content. */
  idFor(content: string): string {
    return this.ids.make(`${this.place.format} ${this.place.document} ${content}`);
  }

  note(kind: NoteKind, code: NoteCode, more: Partial<Note> = {}): void {
    const { document, file, line } = this.place;
    this.report.add({ kind, code, document, file, line, column: 1, ...more });
  }

  private fault(code: NoteCode, more: Partial<Note> = {}): undefined {
    this.note('invalid', code, more);
  }

  private findByOffsets(said: Span, label: string, id: string): Entity | undefined {
    if (said.end > this.offsets.length)
      return this.fault('span-outside', { label, values: saidOffsets(said) });
    if (said.start === said.end) return this.fault('empty-span', { label });
    const span = this.wholeCharacters(said, this.offsets);
    const text = this.index.slice(span);
    const isWhole =
      this.offsets.fromCodePoint(span.start) === said.start &&
      this.offsets.fromCodePoint(span.end) === said.end;
    if (!isWhole) this.note('changed', 'off-character', { span, label, text });
    return { id, label, ...span, text };
  }

  /** Where the text is that the record says: where its offsets say, or else say in another unit. */
  private findByText(said: Span, label: string, text: string, id: string): Entity | undefined {
    const wanted = normalizeLineEndings(text);
    if (wanted === '') return this.fault('empty-span', { label });
    const own = this.wholeCharacters(said, this.offsets);
    if (this.index.slice(own) === wanted) return { id, label, ...own, text: wanted };
    this.others ??= [
      offsetsOf(this.index, 'python'),
      offsetsOf(this.index, 'utf-16'),
      { toCodePoint: (offset) => offset, fromCodePoint: (offset) => offset, length: this.index.length },
    ];
    const places = new Map<string, Span>();
    for (const offsets of this.others) {
      const span = this.wholeCharacters(said, offsets);
      if (this.index.slice(span) === wanted) places.set(`${span.start} ${span.end}`, span);
    }
    const [only, ...more] = places.values();
    const alone = only ? undefined : placeOfText({ text: wanted, before: '', after: '' }, this.index);
    const place = more.length === 0 ? (only ?? alone) : undefined;
    if (place) {
      const there = this.index.slice(place);
      this.note('changed', 'span-moved', { span: place, label, text: there });
      return { id, label, ...place, text: there };
    }
    this.note('changed', 'text-mismatch', { span: own, label, text: wanted });
    return { id, label, ...own, text: wanted, broken: true };
  }

  /** A span in code points, clamped to the text, with all of a character that one of its ends is within. */
  private wholeCharacters({ start, end }: Span, offsets: Offsets): Span {
    const last = offsets.toCodePoint(end);
    const isCut = end < offsets.length && offsets.fromCodePoint(last) < end;
    const limit = this.index.length;
    return {
      start: Math.min(offsets.toCodePoint(start), limit),
      end: Math.min(isCut ? last + 1 : last, limit),
    };
  }
}
