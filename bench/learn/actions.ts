import { LIKELY, type Prediction } from '../../src/core/learn/learner.ts';
import type { Entity } from '../../src/core/model/entity.ts';

/** What a hand does, in actions: presses, clicks, and drags. */
export interface Hand {
  /** To get to words: a drag of the mouse; by keyboard `tab` or letters, see the part `presses`. */
  readonly reach: number;
}

export const MOUSE: Hand = { reach: 1 };
/** As `presses` measures it, without the key of the label. */
export const KEYBOARD: Hand = { reach: 1.5 };

/**
 * Actions that tag an article from what is predicted in it: everything likely is drawn, looked at, and accepted by one
 * key, which goes on to the next article.
 *
 *     1                        accept all and open the next article
 *   + wrong × (reach + 1)      get to what is wrong, and refuse it; nothing where the right words, once tagged, replace it
 *   + missed × (reach + key)   get to what is missing; its label's key is needed where another one is predicted there
 */
export function actionsOf(
  candidates: readonly Prediction[],
  gold: readonly Pick<Entity, 'start' | 'end' | 'label'>[],
  { reach }: Hand,
): number {
  const isSame = (a: Pick<Entity, 'start' | 'end' | 'label'>, b: typeof a) =>
    a.start === b.start && a.end === b.end && a.label === b.label;
  const likely = candidates.filter(({ probability }) => probability >= LIKELY);
  const missed = gold.filter((entity) => !likely.some((one) => isSame(one, entity)));
  const wrong = likely.filter(
    (one) =>
      !gold.some((entity) => isSame(one, entity)) &&
      !missed.some((entity) => entity.start < one.end && one.start < entity.end),
  );
  const keys = missed.map((entity) => {
    const [best] = candidates
      .filter(({ start, end }) => start === entity.start && end === entity.end)
      .sort((a, b) => b.probability - a.probability);
    return best?.label === entity.label ? 0 : 1;
  });
  return 1 + wrong.length * (reach + 1) + keys.reduce<number>((sum, key) => sum + reach + key, 0);
}
