import { compareEntities, withFields, type Entity, type Plain } from '../../core/model/entity';
import { TextIndex, type Span } from '../../core/text';
import { IdMaker, type AnnotatedDocument, type Relation } from '../shared/document';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import type { NoteCode } from '../shared/note-codes';
import type { Report } from '../shared/report';
import { elementsOf, parseXml, placeOfRoot, textOf, type XmlElement } from '../shared/xml';
import { labelOf } from './elements';
import { readText, type TeiText } from './text';
import { writeTei } from './write';

/** The document of a TEI file, or those of a corpus of them (`teiCorpus`). */
export function* parseTei(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const source = file.text();
  const root = parseXml(source, file.path);
  const base = nameOfFile(file.path, ['.tei.xml', '.tei', '.xml']);
  const all =
    root.name === 'TEI' ? [root] : ['teiCorpus', 'TEI.2'].includes(root.name) ? elementsOf(root, 'TEI') : [];
  if (all.length === 0)
    throw new FormatError('file-not-format', { file: file.path, ...placeOfRoot(source) }, { format: 'TEI' });
  for (const [i, tei] of all.entries()) {
    const numbered =
      root === tei ? base : `${base}/${tei.attributes['xml:id'] ?? String(i + 1).padStart(4, '0')}`;
    const name = root === tei ? base : DocumentNames.of(report).take(numbered);
    const document = readTei(tei, name, file.path, report);
    const isOurs = ['inline', 'standoff'].some(
      (markup) => writeTei(document, document, markup, () => undefined) === source,
    );
    yield root === tei && !isOurs ? { ...document, carried: { tei: { source } } } : document;
  }
}

/** What a TEI element says of its text. */
export function readTei(tei: XmlElement, name: string, path: string, report: Report): AnnotatedDocument {
  return new Reader(tei, name, path, report).read();
}

class Reader {
  private readonly ids = new IdMaker();
  private readonly tei: TeiText;
  private readonly index: TextIndex;
  private readonly entities: Entity[] = [];
  /** By the ids of elements. */
  private readonly byXmlId = new Map<string, number>();

  constructor(
    private readonly root: XmlElement,
    private readonly name: string,
    private readonly path: string,
    private readonly report: Report,
  ) {
    const text = elementsOf(root, 'text')[0] ?? { ...root, children: [] };
    this.tei = readText(text);
    this.index = new TextIndex(this.tei.text);
  }

  read(): AnnotatedDocument {
    this.tellBeside();
    for (const [element, { start16, end16 }] of this.tei.extents) {
      const label = labelOf(element.name, element.attributes.type);
      if (label !== undefined) this.add(element, label, [{ start: start16, end: end16 }], ['ref', 'key']);
    }
    const beside: XmlElement[] = [];
    const collect = (element: XmlElement) => {
      if (['span', 'annotation', 'note', 'relation'].includes(element.name)) beside.push(element);
      if (element.name !== 'teiHeader') elementsOf(element).forEach(collect);
    };
    collect(this.root);
    const spans = beside.filter(({ name }) => name === 'span' || name === 'annotation');
    const follows = new Map(spans.map((span) => [span.attributes['xml:id'], span]));
    for (const span of spans) if (span.attributes.prev === undefined) this.addSpan(span, follows);
    for (const note of beside)
      if (note.name === 'note' && note.attributes.target !== undefined) this.addNote(note);
    const relations = beside.flatMap((element) =>
      element.name === 'relation' ? this.relationOf(element) : [],
    );
    return {
      name: this.name,
      index: this.index,
      entities: this.entities.sort(compareEntities),
      relations,
      carried: {},
    };
  }

