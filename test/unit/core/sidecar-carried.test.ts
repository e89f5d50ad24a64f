import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Plain } from '../../../src/core/model/entity.ts';
import type { Carried, Relation } from '../../../src/formats/shared/document.ts';
import type { FormatError } from '../../../src/formats/shared/format.ts';
import { writeReadable } from '../../../src/formats/shared/sidecars.ts';
import { readCarriedLines } from '../../../src/core/sidecar/carried-lines.ts';
import { readCarried, withCarried } from '../../../src/core/sidecar/carried.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../../src/core/sidecar/write.ts';

const sidecarWith = (relations: readonly Relation[], carried: Carried): Sidecar => ({
  article: 'a.txt',
  textHash: `sha256:${'0'.repeat(64)}`,
  status: 'open',
  entities: [],
  relations,
  frame: withCarried(NEW_FRAME, carried),
});

/** Of such text, long values are made that are parted at every kind of place. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', ' ', '\n', '\\', '"', ',', ', ', '#', '\t', ':', '-', '{', 'é', '😀'), {
      maxLength: 300,
    })
    .map((parts) => parts.join('')),
);
const value: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 40 }),
    fc.dictionary(text, tie('value'), { maxKeys: 10, noNullPrototype: true }),
  ),
})).value;

describe('what stands beside the entities of a sidecar, however large', () => {
  it('is read as it was written, by every YAML reader the same', () => {
    const carried = fc.dictionary(fc.string({ minLength: 1 }), value, {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(carried, (wanted) => {
        const { frame } = sidecarWith([], wanted);
        assert.deepEqual(readCarried(frame), wanted);
        const lines = readCarriedLines(frame.tail);
        if (lines) assert.deepEqual(lines, wanted);
        const byYaml = parse(frame.tail.join('\n') + '\n', { uniqueKeys: false }) as { carried: Plain };
        assert.deepEqual(byYaml.carried, wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('is no hindrance to the next reader: a document of megabytes, and 20,000 relations', () => {
    const source = '<p n="1">A line — of “text”, \\ and so on.</p>\n  '.repeat(60_000);
    const relations = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ id: `r${i}`, label: 'met', from: `a${i}`, to: `b${i}` },
      attributes: { note: 'x, y', n: i / 4 },
    }));
    const written = writeSidecar(sidecarWith(relations, { tei: { source }, other: [1.5, source] }));
    const { sidecar, problems } = readSidecar(written);
    assert.deepEqual(problems, []);
    // As text, since a comparison of so many objects takes seconds.
    const read = JSON.stringify([sidecar!.relations, readCarried(sidecar!.frame)]);
    assert.ok(read === JSON.stringify([relations, { tei: { source }, other: [1.5, source] }]));
    assert.ok(writeSidecar(sidecar!) === written);
    // Where the source has line ends, a change of it is one of a few lines.
    assert.ok(written.split('\n').every((line) => line.length < 300));
  });

  it('is not written where it could not be read again', () => {
    const { frame } = sidecarWith([], { other: [NaN, 'x'.repeat(600_000)] });
    assert.throws(
      () => writeReadable({ ...sidecarWith([], {}), frame }, 'a'),
      (error: FormatError) => error.code === 'sidecar-unreadable' && error.place.file === 'a',
    );
    const sound = sidecarWith([], { other: [1, 'x'.repeat(600_000)] });
    assert.equal(writeReadable(sound, 'a'), writeSidecar(sound));
  });
});
