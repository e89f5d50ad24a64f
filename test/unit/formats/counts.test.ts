import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FormatError } from '../../../src/formats/shared/format';
import { formatById } from '../../../src/formats';
import type { NoteCode } from '../../../src/formats/shared/note-codes';
import { column, listColumn, ParquetRows, type Column } from '../../../src/formats/shared/parquet';
import type { Note } from '../../../src/formats/shared/report';
import { parse, type Files } from './support';

const TEXT = 'Ada met Bob in New York 😀 today .';
const NE = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';

/** An annotation as a file says it, right or wrong. */
interface Said {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const offset = fc.oneof({ weight: 6, arbitrary: fc.nat(20) }, fc.constantFrom(-1, 40, 1e6));
const said: fc.Arbitrary<Said[]> = fc.array(
  fc.record({ start: offset, end: offset, label: fc.constantFrom('PER', 'PER', 'GPE', '') }),
  { maxLength: 8 },
);

/** A format whose annotations have offsets: a file of them, each once, made without the program. */
interface Spans {
  readonly id: string;
  readonly path: string;
  readonly write: (all: readonly Said[]) => string | Uint8Array;
  readonly options?: Readonly<Record<string, string>>;
  /** Whether an annotation without a label is one. */
  readonly takesBare?: boolean;
}

const attribute = (value: unknown) => JSON.stringify(String(value));
const FORMATS: readonly Spans[] = [
  {
    id: 'brat',
    path: 'a.ann',
    write: (all) =>
      all
        .map(({ start, end, label }, i) => `T${i + 1}\t${label} ${start} ${end}\t${TEXT.slice(start, end)}\n`)
        .join(''),
  },
  {
    id: 'spacy',
    path: 'a.jsonl',
    write: (all) =>
      JSON.stringify({ text: TEXT, entities: all.map(({ start, end, label }) => [start, end, label]) }),
  },
  {
    id: 'spacy-doc',
    path: 'a.jsonl',
    write: (all) => JSON.stringify({ text: TEXT, ents: all, tokens: [] }),
  },
  {
    id: 'prodigy',
    path: 'a.jsonl',
    write: (all) => JSON.stringify({ text: TEXT, spans: all }),
  },
  {
    id: 'doccano',
    path: 'a.jsonl',
    write: (all) =>
      JSON.stringify({ text: TEXT, label: all.map(({ start, end, label }) => [start, end, label]) }),
  },
  {
    id: 'labelstudio',
    path: 'a.json',
    write: (all) => {
      const result = all.map(({ start, end, label }, i) => {
        const value = { start, end, labels: label === '' ? [] : [label] };
        return { id: `r${i}`, from_name: 'label', to_name: 'text', type: 'labels', value };
      });
      return JSON.stringify([{ data: { text: TEXT }, annotations: [{ result }] }]);
    },
  },
  {
    id: 'webannotation',
    path: 'a.jsonld',
    takesBare: true,
    write: (all) =>
      JSON.stringify(
        all.map(({ start, end, label }, i) => ({
          '@context': 'http://www.w3.org/ns/anno.jsonld',
          ...{ id: `#${i}`, type: 'Annotation' },
          ...(label !== '' && { body: { type: 'TextualBody', purpose: 'tagging', value: label } }),
          target: { source: 'a.txt', selector: { type: 'TextPositionSelector', start, end } },
        })),
      ),
  },
  {
    id: 'table-csv',
    path: 'a.csv',
    write: (all) =>
      [
        'article,label,start,end',
        ...all.map(({ start, end, label }) => `a,${label},${start},${end}`),
        '',
      ].join('\n'),
  },
  {
    id: 'table-parquet',
    path: 'a.parquet',
    write: (all) =>
      parquetOf(
        [
          column('article', 'string'),
          column('label', 'string'),
          column('start', 'int32'),
          column('end', 'int64'),
        ],
        all.map(({ start, end, label }) => ['a', label === '' ? undefined : label, start, BigInt(end)]),
      ),
  },
  {
    id: 'json',
    path: 'a.jsonl',
    options: { 'text-field': 'words', 'spans-field': 'found' },
    write: (all) => JSON.stringify({ words: TEXT, found: all }),
  },
  {
    id: 'uima-json',
    path: 'a.json',
    takesBare: true,
    write: (all) => {
      const sofa = { sofaNum: 1, sofaID: '_InitialView', mimeType: 'text', sofaString: TEXT };
      const entities = all.map(({ start, end, label }, i) => {
        return {
          '%ID': i + 2,
          '%TYPE': NE,
          '@sofa': 1,
          begin: start,
          end,
          ...(label !== '' && { value: label }),
        };
      });
      const members = all.map((_, i) => i + 2);
      return JSON.stringify({
        '%TYPES': {
          [NE]: {
            '%NAME': NE,
            '%SUPER_TYPE': 'uima.tcas.Annotation',
            value: { '%NAME': 'value', '%RANGE': 'uima.cas.String' },
          },
        },
        '%FEATURE_STRUCTURES': [{ '%ID': 1, '%TYPE': 'uima.cas.Sofa', ...sofa }, ...entities],
        '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': members } },
      });
    },
  },
  {
    id: 'uima-xmi',
    path: 'a.xmi',
    takesBare: true,
    write: (all) => {
      const entities = all.map(
        ({ start, end, label }, i) =>
          `<type4:NamedEntity xmi:id="${i + 2}" sofa="1" begin="${start}" end="${end}"${label && ` value=${attribute(label)}`}/>`,
      );
      const members = all.map((_, i) => i + 2).join(' ');
      return `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">${entities.join('')}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="${TEXT}"/><cas:View sofa="1" members="${members}"/></xmi:XMI>`;
    },
  },
];

