import assert from 'node:assert/strict';
import type { Note } from '../../../src/formats/shared/report';
import { MOST_KEPT, TransferLog } from '../../../src/workspace/transfer/log';

describe('what is kept of the notes of a transfer', () => {
  const lost = (code: Note['code']): Note => ({
    kind: 'lost',
    code,
    document: 'a',
    label: 'PER',
    text: 'Ada',
  });

  it('is no more of a code than can be read, and some of each', () => {
    const log = new TransferLog();
    for (let i = 0; i < MOST_KEPT + 500; i++)
      log.report.add({ ...lost('field'), values: { fields: 'reviewed' } });
    log.report.add(lost('overlap'));
    assert.equal(log.notes.lost.length, MOST_KEPT + 1);
    assert.equal(log.notes.lost.at(-1)?.code, 'overlap');
    assert.equal(log.count('lost'), MOST_KEPT + 501);
  });
});
