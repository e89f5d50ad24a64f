import type { Entity } from '../../core/model/entity';

/** What of an entity, besides its span and label, a format may hold. */
export const FIELDS = ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'] as const;

export type Field = (typeof FIELDS)[number];

/** What is not said again where it says nothing: that nobody has looked at it, an empty text, no attributes. */
function saysNothing(value: Entity[Field]): boolean {
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return value === undefined || value === false || value === '';
}

/**
 * Which fields of an entity a format has no place for. What another tool calls it is no loss.
 * @param held the fields that it has a place for
 */
export function fieldsLost(entity: Entity, held: readonly Field[]): readonly Field[] {
  const { reviewed, suggestedBy, note, link, attributes } = entity;
  // Mostly there is none that says anything.
  if (!reviewed && !suggestedBy && !note && !link && !attributes) return [];
  return FIELDS.filter(
    (field) => field !== 'externalId' && !held.includes(field) && !saysNothing(entity[field]),
  );
}