  /** Tells what is no text, and each entity that is lost with it. */
  private tellBeside(): void {
    const [text] = elementsOf(this.root, 'text');
    const others = elementsOf(this.root).filter((child) => child !== text && !WITHOUT_TEXT.has(child.name));
    const beside = [...this.tei.beside, ...others];
    const counts = new Map<string, number>();
    for (const { name } of beside) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [name, count] of counts)
      this.report.add({
        kind: 'changed',
        code: 'markup-skipped',
        document: this.name,
        file: this.path,
        values: { name, count: String(count) },
      });
    for (const outer of beside)
      for (const element of [outer, ...descendantsOf(outer)]) {
        const label = labelOf(element.name, element.attributes.type);
        if (label === undefined) continue;
        const text = textOf(element).replace(/\s+/g, ' ').trim();
        const place = { document: this.name, file: this.path, ...placeOf(element) };
        this.report.add({
          ...{ kind: 'lost', code: 'entity-beside', ...place, label, text, values: { name: outer.name } },
        });
      }
  }

  /** @param spans in UTF-16 units */
  private add(element: XmlElement, label: string, spans16: readonly Span[], links: readonly string[]): void {
    const spans = spans16
      .map(({ start, end }) => ({ start: this.index.toCodePoint(start), end: this.index.toCodePoint(end) }))
      .filter(({ start, end }) => start < end)
      .sort((a, b) => a.start - b.start);
    const { attributes } = element;
    const [first] = spans;
    if (!first) return this.fault('empty-span', element, label);
    const hull = { start: first.start, end: Math.max(...spans.map(({ end }) => end)) };
    const parts = spans.length > 1 ? spans.map(({ start, end }) => [start, end] as const) : undefined;
    const id = this.ids.make(
      `tei ${this.name} ${hull.start} ${hull.end} ${label} ${attributes['xml:id'] ?? ''}`,
    );
    const externalId = attributes['xml:id'];
    const linkedBy = links.find((key) => attributes[key] !== undefined);
    const link = linkedBy === undefined ? undefined : attributes[linkedBy];
    const isLabel = ['rs', 'name', 'span', 'annotation'].includes(element.name);
    const isBeside = element.name === 'span' || element.name === 'annotation';
    const rest = Object.entries(attributes).filter(
      ([key]) =>
        !['xml:id', 'xml:space', 'xmlns', linkedBy].includes(key) &&
        !(key === 'type' && isLabel) &&
        !(isBeside && ['target', 'from', 'to', 'next', 'prev'].includes(key)),
    );
    if (externalId !== undefined && !this.byXmlId.has(externalId))
      this.byXmlId.set(externalId, this.entities.length);
    const own = rest.length > 0 ? (Object.fromEntries(rest) as Record<string, Plain>) : undefined;
    this.entities.push(
      withFields(
        { id, label, ...hull, text: this.index.slice(hull) },
        { parts, externalId, link, attributes: own },
      ),
    );
  }

  private addSpan(span: XmlElement, follows: ReadonlyMap<string | undefined, XmlElement>): void {
    const { type, ana } = span.attributes;
    const label = type ?? ana?.split(/\s+/)[0]?.replace(/^.*#/, '') ?? 'MISC';
    const spans: Span[] = [];
    const seen = new Set<XmlElement>();
    for (
      let part: XmlElement | undefined = span;
      part && !seen.has(part);
      part =
        part.attributes.next === undefined ? undefined : follows.get(part.attributes.next.replace(/^#/, ''))
    ) {
      seen.add(part);
      const { from, to, target } = part.attributes;
      if (from !== undefined) {
        const [begin, end] = [this.place(from, part), this.place(to ?? from, part)];
        if (begin && end)
          spans.push({ start: begin.start16, end: to === undefined || !end.isPoint ? end.end16 : end.at16 });
      } else
        for (const pointer of (target ?? '').split(/\s+(?![^(]*\))/).filter(Boolean)) {
          const place = this.place(pointer, part);
          if (place) spans.push({ start: place.start16, end: place.end16 });
        }
      if (spans.length === 0) return;
    }
    this.add(span, label, spans, ['corresp']);
  }

  /** Where a pointer points to: an element, or characters of one. */
  private place(
    pointer: string,
    of: XmlElement,
  ): { start16: number; end16: number; at16: number; isPoint: boolean } | undefined {
    const [, id = '', offset, length] =
      /^#string-range\(\s*(?:\/\/id\(['"]|#|xpath\()?([^,'")\s]+)['")]*\s*,\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/.exec(
        pointer,
      ) ?? [];
    const element = this.tei.byId.get(id || pointer.replace(/^#/, ''));
    const extent = element && this.tei.extents.get(element);
    if (!element || !extent) {
      this.report.add({
        kind: 'invalid',
        code: 'reference-missing',
        document: this.name,
        file: this.path,
        ...placeOf(of),
        values: { id: pointer },
      });
      return undefined;
    }
    if (offset === undefined) return { ...extent, isPoint: element.children.length === 0 };
    const base = this.index.toCodePoint(extent.start16);
    const start16 = this.index.toUtf16(base + Number(offset));
    const end16 = Math.min(this.index.toUtf16(base + Number(offset) + Number(length ?? 1)), extent.end16);
    if (Number(offset) + Number(length ?? 1) > this.index.toCodePoint(extent.end16) - base)
      this.fault('span-outside', of, of.attributes.type ?? of.name, {
        start: offset,
        end: String(Number(offset) + Number(length ?? 1)),
      });
    return { start16, end16, at16: start16, isPoint: false };
  }

  private addNote(note: XmlElement): void {
    const { target = '', type, subtype, n } = note.attributes;
    for (const id of target.split(/\s+/)) {
      const at = this.byXmlId.get(id.replace(/^#/, ''));
      const entity = at === undefined ? undefined : this.entities[at];
      if (at === undefined || !entity) continue;
      const text = textOf(note);
      if (type !== 'attribute' || n === undefined)
        this.entities[at] = entity.note === undefined ? { ...entity, note: text } : entity;
      else
        this.entities[at] = {
          ...entity,
          attributes: { ...entity.attributes, [n]: subtype === 'json' ? fromJson(text) : text },
        };
    }
  }

  private relationOf(element: XmlElement): Relation[] {
    const { name, type, active = '', passive = '', 'xml:id': externalId } = element.attributes;
    const ends = (pointers: string) =>
      pointers
        .split(/\s+/)
        .filter(Boolean)
        .flatMap((pointer) => {
          const at = this.byXmlId.get(pointer.replace(/^#/, ''));
          if (at !== undefined) return [this.entities[at]!.id];
          this.report.add({
            kind: 'invalid',
            code: 'reference-missing',
            document: this.name,
            file: this.path,
            ...placeOf(element),
            values: { id: pointer },
          });
          return [];
        });
    const label = name ?? type ?? 'relation';
    const to = ends(passive);
    return ends(active).flatMap((from) =>
      to.map((other) => {
        const id = this.ids.make(`tei ${this.name} ${label} ${from} ${other}`);
        return { id, label, from, to: other, ...(externalId !== undefined && { externalId }) };
      }),
    );
  }

  private fault(
    code: Extract<NoteCode, 'empty-span' | 'span-outside'>,
    element: XmlElement,
    label: string,
    values?: Record<string, string>,
  ): void {
    const { name: document, path: file } = this;
    this.report.add({ kind: 'invalid', code, document, file, ...placeOf(element), label, values });
  }
}

function placeOf({ line, column }: XmlElement): Pick<XmlElement, 'line' | 'column'> {
  return { line, column };
}

/** What a TEI element has besides its text, and is none. */
const WITHOUT_TEXT = new Set(['teiHeader', 'standOff', 'facsimile', 'fsdDecl']);

function* descendantsOf(element: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    yield child;
    yield* descendantsOf(child);
  }
}

function fromJson(text: string): Plain {
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return text;
  }
}
