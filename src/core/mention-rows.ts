import type { Entity } from './model/entity';
import type { Mention } from './mention';

/** The mentions of an article as columns of numbers, for `MentionIndex`. */
export const NO_ROWS = new Uint32Array();
/** The columns of a row: numbers of 32 bits. */
export const START = 0;
export const END = 1;
export const TEXT = 2;
export const LABEL_AND_FLAGS = 3;
export const LINK = 4;
export const COLUMNS = 5;

const REVIEWED = 1;
const SUGGESTION = 2;
const BROKEN = 4;
const SPECIAL = 8;
/** Another tool has an id for it. */
const IMPORTED = 16;
export const FLAG_BITS = 5;

/** What a row says of an entity besides its place, text, label and link. */
export function flagsOf(entity: Entity): number {
  const { reviewed, suggestedBy, externalId, broken } = entity;
  const isSpecial = Boolean(entity.parts ?? entity.conflict ?? entity.ignore);
  return (
    (reviewed ? REVIEWED : 0) |
    (suggestedBy !== undefined && !reviewed ? SUGGESTION : 0) |
    (broken ? BROKEN : 0) |
    (isSpecial ? SPECIAL : 0) |
    (externalId !== undefined ? IMPORTED : 0)
  );
}

/** The same of a row. */
export function factsOf(
  flags: number,
): Pick<Mention, 'reviewed' | 'suggested' | 'isKnown' | 'broken' | 'isSpecial'> {
  const [reviewed, broken] = [(flags & REVIEWED) !== 0, (flags & BROKEN) !== 0];
  return {
    reviewed,
    suggested: (flags & SUGGESTION) !== 0,
    isKnown: !broken && (reviewed || (flags & (SUGGESTION | IMPORTED)) === 0),
    broken,
    isSpecial: (flags & SPECIAL) !== 0,
  };
}

/** Whether the corpus knows a text by an entity; see `Mention`. */
export function isKnown(entity: Entity): boolean {
  return factsOf(flagsOf(entity)).isKnown;
}

/** How many of an article's mentions come from elsewhere. */
export function othersIn(rows: Uint32Array = NO_ROWS): number {
  let count = 0;
  for (let at = LABEL_AND_FLAGS; at < rows.length; at += COLUMNS)
    if ((rows[at]! & (SUGGESTION | IMPORTED)) !== 0) count++;
  return count;
}

/** Each text of some columns. */
export function textsIn(...columns: (Uint32Array | undefined)[]): number[] {
  const texts = new Set<number>();
  for (const rows of columns)
    for (let at = TEXT; at < (rows?.length ?? 0); at += COLUMNS) texts.add(rows![at]!);
  return [...texts];
}
