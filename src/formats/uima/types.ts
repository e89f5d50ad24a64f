import type { Plain } from '../../core/model/entity';
import { META_DATA, NAMED_ENTITY, RELATION, SENTENCE, TOKEN, type Structure } from './structure';

/** What a type may say of its structures. */
export interface FeatureType {
  readonly name: string;
  /** The type of its values: `uima.cas.String`, `uima.cas.FSArray`, `custom.Span`, `custom.Span[]`. */
  readonly range: string;
  /** Of the items of an array. */
  readonly element?: string | undefined;
  /** Whether several may refer to one array. */
  readonly shared?: boolean | undefined;
  readonly description?: string | undefined;
}

export interface Type {
  readonly name: string;
  readonly supertype: string;
  readonly features: readonly FeatureType[];
  readonly description?: string | undefined;
  /** Of a type of texts. */
  readonly allowed?: readonly string[] | undefined;
}

export const STRING = 'uima.cas.String';
export const TOP = 'uima.cas.TOP';
export const ANNOTATION = 'uima.tcas.Annotation';

const PRIMITIVES = new Set(
  ['String', 'Integer', 'Boolean', 'Float', 'Double', 'Byte', 'Short', 'Long'].map(
    (name) => `uima.cas.${name}`,
  ),
);
const PRIMITIVE_COLLECTION =
  /^uima\.cas\.(?:(?:String|Integer|Boolean|Float|Double|Byte|Short|Long)(?:Array|\[\])|(?:String|Integer|Float)List)$/;
/** No type has more ancestors; a circle of them has an end, then. */
const MOST_LEVELS = 100;

/** The types of a CAS, besides those that UIMA itself has. */
export class TypeSystem {
  private readonly types = new Map<string, Type>();

  constructor(types: Iterable<Type> = []) {
    for (const type of types) this.add(type);
  }

  get all(): Iterable<Type> {
    return this.types.values();
  }

  has(name: string): boolean {
    return this.types.has(name) || name.startsWith('uima.');
  }

  /**
   * Adds a type, or the features that one of its name lacks. Where both have a feature with other values, it is
   * one of texts.
   */
  add(type: Type): void {
    const old = this.types.get(type.name);
    if (!old) {
      this.types.set(type.name, type);
      return;
    }
    const features = new Map(old.features.map((feature) => [feature.name, feature]));
    for (const feature of type.features) {
      const there = features.get(feature.name);
      const areTexts = there && PRIMITIVES.has(there.range) && PRIMITIVES.has(feature.range);
      if (!there) features.set(feature.name, feature);
      else if (areTexts && there.range !== feature.range)
        features.set(feature.name, { ...there, range: STRING });
    }
    this.types.set(type.name, { ...old, features: [...features.values()] });
  }

  isKind(name: string, ancestor: string): boolean {
    return this.lineage(name).some((type) => type === ancestor);
  }

  /** A feature of a type or of what it is derived from. */
  feature(type: string, name: string): FeatureType | undefined {
    for (const ancestor of this.lineage(type)) {
      const found = this.types.get(ancestor)?.features.find((feature) => feature.name === name);
      if (found) return found;
    }
    return undefined;
  }

  /** The features of a type and of what it is derived from, its own first. */
  featuresOf(type: string): readonly FeatureType[] {
    return this.lineage(type).flatMap((ancestor) => this.types.get(ancestor)?.features ?? []);
  }

  /** Whether a value of a range is a text, number or truth value. */
  isPrimitive(range: string): boolean {
    return PRIMITIVES.has(range) || this.isKind(range, STRING);
  }

  /** Whether values of a range are references. */
  isReference(range: string): boolean {
    return !this.isPrimitive(range) && !PRIMITIVE_COLLECTION.test(range);
  }

