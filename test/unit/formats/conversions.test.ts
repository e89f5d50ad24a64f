import assert from 'node:assert/strict';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import { FORMATS } from '../../../src/formats';
import type { Format } from '../../../src/formats/shared/format';
import { receive, toDocument } from '../../../src/formats/shared/sidecars';
import { Report } from '../../../src/formats/shared/report';
import { readSidecar } from '../../../src/core/sidecar/read';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { noteMessage } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { marked, parse, serialize, shown, type Files } from './support';

const PLAIN = marked('a', '[PER Ada] met [PER Bob] in [GPE New York] .\n');
const TEXT = PLAIN.index.raw;
const ENTITIES = shown(PLAIN);

/** What a format makes of the plain document, read again. */
async function asRead(format: Format): Promise<readonly AnnotatedDocument[]> {
  const { bytes } = await serialize(format, [PLAIN], { labels: [{ name: 'PER' }, { name: 'GPE' }] as never });
  const files = Object.fromEntries(
    [...bytes].map(([path, all]) => [path || `a${format.extensions[0]}`, all]),
  );
  const main = Object.keys(files).find((path) => path.endsWith(format.extensions[0]))!;
  return (await parse(format, files, main, {}, () => TEXT)).documents;
}

/** A document as it comes out of its sidecar. */
function throughSidecar(document: AnnotatedDocument): AnnotatedDocument {
  const { name, index } = document;
  const { sidecar } = receive(document, { article: 'a.txt', textHash: 'sha256:0', index }, new Report());
  const again = readSidecar(writeSidecar(sidecar));
  assert.ok(again.sidecar);
  return toDocument(name, index, again.sidecar);
}

/** What is lost of a document in a format, as it is told. */
async function lossesIn(format: Format, document: AnnotatedDocument): Promise<readonly string[]> {
  const { notes } = await serialize(format, [document]);
  return notes.filter(({ kind }) => kind !== 'changed').map((note) => noteMessage(inEnglish, note));
}

const formatOf = (id: string) => FORMATS.find((format) => format.id === id)!;

