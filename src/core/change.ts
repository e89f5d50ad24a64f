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
}

/** The change that takes this one back. */
export function invertChange(change: TextChange): TextChange {
  return { start: change.start, end: change.start + change.inserted, inserted: change.end - change.start };
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
  };
  return change.start === change.end && change.inserted === 0 ? undefined : change;
}

/**
 * The replacements of one event of an editor, all in the text before it, as changes.
 * @returns from the last to the first, so that each applies in the text that the one before left
 */
export function toTextChanges(before: TextIndex, replacements: readonly TextReplacement[]): TextChange[] {
  const apart: TextReplacement[] = [];
  for (const one of [...replacements].sort((a, b) => a.start16 - b.start16 || a.end16 - b.end16)) {
    const last = apart.at(-1);
    const between = last && before.raw.slice(last.end16, one.start16);
    // What stands between them may be half of a character that both must widen to.
    if (last && between !== undefined && /^[\r\n\ud800-\udfff]{0,2}$/.test(between)) {
      const text = last.text + between + one.text;
      apart[apart.length - 1] = { start16: last.start16, end16: one.end16, text };
    } else {
      apart.push(one);
    }
  }
  return apart.reverse().flatMap((one) => toTextChange(before, one) ?? []);
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

/** Whether the inverse change brings a moved span back by itself; if not, its place must be remembered. */
export function survives(span: Span, moved: Span, change: TextChange): boolean {
  const back = moveSpan(moved, invertChange(change));
  return back.start === span.start && back.end === span.end;
}
