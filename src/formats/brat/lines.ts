import type { Span } from '../../core/text';

/** A line of an `.ann` file, with its number from 1. */
export interface Line {
  readonly number: number;
  readonly source: string;
  /** What stands before `\n`, where that is not so in all lines. */
  readonly end: '' | '\r';
}

/** A text-bound annotation: `T1\tOrganization 0 43\tInternational …`, in several fragments `0 5;16 23`. */
export interface TextBound {
  readonly id: string;
  readonly label: string;
  /** In the unit of the file. */
  readonly fragments: readonly Span[];
  /** As the line has it: the fragments' texts with a space between them. */
  readonly text: string;
  /** Whether the line has the usual form: one fragment, tabs where they belong, no zeros before numbers. */
  readonly isPlain: boolean;
}

const TEXT_BOUND = /^(T[^\t\s]*)[\t ]+(\S+) +(\d+ +\d+(?: *; *\d+ +\d+)*)(?: *\t| )([^]*)$/;

/** @returns `undefined` where a line is no well-formed text-bound annotation */
export function readTextBound(source: string): TextBound | undefined {
  const plain = readPlainTextBound(source);
  if (plain) return plain;
  const [, id, label, places, text = ''] = TEXT_BOUND.exec(source) ?? [];
  if (id === undefined || label === undefined || places === undefined) return undefined;
  const fragments = places.split(';').map((place) => {
    const [start = 0, end = 0] = place.trim().split(/ +/).map(Number);
    return { start, end };
  });
  if (fragments.some(({ start, end }) => start > end || !Number.isSafeInteger(end))) return undefined;
  return { id, label, fragments, text, isPlain: false };
}

/** The usual form, several times as fast as the pattern. */
function readPlainTextBound(source: string): TextBound | undefined {
  const tab16 = source.indexOf('\t');
  const space16 = source.indexOf(' ', tab16);
  const middle16 = source.indexOf(' ', space16 + 1);
  const end16 = source.indexOf('\t', tab16 + 1);
  if (tab16 < 2 || space16 < tab16 + 2 || middle16 < space16 + 2 || end16 < middle16 + 2) return undefined;
  const start = readNumber(source, space16 + 1, middle16);
  const end = readNumber(source, middle16 + 1, end16);
  if (start < 0 || end < start) return undefined;
  const label = source.slice(tab16 + 1, space16);
  const text = source.slice(end16 + 1);
  return { id: source.slice(0, tab16), label, fragments: [{ start, end }], text, isPlain: true };
}

