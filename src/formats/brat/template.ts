import type { Plain } from '../../core/model/entity';
import { readNumber } from './lines';

/**
 * What an `.ann` file looked like: its lines in their order, text-bound annotations by their ids (`T1`, or
 * `T1-T9` for a run of them), those that would be written otherwise and all other lines as they were. With it,
 * a document that was not changed becomes the same file again, with its events and whatever else the model does
 * not know.
 */
export type Template = {
  readonly lines?: readonly string[];
  readonly form?: Form;
};

/** What is no loss to other formats. */
type Form = {
  /** Where they say nothing but what the model knows. */
  readonly lines?: readonly string[];
  /** That of all lines. Where only some end so, those end with `\r`. */
  readonly ending?: '\r\n';
  /** Nothing ends the last line. */
  readonly open?: true;
  /** It begins with a byte-order mark. */
  readonly mark?: true;
  /** The text begins with a byte-order mark, which offsets count or not. */
  readonly textMark?: 'counted' | 'uncounted';
};

/** The lines of a file and how they end. */
export interface Layout {
  /** Without what ends all of them. */
  readonly lines: readonly string[];
  readonly ending: '\n' | '\r\n';
  readonly isOpen: boolean;
}

/** Parts a file so that {@link joinLayout} gives it back. */
export function layoutOf(content: string): Layout {
  const lines = content.split('\n');
  const isOpen = lines.at(-1) !== '';
  const ended = lines.length - 1;
  if (!isOpen) lines.pop();
  const isWindows =
    ended > 0 && content.includes('\r') && lines.every((line, i) => i >= ended || line.endsWith('\r'));
  if (!isWindows) return { lines, ending: '\n', isOpen };
  const bare = lines.map((line, i) => (i < ended ? line.slice(0, -1) : line));
  return { lines: bare, ending: '\r\n', isOpen };
}

/** The file of lines. */
export function joinLayout({ lines, ending, isOpen }: Layout): string {
  return lines.join(ending) + (isOpen || lines.length === 0 ? '' : ending);
}

/**
 * @param order the lines of the file, text-bound annotations as ids where they are what would be written
 * @param hasMore whether they say what the model has no place for
 * @returns `undefined` where the file is what would be written without it
 */
export function templateOf(
  order: readonly string[],
  { ending, isOpen }: Omit<Layout, 'lines'>,
  hasMore: boolean,
  marks: Pick<Form, 'mark' | 'textMark'>,
): Template | undefined {
  const lines = isUsual(order) ? [] : inRuns(order);
  const form: Form = {
    ...(lines.length > 0 && !hasMore && { lines }),
    ...(ending === '\r\n' && { ending }),
    ...(isOpen && order.length > 0 && { open: true }),
    ...marks,
  };
  const template = {
    ...(lines.length > 0 && hasMore && { lines }),
    ...(Object.keys(form).length > 0 && { form }),
  };
  return Object.keys(template).length > 0 ? template : undefined;
}

/** Whether there are text-bound annotations only, in the order of their numbers. */
function isUsual(order: readonly string[]): boolean {
  let before = 0;
  return order.every((line) => {
    const number = numberOf(line);
    const isNext = number > before;
    before = number;
    return isNext;
  });
}

function inRuns(order: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < order.length;) {
    const first = numberOf(order[i]!);
    let end = i + 1;
    while (first > 0 && end < order.length && numberOf(order[end]!) === first + end - i) end++;
    lines.push(end - i > 2 ? `T${first}-T${first + end - i - 1}` : order[i]!);
    i = end - i > 2 ? end : i + 1;
  }
  return lines;
}

/** `T1-T9`; what is called so itself is no id of a template. */
const RUN = /^T(\d{1,9})-T(\d{1,9})$/;

export function isRun(line: string): boolean {
  return line.includes('-') && RUN.test(line);
}

/** A template as it can be written by: runs of ids written out, what is none of ours left out. */
export interface Expanded extends Layout {
  readonly hasMark: boolean;
  readonly textMark: 'counted' | 'uncounted' | undefined;
}

/** @param template as a sidecar has it, which may be anybody's */
export function expand(template: Plain | undefined): Expanded {
  const { form, lines: own } = Object(template) as Record<string, Plain>;
  const { lines = own, ending, open, mark, textMark } = Object(form) as Record<string, Plain>;
  return {
    lines: Array.isArray(lines) ? lines.flatMap(written) : [],
    ending: ending === '\r\n' ? ending : '\n',
    isOpen: open === true,
    hasMark: mark === true,
    textMark: textMark === 'counted' || textMark === 'uncounted' ? textMark : undefined,
  };
}

function written(line: Plain): string[] {
  if (typeof line !== 'string' || line.includes('\n')) return [];
  const [, first, last] = RUN.exec(line) ?? [];
  if (first === undefined || last === undefined) return [line];
  const count = Math.min(Number(last) - Number(first) + 1, MOST_IN_A_RUN);
  return Array.from({ length: Math.max(0, count) }, (_, i) => `T${Number(first) + i}`);
}

/** A sidecar that is not ours may hold any numbers. */
const MOST_IN_A_RUN = 1_000_000;

/** The number of an id as brat makes them; 0 for any other line. */
export function numberOf(line: string): number {
  return line.startsWith('T') ? Math.max(0, readNumber(line, 1, line.length)) : 0;
}
