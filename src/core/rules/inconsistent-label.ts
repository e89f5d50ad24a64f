import { compareText } from '../entity';
import { placeOf, type Rule } from './rule';

/** The same words have another label elsewhere, and more often (or as often). */
export const inconsistentLabel: Rule = {
  id: 'inconsistent-label',
  severity: 'warning',
  *check(context) {
    for (const entity of context.entities) {
      const { label, text } = entity;
      const counts = context.labelsOf(text);
      if (counts.size < 2) continue;
      const own = counts.get(label)?.all ?? 0;
      const [most] = [...counts]
        .filter(([other]) => other !== label)
        .sort(([a, x], [b, y]) => y.all - x.all || y.reviewed - x.reviewed || compareText(a, b));
      if (!most || most[1].all < own) continue;
      const [other, { all }] = most;
      yield {
        ...placeOf(context, entity),
        entity,
        values: { label, text, own: String(own), other, count: String(all) },
        // Who has as many on the other side must be asked.
        ...(all > own && { edits: [{ kind: 'change', before: entity, after: { ...entity, label: other } }] }),
      };
    }
  },
};
