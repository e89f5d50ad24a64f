import type { Entity } from '../entity';
import { placeOf, type Rule } from './rule';

/** Two spans that share characters, neither within the other. Off until `corpus.yaml` forbids them. */
export const crossing: Rule = {
  id: 'crossing',
  severity: 'off',
  *check(context) {
    // In the sidecar's order, outer ones first: those that still are open at the next start.
    let open: Entity[] = [];
    for (const entity of context.entities) {
      open = open.filter(({ end }) => end > entity.start);
      const crossed = open.find(({ start, end }) => start < entity.start && end < entity.end);
      open.push(entity);
      if (!crossed) continue;
      const { label, text } = entity;
      const values = { label, text, otherLabel: crossed.label, other: crossed.text };
      yield { ...placeOf(context, entity), entity, values };
    }
  },
};
