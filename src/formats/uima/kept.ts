import type { Plain } from '../../core/model/entity';
import { quickHash } from '../../core/text';
import { nameOfFeature, type Cas, type View } from './cas';
import { SOFA, type Structure } from './structure';
import { TypeSystem, type FeatureType, type Type } from './types';

/** What became of a structure in the model. */
export interface Role {
  /** `text`: it is the Sofa of the article's text. */
  readonly as: 'entity' | 'relation' | 'text';
  /** The id of the entity or relation. */
  readonly of?: string | undefined;
  /** The feature that is its label; none where it had no label. */
  readonly label?: string | undefined;
}

/** A structure of a CAS as it is kept: of an entity, only what the model does not hold. */
export interface KeptStructure extends Structure {
  readonly role?: Role | undefined;
}

/** What a CAS has that the model has not: it goes back as it came. */
export interface Kept extends Omit<Cas, 'structures'> {
  readonly structures: readonly KeptStructure[];
}

type PlainMap = { readonly [key: string]: Plain };

/**
 * What is kept as plain data, as compact as a reader can stand: types by numbers, and tokens (and whatever
 * else differs by its place only) as a run, `0+4 1+2`: how far behind the one before, and how long. Of the
 * types those that something needs.
 * @param raw the text that offsets are of: of another text, they would say nothing
 */
export function writeKept({ structures, types, views, frame }: Kept, raw: string): PlainMap {
  const names = [...new Set(structures.map(({ type }) => type))];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const items: Plain[] = [];
  for (let i = 0; i < structures.length;) {
    const first = structures[i]!;
    const end = endOfRun(structures, i);
    const { as, of, label } = first.role ?? {};
    items.push({
      id: first.id,
      type: numbers.get(first.type)!,
      ...(as !== undefined && { as }),
      ...(of !== undefined && { of }),
      ...(label !== undefined && { label }),
      ...(first.features.size > 0 && { features: Object.fromEntries(first.features) }),
      ...(end > i + 1 && { run: writeRun(structures.slice(i + 1, end), first) }),
    });
    i = end;
  }
  return {
    text: quickHash(raw),
    ...(Object.keys(frame).length > 0 && { frame }),
    types: types.closure(names).map(writeType),
    names,
    structures: items,
    views: views.map(({ name, sofa, members }) => [name, sofa, writeIds(members)]),
  };
}

/**
 * @returns `undefined` where nothing is kept; what is malformed is left out
 * @throws StaleError where it is of another text
 */
export function readKept(value: Plain | undefined, raw: string): Kept | undefined {
  if (!isMap(value)) return undefined;
  if (value.text !== quickHash(raw)) throw new StaleError();
  const names = listOf(value.names).filter((name) => typeof name === 'string');
  const structures: KeptStructure[] = [];
  const ids = new Set<number>();
  const add = (structure: KeptStructure) => {
    if (ids.has(structure.id)) return;
    ids.add(structure.id);
    structures.push(structure);
  };
  for (const item of listOf(value.structures)) {
    const type = isMap(item) ? names[Number(item.type)] : undefined;
    if (!isMap(item) || !isId(item.id) || type === undefined || !isTypeName(type)) continue;
    const { id, as, of, label, features, run } = item;
    const role = as === 'entity' || as === 'relation' || as === 'text' ? { as, of, label } : undefined;
    const own = Object.entries(isMap(features) ? features : {}).filter(([key]) => isFeatureKey(key));
    const structure = { id, type, features: new Map(own), role: role as Role | undefined };
    add(structure);
    if (typeof run === 'string') for (const next of readRun(run, structure)) add(next);
  }
  return {
    types: new TypeSystem(listOf(value.types).flatMap(readType)),
    structures,
    views: listOf(value.views).flatMap((view) => readView(view, ids)),
    frame: isMap(value.frame) ? value.frame : {},
  };
}

export class StaleError extends Error {}