  /** The types of these names, what they are derived from and what their features refer to, in this order. */
  closure(names: Iterable<string>): readonly Type[] {
    const found = new Set<string>();
    const open = [...names];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const type = this.types.get(name.replace(/\[\]$/, ''));
      if (!type || found.has(type.name)) continue;
      found.add(type.name);
      open.push(type.supertype, ...type.features.flatMap(({ range, element = '' }) => [range, element]));
    }
    return [...this.types.values()].filter(({ name }) => found.has(name));
  }

  /** Declares what a structure has and no type says. */
  declare({ type, features }: Structure): void {
    const base = type.replace(/\[\]$/, '');
    if (base.startsWith('uima.')) return;
    const known = DKPRO_TYPES.find(({ name }) => name === base);
    if (known && !this.types.has(base)) this.add(known);
    const missing = [...features].flatMap(([key, value]): FeatureType[] => {
      const name = key.replace(/^[@^#]/, '');
      if (INHERITED.has(name) || key.startsWith('%') || this.feature(base, name)) return [];
      return [{ name, range: rangeOf(key, value) }];
    });
    if (this.types.has(base) && missing.length === 0) return;
    const supertype = features.has('begin') || features.has('^begin') ? ANNOTATION : TOP;
    this.add({ name: base, supertype, features: missing });
  }

  private lineage(name: string): string[] {
    const names: string[] = [];
    for (let at: string | undefined = name; at && names.length < MOST_LEVELS;) {
      names.push(at);
      at = this.types.get(at)?.supertype;
    }
    return names;
  }
}

/** What annotations, and that of the whole document, have without a declaration. */
const INHERITED = new Set(['sofa', 'begin', 'end', 'language']);

function rangeOf(key: string, value: Plain): string {
  if (key.startsWith('@')) return typeof value === 'number' ? TOP : 'uima.cas.FSArray';
  return Array.isArray(value) ? 'uima.cas.StringArray' : rangeOfValue(value);
}

/** The range of a feature that has a value; one of texts where no other can hold it. */
export function rangeOfValue(value: Plain): string {
  if (typeof value === 'boolean') return 'uima.cas.Boolean';
  if (typeof value !== 'number' || !Number.isFinite(value)) return STRING;
  if (!Number.isInteger(value)) return 'uima.cas.Double';
  return value === (value | 0) ? 'uima.cas.Integer' : 'uima.cas.Long';
}

/** Whether a feature of a range can have a value as it is. */
export function isOfRange(value: Plain, range: string): boolean {
  if (value === null) return true;
  if (typeof value === 'string')
    return !/^uima\.cas\.(?:Boolean|Integer|Short|Byte|Long|Float|Double)$/.test(range);
  if (typeof value === 'boolean') return range === 'uima.cas.Boolean';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (/^uima\.cas\.(?:Float|Double)$/.test(range)) return true;
  return /^uima\.cas\.(?:Integer|Short|Byte|Long)$/.test(range) && Number.isSafeInteger(value);
}

const texts = (...names: string[]): FeatureType[] => names.map((name) => ({ name, range: STRING }));

/** The types of DKPro Core (https://dkpro.github.io/dkpro-core/) that a document is made of, as INCEpTION reads them. */
export const DKPRO_TYPES: readonly Type[] = [
  {
    name: META_DATA,
    supertype: 'uima.tcas.DocumentAnnotation',
    features: [
      ...texts('documentTitle', 'documentId', 'documentUri', 'collectionId', 'documentBaseUri'),
      { name: 'isLastSegment', range: 'uima.cas.Boolean' },
    ],
  },
  { name: SENTENCE, supertype: ANNOTATION, features: texts('id') },
  { name: TOKEN, supertype: ANNOTATION, features: texts('id') },
  { name: NAMED_ENTITY, supertype: ANNOTATION, features: texts('value', 'identifier') },
];

/** The layer of relations that INCEpTION has in a new project. */
export const RELATION_TYPE: Type = {
  name: RELATION,
  supertype: ANNOTATION,
  features: [
    { name: 'Dependent', range: ANNOTATION },
    { name: 'Governor', range: ANNOTATION },
    ...texts('label'),
  ],
};
