import type { Below } from './random.ts';

/** A character that knows which one of the original text it is; `undefined` for one that was added. */
export interface Mark {
  readonly text: string;
  readonly origin: number | undefined;
  /** Which one it is a copy of. */
  readonly copyOf?: number | undefined;
}

export function mark(text: string): Mark[] {
  return Array.from(text, (character, origin) => ({ text: character, origin }));
}

export function added(text: string): Mark[] {
  return (text.match(/\r\n|[^]/gu) ?? []).map((character) => ({ text: character, origin: undefined }));
}

export function textOf(marks: readonly Mark[]): string {
  return marks.map(({ text }) => text).join('');
}

/** Pieces of a text, each with the separator behind it, as a person moves and deletes them. */
function split(marks: readonly Mark[], isEnd: (marks: readonly Mark[], i: number) => boolean): Mark[][] {
  const pieces: Mark[][] = [[]];
  marks.forEach((one, i) => {
    pieces.at(-1)!.push(one);
    if (isEnd(marks, i)) pieces.push([]);
  });
  return pieces.filter((piece) => piece.length > 0);
}

function paragraphs(marks: readonly Mark[]): Mark[][] {
  return split(marks, (all, i) => all[i]!.text.endsWith('\n') && !all[i + 1]?.text.endsWith('\n'));
}

function sentences(marks: readonly Mark[]): Mark[][] {
  return split(marks, (all, i) => /\s/.test(all[i]!.text) && /[.!?。]/.test(all[i - 1]?.text ?? ''));
}

function insertAt<T>(list: readonly T[], at: number, ...items: T[]): T[] {
  return [...list.slice(0, at), ...items, ...list.slice(at)];
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, i) => i !== at);
}

/** Replaces characters one by one; a replacement keeps its origin where it is the same in another way. */
function rewrite(marks: readonly Mark[], change: (character: string) => string): Mark[] {
  return marks.flatMap((mark) =>
    mark.text === '\r\n' ? [mark] : Array.from(change(mark.text), (text) => ({ text, origin: mark.origin })),
  );
}

/** What people and programs do to articles outside of the editor. */
export type OutsideEdit = (marks: readonly Mark[], below: Below, prose: readonly string[]) => readonly Mark[];

const any = <T>(list: readonly T[], below: Below): T => list[below(list.length)]!;

