import type { Rule } from './rule';

/**
 * An entity that a model which was learned from other articles finds unlikely, as another label or another span is much
 * likelier, or as its words are in no entity elsewhere; and untagged words that it is certain of.
 */
export const unlikelyLabel: Rule = {
  id: 'unlikely-label',
  severity: 'off',
  *check(context) {
    const { index } = context;
    for (const { entity, likelier, probability, certainty } of context.doubts()) {
      const likely = likelier && { other: likelier.label, probability: certainty.toFixed(2) };
      const isElsewhere = likelier && (likelier.start !== entity?.start || likelier.end !== entity.end);
      const values = {
        ...(entity && { label: entity.label, text: entity.text, own: probability.toFixed(2) }),
        ...likely,
        ...(isElsewhere && { whole: index.slice(likelier) }),
      };
      const place = entity ?? likelier;
      if (!place) continue;
      const { start, end } = place;
      yield { start16: index.toUtf16(start), end16: index.toUtf16(end), entity, certainty, values };
    }
  },
};
