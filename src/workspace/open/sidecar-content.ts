import type { Annotations } from '../../core/model/records';
import { isSameRecord } from '../../core/model/same';
import { compareEntities, type Entity } from '../../core/model/entity';
import { mergeAnnotations, type Merge } from '../../core/model/merge';
import { withEntities } from '../../core/model/records';
import { carrier, carryAnnotations, placeEntities, type Origin } from '../../core/place';
import { composeSidecar } from '../../core/sidecar/compose';
import { baseName } from '../../core/sidecar/name';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import type { TextIndex } from '../../core/text';
import type { OpenArticle } from './open-article';

/** What a sidecar says, where it is in a text; nothing where there is none. */
export function placeSidecar(
  sidecar: Sidecar | undefined,
  index: TextIndex,
  origin: Origin,
): { annotations: Annotations; moved: number } {
  const { entities, moved } = placeEntities(sidecar?.entities ?? [], index, origin);
  return { annotations: withEntities(sidecar, [...entities].sort(compareEntities)), moved };
}

/** An entity as it was in one text, and as it is in the next. */
export type Moved = readonly [was: Entity, is: Entity];

/**
 * What a sidecar says, after its article was read again: what nobody had changed here goes where it went here.
 * @param from the text that it was in @param to the text that is there now
 * @param moved the entities of the article
 */
export function followReload(
  read: Annotations,
  [from, to]: readonly [from: TextIndex, to: TextIndex],
  moved: readonly Moved[],
): Annotations {
  const here = new Map(moved.map((pair) => [pair[0].id, pair]));
  const followed = placeEntities(read.entities, to, from).entities.map((entity, i) => {
    const pair = here.get(entity.id);
    return pair && isSameRecord(pair[0], read.entities[i]!) ? pair[1] : entity;
  });
  return { ...read, entities: followed.sort(compareEntities) };
}

/** What is here, with what others changed: both are of a text, and follow into the one that is here now. */
export function mergeRead(
  [base, here, read]: readonly [base: Annotations, here: Annotations, read: Annotations],
  [from, to]: readonly [from: TextIndex, to: TextIndex],
): Pick<Merge, 'annotations' | 'lost'> {
  const carry = carrier(from, to);
  return mergeAnnotations(carryAnnotations(base, carry), here, carryAnnotations(read, carry));
}

/** The sidecar of an article as it is now. @param before as it was, which says more than the article shows */
export async function compose(article: OpenArticle, before: Sidecar | undefined): Promise<Sidecar> {
  // As they are before the wait.
  const { annotations, index } = article;
  const frame = before?.frame ?? NEW_FRAME;
  const about = { article: baseName(article.uri.path), textHash: await article.hash(), frame };
  return composeSidecar(annotations, index, about, before);
}
