import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import { baseName, isSidecarName, sharedSidecarName, sidecarName } from '../../../src/core/sidecar/name';
import { isBareName } from '../../../src/core/sidecar/name';
import { readSidecar } from '../../../src/core/sidecar/read';
import { isPlainText, writeFileName, writeScalar } from '../../../src/core/sidecar/scalar';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar';
import { rewriteSidecar, setManagedLines, writeSidecar } from '../../../src/core/sidecar/write';
import { anyEntity, entity, yamlText } from './arbitraries';

const HASH = 'sha256:' + '0123456789abcdef'.repeat(4);

function sidecar(entities: readonly Entity[], fields: Partial<Sidecar> = {}): Sidecar {
  return { article: '000_x.txt', textHash: HASH, status: 'open', entities, frame: NEW_FRAME, ...fields };
}

const anySidecar = fc
  .record({
    article: fc.oneof(
      fc.constantFrom('000_x.txt', '1.e5', '中 文.txt', 'a #b.txt', ''),
      yamlText.filter(isBareName),
    ),
    textHash: fc.constantFrom(HASH, '', 'md5: x'),
    status: fc.constantFrom<'open' | 'done'>('open', 'done'),
    entities: fc
      .uniqueArray(anyEntity, { selector: ({ id }) => id, maxLength: 5 })
      .map((all) => all.sort(compareEntities)),
  })
  .map(({ entities, ...fields }) => sidecar(entities, fields));

/** What a reader of YAML sees of an entity. */
function plain({ suggestedBy, broken, ...others }: Entity): Record<string, unknown> {
  return {
    ...others,
    ...(suggestedBy !== undefined && { suggested_by: suggestedBy }),
    ...(broken !== undefined && { to_place: broken }),
  };
}

