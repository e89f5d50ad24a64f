import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/model/entity';
import type { AnnotatedDocument, Relation } from '../../../src/formats/shared/document';
import { FORMATS, formatById } from '../../../src/formats';
import { Report } from '../../../src/formats/shared/report';
import { receive } from '../../../src/formats/shared/sidecars';
import { TextIndex } from '../../../src/core/text';
import { processorTimeOf } from '../../support/processor-time';
import { parse, serialize, type Files } from './support';

/** What takes less, in ms, is too short to be compared. */
const SHORTEST = 25;

/**
 * That four times as much takes some four times as long; where time grows by the square, it is sixteen times.
 * @param make a task of a size
 */
async function assertLinear(size: number, make: (size: number) => () => Promise<unknown>): Promise<void> {
  const timeOf = async (task: () => Promise<unknown>) =>
    Math.min(await processorTimeOf(task), await processorTimeOf(task));
  const [small, large] = [make(size), make(4 * size)];
  const [ms, msOfLarge] = [await timeOf(small), await timeOf(large)];
  assert.ok(msOfLarge < 10 * Math.max(ms, SHORTEST), `${ms} ms, four times as much ${msOfLarge} ms`);
}

/** One document on one line, with an entity among five words, and each but the first related to the first. */
function documentOf(size: number): AnnotatedDocument {
  const sentence = 'zu hören war 😀 heute Ada Lovelace. ';
  const index = new TextIndex(sentence.repeat(size));
  const length = Array.from(sentence).length;
  const from = Array.from(sentence.slice(0, sentence.indexOf('Ada'))).length;
  const entities = Array.from({ length: size }, (_, i): Entity => {
    const start = i * length + from;
    return { id: `e${i}`, label: 'PER', start, end: start + 12, text: 'Ada Lovelace' };
  });
  const relations = entities
    .slice(1)
    .map(({ id }, i): Relation => ({ id: `r${i}`, label: 'same', from: id, to: 'e0', externalId: `R${i}` }));
  return { name: 'a', index, entities, relations, carried: {} };
}

describe('time grows with the size', () => {
  for (const format of FORMATS) {
    it(`where ${format.id} is written and read`, async () => {
      const written = new Map<number, Files>();
      await assertLinear(150, (size) => {
        const document = documentOf(size);
        return async () => {
          const { bytes } = await serialize(format, [document]);
          const files = [...bytes].map(([path, content]) => [path || `a${format.extensions[0]}`, content]);
          written.set(size, Object.fromEntries(files) as Files);
        };
      });
      await assertLinear(150, (size) => async () => {
        const files = written.get(size)!;
        const path = Object.keys(files).find((name) => name.endsWith(format.extensions[0]))!;
        const { documents } = await parse(format, files, path, {}, () => documentOf(size).index.raw);
        assert.equal(documents[0]!.entities.length, size);
      });
    });
  }

  it('where an import adds entities whose texts are all different', () =>
    assertLinear(4000, (size) => {
      const document = documentOf(size);
      const text = document.entities.map((_, i) => `zu hören war ${i}th Number. `).join('');
      const index = new TextIndex(text);
      let start = 0;
      const entities = document.entities.map((entity, i): Entity => {
        const name = `${i}th Number`;
        start = text.indexOf(name, start);
        return { ...entity, start, end: start + name.length, text: name };
      });
      const numbered = { ...document, index, entities, relations: [] };
      const article = { article: 'a.txt', textHash: 'sha256:0', index };
      return () => {
        assert.equal(receive(numbered, article, new Report()).added, size);
        return Promise.resolve();
      };
    }));

  it('where a format has no relations', () =>
    assertLinear(3000, (size) => {
      const document = documentOf(size);
      // The last ones are looked for longest.
      const relations = document.relations.map((relation) => ({ ...relation, to: `e${size - 1}` }));
      return () => serialize(formatById('spacy')!, [{ ...document, relations }]);
    }));

  const word = (i: number) =>
    i % 10 === 0 ? `<persName><w xml:id="w${i}">Ada</w></persName>` : `<w xml:id="w${i}">sah</w>`;
  const sources: [
    title: string,
    format: string,
    file: string,
    size: number,
    make: (size: number) => string,
  ][] = [
    [
      'TEI has its words in elements',
      'tei',
      'a.xml',
      5000,
      (size) =>
        `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>${Array.from({ length: size }, (_, i) => word(i)).join(' ')}</p></body></text></TEI>`,
    ],
    [
      'many annotations say the same',
      'doccano',
      'a.jsonl',
      2000,
      (size) => JSON.stringify({ text: 'Ada', label: Array.from({ length: size }, () => [0, 3, 'PER']) }),
    ],
    [
      'regions have no ids',
      'labelstudio',
      'a.json',
      1500,
      (size) => {
        const value = (i: number) => ({ start: 4 * i, end: 4 * i + 3, text: 'Ada', labels: ['PER'] });
        const result = Array.from({ length: size }, (_, i) => ({
          ...{ from_name: 'label', to_name: 'text', type: 'labels' },
          value: value(i),
        }));
        return JSON.stringify([{ data: { text: 'Ada '.repeat(size) }, annotations: [{ result }] }]);
      },
    ],
  ];
  for (const [title, format, file, size, make] of sources)
    it(`where ${title}`, () =>
      assertLinear(size, (count) => {
        const files = { [file]: make(count) };
        return async () => assert.ok((await parse(formatById(format)!, files)).documents.length > 0);
      }));

  it('where a sentence has more words than a call takes arguments', async () => {
    const line = (i: number) => `${i + 1}\tsah\t_\t_\t_\t_\t_\t_\t_\t_\n`;
    const source = Array.from({ length: 150_000 }, (_, i) => line(i)).join('');
    assert.equal((await parse(formatById('conllu')!, { 'a.conllu': source })).documents.length, 1);
  });
});
