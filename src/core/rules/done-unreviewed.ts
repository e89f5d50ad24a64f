import type { Rule } from './rule';

/** An article that is marked as done, with entities that nobody has reviewed. */
export const doneUnreviewed: Rule = {
  id: 'done-unreviewed',
  severity: 'warning',
  *check({ status, entities, header: { bodyStart16 }, index: { raw } }) {
    const left = entities.filter(({ reviewed }) => !reviewed).length;
    if (status !== 'done' || left === 0) return;
    const line = /^[^\r\n]*/.exec(raw.slice(bodyStart16))![0];
    yield {
      start16: bodyStart16,
      end16: bodyStart16 + line.length,
      values: { count: String(left) },
      fix: () => [{ kind: 'status', before: 'done', after: 'open' }],
    };
  },
};