describe('a plain document', () => {
  for (const from of FORMATS)
    it(`of ${from.id} loses nothing in any other format`, async () => {
      const [document, ...more] = await asRead(from);
      assert.ok(document && more.length === 0);
      for (const to of FORMATS)
        for (const one of [document, throughSidecar(document)])
          assert.deepEqual([to.id, ...(await lossesIn(to, one))], [to.id]);
    });

  const at = (start: number, end: number) => ({ start, end });
  const SPANS = [
    { ...at(0, 3), label: 'PER' },
    { ...at(8, 11), label: 'PER' },
    { ...at(15, 23), label: 'GPE' },
  ];
  const TOKENS = [at(0, 3), at(4, 7), at(8, 11), at(12, 14), at(15, 18), at(19, 23), at(24, 25), at(25, 26)];
  /** As tools write it, with all that they note for themselves. */
  const NATIVE: readonly [id: string, what: string, content: unknown][] = [
    ['spacy', 'a name', { text: TEXT, entities: SPANS.map(Object.values), meta: { source: 'a' } }],
    [
      'spacy-doc',
      'Doc.to_json of a blank pipeline',
      {
        text: TEXT,
        ents: SPANS.map((span) => ({ ...span, kb_id: '', id: '' })),
        sents: [at(0, 26)],
        tokens: TOKENS.map((place, id) => ({ id, ...place })),
        cats: {},
      },
    ],
    [
      'prodigy',
      'ner.manual',
      {
        text: TEXT,
        meta: { source: 'a' },
        _input_hash: -1886922498,
        _task_hash: 1048586837,
        _is_binary: false,
        _view_id: 'ner_manual',
        _timestamp: 1_700_000_000,
        _annotator_id: '2026-01-01_10-00-00',
        _session_id: '2026-01-01_10-00-00',
        tokens: TOKENS.map((place, id) => ({
          text: TEXT.slice(place.start, place.end),
          ...place,
          id,
          ws: TEXT[place.end] === ' ',
        })),
        spans: SPANS,
        answer: 'accept',
      },
    ],
    [
      'doccano',
      'JSONL of a project',
      {
        id: 41,
        text: TEXT,
        label: SPANS.map(Object.values),
        Comments: [],
        meta: {},
        annotation_approver: null,
      },
    ],
    [
      'labelstudio',
      'an export',
      [
        {
          id: 7,
          annotations: [
            {
              id: 3,
              completed_by: 1,
              result: SPANS.map(({ label, ...span }, i) => ({
                value: { ...span, text: TEXT.slice(span.start, span.end), labels: [label] },
                id: `r${i}`,
                from_name: 'label',
                to_name: 'text',
                type: 'labels',
                origin: 'manual',
              })),
              was_cancelled: false,
              ground_truth: false,
              created_at: '2026-01-01T10:00:00.000000Z',
              updated_at: '2026-01-01T10:00:00.000000Z',
              draft_created_at: null,
              lead_time: 12.5,
              prediction: {},
              result_count: 3,
              unique_id: 'c0ffee00-0000-4000-8000-000000000000',
              import_id: null,
              last_action: null,
              bulk_created: false,
              task: 7,
              project: 2,
              updated_by: 1,
              parent_prediction: null,
              parent_annotation: null,
              last_created_by: null,
            },
          ],
          file_upload: '1f0c9a7e-tasks.json',
          drafts: [],
          predictions: [],
          data: { text: TEXT },
          meta: {},
          created_at: '2026-01-01T10:00:00.000000Z',
          updated_at: '2026-01-01T10:00:00.000000Z',
          inner_id: 1,
          total_annotations: 1,
          cancelled_annotations: 0,
          total_predictions: 0,
          comment_count: 0,
          unresolved_comment_count: 0,
          last_comment_updated_at: null,
          project: 2,
          updated_by: 1,
          comment_authors: [],
        },
      ],
    ],
  ];
  for (const [id, what, content] of NATIVE)
    it(`as ${id} has it (${what}) loses nothing in any other format`, async () => {
      const files = { [`a${formatOf(id).extensions[0]}`]: JSON.stringify(content) };
      const { documents, notes } = await parse(formatOf(id), files);
      assert.deepEqual(notes, []);
      assert.deepEqual(documents.map(shown), [ENTITIES]);
      for (const to of FORMATS)
        for (const one of [documents[0]!, throughSidecar(documents[0]!)])
          assert.deepEqual([to.id, ...(await lossesIn(to, one))], [to.id]);
    });

  it('of brat with relations, attributes, links and notes loses nothing where these are held', async () => {
    const files = {
      'a.ann':
        'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nR1\tKnows Arg1:T1 Arg2:T2\nA1\tNegation T1\n#1\tAnnotatorNotes T2\tn\n',
      'a.txt': TEXT,
    };
    const { documents } = await parse(formatOf('brat'), files);
    for (const id of ['prodigy', 'labelstudio', 'webannotation'])
      assert.deepEqual(await lossesIn(formatOf(id), documents[0]!), []);
  });
});

