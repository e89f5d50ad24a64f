import {
  anchoredOf,
  anchorKey,
  isEntity,
  withAnchored,
  type AnchoredRecord,
  type Annotations,
} from '../model/records';
import { withFields, type Anchored } from '../model/entity';
import { misplaced } from '../misplaced';
import type { TextIndex } from '../text';
import type { Sidecar } from './sidecar';

/**
 * The sidecar of annotations for an article's text as it is now.
 * @param before the one that it replaces
 */
export function composeSidecar(
  annotations: Annotations,
  index: TextIndex,
  about: Pick<Sidecar, 'article' | 'textHash' | 'frame'>,
  before?: Sidecar,
): Sidecar {
  const anchored = anchoredOf(annotations);
  const put = (all: typeof anchored): Sidecar => ({ ...withAnchored(annotations, all), ...about });
  if (!anchored.some(({ broken }) => broken)) return put(anchored.map((one) => withContext(one, index)));
  // Whoever reads the sidecar sees by himself that the text is not there, but not that it is elsewhere by chance.
  const unsaid = (one: AnchoredRecord) => (one.broken ? withFields(one, { broken: undefined }) : one);
  const isOther = before !== undefined && before.textHash !== about.textHash;
  const chances = isOther ? misplaced(annotations.entities.map(unsaid).filter(isEntity), index) : undefined;
  const said = new Set(before && anchoredOf(before).flatMap((one) => (one.broken ? [anchorKey(one)] : [])));
  const composed = anchored.map((one) => {
    if (!one.broken) return withContext(one, index);
    const isByChance = isEntity(one) && chances?.has(one.id) === true;
    const isSaid = said.has(anchorKey(one)) || isByChance || index.slice(one) === one.text;
    return isSaid ? one : unsaid(one);
  });
  return put(composed);
}

/** What is anchored with the `before` and `after` that stand around it now, where it has them. */
function withContext<A extends Anchored>(entity: A, index: TextIndex): A {
  const { before, after } = entity;
  if (before === undefined && after === undefined) return entity;
  const around = {
    ...(before !== undefined && {
      before: index.slice({ start: entity.start - [...before].length, end: entity.start }),
    }),
    ...(after !== undefined && {
      after: index.slice({ start: entity.end, end: entity.end + [...after].length }),
    }),
  };
  return around.before === before && around.after === after ? entity : { ...entity, ...around };
}
