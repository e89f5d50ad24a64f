import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import { mergeSidecars, NO_TEXT } from '../../../src/core/sidecar/merge';
import { readSidecar } from '../../../src/core/sidecar/read';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { anyEntity, entity } from './arbitraries';

const OLD = 'sha256:' + '3'.repeat(64);
const NEW = 'sha256:' + '1'.repeat(64);
const NEWER = 'sha256:' + '2'.repeat(64);

const sidecar = (textHash: string, ...entities: Entity[]): Sidecar => ({
  article: 'a.txt',
  textHash,
  status: 'open',
  entities: entities.sort(compareEntities),
  frame: NEW_FRAME,
});

const at = (start: number, fields: Partial<Entity> & { id: string }) => {
  const { text = 'text' } = fields;
  return entity({ ...fields, start, end: start + text.length, text });
};

const placesOf = ({ entities }: Sidecar) => entities.map(({ id, start, text }) => `${id} ${start} ${text}`);

describe('merging sidecars whose articles differ', () => {
  const base = sidecar(OLD, at(0, { id: 'a' }), at(20, { id: 'b' }), at(40, { id: 'c' }));
  /** Ten characters were put in at 10. */
  const moved = sidecar(NEW, at(0, { id: 'a' }), at(30, { id: 'b' }), at(50, { id: 'c' }));

  it('takes the places of the side that changed the article, and its hash while nothing else has a place', () => {
    const ours = sidecar(OLD, at(0, { id: 'a', label: 'PER' }), at(20, { id: 'b' }));
    for (const [one, other] of [
      [ours, moved],
      [moved, ours],
    ] as const) {
      const { sidecar: merged, conflicts } = mergeSidecars(base, one, other);
      assert.deepEqual(placesOf(merged), ['a 0 text', 'b 30 text']);
      assert.equal(merged.entities[0]?.label, 'PER');
      assert.equal(merged.textHash, NEW);
      assert.equal(conflicts, 0);
    }
  });

  it('moves what the other side added, widened and moved, and then vouches for no place', () => {
    const ours = sidecar(
      OLD,
      at(2, { id: 'x' }),
      at(42, { id: 'a' }),
      at(20, { id: 'b', text: 'text and more' }),
      at(38, { id: 'c', text: 'a text' }),
      at(60, { id: 'z', parts: [[60, 61]] }),
    );
    for (const [one, other] of [
      [ours, moved],
      [moved, ours],
    ] as const) {
      const { sidecar: merged, conflicts } = mergeSidecars(base, one, other);
      assert.deepEqual(placesOf(merged), [
        'x 2 text',
        'b 30 text and more',
        'c 48 a text',
        'a 52 text',
        'z 70 text',
      ]);
      assert.deepEqual(merged.entities.at(-1)?.parts, [[70, 71]]);
      assert.equal(merged.textHash, NO_TEXT);
      assert.equal(conflicts, 0);
    }
  });

  it('takes our places where both changed it, and vouches for none', () => {
    const ours = sidecar(NEWER, at(5, { id: 'a' }), at(25, { id: 'b', note: 'n' }), at(45, { id: 'c' }));
    const theirs = { ...moved, entities: [...moved.entities, at(60, { id: 'z' })] };
    const { sidecar: merged, conflicts } = mergeSidecars(base, ours, theirs);
    assert.deepEqual(placesOf(merged), ['a 5 text', 'b 25 text', 'c 45 text', 'z 55 text']);
    assert.equal(merged.textHash, NO_TEXT);
    assert.equal(conflicts, 0);
  });

  it('takes one side’s place where both have the same new article', () => {
    const ours = sidecar(
      NEW,
      at(0, { id: 'a' }),
      at(30, { id: 'b', text: 'text and more' }),
      at(50, { id: 'c' }),
    );
    const { sidecar: merged, conflicts } = mergeSidecars(base, ours, moved);
    assert.deepEqual([merged.entities, merged.textHash], [ours.entities, NEW]);
    assert.equal(conflicts, 0);
  });

  it('vouches for no place to which only a neighbour led, even if the text stands there', () => {
    const theirs = sidecar(NEW, ...moved.entities, at(70, { id: 'z' }));
    const ours = sidecar(OLD, ...base.entities, at(60, { id: 'y' }));
    const { sidecar: merged } = mergeSidecars(base, ours, theirs);
    assert.deepEqual(placesOf(merged).at(-1), 'y 70 text');
    assert.equal(merged.textHash, NO_TEXT);
  });

  it('vouches for the place of both versions of an entity that both changed', () => {
    const change = (from: Sidecar, label: string): Sidecar => ({
      ...from,
      entities: from.entities.map((one) => (one.id === 'b' ? { ...one, label } : one)),
    });
    const { sidecar: merged, conflicts } = mergeSidecars(base, change(base, 'PER'), change(moved, 'GPE'));
    assert.equal(conflicts, 1);
    assert.deepEqual([merged.entities.length, merged.textHash], [4, NEW]);
  });

  it('takes no side that does not say its text for one of the other’s text', () => {
    const unsaid = sidecar('', ...base.entities, at(60, { id: 'z' }));
    for (const [one, other] of [
      [unsaid, moved],
      [moved, unsaid],
    ] as const) {
      for (const from of [base, { ...base, textHash: '' }, undefined]) {
        assert.equal(mergeSidecars(from, one, other).sidecar.textHash, NO_TEXT);
      }
    }
    const added = sidecar('', ...base.entities, at(80, { id: 'y' }));
    assert.equal(mergeSidecars(base, unsaid, added).sidecar.textHash, '', 'neither says one');
  });

  it('never puts a span before the beginning', () => {
    const theirs = sidecar(NEW, at(0, { id: 'b' }));
    const { sidecar: merged } = mergeSidecars(
      base,
      sidecar(OLD, at(1, { id: 'x' }), ...base.entities),
      theirs,
    );
    assert.deepEqual(placesOf(merged), ['b 0 text', 'x 0 text']);
  });

  it('without a base takes what both have for what was there', () => {
    const theirs = sidecar(OLD, at(0, { id: 'a', label: 'PER' }), at(20, { id: 'b' }), at(60, { id: 'z' }));
    const { sidecar: merged, conflicts } = mergeSidecars(undefined, base, theirs);
    assert.deepEqual(placesOf(merged).length, 5);
    assert.equal(conflicts, 1);
    assert.equal(merged.textHash, OLD);
  });
});

