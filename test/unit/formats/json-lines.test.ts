import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatErrorMessage } from '../../../src/wording/format-errors';
import { inEnglish } from '../../../src/wording/translate';
import { FormatError, type Format } from '../../../src/formats/shared/format';
import { recognize } from '../../../src/formats';
import { doccano } from '../../../src/formats/doccano';
import { huggingface } from '../../../src/formats/huggingface';
import { labelstudio } from '../../../src/formats/labelstudio';
import { prodigy } from '../../../src/formats/prodigy';
import { spacy } from '../../../src/formats/spacy';
import { spacyDoc } from '../../../src/formats/spacy/doc';
import { marked, parse, serialize, shown, told } from './support';

const FORMATS: readonly Format[] = [doccano, prodigy, spacy, spacyDoc, huggingface, labelstudio];
const NAMES = ['Ada', 'Bo', 'Cy', 'Di'];

/** What one may find in a place of a record that was cut, or put together by hand. */
const spoil: Record<string, (line: string) => string[]> = {
  'a line ending in its text': (line) => {
    const at = line.indexOf(' left');
    return [line.slice(0, at), line.slice(at + 1)];
  },
  'its end cut off': (line) => [line.slice(0, -1)],
  'more of its end cut off': (line) => [line.slice(0, -8)],
  'its beginning cut off': (line) => [line.slice(5)],
  'a comma too many': (line) => [line.replace(/[\]}]$/, ',$&')],
  'other words': () => ['no record'],
  'an open list': () => ['{"text": "x", "label": ['],
  'an open pair': () => ['["x left'],
};

describe('JSON with a record a line', () => {
  for (const format of FORMATS)
    for (const [what, make] of Object.entries(spoil))
      it(`of ${format.id} loses only the record that has ${what}, wherever that stands`, async () => {
        const documents = NAMES.map((name) => marked(name, `[PER ${name}] left`));
        const all = (await serialize(format, documents)).files['']!.trimEnd().split('\n');
        // Tasks of Label Studio may come without the list that is around them.
        const lines = format === labelstudio ? all.slice(1, -1).map((line) => line.replace(/,$/, '')) : all;
        for (let at = 0; at < lines.length; at++) {
          const bad = make(lines[at]!);
          const source = [...lines.slice(0, at), ...bad, ...lines.slice(at + 1), ''].join('\n');
          const { documents, notes } = await parse(format, { 'a.jsonl': source }, 'a.jsonl');
          const texts = documents.map(({ entities }) => entities.map(({ text }) => text).join());
          assert.deepEqual(texts, NAMES.toSpliced(at, 1), `${what} in line ${at + 1}`);
          // A beginning that is not one of JSON at all says nothing.
          if (/^[[{]/.test(source))
            assert.ok(
              recognize(format === labelstudio ? 'a.json' : 'a.jsonl', source).includes(format),
              `${what} is known`,
            );
          const invalid = told(notes.filter(({ kind }) => kind === 'invalid'));
          assert.deepEqual(
            invalid,
            bad.map((_, i) => `invalid line-malformed line ${at + i + 1}`),
          );
        }
      });

  it('gives each whole record, and tells each other line, wherever they stand', async () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 12 }).filter((line) => !/[{}[\]]/.test(line)),
      fc.constantFrom('{', '{"text": "a", ', '{"text": "a"}}', '[{"text"', 'null', '7'),
    );
    const isOther = (line: string) => {
      if (line.trim() === '' || line.trim().startsWith('[')) return false;
      try {
        return typeof JSON.parse(line) !== 'object';
      } catch {
        return true;
      }
    };
    const bad = junk.filter((line) => !/[\n\r]/.test(line) && isOther(line));
    const good = fc.constant('{"text":"Ada left","label":[[0,3,"PER"]]}');
    await fc.assert(
      fc.asyncProperty(
        fc.array(bad, { maxLength: 4 }),
        good,
        fc.array(fc.oneof(bad, good)),
        async (first, one, rest) => {
          const lines = [...first, one, ...rest];
          const { documents, notes } = await parse(doccano, { 'a.jsonl': lines.join('\n') });
          assert.equal(documents.length, lines.filter((line) => line === one).length);
          const told = notes.filter(({ kind }) => kind === 'invalid').map(({ line }) => line);
          const wanted = lines.flatMap((line, i) => (line === one ? [] : [i + 1]));
          assert.deepEqual(told, wanted, lines.join('\n'));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('says so where no line is one', async () => {
    const error: unknown = await parse(doccano, { 'a.jsonl': 'x\ny\n' }).catch((error: unknown) => error);
    assert.ok(error instanceof FormatError);
    assert.equal(
      formatErrorMessage(inEnglish, error),
      'No line of a.jsonl is a whole record of doccano JSONL',
    );
    await assert.rejects(
      parse(doccano, { 'a.jsonl': '{"text": "Ada\n left", "label": []}\n' }),
      ({ code }: FormatError) => code === 'json-malformed',
    );
  });

  it('is told from values of several lines, however they are indented', async () => {
    const record = { text: 'Ada left', label: [[0, 3, 'PER']], meta: { source: 'a', list: [{ x: 1 }] } };
    const whole = fc.record({
      indent: fc.constantFrom('', ' ', '  ', '\t'),
      isList: fc.boolean(),
      count: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(whole, async ({ indent, isList, count }) => {
        const records = Array.from({ length: count }, () => record);
        const lines = (value: unknown) =>
          JSON.stringify(value, null, indent || ' ').replace(/^ +/gm, indent === '' ? '' : '$&');
        const source = isList ? lines(records) : records.map(lines).join('\n');
        const { documents, notes } = await parse(doccano, { 'a.json': source });
        assert.equal(documents.length, count);
        assert.deepEqual(shown(documents[0]!), ['PER [0, 3) "Ada"']);
        assert.equal(notes.filter(({ kind }) => kind === 'invalid').length, 0);
      }),
    );
  });

  it('is not looked for in a long value that is malformed', async () => {
    const tokens = Array.from({ length: 2000 }, (_, id) => ({ id, start: 2 * id, end: 2 * id + 1 }));
    const source = JSON.stringify({ text: 'a '.repeat(2000), ents: [], tokens }, null, 1);
    const { documents } = await parse(spacyDoc, { 'a.json': source });
    assert.equal(documents.length, 1);
    await assert.rejects(parse(spacyDoc, { 'a.json': source.replace('"id": 7,', '"id": 7') }));
  });
});
