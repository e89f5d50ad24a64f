import type { Entity } from '../../core/model/entity';
import { beginsWithMark } from '../../core/text';
import type { AnnotatedDocument, Relation } from '../shared/document';
import type { Format, Serializer, WriteContext, WrittenNames } from '../shared/format';
import { fit } from '../shared/limits';
import { offsetsOf, type Offsets } from '../shared/offsets';
import { MentionPlaces } from '../shared/mention-places';
import { about, type Report } from '../shared/report';
import {
  findDangling,
  idOf,
  readEvent,
  readModelRelation,
  readSaying,
  readTextBound,
  type RelationLine,
  type Saying,
  type TextBound,
} from './lines';
import { locate, textBoundLine } from './mention';
import { keyOf, oneLine, phraseOf, saidBy, topicsOf, valueIn, type Owner, type Topic } from './saying';
import { expand, joinLayout, numberOf, type Expanded } from './template';
import { namesOfTypes, seeTypes } from './type-names';

/** Writes each document as an `.ann` file beside its text. */
export function serializeBrat(
  format: Pick<Format, 'id' | 'limits'>,
  { report, labels }: WriteContext,
): Serializer {
  const names = namesOfTypes(
    report,
    labels.map(({ name }) => name),
  );
  return {
    document(document) {
      seeTypes(names, document);
      const { entities, relations } = fit(document, format, report);
      const template = expand(document.carried.brat);
      const { raw } = document.index;
      const mark = template.textMark !== undefined && !beginsWithMark(raw) ? MARK : '';
      const content = new Writer(document, template, entities, relations, names, report).write();
      return [
        { path: `${document.name}.txt`, content: mark + raw },
        { path: `${document.name}.ann`, content: (template.hasMark ? MARK : '') + content },
      ];
    },
    end: () => [],
    see: (document) => seeTypes(names, document),
    names,
  };
}

const MARK = '\ufeff';

class Writer {
  private readonly offsets: Offsets;
  /** brat's ids by ours. */
  private readonly ids = new Map<string, string>();
  private readonly entities = new Map<string, Entity>();
  private readonly relations = new Map<string, Relation>();
  /** The highest number in use, by the first letter of ids. */
  private readonly last = new Map<string, number>();
  /** The lines of the template, without the `\r` that may end one. */
  private readonly sources: readonly string[];
  private readonly templateIds: ReadonlySet<string>;
  /** The relations of the template that are relations of the model, or were. */
  private readonly modelRelations: ReadonlySet<string>;
  /** The text-bound annotations and relations that the template has. */
  private readonly written = new Set<string>();
  /** Text-bound annotations of which the template says that they are called as they were. */
  private readonly unrenamed = new Set<string>();
  /** The first that the template says of something, and whether that still is so. */
  private readonly said = new Map<string, { readonly value: string | true; readonly isSame: boolean }>();
  private places: MentionPlaces | undefined;

  constructor(
    private readonly document: AnnotatedDocument,
    private readonly template: Expanded,
    entities: readonly Entity[],
    relations: readonly Relation[],
    private readonly names: WrittenNames,
    private readonly report: Report,
  ) {
    this.sources = template.lines.map((line) => line.replace(/\r$/, ''));
    this.templateIds = new Set(this.sources.map(idOf));
    this.modelRelations = new Set(this.sources.flatMap((source) => readModelRelation(source)?.id ?? []));
    for (const id of this.templateIds) {
      const [, prefix, number] = /^(.)(\d{1,9})$/.exec(id) ?? [];
      if (prefix !== undefined) this.last.set(prefix, Math.max(this.last.get(prefix) ?? 0, Number(number)));
    }
    const { index } = document;
    const isMarkCounted = template.textMark === 'counted' && !beginsWithMark(index.raw);
    this.offsets = offsetsOf(index, 'python', isMarkCounted);
    this.name('T', entities, this.entities);
    this.name('R', relations, this.relations);
  }

