import { parseHeader } from './header';

/** In code points. */
const LONGEST_TITLE = 60;
/** A title is cut behind a word where so much of it stays, in UTF-16 units. */
const SHORTEST_CUT = 24;
/** How much of the text is looked at, in UTF-16 units. */
const ENOUGH = 500;

const TITLE_KEYS: readonly string[] = ['title', 'headline'];

/** Characters that turn the direction of what follows: a text may have them, a row of a list must not. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * What a person knows an article by, on one line: the title that its header says, else the first words of its text.
 * @param text of the article, or its beginning
 * @returns `undefined` where it has neither
 */
export function articleTitle(text: string): string | undefined {
  const { entries, bodyStart16 } = parseHeader(text);
  const said = entries.find(({ key, value }) => value !== '' && TITLE_KEYS.includes(key.toLowerCase()));
  const words = said?.value ?? text.slice(bodyStart16, bodyStart16 + ENOUGH);
  // Made of its characters: a part of a string keeps all of it in memory.
  const points = Array.from(
    words
      .split(/[\r\n]/, 1)[0]!
      .replace(DIRECTIONS, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  if (points.length === 0) return undefined;
  if (points.length <= LONGEST_TITLE) return points.join('');
  const cut = points.slice(0, LONGEST_TITLE - 1).join('');
  const end16 = points[LONGEST_TITLE - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${end16 < SHORTEST_CUT ? cut : cut.slice(0, end16)}…`;
}
