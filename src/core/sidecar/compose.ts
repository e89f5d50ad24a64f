import type { Annotations } from '../model/records';
import { withFields, type Entity } from '../model/entity';
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
  const { entities } = annotations;
  if (!entities.some(({ broken }) => broken))
    return { ...annotations, entities: entities.map((entity) => withContext(entity, index)), ...about };
  // Whoever reads the sidecar sees by himself that the text is not there, but not that it is elsewhere by chance.
  const unsaid = entities.map((entity) =>
    entity.broken ? withFields(entity, { broken: undefined }) : entity,
  );
  const isOther = before !== undefined && before.textHash !== about.textHash;
  const chances = isOther ? misplaced(unsaid, index) : undefined;
  const said = new Set(before?.entities.flatMap(({ id, broken }) => (broken ? [id] : [])));
  const composed = entities.map((entity, i) => {
    if (!entity.broken) return withContext(entity, index);
    const isSaid =
      said.has(entity.id) || chances?.has(entity.id) === true || index.slice(entity) === entity.text;
    return isSaid ? entity : unsaid[i]!;
  });
  return { ...annotations, entities: composed, ...about };
}

/** An entity with the `before` and `after` that stand around it now, where it has them. */
function withContext(entity: Entity, index: TextIndex): Entity {
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
