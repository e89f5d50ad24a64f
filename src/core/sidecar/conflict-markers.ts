/** Whose version: that of the branch that one is on, or of the one that is merged into it. */
export type Side = 'ours' | 'theirs';

/** The versions of a file in which git marked conflicts, each as it was without the others. */
export interface ConflictSides {
  readonly ours: string;
  /** What both come from; `undefined` unless every conflict shows it (`merge.conflictStyle` `diff3`). */
  readonly base: string | undefined;
  readonly theirs: string;
  /** What the markers of the first conflict call the two: a branch, `HEAD`, a commit; may be empty. */
  readonly names: Readonly<Record<Side, string>>;
  /** The first marker, in UTF-16 units. */
  readonly start16: number;
  readonly end16: number;
}

/** Each is followed by a label, or nothing; a marker of another length is one of a conflict within a conflict. */
const MARKERS = /^(?:(<{7})|(\|{7})|(={7})|(>{7}))(?: (.*))?$/;

type Part = 'both' | 'ours' | 'base' | 'theirs';

/**
 * Splits a file with git's conflict markers.
 * @returns `undefined` where there are none, or not in their order
 */
export function splitConflict(source: string): ConflictSides | undefined {
  if (!/^<{7}/m.test(source)) return undefined;
  const sides = { ours: '', base: '', theirs: '' };
  let part: Part = 'both';
  let first: { start16: number; end16: number } | undefined;
  const names: Partial<Record<Side, string>> = {};
  let isBaseKnown = true;
  let hasBase = false;
  let at16 = 0;
  for (const line of source.match(/[^\n]*\n|[^\n]+/g) ?? []) {
    const content = line.replace(/\r?\n$/, '');
    const [, opening, base, middle, closing, name = ''] = MARKERS.exec(content) ?? [];
    if (opening && part === 'both') {
      first ??= { start16: at16, end16: at16 + content.length };
      names.ours ??= name.trim();
      part = 'ours';
      hasBase = false;
    } else if (base && part === 'ours') {
      part = 'base';
      hasBase = true;
    } else if (middle && (part === 'ours' || part === 'base')) {
      part = 'theirs';
      isBaseKnown &&= hasBase;
    } else if (closing && part === 'theirs') {
      names.theirs ??= name.trim();
      part = 'both';
    } else if (opening || closing) {
      return undefined;
    } else if (part === 'both') {
      for (const side of ['ours', 'base', 'theirs'] as const) sides[side] += line;
    } else {
      sides[part] += line;
    }
    at16 += line.length;
  }
  if (!first || part !== 'both') return undefined;
  const { ours = '', theirs = '' } = names;
  return { ...sides, names: { ours, theirs }, base: isBaseKnown ? sides.base : undefined, ...first };
}
