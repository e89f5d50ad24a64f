import type { NoteCode } from '../shared/note-codes';
import { miscValue, unescapeSpaces } from './misc';

/** What is wrong in a line, or was mended. @param line in the document, from 0 */
export type Fault = (
  line: number,
  code: Extract<
    NoteCode,
    'line-malformed' | 'sequence-malformed' | 'sentence-text' | 'sentence-spaces' | 'span-cut'
  >,
  values: Readonly<Record<string, string>>,
) => void;

export const CONLLU_COLUMNS = 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC';

/** What lines above say of all those below: of the columns (CoNLL-U Plus), and of the parts of `Entity=(…)`. */
export interface Declared {
  /** `ID FORM UPOS …` */
  readonly columns: string;
  /** `eid-etype-head-other`; empty where nothing is declared. */
  readonly fields: string;
  /** The key of MISC, or the column, that a person has named as that of tags; empty where none is. */
  readonly tagKey: string;
}

/** A row of the table that something can be said of. */
export interface Word {
  /** The line of the document, from 0. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The first token that it, or anything behind it, is in; and the last one up to it. Tokens are what stands in the text. */
  readonly first: number;
  readonly last: number;
}

/** The table of a document, with the text that its tokens make. */
export interface Sheet {
  readonly declared: Declared;
  readonly text: string;
  /** Token `i` is `[2 * i]` to `[2 * i + 1]`, in UTF-16 units of the text. */
  readonly places16: readonly number[];
  readonly words: readonly Word[];
  /** The lines, from 0, that were left out, as they are malformed. */
  readonly malformed: ReadonlySet<number>;
}

/** `[first, last]`, both included, of words. */
export type WordSpan = readonly [first: number, last: number];

/** Whether a line that was left out stands among those of words. */
export function hasHole([first, last]: WordSpan, { words, malformed }: Sheet): boolean {
  if (malformed.size === 0) return false;
  for (let line = words[first]!.line; line < words[last]!.line; line++) if (malformed.has(line)) return true;
  return false;
}

/** Tells of an entity that is left out, as a line that was left out may be a part of it. */
export function tellCut([first, last]: WordSpan, { words, places16, text }: Sheet, fault: Fault): void {
  const [start16, end16] = [places16[2 * words[first]!.first], places16[2 * words[last]!.last + 1]];
  fault(words[first]!.line, 'span-cut', { text: text.slice(start16, end16) });
}

export const NOTHING_DECLARED: Declared = { columns: CONLLU_COLUMNS, fields: '', tagKey: '' };

interface Token {
  readonly form: string;
  readonly before: string;
  /** What follows it; `undefined` where the file does not say. */
  after: string | undefined;
}

/** What a declaration says: `# global.Entity = eid-etype-head-other`. */
export function declarationIn(line: string, declared: Declared): Declared {
  const [, name, value] = /^#\s*global\.(columns|Entity)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return declared;
  return name === 'columns'
    ? { ...declared, columns: value.split(/\s+/).join(' ') }
    : { ...declared, fields: value };
}

const ID = /^(?:(\d{1,9})(?:-(\d{1,9})|\.\d{1,9})?)$/;

/**
 * Reads the lines of a document. The text is made of the forms of tokens, those of ranges (`3-4`) instead of
 * the words in them, with `SpaceAfter`, `SpacesBefore`, `SpacesAfter` and `SpacesInToken`; where these do not
 * make what `# text` says and it has the same forms, it is right about the spaces between. Where nothing
 * is said, a space follows a token, an empty line ends a paragraph, a sentence ends a line in a document
 * without paragraphs, and so does the document.
 * @param outer what was declared before these lines
 */
