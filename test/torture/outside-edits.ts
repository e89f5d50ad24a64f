import { readdirSync, readFileSync } from 'node:fs';
import { contextOf, type Entity } from '../../src/core/model/entity';
import { placeEntities, type Origin } from '../../src/core/place';
import { normalizeText, TextIndex } from '../../src/core/text';
import { mark, OUTSIDE_EDITS, textOf, truth, type Mark } from './marked-text.ts';
import { randomBelow, type Below } from './random.ts';
import { count, share, type Row, type Scenario } from './scenario.ts';

/** Names, dates and numbers: what people tag. */
const MENTION = /\p{Lu}[\p{L}\p{M}’'-]+(?: \p{Lu}[\p{L}\p{M}’'-]+)*|\d[\d,.]*\d|\d/gu;

export interface Tally {
  spans: number;
  /** Those whose text is still there. */
  there: number;
  right: number;
  review: number;
  wrong: number;
}

const articles = readdirSync('seeds', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => normalizeText(readFileSync(`seeds/${name}`, 'utf8')));

/** Sentences of all articles. What another article says is new in this one. */
const sentences = articles.map((text) => text.match(/\p{Lu}[^.\n]{30,200}\./gu) ?? []);

/** An article as a person tagged some of it, with the context that the program writes. */
function tag(text: string, below: Below): Entity[] {
  const index = new TextIndex(text);
  return [...text.matchAll(MENTION)]
    .filter(() => below(10) < 6)
    .map((match, i) => {
      const span = {
        start: index.toCodePoint(match.index),
        end: index.toCodePoint(match.index + match[0].length),
      };
      const context = contextOf(index.text, span, (piece) => index.slice(piece));
      return { id: `m${i}`, label: 'ORG', ...span, text: match[0], ...context };
    });
}

/** One to four edits of an article. @returns what was done, and to what it led */
function editOutside(text: string, below: Below): { names: string[]; marks: readonly Mark[] } {
  const prose = sentences.filter((_, i) => articles[i] !== text).flat();
  const all = Object.keys(OUTSIDE_EDITS);
  const names = Array.from({ length: 1 + below(4) }, () => all[below(all.length)]!);
  const marks = names.reduce<readonly Mark[]>(
    (edited, name) => OUTSIDE_EDITS[name]!(edited, below, prose),
    mark(text),
  );
  return { names, marks };
}

/** What becomes of the spans of articles that are edited, as many as rounds. @param originOf what is known of the old text */
export function tallyOf(rounds: number, originOf: (text: string) => Origin): Tally {
  const tally: Tally = { spans: 0, there: 0, right: 0, review: 0, wrong: 0 };
  for (let seed = 1; seed <= rounds; seed++) {
    const below = randomBelow(seed);
    const text = articles[below(articles.length)]!;
    const entities = tag(text, below);
    const { names, marks } = editOutside(text, below);
    const placed = placeEntities(entities, new TextIndex(textOf(marks)), originOf(text)).entities;
    entities.forEach((entity, i) => {
      const is = placed[i]!;
      const should = truth(marks, entity.start, entity.end);
      tally.spans++;
      if (should) tally.there++;
      if (is.broken) tally.review += should ? 1 : 0;
      else if (is.start === should?.start && is.end === should.end) tally.right++;
      else {
        tally.wrong++;
        report(seed, names, entity, is, should);
      }
    });
  }
  return tally;
}

function report(seed: number, names: string[], was: Entity, is: Entity, should: object | undefined): void {
  const { start, end } = is;
  console.log(`seed ${seed} (${names.join(', ')}):`, was, 'put at', { start, end }, 'should be', should);
}

function row(what: string, rounds: number, { spans, there, right, review, wrong }: Tally): Row {
  const found = `${share(right, there)} of those whose text is still there put right`;
  return {
    what,
    tried: `${count(rounds)} edited articles, ${count(spans)} spans`,
    outcome: `${found}, ${share(review, there)} left to a person, ${count(wrong)} silently wrong`,
    failures: wrong,
  };
}

export const outsideEdits: Scenario = {
  name: 'outside-edits',
  run(isLong) {
    const rounds = isLong ? 2000 : 60;
    return Promise.resolve([
      row(
        'Articles edited outside, the old text at hand',
        rounds,
        tallyOf(rounds, (text) => new TextIndex(text)),
      ),
      row(
        'Articles edited outside, nothing but the sidecar at hand',
        rounds,
        tallyOf(rounds, () => 'another'),
      ),
    ]);
  },
};
