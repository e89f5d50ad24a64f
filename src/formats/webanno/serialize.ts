import type { Plain } from '../../core/model/entity';
import type { AnnotatedDocument } from '../shared/document';
import type { WriteContext } from '../shared/format';
import { groupOf } from '../shared/groups';
import { about, type Note } from '../shared/report';
import { idsIn, nameOfFeature, referenceOf, valueOf, type Cas } from '../uima/cas';
import { META_DATA, NAMED_ENTITY, SENTENCE, SOFA, TOKEN, type Structure } from '../uima/structure';
import { commentsByPlace, HEADER, type CommentPlace } from './comments';
import { escapeText, escapeValue } from './escape';
import { ANY, inOrder, readLayer, writeLayer, type Column, type Layer } from './schema';
import { isUsualBeginning, isUsualGap } from './text';
import { Units, type Sentence, type Unit } from './units';

/** A CAS as a TSV file. */
export function writeTsv(cas: Cas, document: AnnotatedDocument, context: WriteContext): string {
  return new Writer(cas, document, context).write();
}

class Writer {
  private readonly raw: string;
  private readonly units: Units;
  private readonly layers: readonly Layer[];
  private readonly byType = new Map<string, Layer>();
  private readonly structures: ReadonlyMap<number, Structure>;
  /** The numbers in brackets. */
  private readonly numbers = new Map<number, number>();
  /** Relations by the unit that they lead to. */
  private readonly arcs = new Map<Unit, Structure[]>();

  constructor(
    private readonly cas: Cas,
    private readonly document: AnnotatedDocument,
    private readonly context: WriteContext,
  ) {
    this.raw = document.index.raw;
    this.structures = new Map(cas.structures.map((structure) => [structure.id, structure]));
    this.layers = this.layersOf();
    for (const layer of this.layers) this.byType.set(layer.type, layer);
    this.units = new Units(cas.structures);
    this.placeAll();
    this.giveNumbers();
    this.tellTexts();
  }

  /** All values are texts here, and of one line ending. */
  private tellTexts(): void {
    for (const { type, features } of this.cas.structures)
      for (const [name, value] of this.byType.has(type) ? features : []) {
        const isText = typeof value === 'string' && !value.includes('\r');
        if (isText || value === null || typeof value === 'object' || OWN.has(nameOfFeature(name))) continue;
        if (!name.startsWith('@')) this.note('changed', 'value-as-text', { name, value: String(value) });
      }
  }

  write(): string {
    if (this.units.sentences.length === 0 && this.raw !== '') this.note('lost', 'white-space');
    const comments = commentsByPlace(this.cas.frame.comments);
    const take = (place: CommentPlace) => {
      const found = comments.get(place) ?? [];
      comments.delete(place);
      return found;
    };
    const lines = ['#FORMAT=WebAnno TSV 3.3', ...this.layers.map(writeLayer), ...take(HEADER), ''];
    this.units.sentences.forEach((sentence, i) => {
      lines.push('', ...take(sentence.id));
      if (sentence.name) lines.push(`#Sentence.id=${escapeText(sentence.name)}`);
      for (const text of this.textOf(sentence, i).split('\n')) lines.push(`#Text=${escapeText(text)}`);
      for (const unit of this.units.unitsIn(sentence)) lines.push(this.unitLine(unit));
    });
    // Those of sentences without a token, too.
    if (comments.size > 0) lines.push('', ...[...comments.values()].flat());
    return lines.map((line) => line + '\n').join('');
  }

