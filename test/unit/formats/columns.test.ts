import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recognize } from '../../../src/formats';
import { conll2003 } from '../../../src/formats/conll2003';
import { TextIndex } from '../../../src/core/text';
import { noteMessage } from '../../../src/wording/notes';
import type { Translate } from '../../../src/wording/translate';
import { parse, serialize, shown, told } from './support';

/** Rows of cells, parted by tabs; an empty row ends a sentence. */
function tabbed(...rows: string[][]): string {
  return rows.map((row) => row.join('\t') + '\n').join('');
}

async function read(source: string, options: Record<string, string> = {}) {
  const { documents, notes } = await parse(conll2003, { 'a.conll': source }, 'a.conll', options);
  return { documents, notes, told: told(notes), entities: documents.flatMap(shown) };
}

async function written(source: string): Promise<string> {
  return (await serialize(conll2003, (await read(source)).documents)).files['']!;
}

/** The notes without that of the text, which is in most files. */
function others(notes: readonly string[]): readonly string[] {
  return notes.filter((note) => note !== 'changed text-rebuilt');
}

describe('Tags of columns', () => {
  it('tell that a token is not annotated, which no tag says here', async () => {
    const { entities, told, notes } = await read('Ada B-PER\nmet -\nBo -\n. O\n');
    assert.deepEqual(entities, ['PER [0, 3) "Ada"']);
    assert.deepEqual(others(told), ['changed tag-unknown line 2']);
    assert.equal(notes.at(-1)!.values?.count, '2');
    const empty = await read('Ada\tB-PER\nmet\t\n. \tO\n');
    assert.deepEqual(others(empty.told), ['changed tag-unknown line 2']);
    assert.equal(empty.documents[0]!.index.raw, 'Ada met .\n');
  });

  it('tell that an entity goes on where none does, unless the file is in IOB1', async () => {
    const iob1 = await read('Ada I-PER\nmet O\nBo I-PER\nCy B-PER\n');
    assert.deepEqual(iob1.entities, ['PER [0, 3) "Ada"', 'PER [8, 10) "Bo"', 'PER [11, 13) "Cy"']);
    assert.deepEqual(others(iob1.told), []);
    // It is known only in the second document that the first one was wrong.
    const iob2 = await read('Ada I-PER\nmet O\n\n-DOCSTART- O\n\nBo B-PER\nin O\nUlm I-LOC\n');
    assert.deepEqual(iob2.entities, ['PER [0, 3) "Ada"', 'PER [0, 2) "Bo"', 'LOC [6, 9) "Ulm"']);
    assert.deepEqual(others(iob2.told), ['changed tag-begins-late line 1']);
    assert.equal(iob2.notes.at(-1)!.values?.count, '2');
  });

  const forms: Record<string, string[]> = {
    BIOES: ['O', 'B-ORG', 'I-ORG', 'E-ORG', 'S-LOC'],
    BILOU: ['O', 'B-ORG', 'I-ORG', 'L-ORG', 'U-LOC'],
    BMES: ['O', 'B-ORG', 'M-ORG', 'E-ORG', 'S-LOC'],
    BMEWO: ['O', 'B-ORG', 'M-ORG', 'E-ORG', 'W-LOC'],
    underscores: ['O', 'B_ORG', 'I_ORG', 'I_ORG', 'B_LOC'],
    'underscores, then bare': ['O', 'B_ORG', 'I', 'I', 'B_LOC'],
    'the letter behind': ['O', 'ORG-B', 'ORG-I', 'ORG-I', 'LOC-B'],
    'the letter behind an underscore': ['O', 'ORG_B', 'ORG_I', 'ORG_E', 'LOC_S'],
  };
  for (const [form, tags] of Object.entries(forms))
    it(`are read as ${form}`, async () => {
      const rows = ['the', 'Bank', 'of', 'Graz', 'Ulm'].map((token, i) => `${token} ${tags[i]}\n`);
      const { entities, notes } = await read(rows.join(''));
      assert.deepEqual(entities, ['ORG [4, 16) "Bank of Graz"', 'LOC [17, 20) "Ulm"']);
      assert.deepEqual(
        notes.filter(({ kind }) => kind !== 'changed'),
        [],
      );
    });

  it('without labels have one that is told, or said', async () => {
    const source = 'Ada B\nBo I\nin O\nUlm B\n';
    const guessed = await read(source);
    assert.deepEqual(guessed.entities, ['ENTITY [0, 6) "Ada Bo"', 'ENTITY [10, 13) "Ulm"']);
    assert.deepEqual(others(guessed.told), ['changed columns-guessed']);
    const said = await read(source, { 'default-label': 'NAME' });
    assert.deepEqual(said.entities, ['NAME [0, 6) "Ada Bo"', 'NAME [10, 13) "Ulm"']);
  });

  it('with an empty label beside others are malformed, unless one is said', async () => {
    const source = 'Ada B-PER\nin O\nUlm U-\n';
    const { entities, told } = await read(source);
    assert.deepEqual(entities, ['PER [0, 3) "Ada"']);
    assert.deepEqual(others(told), ['invalid sequence-malformed line 3']);
    const said = await read(source, { 'default-label': 'LOC' });
    assert.deepEqual(said.entities, ['PER [0, 3) "Ada"', 'LOC [7, 10) "Ulm"']);
  });

  for (const sign of ['|', '^'])
    it(`of entities within entities are parted by ${sign}`, async () => {
      const rows = ['the O|O', 'Bank B-ORG|O', 'of I-ORG|O', 'Graz I-ORG|B-LOC'];
      const { entities } = await read(rows.join('\n').replaceAll('|', sign));
      assert.deepEqual(entities, ['ORG [4, 16) "Bank of Graz"', 'LOC [12, 16) "Graz"']);
    });
});

