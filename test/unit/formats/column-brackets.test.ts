import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FormatError } from '../../../src/formats/shared/format';
import { recognize } from '../../../src/formats';
import { conll2003 } from '../../../src/formats/conll2003';
import { noteMessage } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { parse, serialize, shown, told } from './support';

async function read(source: string, options: Record<string, string> = {}, path = 'a.conll') {
  const { documents, notes } = await parse(conll2003, { [path]: source }, path, options);
  const others = notes.filter(({ code }) => code !== 'text-rebuilt');
  return {
    ...{ documents, notes, entities: documents.flatMap(shown) },
    told: told(others.filter(({ code }) => code !== 'columns-guessed')),
    said: others.map((note) => noteMessage(inEnglish, note)),
  };
}

/** A row of CoNLL-2012. */
const row = (number: number, word: string, ne: string, coref: string, args: string[] = [], part = 0) =>
  ['x/y_0', part, number, word, 'NN', '(NP*', '-', '-', '-', 'Ada', ne, ...args, coref].join('   ');

const FILE = [
  '#begin document (x/y_0); part 000',
  row(0, 'Mayor', '*', '(1', ['(ARG0*']),
  row(1, 'of', '*', '-', ['*']),
  row(2, 'New', '(GPE*', '(2', ['*']),
  row(3, 'York', '*)', '1)|2)', ['*)']),
  row(4, 'left', '*', '-', ['(V*)']),
  '',
  row(0, 'He', '*', '(1)'),
  row(1, 'met', '*', '-'),
  row(2, 'the', '(ORG*', '-'),
  row(3, 'Ulm', '(GPE)', '(3)'),
  row(4, 'Club', '*)', '-'),
  '',
  '#end document',
  '#begin document (x/y_0); part 001',
  row(0, 'Bo', '(PERSON)', '-', [], 1),
  row(1, 'sang', '*', '-', ['(V*)'], 1),
  '#end document',
  '',
].join('\n');

