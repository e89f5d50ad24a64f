import {
  beginsWithMark,
  joinsPrevious,
  normalizeLineEndings,
  normalizeText,
  type Span,
  type TextIndex,
  type TextReplacement,
} from './text';

/** A change of an article's text: `[start, end)` became `inserted` code points. */
export interface TextChange extends Span {
  readonly inserted: number;
  /** How much before and behind it was replaced by the same text, where an editor handed over more than changed. */
  readonly lead?: number;
  readonly trail?: number;
}

/** What was replaced, with what stayed the same in it. */
export function replacedSpan({ start, end, lead = 0, trail = 0 }: TextChange): Span {
  return { start: start - lead, end: end + trail };
}

/** The changes that take these back. Both are given from the last to the first. */
export function invertChanges(changes: readonly TextChange[]): TextChange[] {
  let shift = 0;
  return changes
    .toReversed()
    .map((change) => {
      const start = change.start + shift;
      const inserted = change.end - change.start;
      shift += change.inserted - inserted;
      return { ...change, start, end: start + change.inserted, inserted };
    })
    .reverse();
}

/**
 * An editor's replacement as a change in code points, made as small as it can be: what the old and the
 * new text share at both ends is left out, so that a change of line endings alone is no change, and a
 * corrected typo inside a mention is an edit inside the mention.
 * @param before the text before the replacement
 * @returns `undefined` where nothing changes that offsets count
 */
export function toTextChange(before: TextIndex, replacement: TextReplacement): TextChange | undefined {
  const { start16, end16, text } = wholeCharacters(before.raw, replacement);
  const start = before.toCodePoint(start16);
  const removed = Array.from(before.slice({ start, end: before.toCodePoint(end16) }));
  const added = Array.from(start16 === 0 ? normalizeText(text) : normalizeLineEndings(text));
  let prefix = 0;
  const shorter = Math.min(removed.length, added.length);
  while (prefix < shorter && removed[prefix] === added[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && removed.at(-1 - suffix) === added.at(-1 - suffix)) suffix++;
  const change = {
    start: start + prefix,
    end: start + removed.length - suffix,
    inserted: added.length - prefix - suffix,
    ...(prefix > 0 && { lead: prefix }),
    ...(suffix > 0 && { trail: suffix }),
  };
  return change.start === change.end && change.inserted === 0 ? undefined : change;
}

/**
 * The replacements of one event of an editor, all in the text before it, as changes.
 * @param replacements in any order, but that of two at one place, the second of which stands before the first
 * @returns from the last to the first, so that each applies in the text that the one before left
 */
export function toTextChanges(before: TextIndex, replacements: readonly TextReplacement[]): TextChange[] {
  const apart: TextReplacement[] = [];
  const sorted = replacements.toReversed().sort((a, b) => a.start16 - b.start16 || a.end16 - b.end16);
  for (const one of sorted) {
    const last = apart.at(-1);
    if (last && isOneCharacter(before.raw, last, one)) {
      const text = last.text + before.raw.slice(last.end16, one.start16) + one.text;
      apart[apart.length - 1] = { start16: last.start16, end16: one.end16, text };
    } else {
      apart.push(one);
    }
  }
  return apart.reverse().flatMap((one) => toTextChange(before, one) ?? []);
}

/** What may be a piece of a character, or, as U+FEFF, none where a text begins. */
const PIECE = /[\r\n\ud800-\udfff\ufeff]/;

/** Whether what two replacements that follow each other remove or leave may be one character, to which both must widen. */
function isOneCharacter(raw: string, last: TextReplacement, next: TextReplacement): boolean {
  const between = raw.slice(last.end16, next.start16);
  if (between !== '') return between.length <= 2 && Array.from(between).every((one) => PIECE.test(one));
  if (last.start16 === 0 && last.text === '') return true;
  const seams = [last.start16, last.end16, next.end16].map((at16) =>
    raw.slice(Math.max(0, at16 - 1), at16 + 1),
  );
  return PIECE.test(seams.join('') + last.text.slice(-1) + next.text.slice(0, 1));
}

/** Widens a replacement until it begins and ends between characters, in the old text and in the new. */
function wholeCharacters(raw: string, replacement: TextReplacement): TextReplacement {
  let { start16, end16, text } = replacement;
  const next = () => text + raw.slice(end16, end16 + 1);
  while (start16 > 0 && (joinsPrevious(raw, start16) || joinsPrevious(raw[start16 - 1] + next(), 1))) {
    start16--;
    text = raw.charAt(start16) + text;
  }
  while (end16 < raw.length && (joinsPrevious(raw, end16) || joinsPrevious(text + raw[end16], text.length))) {
    text += raw.charAt(end16);
    end16++;
  }
  // U+FEFF counts nothing at the beginning of a text and one elsewhere.
  if (start16 === 0 && (end16 === 0 || text === '') && beginsWithMark(raw.slice(end16, end16 + 1))) {
    text += raw.charAt(end16);
    end16++;
  }
  return { start16, end16, text };
}

/**
 * Where a span is after a change of the text. Text typed at its edges stays outside; text typed inside
 * makes it grow; what is deleted of it makes it shrink; where all of it is gone it is left empty.
 */
export function moveSpan(span: Span, change: TextChange): Span {
  const delta = change.inserted - (change.end - change.start);
  if (change.end <= span.start) return { start: span.start + delta, end: span.end + delta };
  if (change.start >= span.end) return span;
  if (change.start <= span.start && change.end >= span.end) return { start: change.start, end: change.start };
  if (change.start < span.start) return { start: change.start + change.inserted, end: span.end + delta };
  if (change.end > span.end) return { start: span.start, end: change.start };
  return { start: span.start, end: span.end + delta };
}
