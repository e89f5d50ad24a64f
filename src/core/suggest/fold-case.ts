/** By unit: what it folds to; 0 not looked at yet. */
const folds = new Uint16Array(0x10000);

/** A text in one case, unit by unit as long as it was. */
export function foldCase(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(foldUnit(text.charCodeAt(i), text, i));
  return folded;
}

/**
 * A UTF-16 unit of a text, at a place, as part of its character in one case: what Unicode's simple case
 * folding holds for the same, which is what patterns with `iv` compare.
 */
export function foldUnit(unit: number, text: string, at16: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
  if ((unit & 0xfc00) !== 0xdc00)
    return (folds[unit] ||= foldCharacter(String.fromCharCode(unit)).charCodeAt(0));
  // Beyond the BMP, both cases of a letter have the same first unit.
  const character = at16 > 0 ? text.slice(at16 - 1, at16 + 1) : '';
  return character.codePointAt(0)! > 0xffff ? foldCharacter(character).charCodeAt(1) : unit;
}

function foldCharacter(character: string): string {
  // By Unicode, the dotless i is the small letter of I, but folds to nothing else.
  if (character === '\u0131') return character;
  const upper = character.toUpperCase();
  const lower = (upper.length === character.length ? upper : character).toLowerCase();
  return lower.length === character.length ? lower : character;
}
