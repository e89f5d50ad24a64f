import type { Plain } from '../../core/model/entity';
import type { Structure } from './structure';
import type { TypeSystem } from './types';

/** The structures that are indexed together, of one text. */
export interface View {
  readonly name: string;
  /** The id of its `uima.cas.Sofa`; 0 where it has none. */
  readonly sofa: number;
  readonly members: readonly number[];
}

/**
 * A Common Analysis Structure of UIMA (https://uima.apache.org/d/uimaj-current/references.html): what XMI and
 * JSON are two ways to write. Offsets are UTF-16 units, as Java counts.
 */
export interface Cas {
  readonly types: TypeSystem;
  readonly structures: readonly Structure[];
  readonly views: readonly View[];
  /** What the way of writing has besides, to come back as it was. */
  readonly frame: { readonly [key: string]: Plain };
}

const MARK = /^[@^#]/;

export function nameOfFeature(key: string): string {
  return key.replace(MARK, '');
}

/** The value of a feature, whatever mark its key has. */
export function valueOf({ features }: Structure, name: string): Plain | undefined {
  for (const mark of ['', '@', '^', '#']) {
    const value = features.get(mark + name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function textOfFeature(structure: Structure, name: string): string | undefined {
  const value = valueOf(structure, name);
  return typeof value === 'string' ? value : undefined;
}

/** The id that a feature refers to. */
export function referenceOf(structure: Structure, name: string): number | undefined {
  return idsIn(valueOf(structure, name))[0];
}

/** The ids that a value names. */
export function idsIn(value: Plain | undefined): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean).map(Number);
  return Array.isArray(value) ? (value as readonly Plain[]).flatMap((item) => idsIn(item)) : [];
}

/** Whether a feature refers to other structures. */
export function refers({ type }: Structure, key: string, types: TypeSystem): boolean {
  return key.startsWith('@') || (key === '%ELEMENTS' && types.isReference(type));
}

/** Without a package: `Span` of `custom.Span`. */
export function shortName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
