import { moveTo, placeOf, type Rule, type RuleContext } from './rule';
import type { Entity } from '../model/entity';
import type { Range16 } from '../words';

/** Letters of scripts that put spaces between words and nothing but the word between two of them. */
const IN_WORD =
  '[[\\p{L}\\p{M}\\p{N}_]--[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]]';
const BEGINS = new RegExp(`^${IN_WORD}+`, 'v');
const ENDS = new RegExp(`${IN_WORD}+$`, 'v');
/** How far a word is followed, in UTF-16 units. */
const LONGEST = 100;

/** A span that begins or ends within a word. (Korean joins particles to names; there, none is told.) */
export const cutWord: Rule = {
  id: 'cut-word',
  severity: 'warning',
  *check(context) {
    for (const entity of context.entities) {
      if (entity.start === entity.end) continue;
      const place = placeOf(context, entity);
      if (!mayCut(context, place)) continue;
      const whole = wholeWords(context, place);
      if (whole.start16 === place.start16 && whole.end16 === place.end16) continue;
      yield {
        ...place,
        entity,
        values: { label: entity.label, text: entity.text, whole: textOf(context, whole) },
        ...(isFree(context, entity, whole) && { fix: () => [moveTo(context, entity, whole)] }),
      };
    }
  },
};

/** Whether what stands before or behind is no sign or space of ASCII, which most is and no word holds. */
function mayCut({ index: { raw } }: RuleContext, { start16, end16 }: Range16): boolean {
  return (
    (start16 > 0 && mayBeInWord(raw.charCodeAt(start16 - 1))) ||
    (end16 < raw.length && mayBeInWord(raw.charCodeAt(end16)))
  );
}

function mayBeInWord(unit: number): boolean {
  return unit > 0x7f || /\w/.test(String.fromCharCode(unit));
}

function wholeWords({ index: { raw } }: RuleContext, { start16, end16 }: Range16): Range16 {
  const before = ENDS.exec(raw.slice(Math.max(0, start16 - LONGEST), start16))?.[0].length ?? 0;
  const after = BEGINS.exec(raw.slice(end16, end16 + LONGEST))?.[0].length ?? 0;
  const inside = raw.slice(start16, end16);
  return {
    start16: start16 - (BEGINS.test(inside) ? before : 0),
    end16: end16 + (ENDS.test(inside) ? after : 0),
  };
}

function textOf({ index: { raw } }: RuleContext, { start16, end16 }: Range16): string {
  return raw.slice(start16, end16);
}

/** Whether no other entity has the same label and the span that this one would get. */
function isFree({ index, entities }: RuleContext, entity: Entity, { start16, end16 }: Range16): boolean {
  const [start, end] = [index.toCodePoint(start16), index.toCodePoint(end16)];
  const isThere = (other: Entity) =>
    other.start === start && other.end === end && other.label === entity.label;
  return entity.parts === undefined && !entities.some(isThere);
}
