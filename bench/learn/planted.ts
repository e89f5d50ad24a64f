import { crossValidate, type Doubt } from '../../src/core/learn/doubts.ts';
import { WordCounts } from '../../src/core/learn/features.ts';
import { Learner } from '../../src/core/learn/learner.ts';
import { tokenize } from '../../src/core/learn/tokens.ts';
import type { Entity } from '../../src/core/model/entity.ts';
import { pick, seeded, type Random } from '../generate.ts';
import type { TaggedArticle } from './corpus.ts';

export const KINDS = ['label', 'removed', 'edge'] as const;
type Kind = (typeof KINDS)[number];

/** An error that was planted: what stood there before. */
interface Planted {
  readonly article: number;
  readonly kind: Kind;
  readonly was: Entity;
}

/** A copy of articles with errors in it: labels that are others, entities that are gone, edges moved by a token. */
export function plantErrors(
  articles: readonly TaggedArticle[],
  count: number,
  seed: number,
): { articles: TaggedArticle[]; planted: Planted[] } {
  const random = seeded(seed);
  const copies = articles.map(({ index, entities }) => ({ index, entities: [...entities] }));
  const labels = [...new Set(articles.flatMap(({ entities }) => entities.map(({ label }) => label)))];
  const all = articles.flatMap(({ entities }, article) => entities.map((was) => ({ article, was })));
  const planted: Planted[] = [];
  const chosen = new Set<Entity>();
  while (planted.length < Math.min(count, all.length / 3)) {
    const { article, was } = pick(all, random);
    const kind = KINDS[planted.length % KINDS.length]!;
    const copy = copies[article]!;
    const others = labels.filter((label) => label !== was.label);
    const now =
      kind === 'edge'
        ? moved(copy, was, random)
        : kind === 'label'
          ? { ...was, label: pick(others, random) }
          : 'gone';
    if (chosen.has(was) || now === undefined) continue;
    chosen.add(was);
    planted.push({ article, kind, was });
    copy.entities = copy.entities.filter((one) => one !== was);
    if (now !== 'gone') copy.entities.push(now);
    copy.entities.sort((a, b) => a.start - b.start || b.end - a.end);
  }
  return { articles: copies, planted };
}

/** An entity with one of its edges moved by a token; `undefined` where its edges are within tokens. */
function moved({ index }: TaggedArticle, entity: Entity, random: Random): Entity | undefined {
  const { starts, ends } = tokenize(index);
  const [first, last] = [starts.indexOf(entity.start), ends.indexOf(entity.end)];
  if (first < 0 || last < first) return undefined;
  const places = [
    [first - 1, last],
    [first, last + 1],
    [first + 1, last],
    [first, last - 1],
  ].filter(([from, to]) => from! >= 0 && to! < ends.length && from! <= to!);
  const [from, to] = pick(places, random);
  const span = { start: starts[from!]!, end: ends[to!]! };
  return { ...entity, ...span, text: index.slice(span) };
}

/** How many planted errors are among the first findings of `unlikely-label`, by kind. */
export function foundAmongFirst(
  articles: readonly TaggedArticle[],
  planted: readonly Planted[],
  first: number,
): Record<Kind, number> {
  const counts = new WordCounts();
  const learner = new Learner(counts);
  for (const { index } of articles) learner.read(index);
  const tagged = articles.map(({ index, entities }) => ({ features: learner.featuresOf(index), entities }));
  const found = [...crossValidate(tagged, counts)]
    .flatMap((step) => step?.[1].map((doubt) => ({ article: step[0], doubt })) ?? [])
    .sort((a, b) => b.doubt.certainty - a.doubt.certainty)
    .slice(0, first);
  const hits = planted.filter(({ article, was }) =>
    found.some((one) => one.article === article && isAbout(one.doubt, was)),
  );
  const count = (kind: Kind) => hits.filter((one) => one.kind === kind).length;
  return { label: count('label'), removed: count('removed'), edge: count('edge') };
}

function isAbout({ entity, likelier }: Doubt, { start, end }: Entity): boolean {
  return [entity, likelier].some((one) => one && one.start < end && start < one.end);
}
