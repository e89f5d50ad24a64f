import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/model/entity.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { Rows, type EntityRow, type Row } from '../../../src/features/entities-view/rows.ts';
import type { LiveArticle } from '../../../src/workspace/open/live-article.ts';

const ARRANGEMENT = { filter: { labels: [], unreviewed: false }, isGrouped: false, labels: [] };
const UNKNOWN: Entity = { id: 'u', label: 'GPE', start: 0, end: 5, text: 'China', broken: true };

/** An article as far as the rows look at it. */
function article(text: string, entities: readonly Entity[]): LiveArticle {
  const document = {
    positionAt: (offset16: number) => ({ line: text.slice(0, offset16).split('\n').length - 1 }),
  };
  const annotations = { status: 'open', entities };
  const uri = { toString: () => 'file:///a.txt' };
  return { uri, document, index: new TextIndex(text), annotations, entities } as unknown as LiveArticle;
}

function rowOf(rows: Rows, id: string): EntityRow {
  const row = rows.entity(id);
  assert.ok(row);
  return row;
}

function draw(row: Row): string {
  if (row.kind === 'candidate') return `${row.line}: ${row.excerpt.mention}${row.excerpt.after}`;
  if (row.kind === 'no-candidate') return `none, ${row.taken} taken`;
  return row.kind === 'entity' ? row.entity.text : row.kind;
}

describe('the rows of what is to place', () => {
  const text = 'China now,\nChina then.\nFrance.';
  const paris: Entity = { id: 'p', label: 'GPE', start: 23, end: 29, text: 'France' };

  it('come first, in a group, in their order', () => {
    const rows = new Rows();
    rows.update(article(text, [UNKNOWN, paris, { ...UNKNOWN, id: 'v' }]), ARRANGEMENT);
    assert.deepEqual(
      rows.roots.map((row) => draw(row)),
      ['broken', 'France'],
    );
    assert.deepEqual(
      rows.toPlace.map(({ id }) => id),
      ['u', 'v'],
    );
  });

  it('come after what a merge kept in two versions', () => {
    const rows = new Rows();
    rows.update(article(text, [UNKNOWN, paris, { ...paris, id: 'q', conflict: 'r' }]), ARRANGEMENT);
    assert.deepEqual(
      rows.roots.map((row) => draw(row)),
      ['conflict', 'broken', 'France'],
    );
    assert.deepEqual(rows.entity('q')?.parent, rows.roots[0]);
    rows.update(article(text, [UNKNOWN, paris, { ...paris, id: 'q' }]), ARRANGEMENT);
    assert.deepEqual(
      rows.roots.map((row) => draw(row)),
      ['broken', 'France', 'France'],
    );
  });

  it('have their candidates below them, which are found once', () => {
    const rows = new Rows();
    rows.update(article(text, [UNKNOWN, paris]), ARRANGEMENT);
    const row = rowOf(rows, 'u');
    assert.equal(row.places, undefined, 'nothing is looked for before the row is unfolded');
    const places = rows.placesOf(row);
    assert.deepEqual(
      places.map((place) => draw(place)),
      ['1: China now, China then. France.', '2: China then. France.'],
    );
    assert.ok(places.every(({ parent }) => parent === row));
    assert.equal(rows.placesOf(row), places);
    assert.deepEqual(rows.placesOf(rowOf(rows, 'p')), []);
  });

  it('have other candidates when the text or the entities change', () => {
    const rows = new Rows();
    rows.update(article(text, [UNKNOWN, paris]), ARRANGEMENT);
    const row = rowOf(rows, 'u');
    rows.placesOf(row);
    const edited = article(`\n${text}`, [UNKNOWN, { ...paris, start: 24, end: 30 }]);
    assert.deepEqual(rows.update(edited, ARRANGEMENT), [row, rowOf(rows, 'p')]);
    assert.match(draw(rows.placesOf(row)[0]!), /^2: China now/);
    assert.deepEqual(rows.update(edited, ARRANGEMENT), [], 'nothing changed');
    const first = { ...UNKNOWN, id: 'w', start: 1, end: 6, broken: undefined };
    rows.update(article(`\n${text}`, [UNKNOWN, first, paris]), ARRANGEMENT);
    assert.deepEqual(
      rows.placesOf(row).map((place) => draw(place)),
      ['3: China then. France.'],
    );
  });

  it('say so where there is none', () => {
    const rows = new Rows();
    const here = [UNKNOWN, { ...paris, id: 'q', text: 'Rome', broken: true }, { ...UNKNOWN, id: 'v' }];
    const there = [0, 11].map((start, n) => ({
      ...UNKNOWN,
      id: `t${n}`,
      start,
      end: start + 5,
      broken: undefined,
    }));
    rows.update(article(text, [...here, ...there]), ARRANGEMENT);
    const drawn = (id: string) => rows.placesOf(rowOf(rows, id)).map((place) => draw(place));
    assert.deepEqual([drawn('q'), drawn('u')], [['none, 0 taken'], ['none, 2 taken']]);
  });
});