  write(): string {
    const isBound = this.sources.map((source) => source.startsWith('T'));
    // Those first: what events are called depends on their triggers, which may come after them.
    const bounds = this.sources.map((source, i) => (isBound[i] ? this.boundNow(source) : undefined));
    const others = this.sources.map((source, i) => (isBound[i] ? undefined : this.otherNow(source)));
    this.leaveOut(others);
    const lines = this.template.lines.flatMap((line, i) => {
      const now = bounds[i] ?? others[i];
      return now === undefined ? [] : [line.endsWith('\r') ? `${now}\r` : now];
    });
    for (const [id, entity] of this.inOrder())
      if (!this.written.has(id)) lines.push(this.boundLine(id, entity));
    for (const [id, relation] of this.relations)
      if (!this.written.has(id)) lines.push(this.relationLine(id, relation));
    for (const [id, entity] of this.inOrder()) this.saySayings(id, entity, lines);
    for (const [id, relation] of this.relations) this.saySayings(id, relation, lines);
    return joinLayout({ ...this.template, lines });
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

  private next(prefix: string): string {
    const number = (this.last.get(prefix) ?? 0) + 1;
    this.last.set(prefix, number);
    return prefix + number;
  }

  private inOrder(): readonly (readonly [string, Entity])[] {
    return [...this.entities].sort(([a], [b]) => numberOf(a) - numberOf(b));
  }

  private boundLine(id: string, entity: Entity): string {
    return textBoundLine(id, this.names.labels.of(entity.label), entity, this.document.index, this.offsets);
  }

  private relationLine(
    id: string,
    { label, from, to }: Relation,
    [role1, role2]: RelationLine['roles'] = ['Arg1', 'Arg2'],
  ): string {
    const name = this.names.relations.of(label);
    return `${id}\t${name} ${role1}:${this.ids.get(from)} ${role2}:${this.ids.get(to)}`;
  }

  /** What is now of a text-bound annotation of the template: an id, or its line as it was. */
  private boundNow(source: string): string | undefined {
    const id = idOf(source);
    const entity = this.entities.get(id);
    if (!entity || this.written.has(id)) return undefined;
    this.written.add(id);
    if (id === source) return this.boundLine(id, entity);
    const bound = readTextBound(source);
    if (bound?.label !== this.names.labels.of(entity.label)) return this.boundLine(id, entity);
    this.unrenamed.add(id);
    return this.isAt(bound, entity) ? source : this.boundLine(id, entity);
  }

  /** Whether a line says the place of an entity. */
  private isAt(bound: TextBound, { start, end, parts }: Entity): boolean {
    const { index } = this.document;
    this.places ??= new MentionPlaces(index, false);
    const place = locate(bound, this.places, index);
    if (!place || place.isMoved || place.isTrimmed) return false;
    return place.start === start && place.end === end && String(place.parts) === String(parts);
  }

  /** What is now of any other line of the template; `undefined` where the model knows that it is past. */
  private otherNow(source: string): string | undefined {
    const relation = readModelRelation(source);
    if (relation) return this.relationNow(source, relation);
    const event = readEvent(source);
    if (event) {
      const trigger = this.entities.get(event.trigger);
      if (!trigger || this.unrenamed.has(event.trigger)) return source;
      return source.replace(`\t${event.type}:`, () => `\t${this.names.labels.of(trigger.label)}:`);
    }
    const saying = readSaying(source);
    return saying && this.isInModel(saying) ? this.sayingNow(source, saying) : source;
  }

  private relationNow(source: string, line: RelationLine): string | undefined {
    const now = this.relations.get(line.id);
    if (!now || this.written.has(line.id)) return undefined;
    this.written.add(line.id);
    const isSame =
      this.names.relations.of(now.label) === line.label &&
      this.ids.get(now.from) === line.from &&
      this.ids.get(now.to) === line.to;
    return isSame ? source : this.relationLine(line.id, now, line.roles);
  }

  /** Whether a line says what the model has, or had, a place for. */
  private isInModel({ kind, of }: Saying): boolean {
    return of.startsWith('T') || (kind === 'attribute' && this.modelRelations.has(of));
  }

  private sayingNow(source: string, saying: Saying): string | undefined {
    const { of } = saying;
    const key = keyOf(saying);
    const value = saidBy(saying);
    const first = this.said.get(key);
    // The model has the first of several. The others stay, but for one that says the same.
    if (first) return first.isSame || first.value !== value ? source : undefined;
    const owner = this.entities.get(of) ?? this.relations.get(of);
    const isSame = owner !== undefined && valueIn(owner, saying) === value;
    this.said.set(key, { value, isSame });
    if (isSame && saying.kind === 'attribute')
      return source.replace(`\t${saying.name} `, () => `\t${this.names.attributes.of(saying.name)} `);
    return isSame ? source : owner && this.sayingLine(of, owner, saying, source.slice(0, 1));
  }

  /** Those lines that refer to what is gone would make no valid file: they are left out, and told. */
  private leaveOut(lines: (string | undefined)[]): void {
    const places = lines.flatMap((line, i) => (line?.includes('\t') ? [i] : []));
    const sources = places.map((i) => lines[i]!);
    const dangling = findDangling(sources, (id) => this.entities.has(id) || this.relations.has(id));
    for (const [i, id] of [...dangling].sort(([a], [b]) => a - b)) {
      const source = sources[i]!;
      lines[places[i]!] = undefined;
      const values = { id, source: source.slice(0, 200) };
      this.report.add({ kind: 'lost', code: 'carried-line', document: this.document.name, values });
    }
  }

  /** Adds lines for what the template does not say of an entity or a relation. */
  private saySayings(id: string, owner: Owner, lines: string[]): void {
    for (const topic of topicsOf(owner)) {
      if (this.said.has(keyOf({ ...topic, of: id }))) continue;
      const line = this.sayingLine(id, owner, topic);
      if (line !== undefined) lines.push(line);
    }
  }

  /** The line that says something of an entity or a relation; `undefined` where there is nothing to say. */
  private sayingLine(
    id: string,
    owner: Owner,
    topic: Topic,
    prefix: string = PREFIXES[topic.kind],
  ): string | undefined {
    const value = valueIn(owner, topic);
    if (value === undefined) return undefined;
    const phrase = phraseOf(value, topic);
    const isNamed = topic.kind === 'attribute';
    const name = isNamed ? this.names.attributes.of(topic.name) : NAMES[topic.kind];
    // Of nothing, only a note may consist.
    if (value !== true && (value !== phrase || (isNamed && phrase === '')))
      this.tellChanged(owner, isNamed ? topic.name : topic.kind, phrase);
    const said = `${this.next(prefix)}\t${name} ${id}`;
    switch (topic.kind) {
      case 'attribute':
        return phrase === '' ? said : `${said} ${phrase}`;
      case 'link':
        return `${said} ${phrase}\t${oneLine(value as string)}`;
      case 'note':
        return `${said}\t${phrase}`;
    }
  }

  private tellChanged(owner: Owner, name: string, value: string): void {
    const place = 'start' in owner ? about(owner) : { label: owner.label };
    const { name: document } = this.document;
    this.report.add({ kind: 'changed', code: 'value-as-text', document, ...place, values: { name, value } });
  }
}

const PREFIXES = { attribute: 'A', link: 'N', note: '#' } as const;
const NAMES = { link: 'Reference', note: 'AnnotatorNotes' } as const;
