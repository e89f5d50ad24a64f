import type { Entity, Plain } from '../../../entity';
import type { Span, TextIndex } from '../../../text';
import type { AnnotatedDocument, Relation } from '../../document';
import type { Format, Serializer, WriteContext } from '../../format';
import { fit } from '../../limits';
import { offsetsOf, type Offsets } from '../../offsets';
import type { Report } from '../../report';
import { attributeValue } from './config';
import { findDangling, idOf, readRelation, readSaying } from './lines';
import { expand, numberOf } from './template';
import { CleanNames } from '../../clean-names';
import { typeName } from './type-names';

/** Writes each document as an `.ann` file beside its text. */
export function serializeBrat(
  format: Pick<Format, 'id' | 'limits'>,
  { report, labels }: WriteContext,
): Serializer {
  const names: Names = {
    labels: new CleanNames(
      report,
      typeName,
      labels.map(({ name }) => name),
    ),
    relations: new CleanNames(report, typeName),
    attributes: new CleanNames(report, typeName, [], 'attribute-name'),
  };
  return {
    document(document) {
      const { entities, relations } = fit(document, format, report);
      const content = new Writer(document, entities, relations, names, report).write();
      return [
        { path: `${document.name}.txt`, content: document.index.raw },
        { path: `${document.name}.ann`, content },
      ];
    },
    end: () => [],
  };
}

/** What types are called, by what they are called here. */
interface Names {
  readonly labels: CleanNames;
  readonly relations: CleanNames;
  readonly attributes: CleanNames;
}

class Writer {
  private readonly offsets: Offsets;
  /** brat's ids by ours. */
  private readonly ids = new Map<string, string>();
  private readonly entities = new Map<string, Entity>();
  private readonly relations = new Map<string, Relation>();
  /** The highest number in use, by the first letter of ids. */
  private readonly last = new Map<string, number>();
  private readonly lines: string[] = [];
  /** What the template has said already: `A T1 Negation`. */
  private readonly said = new Set<string>();
  private readonly template: readonly string[];
  private readonly templateIds: ReadonlySet<string>;

  constructor(
    private readonly document: AnnotatedDocument,
    entities: readonly Entity[],
    relations: readonly Relation[],
    private readonly names: Names,
    private readonly report: Report,
  ) {
    this.template = expand(document.carried.brat);
    this.templateIds = new Set(this.template.map((line) => (line.includes('\t') ? idOf(line) : line)));
    for (const line of this.template) {
      const [, prefix, number] = /^(.)(\d{1,9})(?:\t|$)/.exec(line) ?? [];
      if (prefix !== undefined) this.last.set(prefix, Math.max(this.last.get(prefix) ?? 0, Number(number)));
    }
    this.offsets = offsetsOf(document.index, 'python');
    this.name('T', entities, this.entities);
    this.name('R', relations, this.relations);
  }

  write(): string {
    const written = new Set<string>();
    const lines = this.template.filter((line) => !line.includes('\t') || !this.isPast(line, written));
    const left = this.leaveOut(lines.filter((line) => line.includes('\t')));
    for (const line of lines) {
      const entity = this.entities.get(line);
      if (entity) {
        this.lines.push(this.textBound(line, entity));
        written.add(line);
      } else if (line.includes('\t') && !left.has(line)) this.lines.push(line);
    }
    for (const [id, entity] of this.inOrder())
      if (!written.has(id)) this.lines.push(this.textBound(id, entity));
    for (const [id, { label, from, to }] of this.relations)
      if (!written.has(id))
        this.lines.push(
          `${id}\t${this.names.relations.of(label)} Arg1:${this.ids.get(from)} Arg2:${this.ids.get(to)}`,
        );
    for (const [id, entity] of this.inOrder()) this.saySayings(id, entity);
    return this.lines.map((line) => line + '\n').join('');
  }

  /**
   * Gives each a number: its own, where it has one that no other has, else the next one. None that the template
   * has, as lines of that may refer to what is gone.
   */
  private name<T extends Entity | Relation>(
    prefix: string,
    items: readonly T[],
    named: Map<string, T>,
  ): void {
    const usual = new RegExp(`^${prefix}[1-9]\\d{0,8}$`);
    const isOwn = (id: string) => usual.test(id) || (/^[TR]\S+$/.test(id) && this.templateIds.has(id));
    for (const item of items) {
      const own = item.externalId;
      if (!own?.startsWith(prefix) || !isOwn(own) || named.has(own)) continue;
      named.set(own, item);
      this.ids.set(item.id, own);
      this.last.set(prefix, Math.max(this.last.get(prefix) ?? 0, Number(own.slice(1)) || 0));
    }
    for (const item of items) {
      if (this.ids.has(item.id)) continue;
      const id = this.next(prefix);
      named.set(id, item);
      this.ids.set(item.id, id);
    }
  }

