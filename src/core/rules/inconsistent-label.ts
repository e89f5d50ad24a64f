import { changing } from '../model/edit';
import type { Entity } from '../model/entity';
import { placeOf, type Rule } from './rule';

/** The same words have another label elsewhere in the corpus, and more often (or as often). */
export const inconsistentLabel: Rule = {
  id: 'inconsistent-label',
  severity: 'warning',
  *check(context) {
    for (const entity of context.entities) {
      const { label, text } = entity;
      const counts = context.labelsOf(text);
      if (counts.length < 2) continue;
      const most = counts[0]!.label === label ? counts[1]! : counts[0]!;
      const own = counts.find((count) => count.label === label)?.all ?? 0;
      if (most.all < own) continue;
      const { label: other, all } = most;
      const { start16, end16 } = placeOf(context, entity);
      const values = { label, text, own: String(own), other, count: String(all) };
      // Who has as many on the other side must be asked. (No spread: of these there may be a million.)
      const fix = all > own ? () => [relabelled(entity, other)] : undefined;
      yield { start16, end16, entity, values, fix };
    }
  },
};

function relabelled(entity: Entity, label: string) {
  return changing(entity, { ...entity, label });
}
