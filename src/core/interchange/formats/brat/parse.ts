import { compareEntities, type Entity } from '../../../entity';
import { TextIndex, type Span } from '../../../text';
import { IdMaker, type AnnotatedDocument, type Relation } from '../../document';
import { FormatError, type Context, type SourceFile } from '../../format';
import { nameOfFile } from '../../names';
import { Places } from '../../places';
import type { Report } from '../../report';
import {
  findDangling,
  isAnnotation,
  isWellFormed,
  readRelation,
  readSaying,
  readTextBound,
  type Line,
  type TextBound,
} from './lines';
import { templateOf, type Template } from './template';

/** The document of an `.ann` file and the `.txt` file beside it. */
export function* parseBrat(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const stem = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const article = file.sibling(`${stem}.txt`);
  if (!article) throw new FormatError('text-missing', { file: file.path }, { name: `${stem}.txt` });
  const name = nameOfFile(file.path, ['.ann']);
  const raw = article.text();
  yield new Reader(name, file.path, new TextIndex(raw), article.hasMark, report).read(file);
}

class Reader {
  private readonly ids = new IdMaker();
  private readonly places: Places;
  /** By brat's id. */
  private readonly entities = new Map<string, Entity>();
  private readonly relations = new Map<string, Relation>();
  /** The lines that are no text-bound annotations. */
  private readonly others: Line[] = [];
  /** All lines in their order, as ids or as they are. */
  private readonly order: string[] = [];

  constructor(
    private readonly name: string,
    private readonly path: string,
    private readonly index: TextIndex,
    hasMark: boolean,
    private readonly report: Report,
  ) {
    this.places = new Places(index, hasMark);
  }

  read(file: SourceFile): AnnotatedDocument {
    for (const line of this.joinSpilled(file)) {
      const bound = line.source.startsWith('T') ? readTextBound(line.source) : undefined;
      if (bound) this.addEntity(bound, line);
      else if (isAnnotation(line.source) && !line.source.startsWith('T')) {
        this.others.push(line);
        this.order.push(line.source);
      } else this.fault('line-malformed', line);
    }
    const left = this.addOthers();
    const template: Template | undefined = templateOf(this.order.filter((source) => !left.has(source)));
    return {
      name: this.name,
      index: this.index,
      entities: [...this.entities.values()].sort(compareEntities),
      relations: [...this.relations.values()],
      carried: template ? { brat: template } : {},
    };
  }

  /** Lines, each with those behind it that are the rest of its text: some programs leave line endings in it. */
  private *joinSpilled(file: SourceFile): Generator<Line> {
    let open: Line | undefined;
    let number = 0;
    let spilled = 0;
    for (const source of file.lines()) {
      number++;
      if (open && open.source.startsWith('T') && !isAnnotation(source) && isShort(open.source)) {
        open = { number: open.number, source: `${open.source}\n${source}` };
        spilled++;
        continue;
      }
      if (open && spilled > 0) this.note('changed', 'line-joined', open);
      if (open) yield open;
      spilled = 0;
      open = source.trim() === '' ? undefined : { number, source };
    }
    if (open && spilled > 0) this.note('changed', 'line-joined', open);
    if (open) yield open;
  }

  private addEntity(bound: TextBound, line: Line): void {
    if (this.entities.has(bound.id)) return this.fault('duplicate', line, { id: bound.id });
    this.order.push(bound.id);
    const place = this.places.find(bound);
    const { id: externalId, label } = bound;
    const id = this.ids.make(`brat ${this.name} ${externalId}`);
    const base = { id, label, externalId };
    const fragments = place ? joinLines(place.fragments, this.index) : [];
    const [first] = fragments;
    if (!place || !first) {
      this.note('changed', 'text-mismatch', line, { id: externalId, text: bound.text });
      const [{ start = 0, end = 0 } = {}] = bound.fragments;
      const { length } = this.index;
      const span = { start: Math.min(start, length), end: Math.min(end, length) };
      this.entities.set(externalId, { ...base, ...span, text: bound.text, broken: true });
      return;
    }
    if (place.isMoved) this.note('changed', 'span-moved', line, { id: externalId });
    if (fragments.length === 1) {
      const trimmed = this.trim(first, bound.text);
      if (trimmed) this.note('changed', 'span-trimmed', line, { id: externalId });
      const { start, end } = trimmed ?? first;
      const text = this.index.slice({ start, end });
      this.entities.set(externalId, { id, label, start, end, text, externalId });
      return;
    }
    const hull = { start: first.start, end: fragments.at(-1)!.end };
    const parts = fragments.map(({ start, end }) => [start, end] as const);
    this.entities.set(externalId, { ...base, ...hull, text: this.index.slice(hull), parts });
  }

