import { compareEntities, type Entity, type Plain } from '../../core/model/entity';
import { TextIndex, type Span } from '../../core/text';
import { IdMaker, type AnnotatedDocument, type Relation } from '../shared/document';
import { FormatError, type Context, type Format, type SourceFile } from '../shared/format';
import { DocumentNames, nameOfFile } from '../shared/document-names';
import { saidOffsets, type Note } from '../shared/report';
import { nameOfFeature, referenceOf, textOfFeature, valueOf, type Cas } from './cas';
import { EXPECTED, isOfForm, isPlace } from './contents';
import { INITIAL_VIEW, META_DATA, SOFA, type Structure } from './structure';
import { writeKept, type KeptStructure, type Role } from './kept';
import { Layers } from './layers';
import { textBeside } from './text-beside';

/** A CAS that was read, with the places of its structures in the file. */
export interface ReadCas extends Cas {
  /** The place of a structure, from 1. */
  readonly placeOf: (structure: Structure) => { readonly line?: number; readonly column?: number };
  /** The text of an annotation, where the file says that it is another one than at its place. */
  readonly lostText?: (structure: Structure) => string | undefined;
}

/**
 * The document of a CAS. Its text is in it, or in a file beside it that it names (`sofaURI`).
 * @throws FormatError where it has no text
 */
export function toDocument(
  cas: ReadCas,
  file: SourceFile,
  format: Pick<Format, 'id' | 'title' | 'options' | 'extensions'>,
  context: Context,
): AnnotatedDocument {
  const sofaWith = (feature: string) => {
    const sofas = cas.structures.filter(
      (one) => one.type === SOFA && textOfFeature(one, feature) !== undefined,
    );
    return sofas.find((one) => valueOf(one, 'sofaID') === INITIAL_VIEW) ?? sofas[0];
  };
  const sofa = sofaWith('sofaString') ?? sofaWith('sofaURI');
  if (!sofa) throw new FormatError('text-not-within', { file: file.path }, { format: format.title });
  const text = textOfFeature(sofa, 'sofaString') ?? textBeside(textOfFeature(sofa, 'sofaURI')!, file);
  const layers = new Layers(format, context);
  const name = nameOf(cas, file, format, layers, context);
  return new Reader(cas, sofa, text, layers, { name, path: file.path, format: format.id }, context).read();
}

function nameOf(
  { structures }: Cas,
  file: SourceFile,
  { extensions }: Pick<Format, 'extensions'>,
  { namesByTitle }: Layers,
  { report }: Context,
): string {
  const data = structures.find(({ type }) => type === META_DATA);
  const said = data && (textOfFeature(data, 'documentTitle') || textOfFeature(data, 'documentId'));
  if (!namesByTitle || !said) return nameOfFile(file.path, extensions);
  return DocumentNames.of(report).take(said.replace(/\.txt$/i, ''));
}

interface About {
  readonly name: string;
  readonly path: string;
  readonly format: string;
}

class Reader {
  private readonly ids = new IdMaker();
  private readonly index: TextIndex;
  /** By the ids of their structures. */
  private readonly entities = new Map<number, Entity>();
  private readonly relations: Relation[] = [];
  private readonly roles = new Map<number, Role>();
  /** Of those that a note was about. */
  private readonly told = new Set<number>();

  constructor(
    private readonly cas: ReadCas,
    private readonly sofa: Structure,
    private readonly raw: string,
    private readonly layers: Layers,
    private readonly about: About,
    private readonly context: Context,
  ) {
    this.index = new TextIndex(raw);
    this.roles.set(sofa.id, { as: 'text' });
  }

  read(): AnnotatedDocument {
    const { structures, types } = this.cas;
    const arcs: Structure[] = [];
    for (const structure of structures) {
      if (
        referenceOf(structure, 'Governor') !== undefined &&
        referenceOf(structure, 'Dependent') !== undefined
      )
        arcs.push(structure);
      else if (this.layers.isEntity(structure.type, types) && this.isOfText(structure))
        this.addEntity(structure);
    }
    for (const arc of arcs) this.addRelation(arc);
    this.tellKept();
    const { views, frame } = this.cas;
    const kept = structures.map((structure) => this.keep(structure));
    const isFrameForm =
      frame.sections === undefined && frame.ofViews === undefined && frame.comments === undefined;
    return {
      name: this.about.name,
      index: this.index,
      entities: [...this.entities.values()].sort(compareEntities),
      relations: this.relations,
      carried: {
        [this.about.format]: {
          ...(isFrameForm && kept.every((structure) => this.isFormOnly(structure)) && { form: true }),
          ...writeKept({ structures: kept, types, views, frame }, this.raw),
        },
      },
    };
  }

  /** Whether a structure is an annotation of the article's text, and not of another view's. */
  private isOfText(structure: Structure): boolean {
    const sofa = referenceOf(structure, 'sofa');
    return (sofa === undefined || sofa === this.sofa.id) && valueOf(structure, 'begin') !== undefined;
  }

  private addEntity(structure: Structure): void {
    const place = this.lostPlace(structure) ?? this.spanOf(structure);
    if (!place) return;
    const { label, feature } = this.layers.labelOf(structure, this.cas.types);
    const id = this.ids.make(`${this.about.format} ${this.about.name} ${structure.id}`);
    const identifier = feature === 'identifier' ? undefined : textOfFeature(structure, 'identifier');
    const link = identifier !== undefined && isLink(identifier) ? identifier : undefined;
    const attributes = this.attributesOf(structure, [feature, link === undefined ? undefined : 'identifier']);
    this.roles.set(structure.id, { as: 'entity', of: id, label: feature });
    this.entities.set(structure.id, {
      id,
      label,
      text: this.index.slice(place),
      ...place,
      ...(link !== undefined && { link }),
      externalId: String(structure.id),
      ...(attributes && { attributes }),
    });
  }

