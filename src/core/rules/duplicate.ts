import { removing } from '../model/edit';
import type { Entity } from '../model/entity';
import { placeOf, type Rule } from './rule';

/** The same span with the same label, twice. What is kept is the one that says more, else the first. */
export const duplicate: Rule = {
  id: 'duplicate',
  severity: 'warning',
  *check(context) {
    if (!context.entities.some(isLikeNext)) return;
    const kept = new Map<string, Entity>();
    for (const entity of context.entities) {
      const { start, end, label, parts } = entity;
      const key = JSON.stringify([start, end, label, parts]);
      const other = kept.get(key);
      if (!other) {
        kept.set(key, entity);
        continue;
      }
      const [less, more] = weight(entity) > weight(other) ? [other, entity] : [entity, other];
      kept.set(key, more);
      const isSafe = less.note === undefined || less.note === more.note;
      yield {
        ...placeOf(context, less),
        entity: less,
        values: { label, text: less.text },
        ...(isSafe && saysNoMore(less, more) && { fix: () => [removing(less)] }),
      };
    }
  },
};

/** Whether the next entity, in the sidecar's order, has the same span: without one, there is no duplicate. */
function isLikeNext({ start, end }: Entity, i: number, all: readonly Entity[]): boolean {
  const next = all[i + 1];
  return next !== undefined && next.start === start && next.end === end;
}

/** How much an entity says. */
function weight({ reviewed, link, note, attributes }: Entity): number {
  return (
    (reviewed ? 8 : 0) + (link !== undefined ? 4 : 0) + (note !== undefined ? 2 : 0) + (attributes ? 1 : 0)
  );
}

/** Whether nothing is lost with the one: its link, attributes and what its line holds besides are the other's. */
function saysNoMore(less: Entity, more: Entity): boolean {
  const isIn = (field: 'link' | 'attributes' | 'kept') =>
    less[field] === undefined || JSON.stringify(less[field]) === JSON.stringify(more[field]);
  return isIn('link') && isIn('attributes') && isIn('kept');
}
