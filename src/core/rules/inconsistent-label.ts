import { compareText, type Entity } from '../entity';
import type { LabelCount } from '../label-counts';
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
      const own = counts.find((count) => count.label === label)?.all ?? 0;
      const most = commonest(counts, label);
      if (!most || most.all < own) continue;
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
  return { kind: 'change', before: entity, after: { ...entity, label } } as const;
}

/** The commonest label but one; of those that are as common, the one that is reviewed most, then by name. */
function commonest(counts: readonly LabelCount[], but: string): LabelCount | undefined {
  let most: LabelCount | undefined;
  for (const count of counts) {
    if (count.label === but) continue;
    const order =
      most === undefined
        ? 1
        : count.all - most.all || count.reviewed - most.reviewed || compareText(most.label, count.label);
    if (order > 0) most = count;
  }
  return most;
}