describe('Columns', () => {
  it('of tags alone are entities within entities, outer ones first', async () => {
    const rows = [
      ['the', 'O', 'O'],
      ['Bank', 'B-ORG', 'O'],
      ['of', 'I-ORG', 'O'],
      ['Graz', 'E-ORG', 'S-LOC'],
    ];
    const { entities, told } = await read(tabbed(...rows));
    assert.deepEqual(entities, ['ORG [4, 16) "Bank of Graz"', 'LOC [12, 16) "Graz"']);
    assert.deepEqual(others(told), ['changed columns-guessed']);
  });

  it('of which one says what another does are not read twice, which is told', async () => {
    const { entities, told, notes } = await read('Ada B-PER B-PER\nmet O O\nBo B-PER O\n');
    assert.deepEqual(entities, ['PER [0, 3) "Ada"']);
    assert.deepEqual(others(told), ['changed tags-kept line 1']);
    assert.deepEqual(notes.at(-1)!.values, { count: '2', column: '2' });
  });

  it('of chunks are none of entities', async () => {
    const { entities, told } = await read('Ada B-NP B-PER\nhas B-VP O\nleft I-VP O\n');
    assert.deepEqual(entities, ['PER [0, 3) "Ada"']);
    assert.deepEqual(others(told), []);
  });

  const NAMED = tabbed(
    ['TOKEN', 'COARSE', 'FINE', 'LINK', 'MISC'],
    ['# x:document_id = one'],
    ['Dr', 'B-pers', 'O', 'Q1', 'NoSpaceAfter'],
    ['.', 'I-pers', 'O', 'Q1', '_'],
    ['Ada', 'I-pers', 'B-name', 'Q1', '_'],
    ['left', 'O', 'O', '_', 'NoSpaceAfter|EndOfLine'],
    ['.', 'O', 'O', '_', '_'],
    [''],
    ['# x:document_id = two'],
    ['Ulm', 'B-loc', 'O', 'NIL', '_'],
    [''],
  );

  it('have names, of which the first of tags is read, and the others are told', async () => {
    const { documents, entities, notes, told } = await read(NAMED);
    assert.deepEqual(
      documents.map(({ name, index }) => [name, index.raw]),
      [
        ['one', 'Dr. Ada left.\n'],
        ['two', 'Ulm\n'],
      ],
    );
    assert.deepEqual(entities, ['pers [0, 7) "Dr. Ada"', 'loc [0, 3) "Ulm"']);
    assert.deepEqual(
      told.filter((note) => !note.includes('comments')),
      ['changed columns-guessed', 'changed tags-kept line 5'],
    );
    assert.deepEqual(notes.find(({ code }) => code === 'tags-kept')!.values, { count: '1', column: 'FINE' });
    assert.equal(await written(NAMED), NAMED);
  });

  it('may have comments between the tokens of an entity', async () => {
    const source = NAMED.replace('Ada\t', '# segment = 2\nAda\t');
    const { entities, told } = await read(source);
    assert.deepEqual(entities, ['pers [0, 7) "Dr. Ada"', 'loc [0, 3) "Ulm"']);
    assert.ok(
      told.every((note) => note.startsWith('changed')),
      told.join('; '),
    );
  });

  it('are read as a person says', async () => {
    const options = { 'tag-columns': 'COARSE,FINE', 'link-column': '4', spaces: 'all' };
    const { documents, entities, told } = await read(NAMED, options);
    assert.deepEqual(entities, ['pers [0, 8) "Dr . Ada"', 'name [5, 8) "Ada"', 'loc [0, 3) "Ulm"']);
    assert.deepEqual(
      documents.flatMap((document) => document.entities.map(({ link }) => link)),
      ['wikidata:Q1', 'wikidata:Q1', undefined],
    );
    assert.ok(!told.includes('changed columns-guessed'));
    const reversed = await read('B-PER Ada\nO left\n', { 'token-column': '2', 'tag-columns': '1' });
    assert.deepEqual(reversed.entities, ['PER [0, 3) "Ada"']);
    const wrong = read(NAMED, { 'tag-columns': '9' });
    await assert.rejects(wrong, {
      code: 'option-unknown',
      values: { name: 'tag-columns', value: '9', values: '1, 2, 3, 4, 5, TOKEN, COARSE, FINE, LINK, MISC' },
    });
  });

  it('may have the tag before others; spaces are those of the text of a sentence', async () => {
    const source = tabbed(
      ['# newdoc id = d1'],
      ['# text = Ada left Ulm.'],
      ['1', 'Ada', 'B-PER', '-', 'x'],
      ['2', 'left', 'O', '-', 'x'],
      ['3', 'Ulm', 'B-LOC', '-', 'x'],
      ['4', '.', 'O', '-', 'x'],
      [''],
      ['# newdoc id = d2'],
      ['# text = No!'],
      ['1', 'Yes', 'O', '-', 'x'],
      ['2', '!', 'O', '-', 'x'],
      [''],
    );
    const both = await read(source.replace('# text = No!', '# text = Yes!'));
    assert.deepEqual(
      both.documents.map(({ name, index }) => [name, index.raw]),
      [
        ['d1', 'Ada left Ulm.\n'],
        ['d2', 'Yes!\n'],
      ],
    );
    assert.deepEqual(both.entities, ['PER [0, 3) "Ada"', 'LOC [9, 12) "Ulm"']);
    assert.deepEqual(others(both.told).slice(0, 1), ['changed columns-guessed']);
    const third = source.replaceAll('d1', 'd3').replace(/# newdoc id = d2[^]*/, '');
    const { told, documents } = await read(source + third);
    assert.equal(documents[1]!.index.raw, 'Yes !\n');
    assert.ok(told.includes('changed sentence-text line 10'), told.join('; '));
  });

  it('have blanks that are tokens', async () => {
    const source = tabbed(
      ['ไป', 'O'],
      [' ', 'O'],
      ['กรุงเทพ', 'B-LOC'],
      [' ', 'I-LOC'],
      ['มหานคร', 'I-LOC'],
      [' ', 'I-LOC'],
      [''],
    );
    const { documents, entities } = await read(source);
    assert.equal(documents[0]!.index.raw, 'ไป กรุงเทพ มหานคร \n');
    assert.deepEqual(entities, ['LOC [3, 17) "กรุงเทพ มหานคร"']);
    assert.equal(
      await written(source.replace(' \tI-LOC\n\n', ' \tO\n\n')),
      source.replace(' \tI-LOC\n\n', ' \tO\n\n'),
    );
  });

  it('of scripts without spaces make a text without them, but between other words', async () => {
    const source = '他 O\n在 O\nNew B-LOC\nYork I-LOC\n住 O\n。 O\n\n';
    const { documents, entities, told } = await read(source);
    assert.equal(documents[0]!.index.raw, '他在New York住。\n');
    assert.deepEqual(entities, ['LOC [2, 10) "New York"']);
    assert.deepEqual(told, ['changed columns-guessed']);
    assert.equal(await written(source), source);
    const changed = { ...documents[0]!, index: new TextIndex('她在New York住。\n') };
    const { files } = await serialize(conll2003, [changed]);
    assert.match(files['']!, /^她 O\n在 O\nNew B-LOC\nYork I-LOC$/m);
  });

  it('keep what is white space only to some at the end of a token', async () => {
    const source = tabbed(['Ada\ufeff', 'B-PER'], ['left', 'O'], ['']);
    assert.equal(await written(source), source);
  });

  it('have no line before a document where there was none, unless another document is before it', async () => {
    const source = 'Ada\tB-PER\nleft\tO\n\n';
    assert.equal(await written(source), source);
    const [document] = (await read(source)).documents;
    const { files } = await serialize(conll2003, [document!, document!]);
    assert.equal(files[''], `${source}-DOCSTART-\tO\n\n${source}`);
  });

  it('say what is guessed, in words', async () => {
    const { notes } = await read(NAMED);
    const plain: Translate = (message, ...values) =>
      message.replace(/\{(\w+)\}/g, (_, name: string) =>
        String((values[0] as Record<string, unknown>)[name]),
      );
    assert.equal(
      noteMessage(
        plain,
        notes.find(({ code }) => code === 'columns-guessed')!,
      ),
      'Guessed: tokens are in column TOKEN, tags in COARSE (--token-column, --tag-columns); their tags are as B-PER; a space is between tokens where no column says otherwise (--spaces)',
    );
  });

  it('are recognised by content, whatever their file is called', () => {
    const named = (path: string, head: string) => recognize(path, head).map(({ id }) => id);
    assert.deepEqual(named('a.bmes', 'Ada S-PER\nleft O\n'), ['conll2003']);
    assert.deepEqual(named('a.tsv', NAMED), ['conll2003']);
    assert.deepEqual(named('a.annotated', tabbed(['1', 'Ada', 'B-PER', '-'], ['2', 'left', 'O', '-'])), [
      'conll2003',
    ]);
    assert.deepEqual(named('README.md', '# Columns\n\nA token and its tag:\nAda B-PER\nleft O\n'), []);
    assert.deepEqual(named('a.md', 'O\n'), []);
  });

  it('give no entity that the whole rows do not give, with cells taken away or added', async () => {
    const ROWS = [
      ['Ada', 'NNP', 'B-NP', 'B-PER'],
      ['Smith', 'NNP', 'I-NP', 'I-PER'],
      ['left', 'VBD', 'B-VP', 'O'],
      ['Ulm', 'NNP', 'B-NP', 'B-LOC'],
      ['now', 'RB', 'O', 'O'],
    ];
    const LABELS = new Map(ROWS.map(([token, , , tag]) => [token!, tag!.slice(2)]));
    const edit = fc.record({ row: fc.nat(ROWS.length - 1), cell: fc.nat(4), adds: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(edit, fc.constantFrom('B-PER', 'x', 'O'), async ({ row, cell, adds }, value) => {
        const rows = ROWS.map((cells, i) => {
          if (i !== row) return cells;
          return adds ? cells.toSpliced(cell, 0, value) : cells.toSpliced(Math.min(cell, 3), 1);
        });
        const { documents, told } = await read(tabbed(...rows));
        for (const { label, text } of documents[0]!.entities)
          for (const token of text.split(' ')) assert.equal(LABELS.get(token), label);
        assert.ok(told.includes(`invalid line-malformed line ${row + 1}`), told.join('; '));
      }),
    );
  });
});