describe('writing a sidecar', () => {
  it('is exact', () => {
    const entities = [
      entity({ id: '7kq2m9', start: 213, end: 237, text: 'Communist Party of China' }),
      entity({ id: 'c41xzd', label: 'GPE', start: 233, end: 238, text: 'China', reviewed: true }),
      entity({
        ...{ id: 'd', label: 'A b', start: 300, end: 309, text: 'a "b"\n: c', suggestedBy: 'gazetteer' },
        ...{ note: 'no', link: 'wikidata:Q148', attributes: { num: 1, 'a b': [true, null, '#'] } },
        ...{
          parts: [
            [300, 301],
            [308, 309],
          ],
          before: ' x',
          after: '',
        },
      }),
    ];
    assert.equal(
      writeSidecar(sidecar(entities)),
      [
        'version: 1',
        'article: 000_x.txt',
        `text_hash: ${HASH}`,
        'status: open',
        'entities:',
        '  - {id: "7kq2m9", label: ORG, start: 213, end: 237, text: Communist Party of China}',
        '  - {id: c41xzd, label: GPE, start: 233, end: 238, text: China, reviewed: true}',
        '  - {id: d, label: A b, start: 300, end: 309, text: "a \\"b\\"\\n: c", suggested_by: gazetteer, ' +
          'note: "no", link: "wikidata:Q148", attributes: {num: 1, a b: [true, null, "#"]}, ' +
          'parts: [[300, 301], [308, 309]], before: " x", after: ""}',
        '',
      ].join('\n'),
    );
  });

  it('without entities is exact', () => {
    assert.equal(
      writeSidecar(sidecar([], { status: 'done' })),
      `version: 1\narticle: 000_x.txt\ntext_hash: ${HASH}\nstatus: done\nentities: []\n`,
    );
  });

  it('writes what every YAML reader reads as the same values', () => {
    fc.assert(
      fc.property(anySidecar, (written) => {
        const source = writeSidecar(written);
        for (const version of ['1.1', '1.2'] as const) {
          const read = parse(source, { version, logLevel: 'error' }) as Record<string, unknown>;
          assert.deepEqual(read.entities, written.entities.map(plain));
          assert.equal(read.version, 1);
          assert.equal(read.article ?? '', written.article);
          assert.equal(read.text_hash ?? '', written.textHash);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('writes what the reader reads as the same sidecar, fast or not', () => {
    fc.assert(
      fc.property(anySidecar, fc.boolean(), (written, isWindows) => {
        const source = writeSidecar(
          isWindows ? { ...written, frame: { ...NEW_FRAME, eol: '\r\n' } } : written,
        );
        const fast = readSidecar(source);
        assert.deepEqual(fast.problems, []);
        assert.deepEqual({ ...fast.sidecar, frame: NEW_FRAME }, written);
        assert.equal(writeSidecar(fast.sidecar!), source, 'written again it is the same');
        // Another indentation is not canonical, so that it is read node by node.
        const slow = readSidecar(source.replace(/^ {2}- \{/gm, '   - {'));
        assert.deepEqual(slow.problems, []);
        assert.deepEqual(slow.sidecar, fast.sidecar);
      }),
      { numRuns: 100 },
    );
  });

  it('replaces managed values and nothing else around them', () => {
    const head = [
      '# top',
      'version: 1 # v',
      'mine: "a: #b"',
      'article: "a #b.txt"  # file',
      'status: open\t# s',
    ];
    const frame = { ...NEW_FRAME, head, comment: '# here', tail: ['  # below', 'notes: x'] };
    assert.equal(
      writeSidecar(sidecar([], { frame, status: 'done' })),
      [
        ...['# top', 'version: 1 # v', 'mine: "a: #b"', 'article: 000_x.txt # file', `text_hash: ${HASH}`],
        ...['status: done # s', 'entities: [] # here', '  # below', 'notes: x', ''],
      ].join('\n'),
    );
  });
});

describe('the lines that are written', () => {
  it('of an entity have all that is known of it, in one order', () => {
    const whole = entity({
      ...{ after: 'b', before: 'a', ignore: ['x1', 'y 2'], broken: true, conflict: 'deleted' },
      ...{ externalId: 'T1', link: 'q:1', note: 'n1', suggestedBy: 'me', reviewed: false },
    });
    const line =
      '  - {id: a2b3c4, label: ORG, start: 0, end: 4, text: text, reviewed: false, suggested_by: me, note: n1, ' +
      'link: "q:1", external_id: T1, conflict: deleted, to_place: true, ignore: [x1, y 2], before: a, after: b}';
    for (const write of [writeSidecar, rewriteSidecar, rewriteSidecar])
      assert.equal(write(sidecar([whole])).split('\n')[5], line);
  });

  const about = { article: 'b.txt', textHash: HASH, status: 'done' } as const;
  const [VERSION, ARTICLE, TEXT, STATUS] = [
    'version: 1',
    'article: b.txt',
    `text_hash: ${HASH}`,
    'status: done',
  ];
  const heads: [what: string, head: string[], written: string[]][] = [
    ['are all there in a head that is empty', [], [VERSION, ARTICLE, TEXT, STATUS]], // prettier-ignore
    ['come behind those before them', ['u: 1', VERSION, 'v: 2'], ['u: 1', VERSION, ARTICLE, TEXT, STATUS, 'v: 2']], // prettier-ignore
    ['come first where none is before them', ['status: open', 'u: 1'], [VERSION, ARTICLE, TEXT, STATUS, 'u: 1']], // prettier-ignore
    ['stay in an order of their own', ['status: open', TEXT, 'article: a', VERSION], [STATUS, TEXT, ARTICLE, VERSION]], // prettier-ignore
    ['replace a value in double quotes, not its comment', [VERSION, 'article: "a \\"#b" # c'], [VERSION, `${ARTICLE} # c`, TEXT, STATUS]], // prettier-ignore
    ['replace a value in single quotes, not its comment', [VERSION, "article:  'it''s #b'\t# c"], [VERSION, `${ARTICLE} # c`, TEXT, STATUS]], // prettier-ignore
    ['take no sign of a value for a comment', [VERSION, 'article:   "a #b"', 'status: x#y'], [VERSION, ARTICLE, TEXT, STATUS]], // prettier-ignore
    ['leave keys that begin alike', [VERSION, 'article:x: 1', '# status: x'], [VERSION, ARTICLE, TEXT, STATUS, 'article:x: 1', '# status: x']], // prettier-ignore
  ];
  for (const [what, head, written] of heads)
    it(`of the keys that the program manages ${what}`, () =>
      assert.deepEqual(setManagedLines(head, about), written));

  it('have no article and no hash where neither is known', () => {
    const unknown = { article: '', textHash: '', status: 'open' } as const;
    assert.deepEqual(setManagedLines([], unknown), [VERSION, 'status: open']);
  });

  it('have a hash without quotes only where it is one', () => {
    const hashes = [HASH, 'md5 sha256:ab', 'sha256:ab z', 'sha256:', 'sha256:AB'];
    const lines = hashes.map((textHash) => setManagedLines([], { ...about, textHash })[2]);
    assert.deepEqual(lines, [TEXT, ...hashes.slice(1).map((hash) => `text_hash: "${hash}"`)]);
  });
});

describe('a scalar', () => {
  it('is plain only where every reader takes it for that text', () => {
    fc.assert(
      fc.property(yamlText, (text) => {
        for (const version of ['1.1', '1.2'] as const) {
          const read = parse(`[{k: ${writeScalar(text)}, ${writeScalar(text)}: v}]`, { version }) as [object];
          assert.deepEqual(
            Object.entries(read[0]),
            text === 'k' ? [['k', 'v']] : Object.entries({ k: text, [text]: 'v' }),
          );
        }
        assert.ok(!/[^\x20-\x7e\u00a0-\uffff]|[\u2028\u2029\ufeff]/.test(writeScalar(text)), 'on one line');
      }),
      { numRuns: 500 },
    );
  });

  it('is quoted where it is a word, a number or a date of some reader', () => {
    const words = [
      'yes',
      'No',
      'ON',
      'off',
      'y',
      'N',
      'true',
      'NULL',
      '~',
      '1',
      '1_0',
      '0x1f',
      '1e5',
      '.inf',
    ];
    for (const word of [...words, '2022-09-09', '12:30', '', ' a', 'a ', '-', 'a: b', 'a#', '<<', '=']) {
      assert.ok(!isPlainText(word), word);
    }
    for (const word of ["People's Republic", 'AT&T', 'e5x', 'Nobel', '南京', 'São Paulo (SP)', 'a/b-c.d']) {
      assert.ok(isPlainText(word), word);
    }
  });

  it('of a file name is plain where it can be', () => {
    assert.equal(writeFileName('000_9572596c1af07391.txt'), '000_9572596c1af07391.txt');
    assert.equal(writeFileName('2022-09-09.txt'), '2022-09-09.txt');
    for (const name of ['1.e5', '1_0.E3', 'a: b.txt', 'x', '.txt']) {
      assert.equal(writeFileName(name), writeScalar(name));
      for (const version of ['1.1', '1.2'] as const)
        assert.equal(parse(writeFileName(name), { version }), name);
    }
  });
});

describe('the name of a sidecar', () => {
  it('follows its article', () => {
    assert.equal(sidecarName('000_x.txt'), '000_x.ann.yaml');
    assert.equal(sidecarName('a.b/c.d.txt'), 'a.b/c.d.ann.yaml');
    assert.equal(sidecarName('a.b/readme'), 'a.b/readme.ann.yaml');
    assert.equal(sharedSidecarName('a.b/000_x.ada.ann.yaml'), 'a.b/000_x.ann.yaml');
    assert.equal(sharedSidecarName('a.b/000_x.ann.yaml'), undefined);
    assert.equal(sharedSidecarName('a.b/000_x.txt'), undefined);
    assert.ok(isSidecarName('a/000_x.ada.ann.yaml') && !isSidecarName('a/000_x.yaml'));
    assert.equal(baseName('/a/b.txt'), 'b.txt');
  });
});
