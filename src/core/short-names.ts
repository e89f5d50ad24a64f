/** A beginning that all names share is left out where it is longer than this, in UTF-16 units. */
const SHORT = 3;
/** In UTF-16 units. */
const LONGEST = 12;

const WORD = /[\p{L}\p{N}\p{M}]*/uy;
const TO_LAST_WORD = /^.*[^\p{L}\p{N}\p{M}.]/su;
const CUT_PAIR = /[\ud800-\udbff]$/;

/**
 * What tells the names of files that stand together apart, as short as it can be: `000` of `000_95f1.txt`, where no
 * other begins so, and `017` of `interview_017.txt`, where all are interviews. Whole words; an extension is left out
 * where all have the same.
 * @returns by name
 */
export function shortNames(names: Iterable<string>): Map<string, string> {
  const sorted = [...new Set(names)].sort();
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  const extension = /\.[^.]*$/.exec(first)?.[0] ?? '';
  const tail = sorted.every((name) => name.length > extension.length && name.endsWith(extension))
    ? extension.length
    : 0;
  const common = first.slice(0, shared(first, last)).replace(CUT_PAIR, '');
  const skipped = sorted.length > 1 ? (TO_LAST_WORD.exec(common)?.[0].length ?? 0) : 0;
  const start = skipped > SHORT ? skipped : 0;
  return new Map(
    sorted.map((name, at) => {
      const stem = name.length - tail;
      const near = [sorted[at - 1], sorted[at + 1]].filter((other) => other !== undefined);
      const needed = Math.max(start, ...near.map((other) => shared(name, other))) + 1;
      let end = near.length === 0 ? stem : Math.min(stem, wordEnd(name, needed));
      if (end + SHORT >= stem) end = stem;
      return [name, cutInside(name.slice(start, end))] as const;
    }),
  );
}

/** How many UTF-16 units two texts begin with alike. */
function shared(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

/** Where the word ends that a place is in or behind. */
function wordEnd(text: string, at: number): number {
  const whole = CUT_PAIR.test(text.slice(0, at)) ? at + 1 : at;
  WORD.lastIndex = whole;
  return whole + (WORD.exec(text)?.[0].length ?? 0);
}

/** Both ends of what is too long. */
function cutInside(text: string): string {
  if (text.length <= LONGEST) return text;
  const points = Array.from(text);
  const half = LONGEST / 2 - 1;
  return `${points.slice(0, half).join('')}…${points.slice(-half).join('')}`;
}
