import type { Entity } from './entity';
import { parseHeader } from './header';
import type { Problem } from './problem';
import type { TextIndex } from './text';

/** What is wrong in an article: its header, and where entities were whose text is gone. */
export function checkArticle(index: TextIndex, broken: readonly Entity[]): Problem[] {
  const header = parseHeader(index.raw).problems.map(({ code, start16, end16, value }): Problem => {
    return { code, severity: 'warning', start16, end16, values: { value } };
  });
  const gone = broken.map(({ id, label, text, start, end }): Problem => {
    const [start16, end16] = [index.toUtf16(start), index.toUtf16(end)];
    return { code: 'entity-broken', severity: 'warning', start16, end16, values: { id, label, text } };
  });
  return [...header, ...gone];
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
