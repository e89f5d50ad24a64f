import { patternOf, WORD_EDGE, type FormOptions } from '../occurrences';

/** What a concordance looks for. */
export interface ConcordanceQuery extends FormOptions {
  /** A form, or a regular expression; empty asks for all entities with the label. */
  readonly text: string;
  readonly isRegex: boolean;
  /** Of which the lines are entities that hold what is looked for; empty asks nothing. */
  readonly label: string;
}

export const NO_QUERY: ConcordanceQuery = {
  text: '',
  isRegex: false,
  wholeWords: true,
  matchCase: false,
  label: '',
};

/** A regular expression as it is sent to another thread. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** A regular expression that a person wrote is not one. */
export class InvalidPattern extends Error {}

/**
 * The pattern of a query; `undefined` where it asks for a label only. Regular expressions have the flag `u`,
 * `^` and `$` stand at paragraphs.
 * @throws InvalidPattern with what the engine says of it
 */
export function patternOfQuery(query: ConcordanceQuery): Pattern | undefined {
  const { text, isRegex, wholeWords, matchCase } = query;
  if (!isRegex) {
    const { source, flags } = patternOf([text], query) ?? {};
    return source === undefined || flags === undefined ? undefined : { source, flags };
  }
  if (text === '') return undefined;
  const flags = matchCase ? 'gmu' : 'gimu';
  try {
    // By itself first: `a)(b` would be right only between the parentheses below.
    new RegExp(text, flags);
    const source = wholeWords ? `${WORD_EDGE}(?:${text})${WORD_EDGE}` : text;
    return { source: new RegExp(source, flags).source, flags };
  } catch (error) {
    throw new InvalidPattern(reasonOf(error as Error, text));
  }
}

/** The engine's sentence without the pattern: `Unterminated group`. */
function reasonOf({ message }: Error, text: string): string {
  const at = message.indexOf(text);
  const rest = at < 0 ? message : message.slice(at + text.length);
  return rest.replace(/^[^:]*:\s*/, '') || message;
}

/**
 * All places in texts where a pattern matches something, in order and apart from each other. It is run in
 * another thread from its own source, so it uses nothing but its arguments.
 * @returns for each text, starts and ends in UTF-16 units, one after the other
 */
export function findInTexts({ source, flags }: Pattern, texts: readonly string[]): number[][] {
  const pattern = new RegExp(source, flags);
  return texts.map((text) => {
    const found: number[] = [];
    for (const match of text.matchAll(pattern))
      if (match[0] !== '') found.push(match.index, match.index + match[0].length);
    return found;
  });
}
