import assert from 'node:assert/strict';
import { documentsOf, type Input } from '../../../src/cli/documents';
import { deferInterrupts, endInterrupts, Interrupted } from '../../../src/cli/interrupt';
import type { SourceFile } from '../../../src/formats/shared/format';
import { formatById } from '../../../src/formats';
import { Report } from '../../../src/formats/shared/report';

describe('a signal', () => {
  afterEach(endInterrupts);

  it('ends a walk through files that are all of another format', async () => {
    const file: SourceFile = {
      path: 'a.png',
      size: 0,
      hasMark: false,
      text: () => '',
      lines: () => [],
      slice: () => new Uint8Array(),
      sibling: () => undefined,
    };
    function* files() {
      // Only its own: those of the test runner would end the tests.
      process.listeners('SIGINT').at(-1)!('SIGINT');
      // Long enough that signals have their turn.
      for (const until = performance.now() + 1000; performance.now() < until;) yield file;
    }
    const input: Input = { named: 'in', format: formatById('brat')!, isFolder: true, files };
    deferInterrupts();
    const read = documentsOf(input, { report: new Report(), options: {} });
    await assert.rejects(read.next(), (error) => error instanceof Interrupted && error.exitCode === 130);
  });
});
