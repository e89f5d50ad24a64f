import { compareEntities, type Entity } from '../../core/model/entity';
import type { TextIndex } from '../../core/text';
import { IdMaker } from '../shared/document';
import type { NoteCode } from '../shared/note-codes';
import { tagReader } from '../shared/tag-dialects';
import { readTags, type LabelledTokens, type TagReader } from '../shared/tags';
import { readBrackets, type Brackets } from './brackets';
import { DEFAULT_LABEL, type Columns } from './columns';
import type { Row, Rows } from './rows';
import { isBlank } from './spacing';
import type { Cut } from './text';
import { UNTYPED } from '../conllu/tags';

/** The entities of the documents of a file, one after the other. */
export class EntityReader {
  private readonly tagOf: TagReader;
  /** Whether some entity of the file begins as none does in `iob1`. */
  private hasProperBegins = false;
  /** Tags that would be malformed if one did. */
  private lateBegins: { readonly line: number; count: number } | undefined;

  /** @param defaultLabel of tags without one; empty where nobody said it */
  constructor(
    private readonly columns: Columns,
    defaultLabel: string,
    private readonly tell: (
      code: NoteCode,
      line: number,
      values: Readonly<Record<string, string>>,
      document?: string,
    ) => void,
  ) {
    const { form } = columns.dialect;
    this.tagOf = tagReader(form, defaultLabel || (form === 'bare' ? DEFAULT_LABEL : ''));
  }

  /** The label of tags without one. */
  get defaultLabel(): string {
    return this.tagOf('B')?.label ?? '';
  }

  /** @param name of the document @param index of its text, which is cut as `cut` says */
  read(name: string, { sentences }: Rows, { gaps }: Cut, index: TextIndex): Entity[] {
    const ids = new IdMaker();
    const entities: Entity[] = [];
    let at16 = 0;
    sentences.forEach((rows, sentence) => {
      const starts16: number[] = [];
      rows.forEach(({ token }, i) => {
        starts16.push(at16);
        at16 += token.length + (gaps[sentence]![i]?.length ?? 0);
      });
      at16++;
      for (const { first, last, label, externalId } of this.spansOf(rows, name)) {
        let [from, to] = [first, last];
        while (from < to && isBlank(rows[from]!.token)) from++;
        while (to > from && isBlank(rows[to]!.token)) to--;
        const span = {
          start: index.toCodePoint(starts16[from]!),
          end: index.toCodePoint(starts16[to]! + rows[to]!.token.length),
        };
        const id = ids.make(`conll2003 ${name} ${span.start} ${span.end} ${label}${externalId ?? ''}`);
        const more = { ...this.linkOf(rows[from]!), ...(externalId !== undefined && { externalId }) };
        entities.push({ id, label, ...span, text: index.slice(span), ...more });
      }
    });
    this.tellLateBegins();
    return entities.sort(compareEntities);
  }

  private spansOf(
    rows: readonly Row[],
    document: string,
  ): readonly (LabelledTokens & Pick<Entity, 'externalId'>)[] {
    const { tags, brackets } = this.columns;
    if (!tags.some((column) => brackets.has(column)))
      return this.layersOf(rows).flatMap((layer) => this.readLayer(rows, layer, document));
    return tags.flatMap((column, i) => {
      const cells = rows.map(({ tag, innerTags = [] }) => (i === 0 ? tag : (innerTags[i - 1] ?? 'O')));
      const kind = brackets.get(column);
      return kind ? this.readBrackets(rows, cells, kind, document) : this.readLayer(rows, cells, document);
    });
  }

  /** What goes over a line that was left out is left out itself. Mentions of a chain have its number. */
  private readBrackets(rows: readonly Row[], cells: readonly string[], kind: Brackets, document: string) {
    const fault = (i: number) => this.tell('sequence-malformed', rows[i]!.line, { tag: cells[i]! }, document);
    const isWhole = ({ first, last }: LabelledTokens) =>
      rows.slice(first, last + 1).every(({ line }, i) => line === rows[first]!.line + i);
    return readBrackets(cells, kind, fault).flatMap((span) => {
      if (!isWhole(span)) fault(span.first);
      else if (kind === 'names') return [span];
      else return [{ ...span, label: UNTYPED, externalId: span.label }];
      return [];
    });
  }

  /** The tags of a sentence, of outer entities first. */
  private layersOf(rows: readonly Row[]): string[][] {
    const { sign } = this.columns.dialect;
    const isFlat = sign === undefined && rows.every(({ innerTags }) => innerTags === undefined);
    if (isFlat) return [rows.map(({ tag }) => tag)];
    const cells = rows.map(({ tag, innerTags = [] }) =>
      [tag, ...innerTags].flatMap((one) => (sign === undefined ? [one] : one.split(sign))),
    );
    const depth = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: depth }, (_, layer) => cells.map((tags) => tags[layer] ?? 'O'));
  }

  private readLayer(rows: readonly Row[], tags: readonly string[], document: string): LabelledTokens[] {
    const late: number[] = [];
    const fault = (i: number) => this.tell('sequence-malformed', rows[i]!.line, { tag: tags[i]! }, document);
    const spans = readTags(tags, fault, this.tagOf, {
      onLateBegin: (i) => late.push(rows[i]!.line),
      onProperBegin: () => (this.hasProperBegins = true),
    });
    for (const line of late) {
      this.lateBegins ??= { line, count: 0 };
      this.lateBegins.count++;
    }
    return spans;
  }

  private linkOf({ cells }: Row): Pick<Entity, 'link'> {
    const { link: column } = this.columns;
    const said = column === undefined ? '' : (cells?.[column] ?? '').trim();
    if (said === '' || said === '_' || said === '-' || said === 'NIL') return {};
    return { link: /^Q\d+$/.test(said) ? `wikidata:${said}` : said };
  }

  /** Tells of tags that would be right in `iob1`, once it is known that the file is in another scheme. */
  private tellLateBegins(): void {
    const { lateBegins } = this;
    if (!this.hasProperBegins || !lateBegins) return;
    this.tell('tag-begins-late', lateBegins.line, { count: String(lateBegins.count) });
    this.lateBegins = undefined;
  }
}
