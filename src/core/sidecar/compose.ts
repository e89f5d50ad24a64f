import type { Annotations } from '../edit';
import { withFields, type Entity } from '../entity';
import type { TextIndex } from '../text';
import type { Sidecar } from './sidecar';

/** The sidecar of annotations for an article's text as it is now. */
export function composeSidecar(
  annotations: Annotations,
  index: TextIndex,
  about: Pick<Sidecar, 'article' | 'textHash' | 'frame'>,
): Sidecar {
  const { status, entities } = annotations;
  return { status, entities: entities.map((entity) => composed(entity, index)), ...about };
}

function composed(entity: Entity, index: TextIndex): Entity {
  if (!entity.broken) return withContext(entity, index);
  // Whoever reads the sidecar sees by himself that the text is not there.
  return index.slice(entity) === entity.text ? entity : withFields(entity, { broken: undefined });
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
