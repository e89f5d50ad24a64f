import { alignTexts } from './align';
import type { Anchored } from './model/entity';
import { anchorKey } from './model/records';
import { atPlaceOf, moveEntity } from './follow-text';
import { placeEntities } from './place';
import type { TextIndex } from './text';

/** An entity where it was last certain, and the text that it was in. */
interface LastPlace {
  readonly entity: Anchored;
  readonly index: TextIndex;
}

/**
 * Places entities in a text that is read again and again. A program that writes a file may have it read while it is
 * empty, or half: an entity that has no place in that is looked for in the next text from where it was last certain.
 */
export class LostPlaces {
  private lost: ReadonlyMap<string, LastPlace> = new Map();

  /**
   * @param before the text that the entities are in
   * @returns them in their order; what has no certain place is broken, where the comparison of the texts leads
   */
  place<A extends Anchored>(entities: readonly A[], index: TextIndex, before: TextIndex): A[] {
    const placed = placeEntities(entities, index, before).entities;
    const lost = new Map<string, LastPlace>();
    placed.forEach(({ broken }, i) => {
      const entity = entities[i]!;
      const last = entity.broken ? this.lost.get(anchorKey(entity)) : undefined;
      if (broken) lost.set(anchorKey(entity), last ?? { entity, index: before });
    });
    const places = new Map<string, Anchored>();
    for (const from of new Set([...lost.values()].map((last) => last.index))) {
      const those = [...lost.values()].filter((last) => last.index === from).map(({ entity }) => entity);
      const changes = alignTexts(from, index);
      for (const entity of placeEntities(those, index, from).entities) {
        if (!entity.broken) lost.delete(anchorKey(entity));
        places.set(anchorKey(entity), entity.broken ? moveEntity(entity, changes) : entity);
      }
    }
    this.lost = lost;
    return placed.map((entity) => {
      const place = places.get(anchorKey(entity));
      return place ? atPlaceOf(entity, place) : entity;
    });
  }
}