  private inOrder(): readonly (readonly [string, Entity])[] {
    return [...this.entities].sort(([a], [b]) => numberOf(a) - numberOf(b));
  }

  private textBound(id: string, entity: Entity): string {
    const fragments = fragmentsOf(entity, this.document.index);
    const places = fragments.map(
      ({ start, end }) => `${this.offsets.fromCodePoint(start)} ${this.offsets.fromCodePoint(end)}`,
    );
    const text = fragments.map((span) => this.document.index.slice(span)).join(' ');
    return `${id}\t${this.names.labels.of(entity.label)} ${places.join(';')}\t${text}`;
  }

  /** Whether a line of the template says what the model knows, and that has since been changed. */
  private isPast(line: string, written: Set<string>): boolean {
    const relation = readRelation(line);
    if (relation?.from.startsWith('T') && relation.to.startsWith('T')) {
      const now = this.relations.get(relation.id);
      const isSame =
        now !== undefined &&
        this.names.relations.of(now.label) === relation.label &&
        this.ids.get(now.from) === relation.from &&
        this.ids.get(now.to) === relation.to;
      if (isSame) written.add(relation.id);
      return !isSame;
    }
    const saying = readSaying(line);
    if (!saying?.of.startsWith('T')) return false;
    const key = saying.kind === 'attribute' ? `A ${saying.of} ${saying.name}` : `${saying.kind} ${saying.of}`;
    const entity = this.entities.get(saying.of);
    const isSame =
      saying.kind === 'attribute'
        ? entity?.attributes?.[saying.name] === saying.value
        : saying.kind === 'link'
          ? entity?.link === saying.link
          : entity?.note === saying.note;
    // A further link or note of the same entity is none that the model knows.
    const isKnown = saying.kind === 'attribute' || !this.said.has(key);
    if (isSame || !entity) this.said.add(key);
    return isKnown && !isSame;
  }

  /** Those lines that refer to what is gone would make no valid file: they are left out, and told. */
  private leaveOut(lines: readonly string[]): ReadonlySet<string> {
    const dangling = findDangling(lines, (id) => this.entities.has(id) || this.relations.has(id));
    const left = new Set<string>();
    for (const [i, id] of [...dangling].sort(([a], [b]) => a - b)) {
      const source = lines[i]!;
      left.add(source);
      const values = { id, source: source.slice(0, 200) };
      this.report.add({ kind: 'lost', code: 'carried-line', document: this.document.name, values });
    }
    return left;
  }

  private saySayings(id: string, { attributes = {}, link, note }: Entity): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (this.said.has(`A ${id} ${name}`) || value === false || value === null) continue;
      const said = value === true ? '' : ` ${oneWord(value)}`;
      this.lines.push(`${this.next('A')}\t${this.names.attributes.of(name)} ${id}${said}`);
    }
    if (link !== undefined && !this.said.has(`link ${id}`))
      this.lines.push(`${this.next('N')}\tReference ${id} ${linkOf(link)}\t${link}`);
    if (note !== undefined && !this.said.has(`note ${id}`))
      this.lines.push(`${this.next('#')}\tAnnotatorNotes ${id}\t${note.replace(/\s+/g, ' ')}`);
  }

  private next(prefix: string): string {
    const number = (this.last.get(prefix) ?? 0) + 1;
    this.last.set(prefix, number);
    return prefix + number;
  }
}

/** The pieces of an entity on lines of their own, as brat cuts them. */
function fragmentsOf(entity: Entity, index: TextIndex): readonly Span[] {
  const parts = entity.parts?.map(([start, end]) => ({ start, end })) ?? [entity];
  if (!entity.text.includes('\n')) return parts;
  return parts.flatMap((part) => {
    const pieces: Span[] = [];
    let start = part.start;
    const text = Array.from(index.slice(part));
    text.forEach((char, i) => {
      if (char !== '\n') return;
      if (part.start + i > start) pieces.push({ start, end: part.start + i });
      start = part.start + i + 1;
    });
    if (start < part.end) pieces.push({ start, end: part.end });
    return pieces;
  });
}

function oneWord(value: Plain): string {
  return attributeValue(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A link as brat writes it, `resource:id`. */
function linkOf(link: string): string {
  return (link.includes(':') ? link : `link:${link}`).replace(/\s/g, '_');
}
