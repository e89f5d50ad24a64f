/** What is replaced at a place of a text, in UTF-16 units of the text before. */
export interface Splice {
  readonly at16: number;
  readonly removed: string;
  readonly added: string;
}

/**
 * A text with splices made in it.
 * @param splices in the order of their places, none over another
 * @returns `undefined` where the text does not have what they remove
 */
export function spliced(text: string, splices: readonly Splice[]): string | undefined {
  const parts: string[] = [];
  let from16 = 0;
  for (const { at16, removed, added } of splices) {
    if (at16 < from16 || !text.startsWith(removed, at16)) return undefined;
    parts.push(text.slice(from16, at16), added);
    from16 = at16 + removed.length;
  }
  return parts.join('') + text.slice(from16);
}

/** What makes one text of another, as small as one splice can be. */
export function spliceBetween(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length);
  let at16 = 0;
  while (at16 < shorter && before[at16] === after[at16]) at16++;
  let same = 0;
  while (same < shorter - at16 && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    at16,
    removed: before.slice(at16, before.length - same),
    added: after.slice(at16, after.length - same),
  };
}

/** What takes splices back, in the text that they lead to. */
export function inverse(splices: readonly Splice[]): Splice[] {
  let shift = 0;
  return splices.map(({ at16, removed, added }) => {
    const back = { at16: at16 + shift, removed: added, added: removed };
    shift += added.length - removed.length;
    return back;
  });
}
