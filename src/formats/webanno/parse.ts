import type { Plain } from '../../core/model/entity';
import type { Context, SourceFile } from '../shared/format';
import type { Note } from '../shared/report';
import { INITIAL_VIEW, SENTENCE, SOFA, TOKEN, type Structure } from '../uima/structure';
import type { ReadCas } from '../uima/read';
import { ANNOTATION, DKPRO_TYPES, STRING, TypeSystem, type FeatureType } from '../uima/types';
import { splitId, splitValue, unescapeText, unescapeValue } from './escape';
import { readLines, type TsvFile, type UnitLine } from './lines';
import { BEHIND, HEADER } from './comments';
import { writeLayer, type Layer } from './schema';
import { placeText, type PlacedText } from './text';

/** The CAS of a TSV file. @throws FormatError where it is no such file */
export function readTsv(file: SourceFile, context: Context): ReadCas {
  return new Reader(file.path, readLines(file, context), context).read();
}

const DEPENDENCY = 'de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency';

/** A structure while it is read. */
interface Open extends Structure {
  readonly features: Map<string, Plain>;
}

class Reader {
  private readonly text: PlacedText;
  private structures: Open[] = [];
  private nextId = 1;
  private readonly lines = new Map<number, number>();
  /** Of several tokens, or one of several on a token, by the number in brackets, alone (the first) and with its type. */
  private readonly numbered = new Map<string, Open>();
  /** The same by the ids of structures. */
  private readonly numbers: [id: number, number: number][] = [];
  /** By the id of the first token and the type: those without a number. */
  private readonly plain = new Map<string, Open>();
  private readonly tokens = new Map<string, Open>();
  /** The lines of annotations, by their ids. */
  private readonly units = new Map<number, UnitLine[]>();
  /** What can be done only when all are there. */
  private readonly later: (() => void)[] = [];

  constructor(
    private readonly path: string,
    private readonly tsv: TsvFile,
    private readonly context: Context,
  ) {
    this.text = placeText(tsv.sentences);
  }

  read(): ReadCas {
    const { layers, sentences, comments } = this.tsv;
    const { raw, starts16, moved, wrong } = this.text;
    this.add(SOFA, 1, [
      ['sofaNum', 1],
      ['sofaID', INITIAL_VIEW],
      ['mimeType', 'text'],
      ['sofaString', raw],
    ]);
    for (const { units } of moved) this.note('changed', 'span-moved', units[0]!.line);
    for (const { line, form } of wrong) this.note('changed', 'token-elsewhere', line, { text: form });
    const sentenceIds = sentences.map(({ id, text, units }, i) => {
      const place = this.place(starts16[i]!, starts16[i]! + text.length);
      return this.add(SENTENCE, units[0]?.line ?? 1, id === undefined ? place : [...place, ['id', id]]).id;
    });
    if (comments.length > 0) this.note('changed', 'comments-kept', 1, { count: String(comments.length) });
    const units = sentences.flatMap((sentence) => sentence.units);
    for (const unit of units) {
      if (unit.id.includes('.')) continue;
      if (this.tokens.has(unit.id)) this.note('invalid', 'duplicate', unit.line, { id: unit.id });
      this.tokens.set(unit.id, this.add(TOKEN, unit.line, this.placeOf(unit)));
    }
    for (const unit of units) this.readUnit(unit, layers);
    this.leaveOutCut();
    for (const act of this.later) act();
    const members = this.structures.filter(({ features }) => features.has('@sofa')).map(({ id }) => id);
    return {
      types: new TypeSystem([...DKPRO_TYPES, ...layers.map(typeOf)]),
      structures: this.structures,
      views: [{ name: INITIAL_VIEW, sofa: 1, members }],
      frame: {
        layers: layers.map(writeLayer),
        // WebAnno left out some.
        ...(this.numbers.some(([, number], i) => number !== i + 1) && { numbers: this.numbers }),
        ...(comments.length > 0 && {
          comments: comments.map(({ sentence, source }): [number, string] => [
            sentence === undefined ? HEADER : (sentenceIds[sentence] ?? BEHIND),
            source,
          ]),
        }),
      },
      placeOf: ({ id }) => ({ line: this.lines.get(id) ?? 1 }),
      lostText: ({ id }) => this.lostText(this.units.get(id) ?? []),
    };
  }

