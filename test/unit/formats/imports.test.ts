import assert from 'node:assert/strict';
import fc from 'fast-check';
import { problemsOf } from '../../../src/core/article-problems';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import { FormatError, type Format } from '../../../src/formats/shared/format';
import { FORMATS } from '../../../src/formats';
import { labelsFrom } from '../../../src/formats/shared/label-files';
import { Report } from '../../../src/formats/shared/report';
import { receive, writeReadable } from '../../../src/formats/shared/sidecars';
import { readCorpusYaml, writeLabelSet } from '../../../src/core/labels';
import { isLabelName } from '../../../src/core/new-label';
import { placeEntities } from '../../../src/core/place';
import { readSidecar } from '../../../src/core/sidecar/read';
import { hashText } from '../../../src/core/text';
import { documents } from './documents';
import { parse, serialize, type Files } from './support';

/** The files of a document in a format, and which of them is read. */
async function filesOf(format: Format, document: AnnotatedDocument): Promise<[files: Files, main: string]> {
  const { bytes } = await serialize(format, [document]);
  const named = [...bytes].map(([path, all]) => [path || `a${format.extensions[0]}`, all] as const);
  return [Object.fromEntries(named), named.find(([path]) => path.endsWith(format.extensions[0]))![0]];
}

/** What is said to be wrong with what an import makes of a document, when it is read as `validate` does. */
async function errorsOf(document: AnnotatedDocument): Promise<string[]> {
  const { name, index } = document;
  const textHash = await hashText(index.raw);
  const received = receive(document, { article: 'a.txt', textHash, index }, new Report());
  const source = writeReadable(received.sidecar, name);
  const { sidecar, problems } = readSidecar(source);
  const names = [...new Set(document.entities.map(({ label }) => label))].filter(isLabelName);
  const corpus = readCorpusYaml(writeLabelSet(labelsFrom(names.map((label) => ({ name: label })))));
  const found = problemsOf({
    ...{ article: 'a.txt', index, isUtf8: true, sidecarName: 'a.ann.yaml', source, sidecar, problems },
    ...placeEntities(sidecar?.entities ?? [], index, 'same'),
    ...{
      otherArticle: undefined,
      isOtherGone: false,
      isSameText: true,
      isStale: false,
      hasLabel: (label: string) => names.includes(label),
    },
  });
  return [...corpus.problems, ...found.article, ...found.sidecar].flatMap(({ code, severity }) =>
    severity === 'error' ? [code] : [],
  );
}

/** A change of a file: some characters of it give way to others. Places are shares of its length. */
const damage = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.constantFrom(
    '',
    '"',
    '\n',
    '\t',
    '}',
    '<',
    '0',
    '-1',
    '99999',
    'null',
    'B-',
    '_',
    ': ',
    ' # ',
    '\u2028',
    '😀',
  ),
});

function damaged(source: string, changes: readonly { from: number; length: number; text: string }[]): string {
  return changes.reduce((text, { from, length, text: put }) => {
    const at = Math.floor(from * text.length);
    return text.slice(0, at) + put + text.slice(at + length);
  }, source);
}

describe('what an import writes', () => {
  for (const format of FORMATS)
    it(`is read without an error, whatever became of the file: ${format.id}`, () =>
      fc.assert(
        fc.asyncProperty(
          documents({ fields: ['note', 'link', 'attributes'], discontinuous: true, relations: true }),
          fc.array(damage, { maxLength: 3 }),
          async (document, changes) => {
            const [files, main] = await filesOf(format, document);
            const isText = !format.id.endsWith('parquet');
            const source = Buffer.from(files[main]!).toString();
            const read = isText ? { ...files, [main]: damaged(source, changes) } : files;
            const parsed = await parse(format, read, main, {}, () => document.index.raw).catch(
              (error: unknown) => {
                assert.ok(error instanceof FormatError, String(error));
                return { documents: [] };
              },
            );
            for (const one of parsed.documents) assert.deepEqual(await errorsOf(one), []);
          },
        ),
        { numRuns: 30 },
      ));
});
