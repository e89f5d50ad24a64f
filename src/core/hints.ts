/** Letters that stand for words of a text, for jumping to them. All offsets are UTF-16 units. */
import type { NameRun } from './name-runs';
import { wordsIn, type Range16 } from './words';

/** From those that are the easiest to reach on. */
export const HINT_LETTERS = 'sadfjklewcmpghioruvntybxqz';

/**
 * As many different hints as there are places, of one letter or two, none of which another begins with; the shortest
 * and easiest first. At most the square of the number of letters: places behind that have none.
 */
export function hintsFor(count: number, letters = HINT_LETTERS): string[] {
  const all = [...letters];
  const size = all.length;
  // Each letter that begins two-letter hints makes `size` of one.
  const beginnings = Math.min(size, Math.max(0, Math.ceil((count - size) / (size - 1))));
  const single = all.slice(0, size - beginnings);
  const double = all.slice(size - beginnings).flatMap((first) => all.map((second) => first + second));
  return [...single, ...double].slice(0, count);
}

/**
 * Gives places their hints, the more important first. Those that had one before keep it, for who has read it, as long
 * as there are no more places than hints of that kind.
 * @param places by what they are known again
 * @param atLeast how many places there were before
 */
export function assignHints(
  places: readonly number[],
  before: ReadonlyMap<number, string> = new Map(),
  atLeast = 0,
): Map<number, string> {
  const hints = hintsFor(Math.max(places.length, atLeast));
  const known = new Set(hints);
  const still = new Set(places);
  const kept = new Map([...before].filter(([place, hint]) => known.has(hint) && still.has(place)));
  const taken = new Set(kept.values());
  const free = hints.filter((hint) => !taken.has(hint)).values();
  const assigned = new Map<number, string>();
  for (const place of places) {
    const hint = kept.get(place) ?? free.next().value;
    if (hint !== undefined) assigned.set(place, hint);
  }
  return assigned;
}

/** Words of few letters in lower case, a capital alone, and what joins words in Chinese and Japanese. */
const SHORT =
  /^(?:\p{Ll}{1,3}|\p{Lu}|[的了是在和与與及也就都而或被把从從对對向为為由以于於之其]|\p{Script=Hira}{1,3})$/u;
const LOWER_CASE = /^\p{Ll}+$/u;

/** A word that could begin an entity, or a whole name. */
export interface HintedWord extends Range16 {
  readonly isName: boolean;
}

/**
 * The words of a part of a text that could begin an entity, by how likely they do: names that are not tagged yet, each
 * as a whole; words with a capital, and numbers; others. A word within a run goes to the end of its part: "Liu He" in
 * "Vice Premier Liu He". Short words in lower case are left out, as there are many.
 * @param names of the whole text that are not tagged
 * @param runs of the whole text
 */
export function hintedWords(
  text: string,
  view: Range16,
  names: readonly Range16[],
  runs: readonly NameRun[],
): HintedWord[] {
  const isInView = ({ start16, end16 }: Range16) => start16 < view.end16 && view.start16 < end16;
  const places = new Map<number, HintedWord>();
  const add = (isName: boolean) => (range: Range16) => {
    if (!places.has(range.start16)) places.set(range.start16, { ...range, isName });
  };
  names.filter((name) => isInView(name) && name.start16 >= view.start16).forEach(add(true));
  const beginnings = new Set(runs.filter(isInView).map(({ start16 }) => start16));
  const parts = runs.filter(isInView).flatMap((run) => run.parts);
  const [likely, unlikely]: [Range16[], Range16[]] = [[], []];
  let at = 0;
  for (const word of wordsIn(text, view)) {
    const written = text.slice(word.start16, word.end16);
    while (at < parts.length && parts[at]!.end16 <= word.start16) at++;
    const part = parts[at];
    const isWithin = part && part.start16 <= word.start16 && !beginnings.has(word.start16);
    if (isWithin && !LOWER_CASE.test(written)) likely.push({ start16: word.start16, end16: part.end16 });
    else if (!SHORT.test(written)) (LOWER_CASE.test(written) ? unlikely : likely).push(word);
  }
  [...likely, ...unlikely].forEach(add(false));
  return [...places.values()];
}
