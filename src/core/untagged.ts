/** Names that are not tagged yet, and the way from one to the next. All offsets are UTF-16 units. */
import type { NameRun } from './name-runs';
import type { Range16 } from './words';

/**
 * The names of a text that nothing is tagged at, in order: what is suggested, else runs of capitalised words. Of a run
 * that shares text with an entity or a suggestion, those parts are names that share none.
 */
export function untaggedNames(
  runs: readonly NameRun[],
  entities: readonly Range16[],
  suggestions: readonly Range16[] = [],
): Range16[] {
  const tagged = new Set(entities.map(keyOf));
  const suggested = suggestions.filter((range) => !tagged.has(keyOf(range)));
  const covered = union([...entities, ...suggested]);
  let at = 0;
  const isFree = (range: Range16) => {
    while (at < covered.length && covered[at]!.end16 <= range.start16) at++;
    return at === covered.length || covered[at]!.start16 >= range.end16;
  };
  const free = runs.flatMap((run) =>
    isFree(run) ? run : run.parts.length > 1 ? run.parts.filter(isFree) : [],
  );
  return [...suggested, ...free].sort(inTextOrder);
}

function keyOf({ start16, end16 }: Range16): string {
  return `${start16}:${end16}`;
}

/** By start, then longest first. */
function inTextOrder(a: Range16, b: Range16): number {
  return a.start16 - b.start16 || b.end16 - a.end16;
}

/** What ranges cover, in ranges apart from each other, in order. */
function union(ranges: readonly Range16[]): Range16[] {
  const joined: { start16: number; end16: number }[] = [];
  for (const { start16, end16 } of [...ranges].sort(inTextOrder)) {
    const last = joined.at(-1);
    if (last && start16 <= last.end16) last.end16 = Math.max(last.end16, end16);
    else joined.push({ start16, end16 });
  }
  return joined;
}

/**
 * The next of some ranges in text order behind a selection, or before it; `undefined` where there is none on that side.
 * One that begins at a bare cursor is behind it.
 */
export function neighbourOf(
  ranges: readonly Range16[],
  selection: Range16,
  direction: 'next' | 'previous',
): Range16 | undefined {
  const isCursor = selection.start16 === selection.end16;
  return direction === 'next'
    ? ranges.find((range) =>
        isCursor ? range.start16 >= selection.start16 : inTextOrder(selection, range) < 0,
      )
    : ranges.findLast((range) =>
        isCursor ? range.start16 < selection.start16 : inTextOrder(range, selection) < 0,
      );
}
