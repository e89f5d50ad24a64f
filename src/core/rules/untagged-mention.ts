import { adding } from '../model/edit';
import { contextOf, entityIdFrom } from '../model/entity';
import type { Proposal } from '../suggest/proposer';
import type { Choice, Rule, RuleContext } from './rule';

/**
 * Words that a reviewed entity of the corpus has, untagged at another place, and nobody has refused them there.
 * Where they are reviewed with several labels, or a gazetteer knows better, which one is a person's choice.
 */
export const untaggedMention: Rule = {
  id: 'untagged-mention',
  severity: 'info',
  *check(context) {
    for (const mention of context.untagged()) {
      const { start16, end16, label, text, reviewedAs } = mention;
      if (reviewedAs.length === 0) continue;
      const isCertain = reviewedAs.every((other) => other === label);
      const values = { label, text, ...(!isCertain && { labels: reviewedAs.join(', ') }) };
      yield isCertain
        ? { start16, end16, values, fix: () => [addition(context, mention)] }
        : { start16, end16, values, choices: () => choicesOf(context, mention) };
    }
  },
};

function choicesOf(context: RuleContext, mention: Proposal): Choice[] {
  const { label, text, reviewedAs } = mention;
  return [...new Set([label, ...reviewedAs])].map((other) => {
    const link = other === label ? mention.link : undefined;
    const edits = [addition(context, { ...mention, label: other, link })];
    return { kind: 'tag', label: other, text, edits };
  });
}

function addition({ index, path }: RuleContext, { start, end, label, text, link }: Proposal) {
  const id = entityIdFrom([path, 'untagged-mention', start, label, text].join('\n'));
  const context = contextOf(index.text, { start, end }, (part) => index.slice(part));
  const entity = { id, label, start, end, text, ...(link !== undefined && { link }), ...context };
  return adding(entity);
}
