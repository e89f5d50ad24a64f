import assert from 'node:assert/strict';
import { FormatError, missingIn } from '../../../src/formats/shared/format.ts';
import { FORMATS } from '../../../src/formats/index.ts';
import { headOf } from '../../../src/formats/shared/head.ts';
import { DocumentNames } from '../../../src/formats/shared/document-names.ts';
import { NOTE_CODES } from '../../../src/formats/shared/note-codes.ts';
import { Report } from '../../../src/formats/shared/report.ts';
import { placeOfNotUtf8 } from '../../../src/formats/shared/utf8.ts';
import { totalMessage } from '../../../src/wording/totals.ts';
import { inEnglish } from '../../../src/wording/translate.ts';
import { marked, parse, serialize } from './support.ts';

const MALFORMED = {
  junk: 'what is\n this\n',
  'broken JSON': '{"a": 1,\n "b": [1, 2}\n}\n',
  'other JSON': '{"a": 1}\n',
  null: 'null\n',
  'broken XML': '<?xml version="1.0"?>\n<TEI>\n <a></b></TEI>\n',
  'other XML': '<?xml version="1.0"?>\n\n<html/>\n',
};

describe('a file that is not of the format', () => {
  for (const format of FORMATS)
    for (const [what, source] of Object.entries(MALFORMED))
      it(`is told with its place: ${format.id}, ${what}`, async () => {
        const files = { [`x${format.extensions[0]}`]: source, 'x.txt': 'Ada' };
        const result = await parse(format, files).catch((error: unknown) => error);
        if (!(result instanceof FormatError)) {
          const { notes } = result as Awaited<ReturnType<typeof parse>>;
          assert.ok(notes.some(({ kind }) => kind === 'invalid'));
          return;
        }
        const { line, column } = result.place;
        // What a file of bytes has no lines for, and what is about the file as a whole.
        if (format.id.endsWith('parquet') || ['text-missing', 'terms-unknown'].includes(result.code)) return;
        assert.ok(line !== undefined && column !== undefined, result.message);
        assert.ok(line <= source.split('\n').length, String(line));
      });
});

describe('what is said that a file lacks', () => {
  for (const format of FORMATS)
    it(`is nothing of one of the format: ${format.id}`, async () => {
      const { bytes } = await serialize(format, [marked('a', '[PER Ada] met [GPE Rome] .\n')]);
      const files = [...bytes].filter(([path]) => path === '' || path.endsWith(format.extensions[0]));
      assert.ok(files.length > 0);
      for (const [, content] of files) {
        const head = headOf(content.length, (start, end) => content.subarray(start, end));
        assert.equal(missingIn(format, head), '');
      }
      assert.notEqual(missingIn(format, 'other\n'), '');
    });
});

describe('the place of an error', () => {
  it('is in the line and column of an item of a JSON array', async () => {
    const labelstudio = FORMATS.find(({ id }) => id === 'labelstudio')!;
    for (const [source, place] of [
      ['[{"a":1},\n  {"b": oh}]', [2, 9]],
      ['[ oh]', [1, 3]],
      ['[{"a":1}, {"b": oh}]', [1, 17]],
      ['[\n{"a":1},\n\n  oh]', [4, 3]],
      ['oh', [1, 1]],
    ] as const) {
      const error = await parse(labelstudio, { 'x.json': source }).catch((one: unknown) => one);
      assert.ok(error instanceof FormatError);
      assert.deepEqual([error.place.line, error.place.column], place, source);
    }
  });

  it('is that of the first bytes that are not UTF-8', () => {
    const bytes = (...parts: (string | number)[]) =>
      Buffer.concat(
        parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
      );
    assert.equal(placeOfNotUtf8(bytes('a\ufffd\né')), undefined);
    assert.deepEqual(placeOfNotUtf8(bytes('a\ufffd\n😀', 0xe9, 'x', 0xff)), { line: 2, column: 3 });
    assert.deepEqual(placeOfNotUtf8(bytes('\ufeffab', 0xc3)), { line: 1, column: 3 });
    assert.deepEqual(placeOfNotUtf8(bytes(0xff)), { line: 1, column: 1 });
  });
});

describe('a sum of notes', () => {
  it('is in words for each code', () => {
    // What is kept of another format has a sentence of its own.
    for (const code of NOTE_CODES.filter((one) => one !== 'carried')) {
      const said = totalMessage(inEnglish, { kind: 'lost', code, count: 3 });
      assert.match(said, /^3 (?:lost: [^()]+|there already)$/);
      assert.ok(!said.includes(code) || !code.includes('-'), said);
    }
  });
});

describe('the name of a document', () => {
  it('is in no folder that a corpus passes over', () => {
    const codes: string[] = [];
    const names = new DocumentNames(new Report(({ code }) => codes.push(code)));
    assert.equal(names.take('node_modules/x'), '_node_modules/x');
    assert.equal(names.take('.git/x'), 'git/x');
    assert.deepEqual(codes, ['name-changed', 'name-changed']);
  });
});
