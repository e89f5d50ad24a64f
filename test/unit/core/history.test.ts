import { adding, removing, changing } from '../../../src/core/model/edit';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withFields, type Entity } from '../../../src/core/model/entity';
import { moveEntity, refreshTexts } from '../../../src/core/follow-text';
import { History, textKey } from '../../../src/core/model/history';
import { TextIndex } from '../../../src/core/text';
import { entity } from './arbitraries';
import { EditedArticle } from '../../support/edited-article';

const TEXT = 'One sentence.\n\nIn Beijing and 南京 😀 today.\r\n\r\nThe end.';

function tag(article: EditedArticle, id: string, text: string, fields: Partial<Entity> = {}): Entity {
  const start = article.index.toCodePoint(article.text.indexOf(text));
  const added = entity({ id, start, end: start + [...text].length, text, ...fields });
  article.edit([adding(added)]);
  return added;
}

describe('the history of an article', () => {
  it('brings a span back when the editor brings its paragraph back', () => {
    const article = new EditedArticle(TEXT);
    const was = tag(article, 'e1', 'Beijing');
    article.replace('In Beijing and 南京 😀 today.', '');
    assert.equal(article.find('e1')?.broken, true);
    article.travel('undo');
    assert.deepEqual(article.entities, [was]);
    article.travel('redo');
    assert.equal(article.find('e1')?.broken, true);
    article.travel('undo');
    assert.deepEqual(article.entities, [was]);
  });

  it('also where several keystrokes are one undo, with tags in between', () => {
    const article = new EditedArticle(TEXT);
    const was = tag(article, 'e1', 'Beijing');
    article.replace('Beijing', 'Bing');
    article.replace('Bing', '', true);
    const other = tag(article, 'e2', 'end');
    article.replace('In  and', 'In x and', true);
    article.travel('undo');
    assert.equal(article.text, TEXT);
    assert.deepEqual(article.entities, [
      was,
      { ...other, start: article.text.indexOf('end') - 3, end: article.text.indexOf('end') },
    ]);
  });

  it('keeps what tags became while the text was away', () => {
    const article = new EditedArticle(TEXT);
    const was = tag(article, 'e1', 'Beijing');
    article.replace('In Beijing and 南京 😀 today.', '');
    const broken = article.find('e1')!;
    article.edit([changing(broken, { ...broken, label: 'GPE', reviewed: true })]);
    article.travel('undo');
    assert.deepEqual(article.entities, [{ ...was, label: 'GPE', reviewed: true }]);
  });

  it('does not take a span back that was set by hand since', () => {
    const article = new EditedArticle(TEXT);
    tag(article, 'e1', 'Beijing');
    article.replace('Bei', '');
    const now = article.find('e1')!;
    const wider = { ...now, end: now.end + 4, text: 'jing and' };
    article.edit([changing(now, wider)]);
    article.travel('undo');
    assert.equal(article.find('e1')?.text, 'jing and');
  });

  it('knows which of its places comes back where it was set by hand before the text was away', () => {
    const article = new EditedArticle(TEXT);
    const was = tag(article, 'e1', 'Beijing and');
    article.edit([changing(was, { ...was, end: was.start + 7, text: 'Beijing' })]);
    article.replace('Beijing and ', '');
    article.travelTags('undo');
    article.travel('undo');
    assert.deepEqual(article.entities, [was]);
    article.travel('redo');
    article.travelTags('redo');
    article.travel('undo');
    assert.equal(article.find('e1')?.text, 'Beijing');
  });

  it('brings a tag on typed text back when the text is typed again', () => {
    const article = new EditedArticle(TEXT);
    article.replace('The end', 'The very Shanghai end');
    const added = tag(article, 'e1', 'Shanghai');
    article.travel('undo');
    assert.equal(article.find('e1')?.broken, true);
    article.travel('redo');
    assert.deepEqual(article.entities, [added]);
    article.travel('undo');
    tag(article, 'e2', 'One');
    article.travel('redo');
    assert.deepEqual(article.find('e1'), added);
  });

  it('brings back a span as it was last, not as it was when the text went before', () => {
    const article = new EditedArticle(TEXT);
    const before = tag(article, 'e1', 'Beijing and');
    article.replace(' and 南京 😀 today.', '.');
    article.travel('undo');
    const after = { ...before, end: before.end + 3, text: 'Beijing and 南京' };
    article.edit([changing(before, after)]);
    article.travel('redo');
    assert.equal(article.find('e1')?.text, 'Beijing');
    article.travel('undo');
    assert.deepEqual(article.entities, [after]);
  });

  it('undoes a tag under later text, and its text still comes back', () => {
    const article = new EditedArticle(TEXT);
    const was = tag(article, 'e1', 'Beijing');
    article.edit([removing(was)]);
    article.replace('In Beijing and 南京 😀 today.', '');
    article.travelTags('undo');
    assert.equal(article.find('e1')?.broken, true);
    article.travel('undo');
    assert.deepEqual(article.entities, [was]);
  });

  it('does undone tags again only when asked, also where undone text lies between', () => {
    const article = new EditedArticle(TEXT);
    const added = tag(article, 'e1', 'Beijing');
    article.replace('One', 'A short');
    article.travel('undo');
    article.travelTags('undo');
    article.travel('redo');
    assert.deepEqual(article.entities, []);
    assert.notEqual(article.history.undoStep?.kind, 'edits');
    assert.equal(article.history.redoStep?.kind, 'edits');
    article.travelTags('redo');
    assert.deepEqual(article.entities, [{ ...added, start: added.start + 4, end: added.end + 4 }]);
  });

  it('forgets undone tags at a new one', () => {
    const article = new EditedArticle(TEXT);
    tag(article, 'e1', 'Beijing');
    article.travelTags('undo');
    tag(article, 'e2', 'One');
    assert.ok(!article.travelTags('redo'));
    assert.deepEqual(
      article.entities.map(({ id }) => id),
      ['e2'],
    );
  });

  it('says so where it does not know a text', () => {
    const history = new History();
    assert.equal(history.travel('undo', textKey('never seen'), []), undefined);
    assert.equal(history.undoEdits(), undefined);
    assert.equal(history.redoEdits(), undefined);
    assert.equal(history.undoStep, undefined);
  });

  it('keeps the newest five hundred steps of tags', () => {
    const history = new History();
    for (let i = 0; i < 505; i++) {
      history.push({ kind: 'edits', title: String(i), edits: [adding(entity())] });
    }
    const titles: string[] = [];
    for (let step = history.undoEdits(); step; step = history.undoEdits()) titles.push(step.title);
    assert.equal(titles.length, 500);
    assert.deepEqual([titles[0], titles.at(-1)], ['504', '5']);
  });

  it('keeps the steps of tags however much is typed after them', () => {
    const article = new EditedArticle(TEXT);
    const added = tag(article, 'e1', 'Beijing');
    for (let i = 0; i < 1005; i++) article.type([{ start16: i, end16: i, text: 'x' }]);
    article.travelTags('undo');
    article.travelTags('redo');
    assert.deepEqual(article.entities, [{ ...added, start: added.start + 1005, end: added.end + 1005 }]);
  });

  it('forgets a step that does not apply, on either side', () => {
    const article = new EditedArticle(TEXT);
    for (const text of ['One', 'Beijing', 'end']) tag(article, text, text);
    article.history.undoEdits();
    article.history.forget('undo');
    article.travelTags('undo');
    assert.deepEqual(
      article.entities.map(({ id }) => id),
      ['One', 'end'],
    );
    article.history.redoEdits();
    article.history.forget('redo');
    assert.ok(!article.travelTags('redo'));
    article.travelTags('undo');
    assert.deepEqual(
      article.entities.map(({ id }) => id),
      ['end'],
    );
  });

  it('refreshes the text of a mention that was corrected letter for letter', () => {
    const article = new EditedArticle('In Beijinj.');
    tag(article, 'e1', 'Beijinj');
    article.replace('j.', 'g.');
    assert.equal(article.find('e1')?.text, 'Beijing');
  });

  /** One random action; numbers are taken modulo what there is. */
  const action = fc.tuple(
    fc.constantFrom<string>(
      ...['type', 'type', 'join', 'cut', 'cut', 'both', 'undo', 'undo', 'redo', 'bringBack'],
      ...['tag', 'tag', 'relabel', 'resize', 'remove', 'undoTag', 'redoTag'],
    ),
    fc.nat(1000),
    fc.nat(1000),
  );

  it('agrees with a model over random actions', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const article = new EditedArticle(TEXT);
        actions.forEach(([kind, a, b], step) => act(article, kind, a, b, step));
        for (let i = 0; i < 50; i++) article.travel('undo');
        assert.equal(article.text, TEXT);
        for (let i = 0; i < 50; i++) article.travel('redo');
        while (article.travelTags('undo'));
        assert.deepEqual(article.entities, []);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on as if the window had not been closed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(action, fc.tuple(fc.constantFrom('reopen', 'save', 'save'), fc.nat(0), fc.nat(0))),
          { maxLength: 40 },
        ),
        (actions) => {
          const [kept, reopened] = [new EditedArticle(TEXT), new EditedArticle(TEXT)];
          actions.forEach(([kind, a, b], step) => {
            if (kind === 'reopen') {
              kept.reopen(true);
              reopened.reopen();
            } else {
              act(kept, kind, a, b, step);
              act(reopened, kind, a, b, step);
            }
            assert.equal(reopened.text, kept.text);
            assert.deepEqual(reopened.places, kept.places);
          });
          for (const article of [kept, reopened]) {
            while (article.travelTags('undo'));
            assert.deepEqual(article.entities, []);
          }
          for (const article of [kept, reopened]) while (article.travelTags('redo'));
          assert.deepEqual(reopened.places, kept.places);
        },
      ),
      { numRuns: 300 },
    );
  });

  function act(article: EditedArticle, kind: string, a: number, b: number, step: number): void {
    const [x, y] = [a % (article.text.length + 1), b % (article.text.length + 1)];
    const [start16, end16] = [Math.min(x, y), Math.max(x, y)];
    const chosen = article.entities[a % Math.max(1, article.entities.length)];
    const start = article.index.toCodePoint(start16);
    const end = article.index.toCodePoint(end16);
    const text = article.index.slice({ start, end });
    switch (kind) {
      case 'type':
      case 'join':
        return article.type([{ start16, end16: start16, text: `w${step}` }], kind === 'join');
      case 'cut':
        return article.type([{ start16, end16: Math.min(end16, start16 + 12), text: '' }], b % 2 === 0);
      case 'both': {
        const middle = (start16 + end16) >> 1;
        return article.type(
          [
            { start16: Math.max(middle, end16 - 2), end16, text: `x${step}` },
            { start16, end16: Math.min(middle, start16 + 2), text: `y${step}` },
          ].filter((one) => start16 + 6 < end16 || one.start16 === start16),
        );
      }
      case 'bringBack': {
        const { earlier } = article;
        return earlier.length > 0 ? article.bringBack(earlier[a % earlier.length]!) : undefined;
      }
      case 'undo':
      case 'redo':
        return article.travel(kind);
      case 'undoTag':
      case 'redoTag':
        return void article.travelTags(kind === 'undoTag' ? 'undo' : 'redo');
      case 'tag':
        if (start === end) return;
        return article.edit([adding(entity({ id: `e${step}`, start, end, text }))]);
    }
    if (!chosen) return;
    if (kind === 'remove') return article.edit([removing(chosen)]);
    if (kind === 'relabel') {
      return article.edit([changing(chosen, { ...chosen, label: `L${step}` })]);
    }
    if (start === end) return;
    article.edit([changing(chosen, withFields(chosen, { start, end, text, broken: undefined }))]);
  }
});

