import { moveTo, placeOf, type Rule } from './rule';

/** White space, and signs that join or end clauses. Not `.`, `!`, `?`: "Inc.", "Yahoo!". */
const LEADING = /^[\s\p{Cf},;:.)\]}»”、。，；：—–]+/u;
const TRAILING = /[\s,;:([{«“、。，；：—–]+$/u;
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
  let from = LEADING.exec(text)?.[0].length ?? 0;
  let to = text.length;
  for (;;) {
    const rest = text.slice(from, to);
    const trail = TRAILING.exec(rest)?.[0].length ?? 0;
    const last = rest.at(-1) ?? '';
    const first = rest[0] ?? '';
    const open = PAIRS.get(last);
    const close = OPENING.get(first);
    if (trail > 0) to -= trail;
    else if (open !== undefined && !rest.includes(open)) to--;
    else if (close !== undefined && !rest.includes(close)) from++;
    else return [from, to];
  }
}