describe('CoNLL-2012', () => {
  it('has names in brackets, one within the other, and documents in parts', async () => {
    const { documents, told, said } = await read(FILE);
    assert.deepEqual(
      documents.map(({ name, index }) => [name, index.raw]),
      [
        ['x/y_0', 'Mayor of New York left\nHe met the Ulm Club\n'],
        ['x/y_0_001', 'Bo sang\n'],
      ],
    );
    assert.deepEqual(documents.map(shown), [
      ['GPE [9, 17) "New York"', 'ORG [30, 42) "the Ulm Club"', 'GPE [34, 37) "Ulm"'],
      ['PERSON [0, 2) "Bo"'],
    ]);
    assert.deepEqual(told, ['changed comments-kept', 'changed tags-kept line 2', 'changed comments-kept']);
    assert.ok(
      said.includes('4 tags of column coref are kept for the way back; --tag-columns reads them'),
      said.join('\n'),
    );
  });

  it('has mentions of chains, which have its number, where they are asked for or alone', async () => {
    const asked = await read(FILE, { 'tag-columns': 'ne,coref' });
    assert.deepEqual(
      asked.documents[0]!.entities.map(({ label, text, externalId }) => [label, text, externalId]),
      [
        ['Mention', 'Mayor of New York', '1'],
        ['GPE', 'New York', undefined],
        ['Mention', 'New York', '2'],
        ['Mention', 'He', '1'],
        ['ORG', 'the Ulm Club', undefined],
        ['GPE', 'Ulm', undefined],
        ['Mention', 'Ulm', '3'],
      ],
    );
    const alone = await read(
      FILE.replace(/\((?:GPE|ORG|PERSON)\*/g, '*').replace(/\*\)(?= {3}[^ ]+$)|\((?:GPE|PERSON)\)/gm, '*'),
    );
    assert.deepEqual(
      alone.documents[0]!.entities.map(({ text, externalId }) => `${text} ${externalId}`),
      ['Mayor of New York 1', 'New York 2', 'He 1', 'Ulm 3'],
    );
    assert.deepEqual(
      alone.told.filter((note) => !note.includes('comments')),
      [],
    );
  });

  it('is written with tags in place of the brackets, and read again', async () => {
    const { documents } = await read(FILE);
    const { files } = await serialize(conll2003, documents);
    assert.match(files['']!, /^New NN \(NP\* - - - Ada B-GPE \* \(2$/m);
    assert.match(files['']!, /^He NN \(NP\* - - - Ada O _ \(1\)$/m);
    const again = await read(files['']!);
    assert.deepEqual(
      again.documents.map(({ name }) => name),
      ['x/y_0', 'x/y_0_001'],
    );
    const lines = (all: typeof documents) => all.map(({ index }) => index.raw);
    assert.deepEqual(lines(again.documents), lines(documents));
    assert.ok(!again.told.some((note) => note.includes('invalid')), again.told.join());
    assert.deepEqual(
      again.entities.filter((one) => !one.startsWith('GPE [34')),
      documents.flatMap(shown).filter((one) => !one.startsWith('GPE [34')),
    );
  });

  it('has as many columns in each row in some corpora, which tabs may part', async () => {
    const cells = (number: number, word: string, coref: string) =>
      ['105_x', '0', String(number), word, ...new Array<string>(8).fill('_'), coref].join('\t');
    const { documents, told } = await read(
      [
        '#begin document (105_x); part 0',
        cells(0, 'Sir', '(1'),
        cells(1, 'Walter', '1)'),
        cells(2, 'reads', '_'),
        '',
      ].join('\n'),
    );
    assert.equal(documents[0]!.index.raw, 'Sir Walter reads\n');
    assert.deepEqual(documents.flatMap(shown), ['Mention [0, 10) "Sir Walter"']);
    assert.deepEqual(told, ['changed comments-kept']);
  });

  it('has numbers and tokens in SemEval 2010', async () => {
    const { documents } = await read(
      [
        '#begin document 12',
        '1\tAda\t_\t(3)',
        '2\tmet\t_\t_',
        '3\ther\t_\t(4|(3)',
        '4\tdog\t_\t4)',
        '',
        '#end document',
        '',
      ].join('\n'),
    );
    assert.equal(documents[0]!.name, '12');
    assert.deepEqual(documents.flatMap(shown), [
      'Mention [0, 3) "Ada"',
      'Mention [8, 15) "her dog"',
      'Mention [8, 11) "her"',
    ]);
  });

  it('loses a row that lacks cells, and what goes over it', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(i, `w${i}`, '*', '-', i % 2 ? ['*'] : []));
    rows[3] = row(3, 'w3', '(PER*', '-');
    rows[4] = 'x/y_0 0 4 w4 NN';
    rows[5] = row(5, 'w5', '*)', '-');
    rows[7] = row(7, 'w7', '(PER)', '-');
    const { entities, told } = await read(['#begin document (x)', ...rows, ''].join('\n'));
    assert.deepEqual(
      entities.map((one) => one.split(' ').at(-1)),
      ['"w7"'],
    );
    assert.deepEqual(told, [
      'invalid line-malformed line 6',
      'changed comments-kept',
      'invalid sequence-malformed line 5',
    ]);
  });

  it('tells brackets that have no other half, and makes nothing of them', async () => {
    const { entities, told } = await read(
      [
        '#begin document (a)',
        row(0, 'A', '*)', '(1'),
        row(1, 'B', '(PER*', '2)'),
        row(2, 'C', '*', '-', ['*']),
        '',
      ].join('\n'),
      { 'tag-columns': 'ne,coref' },
    );
    assert.deepEqual(entities, []);
    assert.deepEqual(
      told.filter((note) => note.includes('sequence')).toSorted(),
      [1, 2, 2, 1].map((at) => `invalid sequence-malformed line ${at + 1}`).toSorted(),
    );
  });

  it('is recognised, whatever it is called', () => {
    for (const name of ['a.conll', 'a.v4_gold_conll', 'a.txt'])
      assert.equal(recognize(name, FILE)[0]?.id, 'conll2003', name);
  });
});

describe('columns of brackets in other files', () => {
  it('are of names or of chains', async () => {
    const names = await read('Ada (PER*\nBo *)\nleft *\nUlm (ORG*\nof *\nUlm (LOC))\n. *\n');
    assert.deepEqual(names.entities, [
      'PER [0, 6) "Ada Bo"',
      'ORG [12, 22) "Ulm of Ulm"',
      'LOC [19, 22) "Ulm"',
    ]);
    const chains = await read('1 Ada NN (1)\n2 met VB -\n3 her PRP (2|(1)\n4 dog NN 2)\n');
    assert.deepEqual(
      chains.documents[0]!.entities.map(({ text, externalId }) => `${text} ${externalId}`),
      ['Ada 1', 'her dog 2', 'her 1'],
    );
    assert.equal(recognize('a.x', 'Ada (1990)\nBo (1991)\n').length, 0);
  });

  it('are not those of phrases or arguments', async () => {
    const { entities } = await read('Ada (S(NP*) B-PER (ARG0*)\nmet (VP* O (V*)\nBo (NP*))) B-PER (ARG1*)\n');
    assert.deepEqual(entities, ['PER [0, 3) "Ada"', 'PER [8, 10) "Bo"']);
  });

  it('come out as they were put in, for any brackets', async () => {
    const span = fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom('PER', 'ORG'));
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 6 }), async (asked) => {
        const spans: [number, number, string][] = [];
        for (const [a, b, label] of asked) {
          const [first, last] = [Math.min(a, b), Math.max(a, b)];
          const isFree = spans.every(
            ([from, to]) =>
              last < from || first > to || (first >= from && last <= to) || (first <= from && last >= to),
          );
          const isNew = !spans.some(([from, to]) => from === first && to === last);
          if (isFree && isNew) spans.push([first, last, label]);
        }
        spans.sort(([a, b], [c, d]) => a - c || d - b);
        const rows = Array.from({ length: 9 }, (_, i) => {
          const opens = spans.filter(([first]) => first === i).map(([, , label]) => `(${label}`);
          const closes = spans.filter(([, last]) => last === i).map(() => ')');
          return `w${i} ${opens.join('')}*${closes.join('')}\n`;
        });
        const { documents } = await read(rows.join(''));
        assert.deepEqual(
          documents[0]!.entities.map(({ label, text }) => `${label} ${text}`).sort(),
          spans
            .map(([first, last, label]) => {
              const words = Array.from({ length: last - first + 1 }, (_, i) => `w${first + i}`);
              return `${label} ${words.join(' ')}`;
            })
            .sort(),
        );
      }),
    );
  });
});

