import fs from 'node:fs';
import path from 'node:path';
import { compareEntities, contextOf, type Entity } from '../src/core/model/entity.ts';
import { sidecarName } from '../src/core/sidecar/name.ts';
import { NEW_FRAME } from '../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../src/core/sidecar/write.ts';
import { hashText, TextIndex, type Span } from '../src/core/text.ts';

/** An article with entities, and words that no entity has, spread over it. */
export interface Article {
  text: string;
  entities: Entity[];
  free: Span[];
}

export type Random = () => number;

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(items: readonly T[], random: Random) => items[Math.floor(random() * items.length)]!;
const syllables = 'ba ce di fo gu ha ki lem mor na pos ra sin tal ve zu'.split(' ');
export const word = (random: Random, length: number) =>
  Array.from({ length }, () => pick(syllables, random)).join('');
const capitalized = (text: string) => text[0]!.toUpperCase() + text.slice(1);

const vocabulary = seeded(1);
const words = Array.from({ length: 2000 }, () => word(vocabulary, 1 + Math.floor(vocabulary() * 4)));
const names = Array.from({ length: 1500 }, () =>
  Array.from({ length: 1 + Math.floor(vocabulary() * 3) }, () => capitalized(word(vocabulary, 3))).join(' '),
);
/** Those of the built-in set; the first is what Alt+1 tags. */
const labels = ['PER', 'ORG', 'LOC', 'GPE', 'DATE', 'EVENT', 'MISC'];

export type Script = 'latin' | 'chinese';

/** A common character of Chinese: one of the 3,000 that a block of Unicode begins with. */
const hanzi = (random: Random) => String.fromCharCode(0x4e00 + Math.floor(random() * 3000));

/** Names that are all different: up to three words, or two to four characters. */
export function makeForms(script: Script, count: number): string[] {
  const random = seeded(2);
  const forms = new Set<string>();
  while (forms.size < count) {
    const [least, most] = script === 'latin' ? [1, 3] : [2, 4];
    const length = least + Math.floor(random() * (most - least + 1));
    const part = () =>
      script === 'latin' ? capitalized(word(random, 2 + Math.floor(random() * 4))) : hanzi(random);
    forms.add(Array.from({ length }, part).join(script === 'latin' ? ' ' : ''));
  }
  return [...forms];
}

/** Prose with one of some forms in each sentence, and as many other names. @param length in UTF-16 units */
export function makeProse(script: Script, forms: readonly string[], length: number, seed: number): string {
  const random = seeded(seed);
  const [gap, stop] = script === 'latin' ? [' ', '. '] : ['', '。'];
  const plain = () =>
    script === 'latin' ? pick(words, random) : Array.from({ length: 3 }, () => hanzi(random)).join('');
  const other = () => (script === 'latin' ? pick(names, random) : plain());
  const sentences: string[] = [];
  for (let size = 0; size < length; size += sentences.at(-1)!.length) {
    const parts = Array.from({ length: 8 }, plain);
    parts[2] = pick(forms, random);
    parts[5] = other();
    sentences.push(parts.join(gap) + stop);
  }
  return sentences.join('');
}

/** About 60 characters of prose for each entity, in paragraphs of ten sentences. */
export function makeArticle(count: number, seed: number): Article {
  const random = seeded(seed);
  const id = () =>
    pick([...'abcdefgh'], random) +
    Math.floor(random() * 30 ** 5 + 30 ** 5)
      .toString(30)
      .slice(-5);
  const ids = new Set<string>();
  const entities: Entity[] = [];
  const free: Span[] = [];
  let text = ' date 2020-05-01 ';
  for (let n = 0; n < count; n++) {
    const before = 2 + Math.floor(random() * 4);
    for (let w = 0; w < 8; w++) {
      const isName = w === before;
      const next = isName ? pick(names, random) : pick(words, random);
      const span = { start: text.length, end: text.length + next.length };
      text += next + (w === 7 ? '.' : ' ');
      if (!isName) {
        if (next.length > 4) free.push(span);
        continue;
      }
      let unique = id();
      while (ids.has(unique)) unique = id();
      ids.add(unique);
      const reviewed = random() < 0.5 ? { reviewed: true } : {};
      // As people tag: a name mostly has its own label.
      const label = random() < 0.95 ? labels[next.length % labels.length]! : pick(labels, random);
      entities.push({ id: unique, label, ...span, text: next, ...reviewed });
    }
    text += n % 10 === 9 ? '\n\n' : ' ';
  }
  const slice = ({ start, end }: Span) => text.slice(start, end);
  const placed = entities.map((entity) => ({ ...entity, ...contextOf(text, entity, slice) }));
  return { text, entities: placed.sort(compareEntities), free };
}

/** A number of the article's free words, evenly spread, and never two of the same text. */
export function spreadWords({ text, free }: Article, count: number): Span[] {
  const texts = new Set<string>();
  const distinct = free.filter(({ start, end }) => {
    const { size } = texts;
    return texts.add(text.slice(start, end)).size > size;
  });
  const step = distinct.length / count;
  return Array.from({ length: count }, (_, i) => distinct[Math.floor((i + 0.5) * step)]!);
}

async function write(file: string, { text, entities }: Article, withSidecar: boolean): Promise<void> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  if (!withSidecar) return;
  const textHash = await hashText(new TextIndex(text).raw);
  const article = path.basename(file);
  const sidecar = { article, textHash, status: 'open', entities, frame: NEW_FRAME } as const;
  fs.writeFileSync(sidecarName(file), writeSidecar(sidecar));
}

/** A corpus of articles with so many entities each, in folders of a hundred. */
export async function writeTaggedArticles(folder: string, count: number, entities: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const name = `${String(n % 100).padStart(3, '0')}.txt`;
    const file = path.join(folder, String(Math.floor(n / 100)).padStart(3, '0'), name);
    await write(file, makeArticle(entities, n), true);
  }
}

/** A corpus of small articles in folders of a hundred; none has a sidecar, so that nothing wakes the program. */
export async function writeSmallArticles(folder: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const name = `${String(n % 100).padStart(3, '0')}.txt`;
    const file = path.join(folder, String(Math.floor(n / 100)).padStart(3, '0'), name);
    await write(file, makeArticle(12, n), false);
  }
}

/** A corpus of one article with its sidecar. */
export async function writeLargeArticle(folder: string, name: string, count: number): Promise<Article> {
  const article = makeArticle(count, count);
  await write(path.join(folder, name), article, true);
  return article;
}