  /** The text of a sentence, with what follows it where a reader would put something else there. */
  private textOf({ start16, end16, tokens }: Sentence, i: number): string {
    const begin16 = tokens[0]!.start16;
    const next16 = this.units.sentences[i + 1]?.tokens[0]!.start16 ?? this.raw.length;
    const isLast = i + 1 === this.units.sentences.length;
    if (i === 0 && !isUsualBeginning(this.raw.slice(0, begin16))) this.note('changed', 'white-space');
    const ownEnd16 = Math.max(end16, start16, tokens.at(-1)!.end16);
    const gap = this.raw.slice(ownEnd16, next16);
    const isUsual = ownEnd16 <= next16 && (isLast ? gap === '' : isUsualGap(gap));
    const text = this.raw.slice(begin16, isUsual ? ownEnd16 : next16);
    return !isUsual && !isLast && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  private unitLine(unit: Unit): string {
    const values = this.layers.flatMap((layer) => {
      const own =
        layer.kind === 'RL'
          ? (this.arcs.get(unit) ?? []).filter(({ type }) => type === layer.type)
          : unit.annotations.filter(({ type }) => type === layer.type);
      const cells = layer.columns.map((column) =>
        own.length === 0 ? '_' : own.map((structure) => this.valueIn(structure, column, layer)).join('|'),
      );
      if (cells.some((cell) => cell !== '')) return cells;
      // Where all cells are empty, there is no annotation.
      const [first] = layer.columns;
      const fields = first && 'feature' in first ? first.feature : '';
      this.note('lost', 'field', { fields }, { label: layer.type });
      return ['*', ...cells.slice(1)];
    });
    const own = this.raw.slice(unit.start16, unit.end16);
    // INCEpTION escapes none; what would end a column or a line must be.
    // eslint-disable-next-line no-control-regex
    const form = /[\u0000-\u001f]/.test(own) ? escapeText(own) : own;
    return [unit.id, `${unit.start16}-${unit.end16}`, form, ...values, ''].join('\t');
  }

  private valueIn(structure: Structure, column: Column, { kind }: Layer): string {
    const number = this.numbers.get(structure.id);
    const suffix = number === undefined || kind === 'RL' ? '' : `[${number}]`;
    if (column.kind === 'none') return `*${suffix}`;
    if (column.kind === 'source') return this.sourceOf(structure);
    const value = valueOf(structure, column.feature);
    if (column.kind === 'roles' || column.kind === 'targets') {
      const links = idsIn(value).flatMap((id) => this.structures.get(id) ?? []);
      if (column.kind === 'targets')
        return links.length === 0 ? '*' : links.map((link) => this.targetOf(link)).join(';');
      const roles = links.map((link) => this.escaped(valueOf(link, 'role')));
      return `${roles.length === 0 ? '_' : roles.join(';')}${suffix}`;
    }
    if (kind !== 'CH') return this.escaped(value) + suffix;
    const [chain, link] = ['chain', 'link'].map((name) => JSON.stringify(valueOf(structure, name) ?? 0));
    const isRelation = column.feature === 'referenceRelation';
    return this.escaped(value) + (isRelation ? `->${chain}-${link}` : `[${chain}]`);
  }

  private escaped(value: Plain | undefined): string {
    if (value === undefined || value === null) return '*';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // Readers in Java end a line at a carriage return.
    return escapeValue(text.replace(/\r\n?/g, '\n'));
  }

  private sourceOf(structure: Structure): string {
    const [from, to] = [referenceOf(structure, 'Governor')!, referenceOf(structure, 'Dependent')!];
    const [a, b] = [this.numbers.get(from) ?? 0, this.numbers.get(to) ?? 0];
    return `${this.unitOf(from)!.id}${a === 0 && b === 0 ? '' : `[${a}_${b}]`}`;
  }

  private targetOf(link: Structure): string {
    const id = referenceOf(link, 'target');
    const unit = id === undefined ? undefined : this.unitOf(id);
    if (!unit) return '*';
    const number = this.numbers.get(id!);
    return unit.id + (number === undefined ? '' : `[${number}]`);
  }

  /** The unit that an annotation (or token) begins with. */
  private unitOf(id: number): Unit | undefined {
    const structure = this.structures.get(id);
    return structure && this.units.placeOf(structure)?.units[0];
  }

  /** Puts annotations on tokens; what is on none is told. */
  private placeAll(): void {
    const entities = new Map(
      this.document.entities.map((entity) => [`${entity.start} ${entity.end}`, entity]),
    );
    const { index } = this.document;
    const spans = this.cas.structures.filter(({ type }) => this.byType.get(type) && this.isSpan(type));
    const tokens = this.cas.structures.filter(({ type }) => type === TOKEN);
    this.units.place([...spans, ...tokens]);
    for (const span of spans) {
      const place = this.units.placeOf(span);
      if (place && !place.isTrimmed) continue;
      const [begin, end] = [Number(span.features.get('begin')), Number(span.features.get('end'))];
      const entity = entities.get(`${index.toCodePoint(begin)} ${index.toCodePoint(end)}`);
      const what = entity ? about(entity) : { label: span.type };
      if (place) this.note('changed', 'span-trimmed', {}, what);
      else this.note('lost', 'off-token', {}, what);
      if (!place && entity) this.context.report.entities--;
    }
    for (const arc of this.cas.structures) {
      if (this.byType.get(arc.type)?.kind !== 'RL') continue;
      const [from, to] = [referenceOf(arc, 'Governor'), referenceOf(arc, 'Dependent')];
      const unit = to === undefined ? undefined : this.unitOf(to);
      if (unit && from !== undefined && this.unitOf(from)) groupOf(this.arcs, unit).push(arc);
      else this.note('lost', 'relation-end-missing', {}, { label: arc.type });
    }
  }

  private isSpan(type: string): boolean {
    return this.byType.get(type)?.kind !== 'RL';
  }

  /** Numbers what is on several units, shares one with others of its type, or is not found by its type. */
  private giveNumbers(): void {
    const asked = new Set<number>();
    for (const structure of this.cas.structures) {
      const layer = this.byType.get(structure.type);
      const ends = ['Governor', 'Dependent'].flatMap((name) => referenceOf(structure, name) ?? []);
      if (layer?.kind === 'RL') for (const id of ends) if (this.isOfOtherType(id, layer.base)) asked.add(id);
      for (const [feature, { target }] of layer?.slots ?? [])
        for (const link of idsIn(valueOf(structure, feature))) {
          const id = this.structures.has(link)
            ? referenceOf(this.structures.get(link)!, 'target')
            : undefined;
          if (id !== undefined && this.isOfOtherType(id, target)) asked.add(id);
        }
    }
    const known = this.knownNumbers();
    let last = Math.max(0, ...known.values());
    for (const sentence of this.units.sentences)
      for (const { annotations } of this.units.unitsIn(sentence)) {
        const own = annotations.filter(({ type }) => this.byType.get(type)?.kind === 'SP');
        for (const { type, id } of own) {
          const isSeveral = this.units.placeOf({ id })!.units.length > 1;
          const isStacked = own.filter((other) => other.type === type).length > 1;
          const isNeeded = isSeveral || isStacked || asked.has(id) || known.has(id);
          if (isNeeded && !this.numbers.has(id)) this.numbers.set(id, known.get(id) ?? ++last);
        }
      }
  }

  /** The numbers that the file which was read had, where they are not those that would be given. */
  private knownNumbers(): ReadonlyMap<number, number> {
    const { numbers } = this.cas.frame;
    const isPair = (pair: Plain): pair is [number, number] =>
      Array.isArray(pair) &&
      pair.length === 2 &&
      pair.every((one) => Number.isSafeInteger(one) && Number(one) > 0);
    const pairs = (Array.isArray(numbers) ? (numbers as readonly Plain[]) : []).filter(isPair);
    // As each is to be one of its own, those of a sidecar that someone has edited may not do.
    return new Map(new Set(pairs.map(([, number]) => number)).size === pairs.length ? pairs : []);
  }

  private isOfOtherType(id: number, wanted: string): boolean {
    const type = this.structures.get(id)?.type;
    return type !== TOKEN && type !== wanted;
  }

  /** The layers of the file that was read, and those of what is new. */
  private layersOf(): readonly Layer[] {
    const kept = this.cas.frame.layers;
    const layers = new Map<string, Layer>();
    for (const line of Array.isArray(kept) ? (kept as readonly Plain[]) : []) {
      const layer = typeof line === 'string' ? readLayer(line) : undefined;
      if (layer) layers.set(layer.type, layer);
    }
    for (const structure of this.cas.structures) {
      const { type } = structure;
      const isArc = referenceOf(structure, 'Governor') !== undefined;
      if (NO_LAYERS.has(type) || (!layers.has(type) && valueOf(structure, 'begin') === undefined)) continue;
      const layer = layers.get(type) ?? this.newLayer(structure, isArc);
      const known = layer.columns.map((column) => ('feature' in column ? column.feature : ''));
      const missing = [...structure.features.keys()]
        .map(nameOfFeature)
        .filter((name) => !known.includes(name) && !OWN.has(name) && !this.isBase(layer, name));
      const columns = missing.map((feature): Column => ({ kind: 'value', feature }));
      layers.set(type, columns.length === 0 ? layer : withColumns(layer, columns));
    }
    return inOrder([...layers.values()]);
  }

  /** Whether a name of a feature would be read as what a relation is between. */
  private isBase({ kind, type }: Layer, name: string): boolean {
    const isBase = kind === 'RL' && name.startsWith('BT_');
    if (isBase) this.note('lost', 'field', { fields: name }, { label: type });
    return isBase;
  }

  private newLayer(structure: Structure, isArc: boolean): Layer {
    const { type } = structure;
    const base = isArc ? this.structures.get(referenceOf(structure, 'Dependent') ?? 0)?.type : undefined;
    const features = type === NAMED_ENTITY ? ['identifier', 'value'] : [];
    const values = features.map((feature): Column => ({ kind: 'value', feature }));
    const columns: Column[] = isArc ? [...values, { kind: 'source' }] : values;
    if (columns.length === 0) columns.push({ kind: 'none' });
    return { kind: isArc ? 'RL' : 'SP', type, columns, slots: new Map(), base: base ?? ANY };
  }

  private note(
    kind: 'changed' | 'lost',
    code: Note['code'],
    values: Record<string, string> = {},
    more: Partial<Note> = {},
  ): void {
    this.context.report.add({ kind, code, document: this.document.name, values, ...more });
  }
}

/** What is not a column, but the place of an annotation or of a link of a chain. */
const OWN = new Set(['sofa', 'begin', 'end', 'Governor', 'Dependent', 'chain', 'link']);
const NO_LAYERS = new Set([SOFA, TOKEN, SENTENCE, META_DATA]);

/** With more columns: before that of where a relation comes from, which is the last. */
function withColumns(layer: Layer, more: readonly Column[]): Layer {
  const values = layer.columns.filter(({ kind }) => kind !== 'none' && kind !== 'source');
  const source = layer.columns.filter(({ kind }) => kind === 'source');
  return { ...layer, columns: [...values, ...more, ...source] };
}
