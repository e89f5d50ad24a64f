import { trimRange } from '../words';
import { moveTo, placeOf, type Rule } from './rule';

/** Signs that join or end clauses. Not `.`, `!`, `?`: "Inc.", "Yahoo!". */
const LEADING = /[,;:.)\]}»”、。，；：—–]/;
const TRAILING = /[,;:([{«“、。，；：—–]/;
/** A letter or digit at both ends, as most entities have. */
const BEGINS_AND_ENDS_PLAIN = /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su;
/** A closing bracket or quotation mark at the end, with the one that must open it. */
const PAIRS = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['”', '“'],
  ['»', '«'],
  ['）', '（'],
  ['」', '「'],
  ['》', '《'],
]);
const OPENING = new Map([...PAIRS].map(([close, open]) => [open, close]));

/** White space or punctuation at a span's edge. */
export const spanEdge: Rule = {
  id: 'span-edge',
  severity: 'warning',
  *check(context) {
    for (const entity of context.entities) {
      const place = placeOf(context, entity);
      const text = context.index.raw.slice(place.start16, place.end16);
      if (BEGINS_AND_ENDS_PLAIN.test(text)) continue;
      const [from, to] = trimmed(text);
      if (from === 0 && to === text.length) continue;
      const isEmpty = from >= to;
      const start16 = place.start16 + from;
      const inner = { start16, end16: place.start16 + to };
      const isMendable = !isEmpty && entity.parts === undefined;
      yield {
        ...place,
        entity,
        values: { label: entity.label, text: entity.text },
        ...(isMendable && { fix: () => [moveTo(context, entity, inner)] }),
      };
    }
  },
};

/** What stays of a text, in UTF-16. */
function trimmed(text: string): [from: number, to: number] {
  let [from, to] = [0, text.length];
  const lacks = (sign: string | undefined) => sign !== undefined && !text.slice(from, to).includes(sign);
  for (;;) {
    const seen = trimRange(text, { start16: from, end16: to });
    if (!seen) return [to, to];
    ({ start16: from, end16: to } = seen);
    const [first, last] = [text.charAt(from), text.charAt(to - 1)];
    if (LEADING.test(first)) from++;
    else if (TRAILING.test(last) || lacks(PAIRS.get(last))) to--;
    else if (lacks(OPENING.get(first))) from++;
    else return [from, to];
  }
}