/** A number of up to nine digits, without zeros before it; -1 where something else stands there. */
export function readNumber(source: string, from16: number, to16: number): number {
  if (to16 - from16 > 9 || (source.charCodeAt(from16) === 0x30 && to16 - from16 > 1)) return -1;
  let value = 0;
  for (let at16 = from16; at16 < to16; at16++) {
    const digit = source.charCodeAt(at16) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Any other annotation: relations, events, attributes, normalisations, notes, equivalences. */
const OTHER = /^(?:(?:[REAMN]|#)\S*\t\S|\*\t\S)/;

/** Whether a line begins an annotation, be it malformed; any other is the rest of a text that had a line ending in it. */
export function isAnnotation(source: string): boolean {
  return /^T(?:\d+\t|\S*[\t ]+\S+ +\d)/.test(source) || OTHER.test(source);
}

/** `R1\tOrigin Arg1:T3 Arg2:T4` */
export interface RelationLine {
  readonly id: string;
  readonly label: string;
  readonly roles: readonly [string, string];
  readonly from: string;
  readonly to: string;
}

export function readRelation(source: string): RelationLine | undefined {
  const [, id, label, role1, from, role2, to] =
    /^(R\S*)\t(\S+) ([^\s:]+):(\S+) ([^\s:]+):(\S+)\s*$/.exec(source) ?? [];
  if (!id || !label || !role1 || !from || !role2 || !to) return undefined;
  return { id, label, roles: [role1, role2], from, to };
}

/** Whether a line is a relation that the model has, ends and all. */
export function isPlainRelation(source: string): boolean {
  return String(readModelRelation(source)?.roles) === 'Arg1,Arg2';
}

/** A line of a relation between text-bound annotations, which the model has; `undefined` of any other. */
export function readModelRelation(source: string): RelationLine | undefined {
  const relation = source.startsWith('R') ? readRelation(source) : undefined;
  return relation?.from.startsWith('T') && relation.to.startsWith('T') ? relation : undefined;
}

/** How what follows the id looks, by the first letter of that. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  R: /^\S+(?: [^\s:]+:\S+){2}\s*$/,
  E: /^[^\s:]+:\S+(?: +[^\s:]+:\S+)*\s*$/,
  A: /^\S+ \S+(?: .*)?$/,
  M: /^\S+ \S+(?: .*)?$/,
  N: /^\S+ \S+ \S+:\S+\s*$/,
  '#': /^\S+ \S+\s*$/,
  '*': /^\S+(?: +\S+)+\s*$/,
};

/** Whether an annotation that is no text-bound one looks as the format says. */
export function isWellFormed(source: string): boolean {
  const kind = source.slice(0, 1);
  // Only what links and notes say has a text behind it.
  if (kind !== 'N' && kind !== '#' && /^[^\t]*\t[^\t]*\t\s*\S/.test(source)) return false;
  return SHAPES[kind]?.test(saidOf(source)) ?? false;
}

/** The id of an annotation; an equivalence has none of its own and is `*`. */
export function idOf(source: string): string {
  const end16 = source.search(/[\t ]/);
  return end16 < 0 ? source : source.slice(0, end16);
}

/** The ids that an annotation refers to: `E1\tMeet:T2 Who:T1`, `*\tEquiv T1 T3`, `A1\tNegation E1`. */
export function referencesOf(source: string): readonly string[] {
  const said = saidOf(source);
  if (!isWellFormed(source)) return said.match(/(?<=[ :])T\d+(?=\s|$)/g) ?? [];
  const words = said.trim().split(/ +/);
  switch (source[0]) {
    case 'E':
      return words.map(referenceOfRole);
    case 'R':
      return words.slice(1).map(referenceOfRole);
    case '*':
      return words.slice(1);
    default:
      return words.slice(1, 2);
  }
}

function saidOf(source: string): string {
  return source.split('\t', 2)[1] ?? '';
}

/** `Who:T1` */
function referenceOfRole(word: string): string {
  return word.slice(word.indexOf(':') + 1);
}

/**
 * Which annotations cannot stand, as they refer to what is not there, or to others that cannot stand.
 *
 * @param isThere whether there is something of an id besides these annotations
 * @returns the id that each of them lacks, by its index
 */
export function findDangling(
  sources: readonly string[],
  isThere: (id: string) => boolean,
): ReadonlyMap<number, string> {
  const standing = new Map<string, number>();
  const referring = new Map<string, number[]>();
  sources.forEach((source, i) => {
    standing.set(idOf(source), (standing.get(idOf(source)) ?? 0) + 1);
    for (const id of referencesOf(source)) {
      const those = referring.get(id);
      if (those) those.push(i);
      else referring.set(id, [i]);
    }
  });
  const dangling = new Map<number, string>();
  const missing = [...referring.keys()].filter((id) => !isThere(id) && !standing.has(id));
  // What goes takes along what refers to it, so the list grows while it is walked.
  for (const id of missing)
    for (const i of referring.get(id) ?? []) {
      if (dangling.has(i)) continue;
      dangling.set(i, id);
      const own = idOf(sources[i]!);
      const left = standing.get(own)! - 1;
      standing.set(own, left);
      if (left === 0 && !isThere(own)) missing.push(own);
    }
  return dangling;
}

/** `E1\tMeet:T2 Who:T1`: the type of the event, its trigger, and what takes part in it, by roles. */
export interface EventLine {
  readonly type: string;
  readonly trigger: string;
  readonly roles: readonly (readonly [role: string, id: string])[];
}

export function readEvent(source: string): EventLine | undefined {
  if (!source.startsWith('E') || !isWellFormed(source)) return undefined;
  const pairs = saidOf(source)
    .trim()
    .split(/ +/)
    .map((word) => [word.slice(0, word.indexOf(':')), referenceOfRole(word)] as const);
  const [[type, trigger] = ['', ''], ...roles] = pairs;
  return { type, trigger, roles };
}

/** What a line says of a text-bound annotation (or a relation): the id of that, and what is said. */
export type Saying =
  | { readonly kind: 'attribute'; readonly of: string; readonly name: string; readonly value: string | true }
  | { readonly kind: 'link'; readonly of: string; readonly link: string; readonly title: string }
  | { readonly kind: 'note'; readonly of: string; readonly note: string };

/** `A1\tNegation T1`, `A2\tConfidence T2 L1`, `N1\tReference T1 Wikipedia:534366\tName`, `#1\tAnnotatorNotes T1\ttext` */
export function readSaying(source: string): Saying | undefined {
  const [, name, of, value] = /^[AM]\S*\t(\S+) (\S+)(?: (.+?))?\s*$/.exec(source) ?? [];
  if (name !== undefined && of !== undefined)
    return { kind: 'attribute', of, name, value: value === undefined ? true : value };
  const [, linked, link, title = ''] = /^N\S*\tReference (\S+) (\S+:\S+)(?:\t([^]*))?$/.exec(source) ?? [];
  if (linked !== undefined && link !== undefined) return { kind: 'link', of: linked, link, title };
  const [, noted, note] = /^#\S*\tAnnotatorNotes (\S+)\t([^]*)$/.exec(source) ?? [];
  if (noted !== undefined && note !== undefined) return { kind: 'note', of: noted, note };
  return undefined;
}
