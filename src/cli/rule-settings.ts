import { severityOf, type RuleSettings } from '../core/rules';
import { RULE_IDS } from '../core/rules/rule';
import { oneOf, type Option, type Values } from './command';
import type { DiskCorpus } from './corpus';

export const RULE: Option = {
  name: 'rule',
  value: 'RULE',
  description: 'Of all rules only this one, also where corpus.yaml has it off',
};

/** How much rules matter: as the corpus says, or, of one that is asked for, at least a warning. @throws UsageError */
export function ruleSettings(corpus: DiskCorpus, values: Values): RuleSettings {
  const { rules = {} } = corpus.labelSet;
  const asked = oneOf(values, RULE.name, RULE_IDS);
  if (asked === undefined) return rules;
  const severity = severityOf(asked, rules);
  const others = Object.fromEntries(RULE_IDS.map((id) => [id, 'off' as const]));
  return { ...others, [asked]: severity === 'off' ? 'warning' : severity };
}
