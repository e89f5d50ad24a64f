import { isOutside, type LabelledTokens } from '../shared/tags';

/**
 * What a column of brackets holds: `names`, of entities, one within the other (`(ORG(GPE*)`, `*)`), or `chains`, of
 * mentions that are about one thing (`(3|(4`, `3)`), by its number.
 */
export type Brackets = 'names' | 'chains';

const NAMES = /^(?:\([^\s()*|]+\*?|\*?\))+$/;
const CHAIN = /^(\(?)(\d{1,9})(\)?)$/;
const NONE = '*';
/** The share of what is of a kind where all is: the rest are faults. */
const MOST = 0.9;

/**
 * What brackets the values of a column are.
 * @param values all that stand in the column, and how often
 * @returns `undefined` where they are none
 */
export function bracketsIn(values: ReadonlyMap<string, number>): Brackets | undefined {
  const inside = [...values].filter(([value]) => value !== NONE && !isOutside(value));
  // A list of people with their years is none.
  const hasNone = inside.length < values.size;
  if (!hasNone || !inside.some(([value]) => value.includes('('))) return undefined;
  const sum = (some: typeof inside) => some.reduce((all, [, count]) => all + count, 0);
  const isMost = (fits: (value: string) => boolean) =>
    sum(inside.filter(([value]) => fits(value))) >= MOST * sum(inside);
  if (isMost((value) => piecesOf(value, 'chains').every(({ label }) => label !== ''))) return 'chains';
  return isMost((value) => NAMES.test(value)) ? 'names' : undefined;
}

/** What an opening bracket says, in all the values of a column. */
export function labelsInBrackets(values: Iterable<string>): string[] {
  return [...values].flatMap((value) => [...value.matchAll(/\(([^\s()*|]+)/g)].map(([, label]) => label!));
}

/** How many annotations begin in a cell, or whether it has a tag. */
export function countAnnotations(cell: string, isOfBrackets: boolean): number {
  return isOfBrackets ? labelsInBrackets([cell]).length : isOutside(cell) ? 0 : 1;
}

/**
 * The spans of a column of brackets in a sentence; their label is the name, or the number of the chain.
 * @param onFault is told of a token with what is no bracket, or has no other half
 */
export function readBrackets(
  cells: readonly string[],
  kind: Brackets,
  onFault: (i: number) => void,
): LabelledTokens[] {
  const spans: LabelledTokens[] = [];
  const open: { readonly first: number; readonly label: string }[] = [];
  cells.forEach((cell, i) => {
    if (cell === NONE || isOutside(cell)) return;
    for (const { begins, label, ends } of piecesOf(cell, kind)) {
      if (begins) open.push({ first: i, label });
      if (!ends) continue;
      const at = open.findLastIndex((one) => kind === 'names' || one.label === label);
      const [found] = at < 0 ? [] : open.splice(at, 1);
      if (found) spans.push({ ...found, last: i });
      else onFault(i);
    }
  });
  for (const { first } of open) onFault(first);
  return spans;
}

/** The brackets of a cell. What is none ends what has not begun. */
function piecesOf(cell: string, kind: Brackets): { begins: boolean; label: string; ends: boolean }[] {
  const fault = { begins: false, label: '', ends: true };
  if (kind === 'chains')
    return cell.split('|').map((piece) => {
      const [, begins = '', label = '', ends = ''] = CHAIN.exec(piece) ?? [];
      return begins + ends === '' ? fault : { begins: begins !== '', label, ends: ends !== '' };
    });
  if (!NAMES.test(cell)) return [fault];
  return [...cell.matchAll(/\(([^\s()*|]+)|\)/g)].map(([, label]) => ({
    begins: label !== undefined,
    label: label ?? '',
    ends: label === undefined,
  }));
}

/** The columns of CoNLL-2012, with those of the arguments of verbs as one. */
const NAMES_2012 = 'document part number word pos parse lemma frame sense speaker ne arguments coref'.split(
  ' ',
);
export const ARGUMENTS = 'arguments';
/** How many are before the arguments, of which each sentence has as many as verbs. */
export const BEFORE_ARGUMENTS = 11;

/**
 * The columns of a file of CoNLL-2011 or 2012 (https://conll.cemantix.org/2012/data.html), which has `#begin document`:
 * the third cell counts the tokens, and most rows are not as wide as others.
 * @returns none for a file with other rows
 */
export function namesOf2012(rows: readonly (readonly string[])[]): readonly string[] {
  const isOne = (cells: readonly string[]) => cells.length > BEFORE_ARGUMENTS && /^\d+$/.test(cells[2]!);
  const isMost = rows.length > 0 && rows.filter(isOne).length >= MOST * rows.length;
  return isMost ? NAMES_2012 : [];
}
