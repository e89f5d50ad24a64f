import { adding } from '../../../src/core/model/edit';
import assert from 'node:assert/strict';
import { EditedArticle } from '../../support/edited-article';
import { entity } from './arbitraries';

/** What a mention becomes where each of these is typed over it, the first over all of it. */
function typedOver(was: string, keys: readonly string[], from = 0): string {
  const article = new EditedArticle(`So ${was}, and so on.`);
  article.edit([adding(entity({ id: 'e1', start: 3, end: 3 + was.length, text: was }))]);
  let [start16, end16] = [3 + from, 3 + was.length];
  for (const text of keys) {
    article.type([{ start16, end16, text }]);
    start16 = end16 = start16 + text.length;
  }
  const { text, broken } = article.find('e1')!;
  return text + (broken ? '?' : '');
}

describe('a mention that is typed over', () => {
  const table: [was: string, keys: string[], now: string][] = [
    ['IBM', ['A'], 'A'],
    ['IBM', [...'Apple'], 'Apple'],
    ['IBM', [...'南京'], '南京'],
    ['IBM', ['𝔄', 'b'], '𝔄b'],
    ['IBM', [...'Apple '], 'Apple?'],
    ['IBM', [...'Apple.'], 'Apple?'],
    ['IBM', [' '], 'IBM?'],
    ['IBM', ['\n  '], 'IBM?'],
    ['IBM', ['Apple Inc', '.'], 'Apple Inc'],
    ['IBM', ['Apple Inc', 's'], 'Apple Inc'],
  ];
  for (const [was, keys, now] of table)
    it(`${was}, ${JSON.stringify(keys)}: ${now}`, () => {
      // A tag to place keeps the text by which it is found.
      const found = typedOver(was, keys);
      assert.equal(found.endsWith('?'), now.endsWith('?'));
      if (!now.endsWith('?')) assert.equal(found, now);
    });

  it('has what is typed over its end', () => {
    assert.equal(typedOver('Pekink', [...'ng'], 4), 'Peking');
  });

  it('leaves out what is typed later', () => {
    const article = new EditedArticle('So IBM, and so on.');
    article.edit([adding(entity({ id: 'e1', start: 3, end: 6, text: 'IBM' }))]);
    article.type([{ start16: 3, end16: 6, text: 'A' }]);
    article.type([{ start16: 0, end16: 0, text: 'X' }]);
    article.type([{ start16: 5, end16: 5, text: 'B' }]);
    assert.equal(article.find('e1')?.text, 'A');
  });
});