describe('an entity that follows changes', () => {
  it('is the same where none touches it', () => {
    const was = entity({
      parts: [
        [0, 1],
        [3, 4],
      ],
    });
    assert.equal(moveEntity(was, [{ start: 9, end: 9, inserted: 1 }]), was);
  });

  it('takes its parts along', () => {
    const was = entity({
      start: 2,
      end: 9,
      parts: [
        [2, 4],
        [7, 9],
      ],
    });
    const moved = moveEntity(was, [{ start: 5, end: 6, inserted: 3 }]);
    assert.deepEqual(moved, {
      ...was,
      end: 11,
      parts: [
        [2, 4],
        [9, 11],
      ],
    });
  });

  it('has the text of its span, or keeps it where that is gone', () => {
    const was = entity({ start: 0, end: 2, text: 'ab' });
    const now = [
      { ...was, end: 3 },
      { ...was, end: 0 },
    ];
    const refreshed = refreshTexts(now, [was, was], new TextIndex('abc'));
    assert.deepEqual(refreshed, [
      { ...was, end: 3, text: 'abc' },
      { ...was, end: 0, broken: true },
    ]);
  });
});

describe('the key of a text', () => {
  it('differs where texts differ a little', () => {
    const texts = fc.uniqueArray(fc.string({ maxLength: 4 }), { minLength: 50, maxLength: 200 });
    fc.assert(fc.property(texts, (all) => new Set(all.map(textKey)).size === all.length));
  });
});
