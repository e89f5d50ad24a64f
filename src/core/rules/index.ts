import { crossing } from './crossing';
import { cutWord } from './cut-word';
import { dateMismatch } from './date-mismatch';
import { doneUnreviewed } from './done-unreviewed';
import { duplicate } from './duplicate';
import { headerMalformed, headerMissing } from './header';
import { inconsistentLabel } from './inconsistent-label';
import type { Finding, Rule, RuleContext, RuleId, Severity } from './rule';
import { spanEdge } from './span-edge';
import { unknownLabel } from './unknown-label';
import { untaggedMention } from './untagged-mention';

/** The rules that look at one article. (`orphan-sidecar` looks at the list of files.) */
export const RULES: readonly Rule[] = [
  unknownLabel,
  inconsistentLabel,
  untaggedMention,
  spanEdge,
  cutWord,
  duplicate,
  crossing,
  headerMissing,
  headerMalformed,
  dateMismatch,
  doneUnreviewed,
];

/** What `corpus.yaml` says of rules. */
export type RuleSettings = Readonly<Partial<Record<RuleId, Severity>>>;

const DEFAULTS = new Map<RuleId, Severity>(RULES.map(({ id, severity }) => [id, severity]));

/** How much a rule matters in a corpus. */
export function severityOf(id: RuleId, settings: RuleSettings): Severity {
  return settings[id] ?? DEFAULTS.get(id) ?? 'warning';
}

export interface RuleFinding extends Finding {
  readonly rule: RuleId;
  readonly severity: Exclude<Severity, 'off'>;
}

/** What the rules find in an article, without what its corpus or an entity itself has turned off, in the order of places. */
export function checkRules(context: RuleContext, settings: RuleSettings): RuleFinding[] {
  const found = RULES.flatMap((rule): RuleFinding[] => {
    const severity = severityOf(rule.id, settings);
    if (severity === 'off') return [];
    return Array.from(rule.check(context))
      .filter(({ entity }) => !entity?.ignore?.includes(rule.id))
      .map((finding) => ({ ...finding, rule: rule.id, severity }));
  });
  return found.sort((a, b) => a.start16 - b.start16);
}