describe('merging the lines around the entities', () => {
  const lines = (head: string, tail = '') => `version: 1\narticle: a.txt\n${head}entities: []\n${tail}`;
  const merge = (...sources: [string, string, string]) => {
    const [base, ours, theirs] = sources.map((source) => readSidecar(source).sidecar!) as [
      Sidecar,
      Sidecar,
      Sidecar,
    ];
    const merged = writeSidecar(mergeSidecars(base, ours, theirs).sidecar);
    assert.ok(readSidecar(merged).sidecar, merged);
    return merged.replace('status: open\n', '');
  };
  const none = lines('');

  for (const [what, base, ours, theirs, wanted] of [
    ['takes a key that one side added', none, none, lines('', 'notes: x\n'), lines('', 'notes: x\n')],
    ['takes a key that one side deleted', lines('', 'notes: x\n'), none, lines('', 'notes: x\n'), none],
    [
      'takes keys that both sides added',
      none,
      lines('a: 1\n'),
      lines('b:\n  - c\n'),
      lines('a: 1\n', 'b:\n  - c\n'),
    ],
    [
      'keeps ours of a key that both changed, and theirs as a comment',
      lines('', 'r:\n  - a\n'),
      lines('', 'r:\n  - a\n  - b\n'),
      lines('', 'r:\n  - a\n  - c\n'),
      lines('', 'r:\n  - a\n  - b\n#   - c\n'),
    ],
    [
      'keeps a key that one side changed and the other deleted as a comment, or as it is',
      lines('', 'r: 1\ns: 1\n'),
      lines('', 's: 2\n'),
      lines('', 'r: 2\n'),
      lines('', 's: 2\n# r: 2\n'),
    ],
    [
      'knows a key that begins like another',
      lines(''),
      lines('article:x: 1\n'),
      lines('article:y: 1\n'),
      lines('article:x: 1\n', 'article:y: 1\n'),
    ],
    ['keeps comments of both', none, `# A\n${none}`, `# B\n${none}`, `# A\n${none}# B\n`],
    [
      'keeps a comment at a key',
      lines('status: open # a\n'),
      lines('status: done # a\n'),
      lines('status: open # b\n'),
      lines('status: done # b\n'),
    ],
  ] as const) {
    it(what, () => assert.equal(merge(base, ours, theirs), wanted));
  }
});

/** Lines that are valid around entities, and odd. */
const someFrame = fc
  .record({
    head: fc.subarray(['# a', '', '---', 'article:x: 1', 'x: 1', 'q: "a', '  b"']),
    tail: fc.subarray(['  # below', 'notes: |', '  text', 'r: {a: 1}', '# end', 'l:', '- 1', '...']),
  })
  .map(({ head, tail }) => `${head.join('\n')}\nversion: 1\nentities: []\n${tail.join('\n')}\n`)
  .map((source) => readSidecar(source).sidecar?.frame)
  .filter((frame) => frame !== undefined);

const anySidecar = fc
  .record({
    article: fc.constantFrom('a.txt', 'b c.txt', ''),
    textHash: fc.constantFrom(OLD, NEW, NEWER, ''),
    status: fc.constantFrom<'open' | 'done'>('open', 'done'),
    entities: fc.uniqueArray(
      anyEntity.chain((one) => fc.constantFrom('a', 'b', 'c', one.id).map((id) => ({ ...one, id }))),
      { selector: ({ id }) => id, maxLength: 4 },
    ),
    frame: fc.oneof(fc.constant(NEW_FRAME), someFrame),
  })
  .map((one) => ({ ...one, entities: one.entities.sort(compareEntities) }));

describe('a merge of any three sidecars', () => {
  it('is a valid sidecar with all lines of both', () => {
    fc.assert(
      fc.property(fc.option(anySidecar, { nil: undefined }), anySidecar, anySidecar, (base, ours, theirs) => {
        const { sidecar: merged } = mergeSidecars(base, ours, theirs);
        const source = writeSidecar(merged);
        const reading = readSidecar(source);
        assert.deepEqual(reading.problems, []);
        assert.deepEqual(reading.sidecar?.entities, merged.entities);
        const before = new Set(base ? [...base.frame.head, ...base.frame.tail] : []);
        for (const line of [ours.frame, theirs.frame].flatMap(({ head, tail }) => [...head, ...tail])) {
          if (!before.has(line) && !/^(version|article|text_hash|status):/.test(line)) {
            assert.ok(source.includes(line.trim()), line);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the other side where one did nothing', () => {
    fc.assert(
      fc.property(anySidecar, anySidecar, (base, other) => {
        const wanted = writeSidecar(other);
        assert.equal(writeSidecar(mergeSidecars(base, base, other).sidecar), wanted);
        assert.equal(writeSidecar(mergeSidecars(base, other, base).sidecar), wanted);
      }),
      { numRuns: 300 },
    );
  });
});
