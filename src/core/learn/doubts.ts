import type { Entity } from '../model/entity';
import type { Span } from '../text';
import type { WordCounts, ArticleFeatures } from './features';
import { isTaught, Learner, type Prediction } from './learner';
import { REPLAYED } from './prequential';

/** An article that somebody has tagged. */
export interface Tagged {
  readonly features: ArticleFeatures;
  readonly entities: readonly Entity[];
}

/** What speaks against what is tagged: something else is much likelier there. */
export interface Doubt {
  /** What is tagged there; nothing where words are untagged that are an entity for certain. */
  readonly entity: Entity | undefined;
  /** How probable it is that this is right. */
  readonly probability: number;
  /** What is likelier there; nothing where it is that there is no entity. */
  readonly likelier: Prediction | undefined;
  /** How probable the likelier one is. */
  readonly certainty: number;
}

/** Into how many parts articles are parted: each is held against what was learned from the others. */
const FOLDS = 5;
/** From this probability on, what is not tagged as it is predicted is in doubt. */
const DOUBTFUL = 0.5;
/** From this probability on, untagged words are an entity for certain. */
const CERTAIN = 0.8;
/** How many times likelier than what is tagged something must be to speak against it. */
const LIKELIER = 3;

/**
 * Predicts each article with a model that was learned from four fifths of the others (cross-validation).
 * @param counts of words, over all texts of the corpus
 * @returns step by step, so that one can rest meanwhile; with the number of an article and its doubts, one for each
 */
export function* crossValidate(
  articles: readonly Tagged[],
  counts: WordCounts,
): Generator<readonly [article: number, doubts: readonly Doubt[]] | undefined> {
  for (let fold = 0; fold < Math.min(FOLDS, articles.length); fold++) {
    const learner = new Learner(counts);
    const isIn = (i: number) => i % FOLDS === fold;
    for (const [i, { features, entities }] of articles.entries()) {
      if (isIn(i)) continue;
      learner.learn(features, entities);
      for (let n = 0; n < REPLAYED; n++) learner.replay();
      yield undefined;
    }
    for (const [i, { features, entities }] of articles.entries())
      if (isIn(i)) yield [i, doubtsOf(learner, { features, entities })];
  }
}

/** What predictions say against entities of an article, at most one thing against each. */
function doubtsOf(learner: Learner, { features, entities }: Tagged): Doubt[] {
  const predictions = learner.predict(features);
  const probabilities = new Map(predictions.map((one) => [keyOf(one), one.probability]));
  const probabilityOf = (entity: Entity) => probabilities.get(keyOf(entity)) ?? 0;
  const tagged = entities.filter((entity) => isTaught(entity) && !entity.broken && !entity.parts);
  const said = new Set(entities.map(keyOf));
  const found = new Map<Entity, Doubt>();
  const untagged: Doubt[] = [];
  for (const likelier of predictions) {
    const { probability: certainty, label } = likelier;
    if (certainty < DOUBTFUL || said.has(keyOf(likelier))) continue;
    // One of them stands where the other does, or would have to be in, or across, it.
    const [against] = tagged
      .filter((entity) => isTouching(entity, likelier) && learner.isEither(label, entity.label))
      .sort((a, b) => probabilityOf(b) - probabilityOf(a));
    if (against) {
      const probability = probabilityOf(against);
      const isLess = certainty < LIKELIER * probability || certainty <= (found.get(against)?.certainty ?? 0);
      if (!isLess) found.set(against, { entity: against, probability, likelier, certainty });
    } else if (certainty >= CERTAIN)
      untagged.push({ entity: undefined, probability: 1 - certainty, likelier, certainty });
  }
  for (const entity of tagged) {
    if (found.has(entity) || !learner.isNeverIn(features, entity)) continue;
    const certainty =
      1 - predictions.reduce((all, one) => all + (isTouching(one, entity) ? one.probability : 0), 0);
    const probability = probabilityOf(entity);
    if (certainty >= CERTAIN) found.set(entity, { entity, probability, likelier: undefined, certainty });
  }
  return [...found.values(), ...untagged];
}

function isTouching(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function keyOf({ start, end, label }: Pick<Prediction, 'start' | 'end' | 'label'>): string {
  return `${start} ${end} ${label}`;
}