  /** What the lines of an annotation say its text is, where that is not at their place. */
  private lostText(units: readonly UnitLine[]): string | undefined {
    if (!units.some((unit) => this.text.wrong.has(unit))) return undefined;
    return units.map(({ form }) => unescapeText(form)).join(' ');
  }

  private add(type: string, line: number, features: Iterable<readonly [string, Plain]>): Open {
    const structure = { id: this.nextId++, type, features: new Map(features) };
    this.structures.push(structure);
    this.lines.set(structure.id, line);
    return structure;
  }

  private place(begin: number, end: number): [string, Plain][] {
    return [
      ['@sofa', 1],
      ['begin', begin],
      ['end', end],
    ];
  }

  private placeOf(unit: UnitLine): [string, Plain][] {
    const { start16, end16 } = this.text.placeOf(unit);
    return this.place(start16, end16);
  }

  private readUnit(unit: UnitLine, layers: readonly Layer[]): void {
    let at = 0;
    for (const layer of layers) {
      const fields = unit.fields.slice(at, (at += layer.columns.length));
      if (fields.every((field) => field === '_' || field === '')) continue;
      const stacks = fields.map((field) => splitValue(field, '|'));
      const height = Math.max(...stacks.map(({ length }) => length));
      for (let i = 0; i < height; i++) {
        const values = stacks.map((stack) => stack[i] ?? '*');
        if (layer.kind === 'SP') this.readSpan(unit, layer, values);
        else if (layer.kind === 'CH') this.readLink(unit, layer, values);
        else this.readRelation(unit, layer, values);
      }
    }
  }

  private readSpan(unit: UnitLine, layer: Layer, values: readonly string[]): void {
    const { type, columns } = layer;
    const ids = values.map((value, i) => (columns[i]!.kind === 'targets' ? undefined : splitId(value).id));
    const number = ids.find((id) => id !== undefined);
    const known = number === undefined ? undefined : this.numbered.get(`${type} ${number}`);
    if (known) {
      const isOther = columns.some(
        (column, i) => column.kind === 'value' && saysOther(known, column.feature, splitId(values[i]!).value),
      );
      if (isOther) return this.note('invalid', 'value-malformed', unit.line, { source: values.join(' ') });
      const { start16, end16 } = this.text.placeOf(unit);
      known.features.set('begin', Math.min(known.features.get('begin') as number, start16));
      known.features.set('end', Math.max(known.features.get('end') as number, end16));
      this.units.get(known.id)?.push(unit);
      return;
    }
    const span = this.add(type, unit.line, this.placeOf(unit));
    this.units.set(span.id, [unit]);
    if (number !== undefined) {
      this.numbered.set(`${type} ${number}`, span);
      if (!this.numbered.has(number)) this.numbered.set(number, span);
      this.numbers.push([span.id, Number(number)]);
    }
    this.plain.set(`${unit.id} ${type}`, span);
    columns.forEach((column, i) => {
      if (column.kind === 'value') setValue(span, column.feature, splitId(values[i]!).value);
      if (column.kind === 'roles')
        this.readSlot(unit, layer, span, column.feature, splitId(values[i]!).value, values[i + 1] ?? '_');
    });
  }

  /**
   * Leaves out what may go on in a line that was left out: of several tokens are those with a number, and the one
   * beside such a line would be a part of what a person has annotated.
   */
  private leaveOutCut(): void {
    const { malformed } = this.tsv;
    const cut = new Set<Open>();
    for (const structure of malformed.size > 0 ? this.numbered.values() : []) {
      const units = this.units.get(structure.id) ?? [];
      const [first, last] = [units[0], units.at(-1)];
      if (!first || !last || cut.has(structure)) continue;
      if (!malformed.has(first.line - 1) && !malformed.has(last.line + 1)) continue;
      cut.add(structure);
      const text = units.map(({ form }) => unescapeText(form)).join(' ');
      this.note('invalid', 'span-cut', first.line, { text });
    }
    if (cut.size === 0) return;
    this.structures = this.structures.filter((structure) => !cut.has(structure));
    for (const found of [this.numbered, this.plain])
      for (const [key, structure] of found) if (cut.has(structure)) found.delete(key);
  }

