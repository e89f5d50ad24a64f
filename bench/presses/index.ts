import fs from 'node:fs';
import { fromRoot } from '../../test/hosts/paths.ts';
import { readSidecar } from '../../src/core/sidecar/read.ts';
import { TextIndex } from '../../src/core/text.ts';
import type { Range16 } from '../../src/core/words.ts';
import { result, type Aims, type Result } from '../results.ts';
import { fewestPresses, KINDS } from './model.ts';

/** An article with the entities that a person tags in it. */
export interface TaggedArticle {
  readonly name: string;
  readonly text: string;
  readonly entities: readonly Range16[];
}

/** Articles as people tag them: one where none of the entities share text, and one where many are nested. */
export function taggedArticles(): TaggedArticle[] {
  return [flatArticle(), nestedArticle()].map((article) => ({
    ...article,
    entities: [...article.entities].sort((a, b) => a.start16 - b.start16 || b.end16 - a.end16),
  }));
}

/** `article.txt`, whose entities stand in brackets. */
function flatArticle(): TaggedArticle {
  const entities: Range16[] = [];
  let text = '';
  for (const [i, piece] of fs
    .readFileSync(fromRoot('bench/presses/article.txt'), 'utf8')
    .split(/[[\]]/)
    .entries()) {
    if (i % 2 === 1) entities.push({ start16: text.length, end16: text.length + piece.length });
    text += piece;
  }
  return { name: `${entities.length} entities`, text, entities };
}

function nestedArticle(): TaggedArticle {
  const file = (ending: string) => fs.readFileSync(fromRoot(`seeds/000_dbeb007e7c7426dc${ending}`), 'utf8');
  const text = file('.txt');
  const index = new TextIndex(text);
  const entities = readSidecar(file('.ann.yaml')).sidecar!.entities.map(({ start, end }) => ({
    start16: index.toUtf16(start),
    end16: index.toUtf16(end),
  }));
  return { name: `${entities.length} entities, many nested`, text, entities };
}

const perEntity = (name: string) => `presses per entity, ${name}`;

/** Counts what {@link fewestPresses} finds, by kind. */
export function pressing(): Result[] {
  return taggedArticles().flatMap(({ name, text, entities }) => {
    const presses = fewestPresses(text, entities);
    const all = Object.values(presses).reduce((sum, count) => sum + count, 0);
    return [
      result(perEntity(name), '', [all / entities.length]),
      ...KINDS.map((kind) => result(`presses, ${name}: ${kind}`, '', [presses[kind]])),
    ];
  });
}

export const pressAims: Aims = Object.fromEntries(taggedArticles().map(({ name }) => [perEntity(name), 2.5]));
