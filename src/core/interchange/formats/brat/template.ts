import type { Plain } from '../../../entity';

/**
 * What an `.ann` file looked like: its lines in their order, text-bound annotations by their ids (`T1`, or
 * `T1-T9` for a run of them), others as they were. With it, a document that was not changed becomes the same
 * file again, with its events and whatever else the model does not know.
 */
export type Template =
  | { readonly lines: readonly string[] }
  /** Where there are but text-bound annotations, in an order of their own. */
  | { readonly form: readonly string[] };

/** @returns `undefined` where the file is what would be written without it */
export function templateOf(order: readonly string[]): Template | undefined {
  let before = 0;
  const isUsual = order.every((line) => {
    const number = numberOf(line);
    const isNext = number > before;
    before = number;
    return isNext;
  });
  if (isUsual) return undefined;
  const lines: string[] = [];
  for (let i = 0; i < order.length;) {
    const first = numberOf(order[i]!);
    let end = i + 1;
    while (first > 0 && end < order.length && numberOf(order[end]!) === first + end - i) end++;
    lines.push(end - i > 2 ? `T${first}-T${first + end - i - 1}` : order[i]!);
    i = end - i > 2 ? end : i + 1;
  }
  return order.every((line) => numberOf(line) > 0) ? { form: lines } : { lines };
}

/** The ids and lines of a template, runs of ids written out. What is no text is left out. */
export function expand(template: Plain | undefined): string[] {
  const { form, lines = form } = Object(template) as Record<string, Plain>;
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: Plain): string[] => {
    if (typeof line !== 'string') return [];
    const [, first, last] = /^T(\d{1,9})-T(\d{1,9})$/.exec(line) ?? [];
    if (first === undefined || last === undefined) return [line];
    const count = Math.min(Number(last) - Number(first) + 1, MOST_IN_A_RUN);
    return Array.from({ length: Math.max(0, count) }, (_, i) => `T${Number(first) + i}`);
  });
}

/** A sidecar that is not ours may hold any numbers. */
const MOST_IN_A_RUN = 1_000_000;

/** The number of an id as brat makes them; 0 for any other line. */
export function numberOf(line: string): number {
  return /^T[1-9]\d{0,8}$/.test(line) ? Number(line.slice(1)) : 0;
}
