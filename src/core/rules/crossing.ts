import { removing } from '../model/edit';
import type { Entity } from '../model/entity';
import { trimRange, type Range16 } from '../words';
import { moveTo, placeOf, type Choice, type Rule, type RuleContext } from './rule';

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
      const choices = () => choicesOf(context, crossed, entity);
      yield { ...placeOf(context, entity), entity, values, choices };
    }
  },
};

/** One of both holds the other, or ends where it begins, or goes. */
function choicesOf(context: RuleContext, first: Entity, second: Entity): Choice[] {
  const [a, b] = [placeOf(context, first), placeOf(context, second)];
  const { raw } = context.index;
  const moved = (kind: 'widen' | 'narrow', entity: Entity, place: Range16): Choice[] => {
    if (entity.parts) return [];
    const edit = moveTo(context, entity, trimRange(raw, place) ?? { ...place, end16: place.start16 });
    const whole = edit.after.text;
    return whole === '' ? [] : [{ kind, label: entity.label, text: entity.text, whole, edits: [edit] }];
  };
  const removed = (entity: Entity): Choice => {
    return { kind: 'delete', label: entity.label, text: entity.text, edits: [removing(entity)] };
  };
  return [
    ...moved('widen', first, { start16: a.start16, end16: b.end16 }),
    ...moved('widen', second, { start16: a.start16, end16: b.end16 }),
    ...moved('narrow', first, { start16: a.start16, end16: b.start16 }),
    ...moved('narrow', second, { start16: a.end16, end16: b.end16 }),
    removed(first),
    removed(second),
  ];
}