export function readSheet(lines: readonly string[], outer: Declared, fault: Fault): Sheet {
  const hasParagraphs = lines.some((line) => /^#\s*newpar\b/.test(line));
  let declared = outer;
  let text = '';
  const places16: number[] = [];
  const words: Word[] = [];
  let sentence: Token[] = [];
  let comment: { line: number; text: string } | undefined;
  let isNewParagraph = false;
  let rangeEnd = 0;
  const malformed = new Set<number>();
  /** The last word of a range whose own row is malformed. */
  let lostEnd = 0;
  /** What separates the sentences before from the next one, where the last token does not say. */
  let open: Token | undefined;

  const endSentence = () => {
    if (comment && sentence.length > 0) matchText(sentence, comment, fault);
    if (open && sentence.length > 0) text += gapAfter(open, isNewParagraph, hasParagraphs);
    sentence.forEach((token, i) => {
      text += token.before;
      places16.push(text.length, text.length + token.form.length);
      text += token.form;
      if (i < sentence.length - 1) text += token.after ?? ' ';
    });
    if (sentence.length > 0) {
      open = sentence.at(-1);
      isNewParagraph = false;
    }
    sentence = [];
    comment = undefined;
    rangeEnd = lostEnd = 0;
  };

  lines.forEach((source, line) => {
    if (source.trim() === '') return endSentence();
    if (source.startsWith('#')) {
      declared = declarationIn(source, declared);
      if (/^#\s*newpar\b/.test(source)) isNewParagraph = true;
      const said = /^#\s*text\s*=\s?(.*)$/.exec(source)?.[1];
      if (said !== undefined) comment = { line, text: said };
      return;
    }
    const cells = source.split('\t');
    const width = declared.columns.split(' ').length;
    const [, first, last] = ID.exec(cells[0] ?? '') ?? [];
    const form = cellOf(cells, 'FORM', declared);
    // Which cell is missing or too many, nobody knows; nor how the words of a range look together.
    const isRow = cells.length === width && first !== undefined && form !== undefined && form !== '';
    if (!isRow || Number(first) <= lostEnd) {
      if (last !== undefined) lostEnd = Number(last);
      malformed.add(line);
      return fault(line, 'line-malformed', { source: source.slice(0, 200) });
    }
    const count = places16.length / 2 + sentence.length;
    if (cells[0]!.includes('.')) {
      words.push({ line, cells, first: count, last: count - 1 });
      return;
    }
    const isWithinRange = last === undefined && Number(first) <= rangeEnd;
    if (isWithinRange) {
      words.push({ line, cells, first: count - 1, last: count - 1 });
      return;
    }
    if (last !== undefined) rangeEnd = Number(last);
    words.push({ line, cells, first: count, last: count });
    sentence.push(tokenOf(form, cellOf(cells, 'MISC', declared) ?? '_'));
  });
  endSentence();
  if (open) text += open.after ?? '\n';
  return { declared, text, places16, words, malformed };
}

/** The cell of a column, by its name. */
export function cellOf(cells: readonly string[], column: string, { columns }: Declared): string | undefined {
  const at = columns.split(' ').indexOf(column);
  return at < 0 ? undefined : cells[at];
}

function tokenOf(form: string, misc: string): Token {
  const spaces = (key: string) => {
    const value = miscValue(misc, key);
    return value === undefined ? undefined : unescapeSpaces(value);
  };
  const after = spaces('SpacesAfter') ?? (miscValue(misc, 'SpaceAfter') === 'No' ? '' : undefined);
  return { form: spaces('SpacesInToken') ?? form, before: spaces('SpacesBefore') ?? '', after };
}

function gapAfter({ after }: Token, isNewParagraph: boolean, hasParagraphs: boolean): string {
  // Some treebanks say `SpaceAfter=No` of whatever ends a sentence.
  if (after !== undefined && !(after === '' && isNewParagraph)) return after;
  return isNewParagraph ? '\n\n' : hasParagraphs ? ' ' : '\n';
}

/** Takes the spaces from a sentence's text where the tokens make another one. */
function matchText(sentence: Token[], comment: { line: number; text: string }, fault: Fault): void {
  const made = sentence.map(({ before, form, after = ' ' }, i) => {
    return (i === 0 ? '' : before) + form + (i < sentence.length - 1 ? after : '');
  });
  const said = oneSpace(comment.text).trim();
  if (oneSpace(made.join('')).trim() === said) return;
  const gaps: string[] = [];
  let at16 = 0;
  for (const { form } of sentence) {
    const start16 = said[at16] === ' ' ? at16 + 1 : at16;
    const wanted = oneSpace(form);
    if (!said.startsWith(wanted, start16))
      return fault(comment.line, 'sentence-text', { text: comment.text });
    gaps.push(said.slice(at16, start16));
    at16 = start16 + wanted.length;
  }
  if (at16 < said.length) return fault(comment.line, 'sentence-text', { text: comment.text });
  fault(comment.line, 'sentence-spaces', { text: comment.text });
  for (let i = 0; i + 1 < sentence.length; i++) sentence[i]!.after = gaps[i + 1];
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ');
}