describe('options for columns', () => {
  const entities = async (source: string, options: Record<string, string>) =>
    (await read(source, options)).entities;

  it('say what parts them', async () => {
    assert.deepEqual(await entities('Ada,B-PER\nmet,O\n', { separator: ',' }), ['PER [0, 3) "Ada"']);
    assert.deepEqual(await entities('Ada||B-PER\nmet||O\n', { separator: '||' }), ['PER [0, 3) "Ada"']);
    assert.deepEqual(
      await entities('Ada\tx B-PER\nmet\tx O\n', { separator: 'tab', 'tag-columns': '2' }),
      [],
    );
    assert.deepEqual(await entities('Ada\tx B-PER\nmet\tx O\n', { separator: 'space', 'tag-columns': '2' }), [
      'PER [0, 5) "Ada\\tx"',
    ]);
  });

  it('say whether there is a header', async () => {
    assert.deepEqual(await entities('name B-X\nmet O\n', { header: 'yes' }), []);
    assert.deepEqual(await entities('a b\nAda B-PER\nmet O\n', { header: 'yes', 'tag-columns': 'b' }), [
      'PER [0, 3) "Ada"',
    ]);
    const { documents } = await read('word tag\nAda B-PER\nmet O\n', { header: 'no', 'tag-columns': '2' });
    assert.equal(documents[0]!.index.raw, 'word Ada met\n');
  });

  it('say what comments begin with', async () => {
    const said = await read('% x\nAda B-PER\n# O\n', { comments: '%' });
    assert.equal(said.documents[0]!.index.raw, 'Ada #\n');
    assert.deepEqual(said.told, ['changed comments-kept']);
    const none = await read('# B-PER\nAda O\n', { comments: 'none' });
    assert.deepEqual(none.entities, ['PER [0, 1) "#"']);
  });

  it('say how tags are written', async () => {
    assert.deepEqual(await entities('Ada PER\nLee PER\nmet O\nUlm LOC\nBo PER\n', { 'tag-form': 'PER' }), [
      'PER [0, 7) "Ada Lee"',
      'LOC [12, 15) "Ulm"',
      'PER [16, 18) "Bo"',
    ]);
    // A label that looks like a letter with another behind it.
    assert.deepEqual(await entities('Ada B-S\nmet O\n', { 'tag-form': 'PER-B', 'tag-columns': '2' }), [
      'B [0, 3) "Ada"',
    ]);
    assert.deepEqual(await entities('Ada B-S\nmet O\n', {}), ['S [0, 3) "Ada"']);
    await assert.rejects(read('Ada B-S\n', { 'tag-form': 'x' }), FormatError);
    // No token is without an annotation, so that nothing is guessed.
    const brackets = await read('Ada (PER*\nLee *)\n', { 'tag-form': 'brackets' });
    assert.deepEqual(brackets.entities, ['PER [0, 7) "Ada Lee"']);
    const chains = await read('Ada (1\nLee 1)\n', { 'tag-form': 'chains' });
    assert.deepEqual(chains.entities, ['Mention [0, 7) "Ada Lee"']);
    assert.equal(chains.documents[0]!.entities[0]!.externalId, '1');
    await assert.rejects(read('Ada (1\nLee 1)\n'), FormatError);
  });
});
