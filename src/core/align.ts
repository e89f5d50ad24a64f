import { diffArrays } from 'diff';
import type { TextChange } from './change';
import { countCodePoints, type TextIndex } from './text';

/** How texts are cut for comparison, coarse to fine; what is left at the end is one replacement. */
const CUTS = [/[^\n]*\n|[^\n]+/g, /[\p{L}\p{M}\p{N}]+|[^]/gu];

/** Pieces that differ in more places than this are taken for replaced: finding the fewest would take too long. */
const MOST_EDITS = 4000;

/**
 * The changes that lead from one text to another where nobody saw them happen: by lines, and by words
 * within lines that differ.
 * @returns in the order in which they apply, each in the text that the one before left
 */
export function alignTexts(from: TextIndex, to: TextIndex): TextChange[] {
  return alignStrings(from.text, to.text, countCodePoints);
}

/** As {@link alignTexts}. @param lengthOf the unit of the changes: how long a piece of text is in it */
export function alignStrings(from: string, to: string, lengthOf: (text: string) => number): TextChange[] {
  const changes: TextChange[] = [];
  compare(from, to, 0, 0);
  return changes.reverse();

  /** Collects changes in ascending order. @param at where the old text begins */
  function compare(old: string, now: string, at: number, cut: number): void {
    if (old === now) return;
    const pieces = CUTS[cut];
    const parts = pieces && old && now ? diff(old.match(pieces) ?? [], now.match(pieces) ?? []) : undefined;
    if (!parts) return replace(old, now, at);
    let place = at;
    for (const { removed, added } of parts) {
      if (removed !== added) compare(removed, added, place, cut + 1);
      place += lengthOf(removed);
    }
  }

  function replace(old: string, now: string, at: number): void {
    const [a, b] = [Array.from(old), Array.from(now)];
    let prefix = 0;
    while (prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix++;
    let suffix = 0;
    const most = Math.min(a.length, b.length) - prefix;
    while (suffix < most && a.at(-1 - suffix) === b.at(-1 - suffix)) suffix++;
    const start = at + lengthOf(a.slice(0, prefix).join(''));
    const removed = lengthOf(a.slice(prefix, a.length - suffix).join(''));
    const inserted = lengthOf(b.slice(prefix, b.length - suffix).join(''));
    changes.push({ start, end: start + removed, inserted });
  }
}

/** What was replaced by what, and what both have (then the two are equal), in order; `undefined` where that is too much. */
function diff(
  old: readonly string[],
  now: readonly string[],
): { removed: string; added: string }[] | undefined {
  const found = diffArrays([...old], [...now], { maxEditLength: MOST_EDITS });
  const parts: { removed: string; added: string }[] = [];
  let isOpen = false;
  for (const { value, removed = false, added = false } of found ?? []) {
    const text = value.join('');
    const last = parts.at(-1);
    if (!removed && !added) parts.push({ removed: text, added: text });
    else if (last && isOpen) parts[parts.length - 1] = append(last, text, removed);
    else parts.push(append({ removed: '', added: '' }, text, removed));
    isOpen = removed || added;
  }
  return found && parts;
}

function append(part: { removed: string; added: string }, text: string, isRemoved: boolean) {
  return isRemoved ? { ...part, removed: part.removed + text } : { ...part, added: part.added + text };
}