  /** Of an annotation whose text is not where it is: a person has to place it. */
  private lostPlace(structure: Structure): (Span & Pick<Entity, 'text' | 'broken'>) | undefined {
    const text = this.cas.lostText?.(structure);
    if (text === undefined) return undefined;
    this.note('changed', 'text-mismatch', structure, { text });
    const [start, end] = ['begin', 'end'].map((name) =>
      this.index.toCodePoint(Number(valueOf(structure, name))),
    );
    return { start: start!, end: end!, text, broken: true };
  }

  private spanOf(structure: Structure): Span | undefined {
    const [begin, end] = [valueOf(structure, 'begin'), valueOf(structure, 'end')];
    if (!isOffset(begin) || !isOffset(end)) {
      this.note('invalid', 'value-malformed', structure, { source: JSON.stringify([begin, end]) });
      return undefined;
    }
    const [start, last] = [this.index.toCodePoint(begin), this.index.toCodePoint(end)];
    // What ends within a character takes in all of it.
    const isWhole = begin === end || this.index.toUtf16(last) >= end;
    const span = { start, end: isWhole ? last : last + 1 };
    if (begin > end || end > this.raw.length)
      this.note('invalid', 'span-outside', structure, saidOffsets({ start: begin, end }));
    else if (span.start === span.end) this.note('changed', 'empty-span', structure);
    else {
      const isExact = this.index.toUtf16(span.start) === begin && this.index.toUtf16(span.end) === end;
      if (!isExact) this.note('changed', 'off-character', structure);
      return span;
    }
    return undefined;
  }

  private addRelation(arc: Structure): void {
    const from = this.entities.get(referenceOf(arc, 'Governor')!);
    const to = this.entities.get(referenceOf(arc, 'Dependent')!);
    if (!from || !to) return;
    const { label, feature } = this.layers.labelOf(arc, this.cas.types);
    const id = this.ids.make(`${this.about.format} ${this.about.name} ${arc.id}`);
    const attributes = this.attributesOf(arc, [feature]);
    this.roles.set(arc.id, { as: 'relation', of: id, label: feature });
    const more = { externalId: String(arc.id), ...(attributes && { attributes }) };
    this.relations.push({ id, label, from: from.id, to: to.id, ...more });
  }

  /** The features that are texts, numbers or truth values, apart from those that the model has a place for. */
  private attributesOf(structure: Structure, said: readonly (string | undefined)[]) {
    const own = [...structure.features].filter(
      ([key, value]) => isAttribute(key, value) && !said.includes(nameOfFeature(key)),
    );
    return own.length > 0 ? Object.fromEntries(own) : undefined;
  }

  private keep(structure: Structure): KeptStructure {
    const role = this.roles.get(structure.id);
    if (!role) return structure;
    const own = [...structure.features].filter(([key, value]) => {
      // A text that was beside the file is written into it.
      if (role.as === 'text') return key !== 'sofaString' && key !== 'sofaURI';
      if (isPlace(key) || ['Governor', 'Dependent'].includes(nameOfFeature(key))) return false;
      return !isAttribute(key, value);
    });
    return { ...structure, features: new Map(own), role };
  }

  /** Whether what is kept of a structure says no more than how the text was cut, or what the document is called. */
  private isFormOnly({ type, role, features }: KeptStructure): boolean {
    if (role) return role.as === 'text' || features.size === 0;
    return isOfForm(type, features.keys());
  }

  /** Tells of the annotations that are kept, and that nobody will see in the editor. */
  private tellKept(): void {
    const counts = new Map<string, { type: string; view: string; count: number }>();
    const views = new Map(this.cas.views.map(({ name, sofa }) => [sofa, name]));
    for (const structure of this.cas.structures) {
      const { id, type } = structure;
      if (
        this.roles.has(id) ||
        this.told.has(id) ||
        EXPECTED.has(type) ||
        valueOf(structure, 'begin') === undefined
      )
        continue;
      const sofa = referenceOf(structure, 'sofa') ?? this.sofa.id;
      const key = `${type} ${sofa}`;
      const view = sofa === this.sofa.id ? '' : (views.get(sofa) ?? String(sofa));
      const group = counts.get(key) ?? { type, view, count: 0 };
      counts.set(key, group);
      group.count++;
    }
    const { name: document, path: file } = this.about;
    for (const { type, view, count } of counts.values()) {
      const values = { type, count: String(count), ...(view !== '' && { view }) };
      const code = view === '' ? 'layer-kept' : 'view-kept';
      this.context.report.add({ kind: 'changed', code, document, file, values });
    }
  }

  private note(kind: 'changed' | 'invalid', code: Note['code'], structure: Structure, values = {}): void {
    this.told.add(structure.id);
    const { line, column } = this.cas.placeOf(structure);
    const { name: document, path: file } = this.about;
    const { label } = this.layers.labelOf(structure, this.cas.types);
    this.context.report.add({ kind, code, document, file, line, column, label, values });
  }
}

function isOffset(value: Plain | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isLink(text: string): boolean {
  return /^[^\s:]+:\S+$/.test(text);
}

/** Whether a feature of an entity is what the model calls an attribute. */
function isAttribute(key: string, value: Plain): boolean {
  const isPlaced = key === 'begin' || key === 'end';
  return /^[\p{L}_]/u.test(key) && !isPlaced && (typeof value !== 'object' || value === null);
}
