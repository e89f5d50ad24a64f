import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format } from 'prettier';
import { compareEntities } from '../../../src/core/model/entity.ts';
import { readCanonical } from '../../../src/core/sidecar/canonical.ts';
import { flatten } from '../../../src/core/sidecar/flatten.ts';
import { lineReader } from '../../../src/core/sidecar/read-lines.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../../src/core/sidecar/write.ts';
import { anyEntity, entity } from './arbitraries.ts';

const HEAD = `version: 1\narticle: a.txt\ntext_hash: sha256:${'0'.repeat(64)}\nstatus: open\nentities:\n`;
const spaced = (source: string) => source.replace(/^( *- \{)(.*)(\})$/gm, '$1 $2 $3');

describe('a sidecar that a formatter has been at', () => {
  const entities = Array.from({ length: 10_000 }, (_, i) =>
    entity({ id: `a${i}`, label: 'ORG', start: 10 * i, end: 10 * i + 9, text: 'it’s a, "b" and more words' }),
  );
  const frame = { ...NEW_FRAME, head: HEAD.split('\n').slice(0, 4) };
  const managed = { article: 'a.txt', textHash: `sha256:${'0'.repeat(64)}`, status: 'open' as const };
  const written = writeSidecar({ ...managed, frame, entities });

  for (const [what, form] of [
    ['spaces in its braces', spaced],
    [
      'a line for each key',
      (text: string) =>
        text.replace(
          /^ {2}- \{(.*)\}$/gm,
          (_, pairs: string) => `  - {\n      ${pairs.replaceAll(/, (?=\w+: )/g, ',\n      ')},\n    }`,
        ),
    ],
    ['no indentation', (text: string) => text.replaceAll('\n  - {', '\n- { ')],
    ['CRLF', (text: string) => spaced(text).replaceAll('\n', '\r\n')],
    ['single quotes', (text: string) => spaced(text.replaceAll(/"it’s[^}]*"/g, "'it''s a, b'"))],
  ] as const)
    it(`is read, however large: ${what}`, () => {
      const source = form(written);
      assert.ok(source.length > 500_000 && source !== written);
      const { sidecar, problems } = readSidecar(source);
      assert.deepEqual(problems, []);
      assert.equal(sidecar!.entities.length, 10_000);
      const few = readSidecar(
        form(writeSidecar({ ...managed, frame, entities: entities.slice(0, 3) })),
      ).sidecar!;
      assert.deepEqual(sidecar!.entities.slice(0, 3), few.entities);
      assert.equal(sidecar!.frame.eol, few.frame.eol);
    });

  it('is read as YAML is, whatever it says, or not at all', async () => {
    const list = fc
      .array(anyEntity, { minLength: 1, maxLength: 4 })
      .map((all) => [...new Map(all.map((one) => [one.id, one])).values()].sort(compareEntities));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.constantFrom(20, 80, 200),
        fc.boolean(),
        async (all, printWidth, singleQuote) => {
          const source = await format(writeSidecar({ ...managed, frame, entities: all }), {
            parser: 'yaml',
            printWidth,
            singleQuote,
          });
          const flat = flatten(source);
          if (flat === undefined) return;
          const byLines = readCanonical(flat, lineReader());
          if (typeof byLines === 'number') return;
          compared++;
          const { sidecar } = readSidecar(source);
          assert.deepEqual(byLines.entities, sidecar?.entities);
          assert.deepEqual({ ...byLines, frame: 0 }, { ...sidecar, frame: 0 });
        },
      ),
      { numRuns: 150 },
    );
    assert.ok(compared > 10, `${compared} were compared`);
  });

  it('is not guessed at: what may be a part of a text stays', () => {
    for (const item of [
      '- { id: a, label: X, start: 0, end: 1, text: a # b }',
      '- { id: a, label: X, start: 0, end: 1, text: "a\n  b" }',
      "- { id: a, label: X, start: 0, end: 1, text: 'a \\n \"b' }",
      '- { id: a, label: X, start: 0, end: 1, text: a } # b',
      '- { id: a, label: X, # b\n    start: 0, end: 1, text: a }',
      '- { id: a, label: X, start: 0, end: 1, text: a\n\n    b }',
    ])
      assert.equal(flatten(`${HEAD}${item}\n`), undefined, item);
  });
});