  /** A span without the white space at its edges; `undefined` where there is none, or nothing else. */
  private trim(span: Span, text: string): Span | undefined {
    if (text.trim() === text || text.trim() === '') return undefined;
    const start = span.start + (text.length - text.trimStart().length);
    return { start, end: span.end - (text.length - text.trimEnd().length) };
  }

  /** @returns the lines that refer to nothing, which are left out */
  private addOthers(): ReadonlySet<string> {
    const sources = this.others.map(({ source }) => source);
    const dangling = findDangling(sources, (id) => this.entities.has(id));
    this.others.forEach((line, i) => {
      const id = dangling.get(i);
      if (id !== undefined) this.fault('reference-missing', line, { id });
      else if (isWellFormed(line.source)) this.addOther(line);
      else this.fault('line-malformed', line);
    });
    return new Set([...dangling.keys()].map((i) => sources[i]!));
  }

  private addOther({ source }: Line): void {
    const relation = readRelation(source);
    if (relation) {
      const { id: externalId, label } = relation;
      const [from, to] = [this.entities.get(relation.from), this.entities.get(relation.to)];
      if (from && to) {
        const id = this.ids.make(`brat ${this.name} ${externalId}`);
        this.relations.set(externalId, { id, label, from: from.id, to: to.id, externalId });
      }
      return;
    }
    const saying = readSaying(source);
    const entity = saying && this.entities.get(saying.of);
    if (!saying || !entity) return;
    this.entities.set(saying.of, withSaying(entity, saying));
  }

  private fault(code: 'line-malformed' | 'duplicate' | 'reference-missing', line: Line, values = {}): void {
    this.note('invalid', code, line, { ...values, source: line.source.slice(0, 200) });
  }

  private note(
    kind: 'changed' | 'invalid',
    code: Parameters<Report['add']>[0]['code'],
    { number }: Line,
    values = {},
  ) {
    this.report.add({ kind, code, document: this.name, file: this.path, line: number, column: 1, values });
  }
}

/** Whether the text of a line is shorter than its span: the rest of it is on the next line. */
function isShort(source: string): boolean {
  const bound = readTextBound(source);
  if (!bound) return false;
  const length = bound.fragments.reduce(
    (sum, { start, end }) => sum + end - start,
    bound.fragments.length - 1,
  );
  return bound.text.length < length;
}

/** brat cuts a mention where a line ends; that is no other mention. */
function joinLines(spans: readonly Span[], index: TextIndex): readonly Span[] {
  if (spans.length === 1) return spans;
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    const isNext =
      last && last.end < span.start && /^\n+$/.test(index.slice({ start: last.end, end: span.start }));
    if (isNext) joined[joined.length - 1] = { start: last.start, end: span.end };
    else joined.push(span);
  }
  return joined;
}

function withSaying(entity: Entity, saying: NonNullable<ReturnType<typeof readSaying>>): Entity {
  switch (saying.kind) {
    case 'attribute':
      return { ...entity, attributes: { ...entity.attributes, [saying.name]: saying.value } };
    case 'link':
      return entity.link === undefined ? { ...entity, link: saying.link } : entity;
    case 'note':
      return entity.note === undefined ? { ...entity, note: saying.note } : entity;
  }
}
