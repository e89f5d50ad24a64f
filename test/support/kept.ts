import assert from 'node:assert/strict';
import { readSidecar } from '../../src/core/sidecar/read';
import { writeSidecar } from '../../src/core/sidecar/write';

/**
 * Asserts that a source is refused with an error in it, or that what was read of it can be written and is
 * then read as the same: nothing that is accepted is lost by the next write.
 * @returns whether it is accepted
 */
export function assertKept(source: string): boolean {
  const { sidecar, problems } = readSidecar(source);
  for (const { start16, end16 } of problems) {
    assert.ok(0 <= start16 && start16 <= end16 && end16 <= source.length, 'a problem is in the file');
  }
  if (!sidecar) {
    assert.ok(problems.some(({ severity }) => severity === 'error'), 'what is refused has an error'); // prettier-ignore
    return false;
  }
  const written = writeSidecar(sidecar);
  const again = readSidecar(written);
  assert.deepEqual(again.problems, [], written);
  const { frame, ...content } = sidecar;
  const { frame: frameAgain, ...contentAgain } = again.sidecar!;
  assert.deepEqual(contentAgain, content, written);
  assert.equal(frameAgain.eol, frame.eol);
  assert.equal(writeSidecar(again.sidecar!), written, 'a second write changes nothing');
  return true;
}
