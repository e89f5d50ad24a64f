import { compareEntities, type Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import { IdMaker, type AnnotatedDocument, type Relation } from '../shared/document';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import { nameOfFile } from '../shared/document-names';
import { offsetsOf, type Offsets } from '../shared/offsets';
import { MentionPlaces } from '../shared/mention-places';
import type { Report } from '../shared/report';
import {
  findDangling,
  isAnnotation,
  isPlainRelation,
  isWellFormed,
  readEvent,
  readRelation,
  readSaying,
  readTextBound,
  type Line,
  type Saying,
  type TextBound,
} from './lines';
import { locate, textBoundLine, type Located } from './mention';
import { isRun, layoutOf, templateOf } from './template';

/** The document of an `.ann` file and the `.txt` file beside it. */
export function* parseBrat(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const stem = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const article = file.sibling(`${stem}.txt`);
  if (!article) throw new FormatError('text-missing', { file: file.path }, { name: `${stem}.txt` });
  const name = nameOfFile(file.path, ['.ann']);
  const raw = article.text();
  yield new Reader(name, file.path, new TextIndex(raw), article.hasMark, report).read(file);
}

/** A line of the file that is kept. */
interface Kept {
  readonly line: Line;
  /** The id of a text-bound annotation whose line is what would be written. */
  id?: string;
}

class Reader {
  private readonly ids = new IdMaker();
  /** What the content of each id begins with. */
  private readonly prefix: string;
  private readonly places: MentionPlaces;
  /** By brat's id. */
  private readonly entities = new Map<string, Entity>();
  private readonly relations = new Map<string, Relation>();
  /** The lines that are no text-bound annotations. */
  private readonly others: Line[] = [];
  /** All lines in their order. */
  private readonly order: Kept[] = [];
  /** Text-bound annotations whose lines are to be known as they were. */
  private readonly verbatim = new Set<string>();
  /** Whether there is what the model has no place for. */
  private hasMore = false;
  /** Offsets that count the mark of the text, and how many are right so, and how many otherwise. */
  private readonly marked: Offsets | undefined;
  private readonly right = { marked: 0, unmarked: 0 };

  constructor(
    private readonly name: string,
    private readonly path: string,
    private readonly index: TextIndex,
    hasMark: boolean,
    private readonly report: Report,
  ) {
    this.places = new MentionPlaces(index, hasMark);
    this.prefix = `brat ${name} `;
    if (hasMark) this.marked = offsetsOf(index, 'python', true);
  }

  read(file: SourceFile): AnnotatedDocument {
    const layout = layoutOf(file.text());
    for (const line of this.joinSpilled(layout.lines)) {
      const { source, bound } = line;
      if (bound) this.addEntity(bound, line);
      else if (source.trim() === '') this.order.push({ line });
      else if (isAnnotation(source) && !source.startsWith('T')) {
        this.others.push(line);
        this.order.push({ line });
      } else this.fault('line-malformed', line);
    }
    const left = this.addOthers();
    const lines: string[] = [];
    for (const { line, id } of this.order) {
      if (left.has(line)) continue;
      // One that was joined is told, and written as one.
      const isKnown = id !== undefined && (!this.verbatim.has(id) || line.source.includes('\n'));
      lines.push((isKnown ? id : line.source) + line.end);
    }
    const template = templateOf(lines, layout, this.hasMore, {
      ...(file.hasMark && { mark: true }),
      ...(this.marked && { textMark: this.right.marked > this.right.unmarked ? 'counted' : 'uncounted' }),
    });
    return {
      name: this.name,
      index: this.index,
      entities: [...this.entities.values()].sort(compareEntities),
      relations: [...this.relations.values()],
      carried: template ? { brat: template } : {},
    };
  }

  /** Lines, each with those behind it that are the rest of its text: some programs leave line endings in it. */
  private *joinSpilled(sources: readonly string[]): Generator<ReadLine> {
    let open: ReadLine | undefined;
    /** Empty ones, which belong to the text only if more of it follows. */
    let empty: ReadLine[] = [];
    let isJoined = false;
    for (let i = 0; i <= sources.length; i++) {
      const raw = sources[i];
      const end = raw?.endsWith('\r') ? '\r' : '';
      const line = raw === undefined ? undefined : readLine(i + 1, end ? raw.slice(0, -1) : raw, end);
      const isOpen = line && open?.bound && isShort(open.bound) && !isAnnotation(line.source);
      if (open && isOpen) {
        if (line.source.trim() === '') {
          empty.push(line);
          continue;
        }
        const source = [open, ...empty, line].map((one) => one.source).join('\n');
        open = readLine(open.number, source, line.end);
        empty = [];
        isJoined = true;
        continue;
      }
      if (open && isJoined) this.note('changed', 'line-joined', open);
      if (open) yield open;
      if (empty.length > 0) yield* empty;
      [open, empty, isJoined] = [line, [], false];
    }
  }

  private addEntity(bound: TextBound, line: Line): void {
    const { id: externalId, label } = bound;
    if (this.entities.has(externalId)) return this.fault('duplicate', line, { id: externalId });
    const place = locate(bound, this.places, this.index);
    const isEmptySpan = bound.fragments.every(({ start, end }) => start === end);
    // A text that is missing, or has cells of its own, tells of no entity.
    const isRow = bound.text.trim() === '' ? isEmptySpan : !bound.text.includes('\t');
    if (!place && !isRow) return this.fault('line-malformed', line);
    this.order.push({ line, id: externalId });
    const id = this.ids.make(this.prefix + externalId);
    if (!place) {
      if (bound.text.trim() === '') this.note('changed', 'empty-span', line, { id: externalId }, label);
      else this.note('changed', 'text-mismatch', line, { id: externalId, text: bound.text });
      const [{ start = 0, end = 0 } = {}] = bound.fragments;
      const { length } = this.index;
      const span = { start: Math.min(start, length), end: Math.min(end, length) };
      this.entities.set(externalId, { id, label, ...span, text: bound.text, externalId, broken: true });
      return;
    }
    const { start, end, text, parts, isMoved, isTrimmed, isMerged } = place;
    if (isMoved) this.note('changed', 'span-moved', line, { id: externalId });
    if (isTrimmed) this.note('changed', 'span-trimmed', line, { id: externalId });
    if (isMerged) this.note('changed', 'parts-merged', line, { id: externalId, text });
    if (this.marked) {
      const isMarked = isMoved && this.marked.fromCodePoint(start) === bound.fragments[0]?.start;
      this.right[isMarked ? 'marked' : 'unmarked']++;
    }
    if (isRun(externalId) || (!isMoved && !isTrimmed && !this.isAsWritten(bound, place, line)))
      this.verbatim.add(externalId);
    const entity = { id, label, start, end, text, externalId };
    this.entities.set(externalId, parts ? { ...entity, parts } : entity);
  }

  /** Whether the line of a mention is the one that would be written. */
  private isAsWritten(bound: TextBound, place: Located, { source }: Line): boolean {
    const { raw, length } = this.index;
    // Mostly nothing can differ.
    if (bound.isPlain && raw.length === length && bound.text === place.text && !place.text.includes('\n'))
      return true;
    return textBoundLine(bound.id, bound.label, place, this.index, this.places.own) === source;
  }

  /** @returns the lines that are left out: they refer to nothing, or are there twice */
  private addOthers(): ReadonlySet<Line> {
    const sources = this.others.map(({ source }) => source);
    const dangling = findDangling(sources, (id) => this.entities.has(id));
    const left = new Set<Line>();
    const standing: Line[] = [];
    this.others.forEach((line, i) => {
      const id = dangling.get(i);
      if (id !== undefined) {
        this.fault('reference-missing', line, { id });
        left.add(line);
      } else if (!isWellFormed(line.source)) {
        this.fault('line-malformed', line);
        this.hasMore = true;
      } else if (line.source.startsWith('R') && !this.addRelation(line)) left.add(line);
      else standing.push(line);
    });
    for (const { source } of standing) {
      const saying = readSaying(source);
      const isModelled = saying ? this.addSaying(saying) : isPlainRelation(source);
      if (!isModelled) this.hasMore = true;
      const event = readEvent(source);
      // A trigger that is called otherwise was not renamed since.
      if (event && this.entities.get(event.trigger)?.label !== event.type) this.verbatim.add(event.trigger);
    }
    return left;
  }

  /** @returns whether it is the first of its id */
  private addRelation(line: Line): boolean {
    const relation = readRelation(line.source);
    const [from, to] = [relation?.from, relation?.to].map((id) => this.entities.get(id ?? ''));
    if (!relation || !from || !to) return true;
    const { id: externalId, label } = relation;
    if (this.relations.has(externalId)) {
      this.fault('duplicate', line, { id: externalId });
      return false;
    }
    const id = this.ids.make(this.prefix + externalId);
    this.relations.set(externalId, { id, label, from: from.id, to: to.id, externalId });
    return true;
  }

  /** @returns whether the model has it: of several that say the same of one, that is the first */
  private addSaying(saying: Saying): boolean {
    const { of } = saying;
    const entity = this.entities.get(of);
    const relation = this.relations.get(of);
    if (saying.kind === 'attribute') {
      const { name, value } = saying;
      const { attributes = {} } = entity ?? relation ?? {};
      if (Object.hasOwn(attributes, name) || !(entity ?? relation)) return false;
      const added = { attributes: { ...attributes, [name]: value } };
      if (entity) this.entities.set(of, { ...entity, ...added });
      else if (relation) this.relations.set(of, { ...relation, ...added });
      // Those of relations are not in all formats that have relations.
      return entity !== undefined;
    }
    if (!entity || entity[saying.kind] !== undefined) return false;
    const value = saying.kind === 'link' ? saying.link : saying.note;
    this.entities.set(of, { ...entity, [saying.kind]: value });
    // What the resource calls it has no place.
    return saying.kind === 'note' || saying.title === '' || saying.title === entity.text;
  }

  private fault(code: 'line-malformed' | 'duplicate' | 'reference-missing', line: Line, values = {}): void {
    this.note('invalid', code, line, { ...values, source: line.source.slice(0, 200) });
  }

  private note(
    kind: 'changed' | 'invalid',
    code: Parameters<Report['add']>[0]['code'],
    { number }: Line,
    values = {},
    label?: string,
  ) {
    const { name: document, path: file } = this;
    this.report.add({ kind, code, document, label, file, line: number, column: 1, values });
  }
}

/** A line, and the text-bound annotation that it is. */
interface ReadLine extends Line {
  readonly bound: TextBound | undefined;
}

function readLine(number: number, source: string, end: Line['end']): ReadLine {
  return { number, source, end, bound: source.startsWith('T') ? readTextBound(source) : undefined };
}

/** Whether the text of a line is shorter than its span: the rest of it is on the next line. */
function isShort({ fragments, text }: TextBound): boolean {
  let length = fragments.length - 1;
  for (const { start, end } of fragments) length += end - start;
  return text.length < length;
}
