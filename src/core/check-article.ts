import type { Entity } from './model/entity';
import { parseHeader } from './header';
import type { Problem } from './problem';
import type { Span, TextIndex } from './text';
import { wordNear, type Range16 } from './words';

/**
 * What is wrong in an article: its header, and where entities were whose text is gone.
 * @param slips the ids of those whose place is certain all the same
 */
export function checkArticle(
  index: TextIndex,
  broken: readonly Entity[],
  slips: Pick<ReadonlyMap<string, unknown>, 'has'> = new Map(),
): Problem[] {
  const header = parseHeader(index.raw).problems.map(({ code, start16, end16, value }): Problem => {
    return { code, severity: 'warning', start16, end16, values: { value } };
  });
  const gone = broken.map((entity): Problem => {
    const { id, label, text } = entity;
    const place = brokenPlace(index, entity);
    const values = { id, label, text, ...(slips.has(id) && CERTAIN) };
    return { code: 'entity-broken', severity: 'warning', ...place, values };
  });
  return [...header, ...gone];
}

/** Among the values of a problem of an entity: its place is certain. */
export const CERTAIN = { place: 'certain' };

/** Where to show an entity whose text is gone: at the word where it was, by its old offset. */
export function brokenPlace(index: TextIndex, { start }: Span): Range16 {
  const at16 = index.toUtf16(start);
  return wordNear(index.raw, at16) ?? { start16: at16, end16: at16 };
}

/** Where bytes that are not UTF-8 show in a text that was decoded all the same. */
export function notUtf8Problem(shown: string): Problem {
  const at16 = shown.indexOf('\ufffd');
  const start16 = Math.max(0, at16);
  return {
    code: 'file-not-utf8',
    severity: 'error',
    start16,
    end16: start16 + (at16 < 0 ? 0 : 1),
    values: {},
  };
}
