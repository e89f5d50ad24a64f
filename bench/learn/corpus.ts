import type { Entity } from '../../src/core/model/entity.ts';
import { TextIndex } from '../../src/core/text.ts';
import { pick, seeded, word, type Random } from '../generate.ts';

/** An article as somebody has tagged it. */
export interface TaggedArticle {
  readonly index: TextIndex;
  readonly entities: readonly Entity[];
}

const capitalized = (text: string) => text[0]!.toUpperCase() + text.slice(1);
const list = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

/** Rules of a made-up language, in which names of four kinds are made and used differently, as in a newspaper. */
const language = seeded(7);
const words = list(3000, () => word(language, 1 + Math.floor(language() * 3)));
const common = list(60, () => word(language, 1));
const first = list(150, () => capitalized(word(language, 2)));
const ORG_ENDS = list(12, () => capitalized(word(language, 2)));
const TITLES = list(6, () => word(language, 2));
const CUES = Object.fromEntries(
  ['PER', 'ORG', 'GPE', 'MISC'].map((label) => [label, list(20, () => word(language, 2))]),
);
const stem = (random: Random) => capitalized(word(random, 2 + Math.floor(random() * 2)));

/** Names: few come often, most come once or twice, some are both a place and an organisation. */
const NAMES = {
  PER: list(4000, () => `${pick(first, language)} ${stem(language)}`),
  ORG: list(2500, () => `${stem(language)} ${pick(ORG_ENDS, language)}`),
  GPE: list(1200, () => stem(language) + pick(['', '', 'via', 'ton'], language)),
  MISC: list(900, () => `${stem(language)}ish`),
};
const LABELS = ['PER', 'ORG', 'GPE', 'GPE', 'MISC'] as const;

/** The article of a number, the same each time: some 220 words with some 25 entities. */
export function taggedArticle(number: number): TaggedArticle {
  const random = seeded(1000 + number);
  const topic = Math.floor(random() * 40);
  const entities: Entity[] = [];
  let text = '';
  const said: string[] = [];
  const put = (label: string, name: string) => {
    const id = `e${entities.length}`;
    entities.push({
      id,
      label,
      start: text.length,
      end: text.length + name.length,
      text: name,
      reviewed: true,
    });
    text += name;
  };
  const filler = () => (text += `${random() < 0.5 ? pick(common, random) : pick(words, random)} `);
  for (let n = 0; n < 25; n++) {
    const label = pick(LABELS, random);
    const names = NAMES[label];
    // A name of the article's topic, any one, or a person by the last name only.
    const near = Math.floor(random() ** 3 * 40) + topic * 15;
    const name = random() < 0.7 ? names[near % names.length]! : pick(names, random);
    const again = label === 'PER' && said.length > 0 && random() < 0.4;
    for (let k = Math.floor(random() * 5); k >= 0; k--) filler();
    if (random() < 0.6) text += `${pick(CUES[label]!, random)} `;
    if (label === 'PER' && random() < 0.3) text += `${capitalized(pick(TITLES, random))} `;
    // A club is named by its town.
    if (label === 'GPE' && random() < 0.15) put('ORG', name);
    else put(label, again ? pick(said, random) : name);
    if (label === 'PER') said.push(name.split(' ')[1]!);
    text += ' ';
    for (let k = Math.floor(random() * 3); k >= 0; k--) filler();
    text = `${text.trimEnd()}. `;
    if (n % 5 === 4) text = `${text.trimEnd()}\n\n`;
  }
  return { index: new TextIndex(text), entities };
}
