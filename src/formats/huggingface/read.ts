import { compareEntities, type Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import { IdMaker, type AnnotatedDocument } from '../shared/document';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import { isCount, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import type { NoteCode } from '../shared/note-codes';
import { readTags } from '../shared/tags';
import { tokenize } from '../shared/tokens';
import { areSame, CARRIED, packKept } from './kept';
import { placeTokens } from './token-places';

/** What the column of tags may be called. */
export const TAG_COLUMNS = ['ner_tags', 'tags', 'labels'];
export const COLUMNS = ['id', 'document', 'tokens', 'offsets', 'text'];

/** A sound record. */
interface Item {
  readonly id: string | number | null;
  readonly document: string | undefined;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  readonly offsets: Json | undefined;
  readonly text: string | undefined;
  readonly columns: readonly string[];
  readonly rest: JsonObject;
  readonly place: Place;
}

/** Where a record is: its line in a file of lines, its number (from 1) in any. */
interface Place {
  readonly line?: number;
  readonly row: number;
}

/** Makes documents of records. Those that follow each other and name one `document` are one. */
export class DocumentReader {
  private readonly names: DocumentNames;
  private readonly base: string;
  private readonly tagNames: readonly string[] | undefined;
  private items: Item[] = [];
  /** How many records were sound. */
  count = 0;
  private isRebuilt = false;

  /** @param tagNames what numbers stand for, where that is known */
  constructor(
    private readonly file: SourceFile,
    private readonly context: Context,
    { extensions, tagNames }: { extensions: readonly string[]; tagNames: readonly string[] | undefined },
  ) {
    this.names = new DocumentNames(context.report);
    this.base = nameOfFile(file.path, extensions);
    this.tagNames = tagNames;
  }

  /** @returns the document before the record, where it ends there */
  *add(row: JsonObject, place: Place): Generator<AnnotatedDocument> {
    const item = this.toItem(row, place);
    if (!item) return;
    this.count++;
    const isNext = item.document === undefined || item.document !== this.items[0]?.document;
    if (isNext) yield* this.end();
    this.items.push(item);
  }

  /** @returns the last document */
  *end(): Generator<AnnotatedDocument> {
    const [first] = this.items;
    if (!first) return;
    const { items } = this;
    this.items = [];
    const { id, place } = first;
    yield this.toDocument(
      this.names.take(first.document ?? `${this.base}/${id ?? String(place.row).padStart(4, '0')}`),
      items,
    );
  }

  private toItem(row: JsonObject, place: Place): Item | undefined {
    const tagColumn = TAG_COLUMNS.find((name) => Object.hasOwn(row, name));
    const known = [...COLUMNS, tagColumn];
    const own = (name: string) => (Object.hasOwn(row, name) ? (row[name] ?? undefined) : undefined);
    const wrong = (column: string, code: NoteCode = 'value-malformed', more: Record<string, string> = {}) => {
      const source = place.line === undefined ? `${column} of row ${place.row}` : column;
      this.fault(code, place, {
        source: code === 'value-malformed' ? `${source}: ${shown(own(column))}` : source,
        ...more,
      });
      return undefined;
    };
    const [id, document, tokens, text] = ['id', 'document', 'tokens', 'text'].map(own);
    if (!Array.isArray(tokens) || !itemsOf(tokens).every(isText)) return wrong('tokens');
    const tags = itemsOf(tagColumn === undefined ? undefined : own(tagColumn));
    if (!tags.every((tag) => isText(tag) || isCount(tag))) return wrong(tagColumn!);
    if (tags.length !== tokens.length) {
      const counts = { tags: String(tags.length), tokens: String(tokens.length) };
      return wrong(tagColumn ?? TAG_COLUMNS[0]!, 'tags-differ', counts);
    }
    if (id !== undefined && !isText(id) && !isCount(id)) return wrong('id');
    if (document !== undefined && !isText(document)) return wrong('document');
    if (text !== undefined && !isText(text)) return wrong('text');
    return {
      id: id ?? null,
      document,
      tokens: tokens as readonly string[],
      tags: tags.map((tag) => this.toTag(tag, place)),
      offsets: own('offsets'),
      text,
      columns: Object.keys(row),
      rest: Object.fromEntries(Object.entries(row).filter(([name]) => !known.includes(name))),
      place,
    };
  }

  private toTag(tag: string | number, place: Place): string {
    if (typeof tag === 'string') return tag;
    if (!this.tagNames) {
      const at = { file: this.file.path, ...(place.line !== undefined && { line: place.line, column: 1 }) };
      throw new FormatError('tag-names-needed', at);
    }
    return this.tagNames[tag] ?? String(tag);
  }

  /** @param document of the record, where it is one: a file without lines says by it where the fault is */
  private fault(code: NoteCode, { line }: Place, values: Record<string, string>, document?: string): void {
    const place = { file: this.file.path, ...(line !== undefined && { line, column: 1 }) };
    this.context.report.add({
      kind: 'invalid',
      code,
      ...place,
      ...(document !== undefined && { document }),
      values,
    });
  }

  private toDocument(name: string, items: readonly Item[]): AnnotatedDocument {
    const pieces = items.map((item) => this.toPiece(name, item));
    const index = new TextIndex(pieces.map(({ raw }) => raw).join(''));
    const places16: number[] = [];
    const starts: number[] = [];
    const entities: Entity[] = [];
    const ids = new IdMaker();
    let base16 = 0;
    items.forEach(({ tags, place }, i) => {
      const { raw, places16: own16 } = pieces[i]!;
      starts.push(places16.length / 2);
      const onFault = (at: number) => this.fault('sequence-malformed', place, { tag: tags[at]! }, name);
      for (const { first, last, label } of readTags(tags, onFault)) {
        const start = index.toCodePoint(base16 + own16[2 * first]!);
        const end = index.toCodePoint(base16 + own16[2 * last + 1]!);
        const text = index.slice({ start, end });
        if (text === '') this.fault('value-malformed', place, { source: `${tags[first]} of no text` }, name);
        else entities.push({ id: ids.make(`${name} ${start} ${end} ${label}`), label, start, end, text });
      }
      for (const place16 of own16) places16.push(base16 + place16);
      base16 += raw.length;
    });
    const columns = items[0]!.columns;
    const kept = {
      columns,
      places16: Uint32Array.from(places16),
      starts,
      ids: items.map(({ id }) => id),
      rest: items.map(({ rest }) => rest),
    };
    const isOurs =
      items.every(({ text, document, rest }) => {
        return text !== undefined && document !== undefined && Object.keys(rest).length === 0;
      }) && areSame(tokenize(index.raw).places16, kept.places16);
    return {
      name,
      index,
      entities: entities.sort(compareEntities),
      relations: [],
      carried: isOurs ? {} : { [CARRIED]: packKept(kept, index) },
    };
  }

  /** The text of a record and the places of its tokens in it. */
  private toPiece(name: string, { tokens, offsets, text, place }: Item): { raw: string; places16: number[] } {
    const places16 = text === undefined ? undefined : placeTokens(text, tokens, offsets);
    if (text !== undefined && places16) return { raw: text, places16 };
    if (text !== undefined) this.fault('tokens-elsewhere', place, {}, name);
    if (!this.isRebuilt)
      this.context.report.add({
        kind: 'changed',
        code: 'text-rebuilt',
        document: name,
        file: this.file.path,
      });
    this.isRebuilt = true;
    let at16 = 0;
    const rebuilt = tokens.flatMap((token) => {
      const start16 = at16;
      at16 += token.length + 1;
      return [start16, start16 + token.length];
    });
    return { raw: tokens.join(' ') + '\n', places16: rebuilt };
  }
}

function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? '').slice(0, 200);
}