describe('what a format keeps that another has no place for', () => {
  const KEPT: readonly [id: string, files: Files, told: string][] = [
    [
      'brat',
      {
        'a.ann':
          'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nT3\tMeet 4 7\tmet\nE1\tMeet:T3 Who:T1\nE2\tMeet:T3 Who:T2\n*\tEquiv T1 T2\nR1\tKnows Arg1:T1 Arg2:T2\nA1\tNegation E1\n#1\tAnnotatorNotes E1\tn\n',
        'a.txt': TEXT,
      },
      '2 events, 1 equivalence, 1 attribute, 1 note',
    ],
    [
      'conll2003',
      { 'a.conll': '# id 1\nAda NNP I-NP B-PER\nmet VBD I-VP O\n. _ O O\n' },
      '1 comment, the columns of 2 tokens',
    ],
    [
      'conllu',
      {
        'a.conllu':
          '# newdoc id = a\n# sent_id = 1\n# text = Ada met\n# speaker = B\n1\tAda\tAda\tPROPN\t_\t_\t_\t_\t_\tEntity=(1-PER)\n2\tmet\tmeet\tVERB\t_\t_\t_\t_\t_\tGloss=x\n',
      },
      '1 comment, LEMMA, UPOS, MISC',
    ],
    [
      'spacy',
      {
        'a.jsonl': JSON.stringify({
          text: TEXT,
          entities: [],
          cats: { A: 1 },
          spans: { other: [[0, 3, 'X']] },
        }),
      },
      '1 other group of spans, cats',
    ],
    [
      'spacy-doc',
      {
        'a.json': JSON.stringify({
          text: 'Ada',
          ents: [],
          tokens: [{ id: 0, start: 0, end: 3, tag: 'NNP', lemma: 'Ada', dep: '' }],
          cats: { POSITIVE: 0.5 },
          _: { page: 3 },
        }),
      },
      'cats, _.page, tokens.tag, tokens.lemma',
    ],
    [
      'prodigy',
      {
        'a.jsonl': JSON.stringify({
          text: TEXT,
          meta: { source: 'a', section: 'news' },
          _task_hash: 1,
          spans: [{ start: 0, end: 3, label: 'PER' }],
          answer: 'reject',
        }),
      },
      '1 other annotation, answer, meta.section',
    ],
    [
      'doccano',
      { 'a.jsonl': JSON.stringify({ id: 1, text: TEXT, label: [], Comments: ['sure?'], genre: 'news' }) },
      '1 comment, genre',
    ],
    [
      'labelstudio',
      {
        'a.json': JSON.stringify([
          {
            id: 1,
            data: { text: TEXT, url: 'https://example.org' },
            annotations: [
              {
                id: 1,
                result: [
                  {
                    value: { start: 0, end: 3, text: 'Ada', labels: ['PER'] },
                    id: 'x',
                    from_name: 'label',
                    to_name: 'text',
                    type: 'labels',
                    score: 0.5,
                  },
                  {
                    value: { choices: ['news'] },
                    id: 'y',
                    from_name: 'genre',
                    to_name: 'text',
                    type: 'choices',
                  },
                ],
              },
              {
                id: 2,
                result: [
                  {
                    value: { start: 8, end: 11, text: 'Bob', labels: ['PER'] },
                    id: 'z',
                    from_name: 'label',
                    to_name: 'text',
                    type: 'labels',
                  },
                ],
              },
            ],
          },
        ]),
      },
      '1 other annotation, 1 result that is no entity, data.url, score',
    ],
    [
      'tei',
      {
        'a.xml':
          '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>a</title><author>B</author></titleStmt></fileDesc></teiHeader><text><body><head>On <persName>Ada</persName></head><p>She <hi rend="i">met</hi> Bob.</p></body></text></TEI>',
      },
      'teiHeader, head, hi',
    ],
    [
      'huggingface',
      { 'a.jsonl': JSON.stringify({ id: '0', tokens: ['Ada'], ner_tags: ['B-PER'], pos_tags: [22] }) },
      'pos_tags',
    ],
  ];
  for (const [id, files, told] of KEPT)
    it(`is said by its name: ${id}`, async () => {
      const { documents } = await parse(formatOf(id), files);
      for (const document of [documents[0]!, throughSidecar(documents[0]!)]) {
        const losses = await lossesIn(formatOf('table-csv'), document);
        const start = `The format has no place for what is kept of ${id}: `;
        assert.deepEqual(
          losses.filter((loss) => loss.startsWith(start)),
          [start + told],
        );
      }
    });

  it('is said of a sidecar that is not ours, too', async () => {
    const carried = {
      mine: { form: 1, x: 2 },
      brat: 5,
      tei: { source: 7 },
      labelstudio: { before: {} },
      spacy: [[]],
    };
    const losses = await lossesIn(formatOf('table-csv'), { ...PLAIN, carried });
    assert.deepEqual(losses, ['The format has no place for what is kept of mine: x']);
  });
});
