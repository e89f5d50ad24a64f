/** What a person can say of the spaces between tokens; `auto`: it is guessed. */
export const SPACES = ['auto', 'all', 'none'] as const;

/**
 * Where tokens have a space between them: between `all`; `none`; `script`, between words of scripts that have spaces
 * between words, in a file that is mostly of others; `column`, where no cell of the token before says otherwise
 * (`SpaceAfter=No` of CoNLL-U, `NoSpaceAfter` of HIPE); `text`, as the comment `# text = …` before the sentence has it.
 */
export type Spacing = 'all' | 'none' | 'script' | 'column' | 'text';

const GLUED = /(?:^|[\t |])(?:SpaceAfter=No|NoSpaceAfter)(?=$|[\t |])/;
const SENTENCE_TEXT = /^#\s*text\s*=\s*(.*)$/;
const LETTER = /\p{L}/u;
/** Letters of scripts that have no spaces between words. */
const BLANKLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}]/u;

/** Whether a line says that no space follows its token. */
export function isGlued(line: string): boolean {
  return GLUED.test(line);
}

/** Whether a token is a blank, as where the spaces of a text are tokens of their own. */
export function isBlank(token: string): boolean {
  return token !== '' && token.trim() === '';
}

/**
 * What the lines of a file say of its spaces.
 * @param tokenOf gives the token of a line, if it has one
 * @param said one of {@link SPACES}
 */
export function spacingOf(
  lines: readonly string[],
  tokenOf: (line: string) => string | undefined,
  said: string,
): Spacing {
  if (said === 'all' || said === 'none') return said;
  if (lines.some((line) => tokenOf(line) !== undefined && isGlued(line))) return 'column';
  if (haveTexts(lines, tokenOf)) return 'text';
  const tokens = lines.flatMap((line) => tokenOf(line) ?? []);
  if (tokens.some(isBlank)) return 'none';
  const words = tokens.filter((token) => LETTER.test(token));
  return 2 * words.filter((word) => BLANKLESS.test(word)).length > words.length ? 'script' : 'all';
}

/** Whether most sentences that have a text are it. */
function haveTexts(lines: readonly string[], tokenOf: (line: string) => string | undefined): boolean {
  let [those, others] = [0, 0];
  let text: string | undefined;
  let tokens: string[] = [];
  for (const line of [...lines, '']) {
    if (line.trim() === '') {
      if (text !== undefined && tokens.length > 0)
        if (gapsIn(text, tokens)) those++;
        else others++;
      text = undefined;
      tokens = [];
      continue;
    }
    const token = tokenOf(line);
    if (token !== undefined) tokens.push(token);
    else text ??= textIn(line);
  }
  return those > others;
}

/** The text of a sentence that a comment says. */
export function textIn(comment: string): string | undefined {
  return SENTENCE_TEXT.exec(comment)?.[1];
}

/**
 * What stands between each token of a sentence and the next, a space or nothing.
 * @param isGluedAt whether the line of a token says that no space follows
 * @param text of the sentence, where one is said
 * @returns what it makes, and whether the text could not be told by its tokens
 */
export function gapsOf(
  tokens: readonly string[],
  spacing: Spacing,
  isGluedAt: (i: number) => boolean,
  text: string | undefined,
): { gaps: readonly string[]; isOtherText: boolean } {
  if (spacing === 'all') return { gaps: spaces(tokens.length - 1), isOtherText: false };
  const said = spacing === 'text' && text !== undefined ? gapsIn(text, tokens) : undefined;
  if (said) return { gaps: said, isOtherText: false };
  const gaps = tokens.slice(1).map((next, i) => {
    if (spacing === 'none') return '';
    if (spacing === 'column') return isGluedAt(i) ? '' : ' ';
    return spacing === 'script' && !areWords(tokens[i]!, next) ? '' : ' ';
  });
  return { gaps, isOtherText: spacing === 'text' && text !== undefined };
}

function spaces(count: number): readonly string[] {
  return new Array<string>(count).fill(' ');
}

/** Whether two tokens would be one word without a space. */
function areWords(before: string, next: string): boolean {
  const touching = [Array.from(before).at(-1) ?? '', Array.from(next)[0] ?? ''];
  return touching.every((sign) => WORD.test(sign) && !BLANKLESS.test(sign));
}

/** What stands between tokens in a text; `undefined` where it is not made of them. */
function gapsIn(text: string, tokens: readonly string[]): string[] | undefined {
  const gaps: string[] = [];
  let at16 = 0;
  for (const token of tokens) {
    const start16 = at16 + /^\s*/.exec(text.slice(at16))![0].length;
    if (!text.startsWith(token, start16)) return undefined;
    gaps.push(start16 > at16 ? ' ' : '');
    at16 = start16 + token.length;
  }
  return text.slice(at16).trim() === '' ? gaps.slice(1) : undefined;
}
