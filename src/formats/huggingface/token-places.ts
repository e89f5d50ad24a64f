import { isCount, itemsOf, type Json } from '../shared/json';

/** How many characters `[from16, to16)` of a text has as Python counts them: code points. */
export function countPoints(text: string, from16: number, to16: number): number {
  let count = 0;
  for (let at16 = from16; at16 < to16; count++) at16 += widthAt(text, at16);
  return count;
}

function widthAt(text: string, at16: number): number {
  return text.codePointAt(at16)! > 0xffff ? 2 : 1;
}

/**
 * Where the tokens of a text are, in UTF-16 units: where their offsets say (`[start, end)` of each, in code
 * points of the text), or else each behind the one before it.
 * @returns start and end of each in turn; `undefined` where a token is not there
 */
export function placeTokens(
  text: string,
  tokens: readonly string[],
  offsets: Json | undefined,
): number[] | undefined {
  return placeByOffsets(text, tokens, offsets) ?? placeBySearch(text, tokens);
}

function placeByOffsets(
  text: string,
  tokens: readonly string[],
  offsets: Json | undefined,
): number[] | undefined {
  const pairs = itemsOf(offsets);
  if (pairs.length !== tokens.length) return undefined;
  const places16: number[] = [];
  let at = 0;
  let at16 = 0;
  const moveTo = (offset: number) => {
    for (; at < offset && at16 < text.length; at++) at16 += widthAt(text, at16);
    places16.push(at16);
    return at === offset;
  };
  for (const [i, token] of tokens.entries()) {
    const [start, end] = itemsOf(pairs[i]);
    if (!isCount(start) || !isCount(end) || start < at || end < start) return undefined;
    if (!moveTo(start) || !moveTo(end) || text.slice(...places16.slice(-2)) !== token) return undefined;
  }
  return places16;
}

function placeBySearch(text: string, tokens: readonly string[]): number[] | undefined {
  const places16: number[] = [];
  let from16 = 0;
  for (const token of tokens) {
    const start16 = text.indexOf(token, from16);
    if (start16 < 0) return undefined;
    from16 = start16 + token.length;
    places16.push(start16, from16);
  }
  return places16;
}
