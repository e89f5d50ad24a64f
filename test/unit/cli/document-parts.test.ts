import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DocumentParts, type WrittenPart } from '../../../src/cli/document-parts';
import type { AnnotatedDocument } from '../../../src/core/interchange/document';
import { FORMATS, formatById } from '../../../src/core/interchange/formats/index';
import { Report, type Note } from '../../../src/core/interchange/report';
import { documents } from '../core/interchange/documents';
import { sourceFile } from '../core/interchange/support';

const CLEAN = ['PER', 'ORG', 'Work_of_art', 'Work_of_art_2'];
const ALL = [...CLEAN, 'Work of art', 'Work\tof art'];

/** Documents that were read from columns: what was kept of their file says how they begin. */
const KEPT = [
  '-DOCSTART- -X- O\n\nAda NNP B-PER\n\n',
  'Bob B-PER\nsat O\n',
  'token tag\nAda B-PER\nsat O\n',
].map((source): AnnotatedDocument => {
  const conll = formatById('conll2003')!;
  const context = { report: new Report(), options: {} };
  const [document] = [...(conll.parse(sourceFile({ 'a.conll': source }, 'a.conll'), context) as never[])];
  return document!;
});

const documentOf = (labels: readonly string[]) =>
  documents({ label: fc.constantFrom(...labels), fields: ['note', 'reviewed'], relations: true });

const APART = FORMATS.filter(
  (format) => format.serialize({ report: new Report(), options: {}, labels: [] }).isApart === true,
);

interface Written {
  readonly content: string;
  readonly notes: readonly Note[];
  readonly counts: readonly number[];
}

/** What is written by one writer, one document after the other. */
function inOrder(id: string, all: readonly AnnotatedDocument[], labels: readonly string[]): Written {
  const notes: Note[] = [];
  const report = new Report((note) => notes.push(note));
  const known = labels.map((name) => ({ name, key: undefined, color: '#000000' }));
  const serializer = formatById(id)!.serialize({ report, options: {}, labels: known });
  const content = all.map((document) => {
    const pieces = serializer.document(document) as Iterable<{ content: Uint8Array }>;
    return Array.from(pieces, (piece) => Buffer.from(piece.content).toString()).join('');
  });
  assert.deepEqual([...(serializer.end() as never[])], []);
  return { content: content.join(''), notes, counts: [report.documents, report.entities, report.relations] };
}

/** What several writers write, by turns. @returns the parts before the first one that has to be written in order */
async function inParts(
  id: string,
  all: readonly AnnotatedDocument[],
  labels: readonly string[],
  turns: readonly number[],
): Promise<WrittenPart[]> {
  const source = {
    async *read(items: readonly AnnotatedDocument[]) {
      yield* items;
      await Promise.resolve();
    },
    takeCounts: () => [],
  };
  const known = labels.map((name) => ({ name, key: undefined, color: '#000000' }));
  const writing = { to: id, options: {}, labels: known, shard: undefined };
  const writers = [0, 1].map(() => new DocumentParts<AnnotatedDocument>(source, writing));
  const parts: (WrittenPart | undefined)[] = [];
  for (let i = 0; i < all.length; i += 2)
    parts.push(await writers[turns[parts.length % turns.length]!]!.write(all.slice(i, i + 2)));
  const refused = parts.indexOf(undefined);
  return (refused < 0 ? parts : parts.slice(0, refused)) as WrittenPart[];
}

describe('documents in parts', () => {
  it('are of formats that say so', () =>
    assert.deepEqual(
      APART.map(({ id }) => id),
      ['conll2003'],
    ));

  for (const { id } of APART)
    for (const [what, labels] of [
      ['names that need not change', CLEAN],
      ['any names', ALL],
    ] as const)
      it(`are written as one writer does it, as far as they are: ${id}, ${what}`, async () => {
        const some = fc.array(
          fc.oneof({ weight: 6, arbitrary: documentOf(labels) }, fc.constantFrom(...KEPT)),
          {
            minLength: 1,
            maxLength: 12,
          },
        );
        const known = fc.subarray([...labels]);
        const turns = fc.array(fc.nat(1), { minLength: 1, maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(some, known, turns, async (all, known, turns) => {
            const parts = await inParts(id, all, known, turns);
            const isAll = labels === CLEAN && !all.some((document) => KEPT.includes(document));
            if (isAll) assert.equal(parts.length, Math.ceil(all.length / 2));
            const whole = inOrder(id, all.slice(0, 2 * parts.length), known);
            const content = parts.map((part) => Buffer.from(part.content).toString()).join('');
            const sum = (of: 'documents' | 'entities' | 'relations') =>
              parts.reduce((total, part) => total + part[of], 0);
            assert.deepEqual(
              {
                content,
                notes: parts.flatMap(({ notes }) => notes),
                counts: [sum('documents'), sum('entities'), sum('relations')],
              },
              whole,
            );
          }),
        );
      });
});