export const OUTSIDE_EDITS: Readonly<Record<string, OutsideEdit>> = {
  'insert a sentence': (marks, below, prose) => {
    const pieces = sentences(marks);
    return insertAt(pieces, below(pieces.length + 1), added(any(prose, below) + ' ')).flat();
  },
  'insert a paragraph': (marks, below, prose) => {
    const pieces = paragraphs(marks);
    const text = `${any(prose, below)} ${any(prose, below)}\n\n`;
    return insertAt(pieces, below(pieces.length), added(text)).flat();
  },
  'delete a sentence': (marks, below) => {
    const pieces = sentences(marks);
    return without(pieces, below(pieces.length)).flat();
  },
  'delete a paragraph': (marks, below) => {
    const pieces = paragraphs(marks);
    return pieces.length < 3 ? marks : without(pieces, below(pieces.length)).flat();
  },
  'move a paragraph': (marks, below) => {
    const pieces = paragraphs(marks);
    const from = below(pieces.length);
    return insertAt(without(pieces, from), below(pieces.length), pieces[from]!).flat();
  },
  'swap two sentences': (marks, below) => {
    const pieces = sentences(marks);
    const i = below(pieces.length - 1);
    if (!pieces[i + 1]) return marks;
    return [...pieces.slice(0, i), pieces[i + 1]!, pieces[i]!, ...pieces.slice(i + 2)].flat();
  },
  'copy a sentence elsewhere': (marks, below) => {
    const pieces = sentences(marks);
    const from = below(pieces.length);
    const copy = pieces[from]!.map(({ text, origin }) => ({ text, origin: undefined, copyOf: origin }));
    const to = below(pieces.length + 1);
    // Beside the original, nobody could say which of the two it is.
    return to === from || to === from + 1 ? marks : insertAt(pieces, to, copy).flat();
  },
  'correct a word': (marks, below) => {
    const at = below(marks.length);
    if (!/\p{L}/u.test(marks[at]?.text ?? '')) return marks;
    return [...marks.slice(0, at), ...added(any(['æ', 'ſſ', '', 'ü'], below)), ...marks.slice(at + 1)];
  },
  'replace a word everywhere': (marks, below) => {
    const words = [...new Set(textOf(marks).match(/\p{Ll}{3,}/gu) ?? [])];
    const word = words[below(words.length)];
    if (word === undefined) return marks;
    const units = Array.from(word);
    const result: Mark[] = [];
    for (let i = 0; i < marks.length; i++) {
      const isHere =
        units.every((unit, k) => marks[i + k]?.text === unit) &&
        !/\p{L}/u.test(marks[i - 1]?.text ?? '') &&
        !/\p{L}/u.test(marks[i + units.length]?.text ?? '');
      if (!isHere) result.push(marks[i]!);
      else {
        result.push(...added('otherwise'));
        i += units.length - 1;
      }
    }
    return result;
  },
  'insert an emoji': (marks, below) => insertAt(marks, below(marks.length + 1), ...added('👩‍👩‍👧😀')),
  'rewrap paragraphs': (marks) => {
    let column = 0;
    return marks.map((one, i) => {
      column = one.text.endsWith('\n') ? 0 : column + 1;
      if (column <= 72 || one.text !== ' ' || marks[i + 1]?.text === ' ') return one;
      column = 0;
      return { ...one, text: '\n' };
    });
  },
  'double the spaces behind full stops': (marks) =>
    marks.flatMap((one, i) =>
      one.text === ' ' && marks[i - 1]?.text === '.' ? [one, ...added(' ')] : [one],
    ),
  'use typographic quotes': (marks) => {
    let isOpen = false;
    return rewrite(marks, (character) => {
      if (character === "'") return '’';
      if (character !== '"') return character;
      isOpen = !isOpen;
      return isOpen ? '“' : '”';
    });
  },
  'decompose letters (NFD)': (marks) => rewrite(marks, (character) => character.normalize('NFD')),
  'use CRLF': (marks) => marks.map((one) => (one.text === '\n' ? { ...one, text: '\r\n' } : one)),
  'add a byte-order mark': (marks) => (marks[0]?.text === '\ufeff' ? marks : [...added('\ufeff'), ...marks]),
  'add header lines': (marks) => [...added('title: A day in the city\nsource: sample\n'), ...marks],
  'trim the end': (marks) => marks.slice(0, marks.findLastIndex(({ text }) => /\S/.test(text)) + 1),
};

export type EditName = keyof typeof OUTSIDE_EDITS;

/**
 * Where a span of the original text is in the edited one, in code points (`\r\n` counts 1, a byte-order
 * mark at the start 0); `undefined` where a character of it is gone or another stands between. Where it
 * was copied and then deleted, the copy is what was moved.
 */
export function truth(marks: readonly Mark[], start: number, end: number): Place | undefined {
  const original = marks.map(({ origin }) => origin);
  return (
    find(marks, original, start, end) ??
    find(
      marks,
      marks.map(({ copyOf }) => copyOf),
      start,
      end,
    )
  );
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function find(
  marks: readonly Mark[],
  origins: readonly (number | undefined)[],
  start: number,
  end: number,
): Place | undefined {
  const first = origins.indexOf(start);
  if (first < 0) return undefined;
  let last = first;
  const seen = new Set<number>();
  while (last < marks.length) {
    const origin = origins[last];
    const isOwn = origin !== undefined && origin >= start && origin < end;
    if (isOwn) seen.add(origin);
    // A space that was doubled within a mention is still that space.
    else if (seen.size === end - start || !/^\s$/.test(marks[last]!.text)) break;
    last++;
  }
  if (seen.size !== end - start) return undefined;
  const mark = marks[0]?.text === '\ufeff' ? 1 : 0;
  return { start: first - mark, end: last - mark };
}