function parquetOf(columns: readonly Column[], rows: readonly unknown[][]): Uint8Array {
  const file = new ParquetRows(columns);
  for (const row of rows) file.add(row);
  return file.end().slice();
}

/** Of what was read: it was changed, but is there. */
const IS_THERE: ReadonlySet<NoteCode> = new Set([
  'label-missing',
  'text-mismatch',
  'span-moved',
  'span-trimmed',
]);

/** How many annotations notes say are left out. brat's empty spans are there, to be placed. */
function toldIn(notes: readonly Note[], id: string): number {
  const left = notes.filter(
    ({ kind, code }) =>
      kind !== 'changed' || code === 'annotations-unread' || (code === 'empty-span' && id !== 'brat'),
  );
  return left
    .filter(({ code }) => !IS_THERE.has(code))
    .reduce((sum, { values }) => sum + Number(values?.count ?? 1), 0);
}

async function countsOf(id: string, files: Files, path: string, options: Record<string, string> = {}) {
  const { documents, notes } = await parse(formatById(id)!, files, path, options, () => TEXT);
  return { read: documents.flatMap(({ entities }) => entities), told: toldIn(notes, id), notes };
}

describe('annotations that are read and those that are told', () => {
  for (const { id, path, write, options } of FORMATS)
    it(`are all that there are in the file: ${id}`, () =>
      fc.assert(
        fc.asyncProperty(said, async (all) => {
          const source = write(all);
          const counts = await countsOf(id, { [path]: source, 'a.txt': TEXT }, path, options).catch(
            (error: unknown) => {
              assert.ok(error instanceof FormatError, String(error));
              return undefined;
            },
          );
          if (counts)
            assert.equal(
              counts.read.length + counts.told,
              all.length,
              `${String(source)}\n${JSON.stringify(counts.notes)}`,
            );
        }),
        { numRuns: 60 },
      ));

  const WORDS = ['Ada', 'met', 'Bob', 'in', 'New', 'York', 'today', 'again'];
  const tag = fc.constantFrom('O', 'O', 'B-PER', 'I-PER', 'B-GPE', 'I-GPE', 'E-PER', 'PER-', 'x');
  const tags = fc.array(tag, { minLength: WORDS.length, maxLength: WORDS.length });
  const sentence = (all: readonly string[], row: (word: string, i: number) => string) =>
    `${WORDS.map((word, i) => `${row(word, i)}${all[i]}`).join('\n')}\n\n`;
  /** Formats whose tokens have tags. */
  const TAGGED: readonly [id: string, path: string, write: (all: readonly string[]) => string][] = [
    // With a sentence that says what the columns are.
    ['conll2003', 'a.conll', (all) => sentence(Array<string>(8).fill('O'), plain) + sentence(all, plain)],
    [
      'conllu',
      'a.conllu',
      (all) => sentence(all, (word, i) => `${i + 1}\t${word}\t_\tX\t_\t_\t0\tr\t_\tNER=`),
    ],
    ['huggingface', 'a.jsonl', (all) => `${JSON.stringify({ id: '0', tokens: WORDS, ner_tags: all })}\n`],
  ];
  function plain(word: string): string {
    return `${word} -X- _ `;
  }
  for (const [id, path, write] of TAGGED)
    it(`are all tags that there are in the file: ${id}`, () =>
      fc.assert(
        fc.asyncProperty(tags, async (drawn) => {
          // CoNLL-U may have bare labels.
          const all = drawn.map((one) => (id === 'conllu' && /^(?:x|PER-)$/.test(one) ? 'O' : one));
          const { read, notes } = await countsOf(id, { [path]: write(all) }, path);
          const tokens = read.reduce((sum, { text }) => sum + text.split(' ').length, 0);
          const unread = notes.filter(({ code }) => code === 'sequence-malformed' || code === 'tag-unknown');
          const malformed = all.filter((one) => one === 'PER-' || one === 'x').length;
          assert.equal(tokens, all.filter((one) => one !== 'O').length - malformed, write(all));
          if (malformed > 0) assert.ok(unread.length > 0, JSON.stringify(notes));
        }),
        { numRuns: 60 },
      ));

  const NAMES = ['O', 'B-PER', 'I-PER', 'B-GPE'];
  /** A record of a data set: with tags by their names or their numbers, some of which stand for nothing. */
  const record = fc.boolean().chain((isNumbered) => {
    const one = isNumbered ? fc.constantFrom(0, 0, 1, 2, 3, 9) : fc.constantFrom(...NAMES, 'O', 'x', 'PER-');
    const cell = fc.oneof({ weight: 30, arbitrary: one }, fc.constant(isNumbered ? -100 : null));
    return fc.record({
      isNumbered: fc.constant(isNumbered),
      tags: fc.oneof(
        { weight: 6, arbitrary: fc.array(cell, { minLength: WORDS.length, maxLength: WORDS.length }) },
        fc.array(cell, { maxLength: WORDS.length + 1 }),
      ),
      tokens: fc.oneof({ weight: 6, arbitrary: fc.constant(WORDS) }, fc.constantFrom(null, ['Ada', null])),
      document: fc.constantFrom('a', 'b', null),
    });
  });
  type Record = typeof record extends fc.Arbitrary<infer R> ? R : never;
  /** A file all of whose records are refused is none of the format. */
  const sound = (isNumbered: boolean): Record => ({
    ...{ isNumbered, tokens: WORDS, document: null },
    tags: WORDS.map(() => (isNumbered ? 0 : 'O')),
  });
  const records = fc.array(record, { maxLength: 5 });
  const nameOf = (tag: string | number | null) =>
    typeof tag === 'number' ? (NAMES[tag] ?? String(tag)) : tag;

  /** What a file of records must become: the tags of those that are sound, and which of them are not. */
  async function assertAllTags(id: string, files: Files, all: readonly Record[]): Promise<void> {
    const options = { 'tag-names': NAMES.join(',') };
    const { read, notes } = await countsOf(id, files, Object.keys(files)[0]!, options);
    const isSound = ({ tokens, tags }: Record) =>
      tokens === WORDS && tags.length === WORDS.length && tags.every((tag) => tag !== null && tag !== -100);
    const tags = all.filter(isSound).flatMap((one) => one.tags.map(nameOf));
    const tokens = read.reduce((sum, { text }) => sum + text.split(/\s/).length, 0);
    assert.equal(tokens, tags.filter((tag) => NAMES.includes(tag!) && tag !== 'O').length);
    const wrong = notes.filter(({ code }) => code === 'sequence-malformed').map(({ values }) => values!.tag);
    assert.deepEqual(
      wrong,
      tags.filter((tag) => !NAMES.includes(tag!)),
    );
    const refused = notes.filter(({ code }) => code === 'tags-differ' || code === 'value-malformed');
    assert.deepEqual(
      refused.map(({ line, values }) => line ?? Number(/ of row (\d+)/.exec(String(values!.source))?.[1])),
      all.flatMap((one, i) => (isSound(one) ? [] : [i + 1])),
    );
    for (const { code, line, document, values } of notes)
      if (code !== 'column')
        assert.ok(line ?? document ?? / of row \d+/.exec(String(values?.source)), JSON.stringify(notes));
  }

  it('are all tags of all records, whichever of them are refused: huggingface', () =>
    fc.assert(
      fc.asyncProperty(records, (drawn) => {
        const all = [sound(true), ...drawn];
        const lines = all.map(({ tokens, tags, document }) =>
          JSON.stringify({ tokens, ner_tags: tags, document }),
        );
        return assertAllTags('huggingface', { 'a.jsonl': `${lines.join('\n')}\n` }, all);
      }),
      { numRuns: 60 },
    ));

  it('are all tags of all records, whichever of them are refused: huggingface-parquet', () =>
    fc.assert(
      // A column is of one type, and tags of another task are none of these.
      fc.asyncProperty(records, fc.boolean(), fc.boolean(), async (drawn, isNumbered, hasOther) => {
        const all = [sound(isNumbered), ...drawn.filter((one) => one.isNumbered === isNumbered)];
        const type = isNumbered ? 'int32' : 'string';
        const columns = [
          column('document', 'string'),
          listColumn('tokens', 'string'),
          listColumn('ner_tags', type),
          ...(hasOther ? [listColumn('tags', type)] : []),
        ];
        const rows = all.map(({ tokens, tags, document }) => [
          document ?? undefined,
          tokens ?? undefined,
          tags,
          ...(hasOther ? [tags] : []),
        ]);
        const files = { 'a.parquet': parquetOf(columns, rows) };
        await assertAllTags('huggingface-parquet', files, all);
        const { notes } = await countsOf('huggingface-parquet', files, 'a.parquet', {
          'tag-names': NAMES.join(','),
        });
        const lost = notes.filter(({ code }) => code === 'column').map(({ values }) => values!.name);
        assert.deepEqual(lost, hasOther ? ['tags'] : []);
      }),
      { numRuns: 60 },
    ));

  it('are all values that there are in the file, those of one number once: webanno', () => {
    // Of one token or several, stacked, without a label, of a number with two labels, and what is no value.
    const value = fc.constantFrom(
      '_',
      '_',
      'PER',
      'GPE',
      'PER[1]',
      'GPE[2]',
      'GPE[2]|PER[3]',
      '*',
      '*[4]',
      'ORG[1]',
    );
    return fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: WORDS.length, maxLength: WORDS.length }), async (all) => {
        let at = 0;
        const rows = WORDS.map((word, i) => {
          const [start, end] = [at, at + word.length];
          at = end + 1;
          return `1-${i + 1}\t${start}-${end}\t${word}\t${all[i]}\t`;
        });
        const head = ['#FORMAT=WebAnno TSV 3.3', `#T_SP=${NE}|value`, '', '', `#Text=${WORDS.join(' ')}`];
        const source = [...head, ...rows, ''].join('\n');
        const labels = new Map<string, string>();
        const wanted = all
          .flatMap((one) => (one === '_' ? [] : one.split('|')))
          .filter((one) => {
            const [, label = '', number = ''] = /^(.*?)\[(\d)\]$/.exec(one) ?? [];
            const isKnown = labels.get(number) === label;
            if (number !== '' && !labels.has(number)) labels.set(number, label);
            // A further line that says another label is left out, and told.
            return number === '' || !isKnown;
          }).length;
        const { read, told, notes } = await countsOf('webanno', { 'a.tsv': source }, 'a.tsv');
        assert.equal(read.length + told, wanted, `${source}\n${JSON.stringify(notes)}`);
      }),
      { numRuns: 60 },
    );
  });

  const piece: fc.Arbitrary<string> = fc.letrec<{ piece: string }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom('Ada ', 'met ', '', ' '),
      fc
        .tuple(fc.constantFrom('persName', 'placeName', 'orgName'), fc.array(tie('piece'), { maxLength: 3 }))
        .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
    ),
  })).piece;
  it('are all elements that there are in the file: tei', () =>
    fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async (pieces) => {
        const body = pieces.join('');
        const source = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>x ${body} y</p></body></text></TEI>`;
        const { read, told, notes } = await countsOf('tei', { 'a.xml': source }, 'a.xml');
        const count = body.match(/<(?:pers|place|org)Name/g)?.length ?? 0;
        assert.equal(read.length + told, count, `${source}\n${JSON.stringify(notes)}`);
      }),
      { numRuns: 60 },
    ));
});