  private readSlot(
    unit: UnitLine,
    layer: Layer,
    host: Open,
    feature: string,
    roles: string,
    targets: string,
  ) {
    if (roles === '_' || roles === '*') return;
    const { link, target } = layer.slots.get(feature)!;
    const places = splitValue(targets, ';');
    const links = splitValue(roles, ';').map((role, i) => {
      const structure = this.add(link, unit.line, []);
      setValue(structure, 'role', role);
      this.later.push(() => {
        const { value, id } = splitId(places[i] ?? '*');
        const found = value === '*' || value === '_' ? undefined : this.find(value, target, id);
        if (found) structure.features.set('@target', found.id);
        else if (value !== '*' && value !== '_')
          this.note('invalid', 'reference-missing', unit.line, { id: places[i] ?? '' });
      });
      return structure.id;
    });
    host.features.set(`@${feature}`, links);
  }

  /** A link of a chain: its number is that of the chain and its own, and tells whether it goes on. */
  private readLink(unit: UnitLine, { type, columns }: Layer, values: readonly string[]): void {
    const [, relation = '*', chain, link] =
      values.map((value) => /^((?:\\.|[^\\])*)->(\d{1,9})-(\d{1,9})$/s.exec(value)).find(Boolean) ?? [];
    if (chain === undefined || link === undefined)
      return this.note('invalid', 'value-malformed', unit.line, { source: values.join(' ') });
    const key = `chain ${type} ${chain}-${link}`;
    const known = this.numbered.get(key);
    if (known) {
      known.features.set('end', this.text.placeOf(unit).end16);
      this.units.get(known.id)?.push(unit);
      return;
    }
    const structure = this.add(type, unit.line, this.placeOf(unit));
    this.units.set(structure.id, [unit]);
    this.numbered.set(key, structure);
    columns.forEach((column, i) => {
      if (column.kind !== 'value') return;
      const { feature } = column;
      setValue(structure, feature, feature === 'referenceRelation' ? relation : splitId(values[i]!).value);
    });
    structure.features.set('chain', Number(chain)).set('link', Number(link));
  }

  private readRelation(
    unit: UnitLine,
    { type, columns, base: said }: Layer,
    values: readonly string[],
  ): void {
    // Dependencies are between tokens, whatever the header says.
    const base = type === DEPENDENCY ? TOKEN : said;
    const at = columns.findIndex(({ kind }) => kind === 'source');
    const { value: from, id } = splitId(values[at] ?? '_');
    const [source, target] = id?.split('_') ?? [];
    this.later.push(() => {
      const [governor, dependent] = [this.find(from, base, source), this.find(unit.id, base, target)];
      if (!governor || !dependent)
        return this.note('invalid', 'reference-missing', unit.line, { id: governor ? unit.id : from });
      const { features } = dependent;
      const relation = this.add(type, unit.line, [
        ...this.place(features.get('begin') as number, features.get('end') as number),
        ['@Governor', governor.id],
        ['@Dependent', dependent.id],
      ]);
      columns.forEach((column, i) => {
        if (column.kind === 'value') setValue(relation, column.feature, splitId(values[i]!).value);
      });
    });
  }

  /** The annotation at a token: by its number, or the one of its type. */
  private find(unitId: string, type: string, number = '0'): Open | undefined {
    if (number !== '0') return this.numbered.get(`${type} ${number}`) ?? this.numbered.get(number);
    return type === TOKEN ? this.tokens.get(unitId) : this.plain.get(`${unitId} ${type}`);
  }

  private note(kind: 'changed' | 'invalid', code: Note['code'], line: number, values = {}): void {
    this.context.report.add({ kind, code, file: this.path, line, column: 1, values });
  }
}

/** Whether a further line of an annotation says something else of it. */
function saysOther({ features }: Open, feature: string, value: string): boolean {
  return value !== '*' && value !== '_' && features.get(feature) !== unescapeValue(value);
}

function setValue({ features }: Open, feature: string, value: string): void {
  if (value !== '*' && value !== '_') features.set(feature, unescapeValue(value));
}

/** The type that a line of the header tells of; all values are texts. */
function typeOf({ kind, type, columns, slots }: Layer) {
  const features = columns.flatMap((column): FeatureType[] => {
    if (column.kind === 'value') return [{ name: column.feature, range: STRING }];
    return column.kind === 'roles'
      ? [{ name: column.feature, range: `${slots.get(column.feature)!.link}[]` }]
      : [];
  });
  const ends = kind === 'RL' ? ['Governor', 'Dependent'].map((name) => ({ name, range: ANNOTATION })) : [];
  return { name: type, supertype: ANNOTATION, features: [...features, ...ends] };
}
