import { placeOf, type Rule } from './rule';

/** A label that `corpus.yaml` does not have. */
export const unknownLabel: Rule = {
  id: 'unknown-label',
  severity: 'warning',
  *check(context) {
    for (const entity of context.entities) {
      const { label } = entity;
      if (!context.hasLabel(label)) yield { ...placeOf(context, entity), entity, values: { label } };
    }
  },
};
