import assert from 'node:assert/strict';
import type { ArticleDocument } from '../../../src/workspace/open/open-article.ts';
import { hashText } from '../../../src/core/text.ts';
import { OpenText } from '../../../src/workspace/open/open-text.ts';

describe('the text below the layers of a document', () => {
  let raw = 'Ada met Bob.\r\n';
  const text = new OpenText({ getText: () => raw, isDirty: false } as ArticleDocument);

  it('is read once for all of them, and again when it is another', async () => {
    const first = text.at();
    assert.equal(text.at(), first);
    assert.equal(await first.hash(), await hashText(raw));
    raw += 'Bob left.\n';
    const second = text.at();
    assert.notEqual(second, first);
    assert.equal(text.at(), second);
    assert.deepEqual([first.index.raw, second.index.raw], ['Ada met Bob.\r\n', raw]);
    assert.notEqual(second.key, first.key);
  });

  it('is that of the file where the document has gone', () => {
    assert.equal(text.at('Ada.').index.raw, 'Ada.');
    assert.equal(text.at().index.raw, raw);
  });
});