/** What can be written as it is, whoever wrote the sidecar. */
const TYPE_NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*(?:\[\])?$/u;
const FEATURE_KEY = /^(?:[@^#]?[\p{L}_][\p{L}\p{N}_]*|%[A-Z_]+)$/u;

export function isTypeName(name: string): boolean {
  return TYPE_NAME.test(name);
}

/** Whether a key of a feature, with its mark, can be kept. */
export function isFeatureKey(key: string): boolean {
  return FEATURE_KEY.test(key);
}

export function isFeatureName(name: string): boolean {
  return FEATURE_KEY.test(name) && /^[\p{L}_]/u.test(name);
}

function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: Plain | undefined): readonly Plain[] {
  return Array.isArray(value) ? (value as readonly Plain[]) : [];
}

function isId(value: Plain | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Whether a structure differs from another by its place only, behind it, and is called next. */
function endOfRun(structures: readonly KeptStructure[], from: number): number {
  const first = structures[from]!;
  let end = from + 1;
  if (first.type === SOFA || first.role || placeOf(first) === undefined) return end;
  while (end < structures.length && follows(structures[end]!, structures[end - 1]!)) end++;
  // A short run saves nothing.
  return end - from > 2 ? end : from + 1;
}

function placeOf({ features }: Structure): readonly [start16: number, end16: number] | undefined {
  const [begin, end] = [features.get('begin'), features.get('end')];
  return typeof begin === 'number' && typeof end === 'number' ? [begin, end] : undefined;
}

function follows(next: KeptStructure, before: KeptStructure): boolean {
  const [place, last] = [placeOf(next), placeOf(before)];
  if (next.id !== before.id + 1 || next.type !== before.type || next.role || !place || !last) return false;
  if (place[0] < last[1] || place[1] < place[0] || next.features.size !== before.features.size) return false;
  return [...next.features].every(
    ([key, value]) => key === 'begin' || key === 'end' || value === before.features.get(key),
  );
}

function writeRun(structures: readonly Structure[], first: Structure): string {
  let last16 = placeOf(first)![1];
  return structures
    .map((structure) => {
      const [start16, end16] = placeOf(structure)!;
      const written = `${start16 - last16}+${end16 - start16}`;
      last16 = end16;
      return written;
    })
    .join(' ');
}

function* readRun(run: string, first: KeptStructure): Generator<KeptStructure> {
  let { id } = first;
  let last16 = placeOf(first)?.[1] ?? 0;
  for (const [, gap, length] of run.matchAll(/(\d{1,9})\+(\d{1,9})/g)) {
    const begin = last16 + Number(gap);
    last16 = begin + Number(length);
    const features = new Map(first.features).set('begin', begin).set('end', last16);
    yield { id: ++id, type: first.type, features };
  }
}

/** `2-15 17`: ids that follow each other are a range. */
function writeIds(ids: readonly number[]): string {
  const pieces: string[] = [];
  for (let i = 0; i < ids.length;) {
    let end = i + 1;
    while (end < ids.length && ids[end] === ids[end - 1]! + 1) end++;
    pieces.push(end > i + 1 ? `${ids[i]}-${ids[end - 1]}` : `${ids[i]}`);
    i = end;
  }
  return pieces.join(' ');
}

function readView(value: Plain, known: ReadonlySet<number>): View[] {
  const [name, sofa, ids] = listOf(value);
  if (typeof name !== 'string' || typeof sofa !== 'number' || typeof ids !== 'string') return [];
  const members: number[] = [];
  for (const [, from, to = from] of ids.matchAll(/(\d{1,15})(?:-(\d{1,15}))?/g)) {
    const [first, last] = [Number(from), Number(to)];
    // A range that is longer than all that is there is none of ours.
    if (last - first >= known.size) continue;
    for (let id = first; id <= last; id++) if (known.has(id)) members.push(id);
  }
  return [{ name, sofa, members }];
}

function writeType({ name, supertype, features, description, allowed }: Type): PlainMap {
  return {
    name,
    supertype,
    ...(description !== undefined && { description }),
    ...(allowed && { allowed }),
    ...(features.length > 0 && { features: features.map(writeFeature) }),
  };
}

/** A feature of texts, as most are, is its name. */
function writeFeature({ name, range, element, shared, description }: FeatureType): Plain {
  if (range === 'uima.cas.String' && description === undefined && shared === undefined) return name;
  return {
    name,
    range,
    ...(element !== undefined && { element }),
    ...(shared !== undefined && { shared }),
    ...(description !== undefined && { description }),
  };
}

function readType(value: Plain): Type[] {
  if (!isMap(value)) return [];
  const { name, supertype, features, description, allowed } = value;
  if (typeof name !== 'string' || typeof supertype !== 'string' || !isTypeName(name)) return [];
  return [
    {
      name,
      supertype,
      features: listOf(features).flatMap(readFeature),
      ...(typeof description === 'string' && { description }),
      ...(Array.isArray(allowed) && { allowed: allowed.map(String) }),
    },
  ];
}

function readFeature(value: Plain): FeatureType[] {
  if (typeof value === 'string')
    return isFeatureName(value) ? [{ name: value, range: 'uima.cas.String' }] : [];
  if (!isMap(value) || typeof value.name !== 'string' || typeof value.range !== 'string') return [];
  const { name, range, element, shared, description } = value;
  if (!isFeatureName(nameOfFeature(name))) return [];
  return [
    {
      name,
      range,
      ...(typeof element === 'string' && { element }),
      ...(typeof shared === 'boolean' && { shared }),
      ...(typeof description === 'string' && { description }),
    },
  ];
}
