import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/model/entity.ts';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar.ts';
import { LastWrite } from '../../../src/workspace/open/last-write.ts';

const entity = (id: string, label = 'PER'): Entity => ({ id, label, start: 0, end: 3, text: 'Ada' });
const state = (...entities: Entity[]) => ({ status: 'open' as const, entities });
const sidecar = (textHash: string): Sidecar => ({ ...state(), article: 'a.txt', textHash, frame: NEW_FRAME });

describe('what was written to a sidecar last', () => {
  const before = state(entity('aaaaaa'), entity('bbbbbb'));
  const after = state(entity('aaaaaa', 'ORG'), entity('cccccc'));
  let written: LastWrite;

  beforeEach(() => {
    written = new LastWrite();
    written.remember(before, after, 'sha256:1');
  });

  it('was not seen by who writes at once for another text', () => {
    assert.deepEqual(written.seenBy(sidecar('sha256:2'), after), before);
  });

  it('was seen by who writes for the same text, or does not say for which', () => {
    for (const hash of ['sha256:1', '']) assert.equal(written.seenBy(sidecar(hash), after), after);
    assert.equal(written.seenBy(undefined, after), after);
    assert.equal(new LastWrite().seenBy(sidecar('sha256:2'), after), after);
  });
});
