import assert from 'node:assert/strict';
import { adding, removing, type Edit } from '../../../src/core/model/edit';
import type { Entity } from '../../../src/core/model/entity';
import { History, textKey } from '../../../src/core/model/history';
import { HistoryWriter, readHistory } from '../../../src/core/model/saved-history';
import { TextIndex } from '../../../src/core/text';
import { textStep } from '../../../src/core/text-step';
import { entity } from './arbitraries';
import { processorTime } from '../../support/processor-time.ts';

const TEXT = 'Ada met Bob in Rome.';
const bob = entity({ id: 'b', start: 8, end: 11, text: 'Bob' });
const add = (added: Entity): Edit => adding(added);

function write(history: History, text: string): string {
  const index = new TextIndex(text);
  const source = new HistoryWriter().write(history, 'a.txt', index, textKey(index.text));
  assert.ok(source !== undefined);
  return source;
}

function read(source: string, text: string): History {
  const index = new TextIndex(text);
  return new History(readHistory(source, 'a.txt', index, textKey(index.text)));
}

describe('a history that is kept', () => {
  const history = new History();
  history.push({ kind: 'edits', title: 'tag', edits: [add(bob)] });
  const source = write(history, TEXT);

  it('is nothing where nothing was tagged', () => {
    const index = new TextIndex(TEXT);
    assert.equal(new HistoryWriter().write(new History(), 'a.txt', index, ''), undefined);
  });

  it('holds what can be undone and what can be done again', () => {
    const all = new History();
    for (const title of ['1', '2', '3', '4']) all.push({ kind: 'edits', title, edits: [add(bob)] });
    all.undoEdits();
    all.undoEdits();
    const again = read(write(all, TEXT), TEXT);
    assert.equal(again.undoEdits()?.title, '2');
    assert.equal(again.undoEdits()?.title, '1');
    assert.equal(again.undoEdits(), undefined);
    assert.deepEqual(
      ['1', '2', '3', '4'],
      Array.from({ length: 4 }, () => again.redoEdits()?.title),
    );
    assert.equal(again.redoEdits(), undefined);
  });

  it('is placed anew where the text is another', () => {
    const moved = { ...bob, start: 13, end: 16 };
    assert.deepEqual(
      read(source, 'Well, Ada! Ah Bob in Rome.')
        .undoEdits()
        ?.edits.map((edit) => ({ ...edit })),
      [removing({ ...moved, start: 14, end: 17, parts: undefined, broken: undefined })],
    );
  });

  it('keeps what has no place any more, as broken', () => {
    const [edit] = read(source, 'Nobody.').undoEdits()?.edits ?? [];
    assert.ok(
      edit?.kind === 'remove' && edit.of === 'entities' && edit.record.broken && edit.record.text === 'Bob',
    );
  });

  it('says where mentions are in the text that it was written for', () => {
    const typed = new History();
    typed.push({ kind: 'edits', title: 'tag', edits: [add(bob)] });
    const text = 'Well, ' + TEXT;
    typed.push(textStep([bob], [{ start: 0, end: 0, inserted: 6 }], textKey(TEXT), textKey(text)));
    assert.deepEqual(read(write(typed, text), text).undoEdits()?.edits, [
      removing({ ...bob, start: 14, end: 17 }),
    ]);
  });

  it('is empty where its file is broken, strange or of another article', () => {
    for (const bad of [
      ...[
        '',
        '{',
        'null',
        '[]',
        '7',
        '"x"',
        source.slice(0, -9),
        source.replace('"version":1', '"version":2'),
      ],
      source.replace('a.txt', 'b.txt'),
      ...['"id":"b"', '"start":8', '"kind":"add"', '"title":"tag"'].map((part) =>
        source.replace(part, '"x":1'),
      ),
    ]) {
      assert.notEqual(bad, source);
      assert.equal(read(bad, TEXT).undoEdits(), undefined, bad);
    }
  });

  it('keeps the steps before one that is broken', () => {
    const all = new History();
    for (const title of ['1', '2', '3']) all.push({ kind: 'edits', title, edits: [add(bob)] });
    const again = read(write(all, TEXT).replace('"title":"2"', '"title":2'), TEXT);
    assert.equal(again.undoEdits()?.title, '3');
    assert.equal(again.undoEdits(), undefined);
  });

  it('leaves out the oldest steps where it would become too long', () => {
    const all = new History();
    const long = add({ ...bob, note: 'x'.repeat(900_000) });
    for (const title of ['1', '2', '3', '4', '5', '6']) all.push({ kind: 'edits', title, edits: [long] });
    const written = write(all, TEXT);
    assert.ok(written.length < 4_000_100);
    const again = read(written, TEXT);
    assert.deepEqual(
      ['6', '5', '4', '3', undefined],
      Array.from({ length: 5 }, () => again.undoEdits()?.title),
    );
  });

  it('is written soon, however large its steps are, while text is typed', () => {
    const all = new History();
    const entities = Array.from({ length: 5000 }, (_, i) => ({ ...bob, id: `b${i}` }));
    all.push({ kind: 'edits', title: 'many', edits: entities.map(add) });
    const writer = new HistoryWriter();
    let text = TEXT;
    let longest = 0;
    for (let i = 1; i <= 1000; i++) {
      const before = textKey(text);
      text = 'x' + text;
      all.push(textStep([], [{ start: 0, end: 0, inserted: 1 }], before, textKey(text)));
      if (i % 50 > 0) continue;
      let source = '';
      const took = processorTime(() => {
        source = writer.write(all, 'a.txt', new TextIndex(text), textKey(text))!;
      });
      longest = Math.max(longest, took);
      assert.ok(source.includes(`"start":${bob.start + i},`));
    }
    assert.ok(longest < 500, `${longest} ms`);
  });

  it('leaves out what would take too long to carry, not what is nearer', () => {
    const all = new History();
    const entities = Array.from({ length: 5000 }, (_, i) => ({ ...bob, id: `b${i}` }));
    all.push({ kind: 'edits', title: 'many', edits: entities.map(add) });
    for (let i = 0; i < 1000; i++) {
      all.push(textStep([], [{ start: 0, end: 0, inserted: 1 }], `${i}`, `${i + 1}`));
    }
    all.push({ kind: 'edits', title: 'one', edits: [add(bob)] });
    const source = write(all, 'x'.repeat(1000) + TEXT);
    assert.ok(source.includes('"one"') && !source.includes('"many"'));
  });
});
