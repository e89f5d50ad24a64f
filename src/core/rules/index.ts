import type { Annotations } from '../model/records';
import { parseHeader } from '../header';
import type { Doubt } from '../learn/doubts';
import type { Problem, ProblemCode } from '../problem';
import type { SidecarPlaces } from '../sidecar/locate';
import { proposalsIn, type TextProposer } from '../suggest/proposer';
import { crossing } from './crossing';
import { cutWord } from './cut-word';
import { dateMismatch } from './date-mismatch';
import { doneUnreviewed } from './done-unreviewed';
import { duplicate } from './duplicate';
import { headerMalformed, headerMissing } from './header';
import { inconsistentLabel } from './inconsistent-label';
import type { Finding, Rule, RuleContext, RuleId, Severity } from './rule';
import { spanEdge } from './span-edge';
import { unlikelyLabel } from './unlikely-label';
import { unknownLabel } from './unknown-label';
import { untaggedMention } from './untagged-mention';
import type { Range16 } from '../words';

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
  unlikelyLabel,
];

/** What rules find in an article whoever annotates it: once, and in no layer of an annotator. */
const OF_TEXT: readonly RuleId[] = ['header-missing', 'header-malformed', 'date-mismatch'];

/** What `corpus.yaml` says of rules. */
export type RuleSettings = Readonly<Partial<Record<RuleId, Severity>>>;

const DEFAULTS = new Map<RuleId, Severity>(RULES.map(({ id, severity }) => [id, severity]));

/** How much a rule matters in a corpus. */
export function severityOf(id: RuleId, settings: RuleSettings): Severity {
  return settings[id] ?? DEFAULTS.get(id) ?? 'warning';
}

/** The same for a layer of an annotator. */
export function settingsOfLayer(settings: RuleSettings): RuleSettings {
  return { ...settings, ...Object.fromEntries(OF_TEXT.map((rule) => [rule, 'off' as const])) };
}

/** Where a finding in a layer is told, in UTF-16 units. */
export interface InSidecar extends Range16 {
  /** It is about words that are no entity, and have no line in the sidecar: it is told above its list. */
  readonly isOfText: boolean;
}

/** Where a finding in a layer of an annotator stands in its sidecar: the article shows the shared layer. */
export function placeInSidecar(
  { rule, entity }: Pick<RuleFinding, 'rule' | 'entity'>,
  source: string,
  places: SidecarPlaces,
): InSidecar {
  const field = rule === 'unknown-label' ? 'label' : undefined;
  const place = entity
    ? places.entity(entity.id, field)
    : rule === 'done-unreviewed'
      ? places.key('status')
      : undefined;
  if (place) return { ...place, isOfText: false };
  const list16 = Math.max(0, source.search(/^entities:/m));
  return { start16: list16, end16: list16, isOfText: true };
}

/** The rules that look for what the readers of articles and sidecars find already. */
const RULE_OF: Partial<Record<ProblemCode, RuleId>> = {
  'header-date-malformed': 'header-malformed',
  'header-key-duplicate': 'header-malformed',
  'label-unknown': 'unknown-label',
};

/** The rule that says how much a problem matters in a corpus; `undefined` where that is no rule's. */
export function ruleOf(code: ProblemCode): RuleId | undefined {
  return RULE_OF[code];
}

/** Problems as they matter in a corpus: without those whose rule it has turned off. */
export function weighProblems<P extends Pick<Problem, 'code' | 'severity'>>(
  problems: readonly P[],
  settings: RuleSettings,
): P[] {
  return problems.flatMap((problem) => {
    const rule = ruleOf(problem.code);
    const severity = rule ? severityOf(rule, settings) : problem.severity;
    return severity === 'off' ? [] : [severity === problem.severity ? problem : { ...problem, severity }];
  });
}

export interface RuleFinding extends Finding {
  readonly rule: RuleId;
  readonly severity: Exclude<Severity, 'off'>;
}

/** What is known of a corpus, as far as rules ask for it. */
export interface CorpusFacts extends Pick<RuleContext, 'hasLabel' | 'labelsOf' | 'expectsDate'> {
  readonly proposer: TextProposer;
  readonly settings: RuleSettings;
  /** What a model that was learned from other articles speaks against in the one that is checked. */
  readonly doubts?: readonly Doubt[] | undefined;
}

/** An article as rules look at it. */
export type CheckedArticle = Annotations & Pick<RuleContext, 'index'>;

/** What the rules find in an article of a corpus; see {@link checkRules}. @param path the article's in the corpus */
export function checkInCorpus(path: string, article: CheckedArticle, facts: CorpusFacts): RuleFinding[] {
  const { index, status, entities } = article;
  const { proposer, settings, doubts = [], ...known } = facts;
  const context = {
    ...known,
    path,
    index,
    status,
    header: parseHeader(index.raw),
    entities: entities.filter(({ broken, conflict }) => !broken && conflict === undefined),
    doubts: () => doubts,
    untagged: () => proposalsIn(proposer, path, index, entities),
  };
  return checkRules(context, settings);
}

/** What the rules find in an article, without what its corpus or an entity itself has turned off, in the order of places. */
export function checkRules(context: RuleContext, settings: RuleSettings): RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const each of RULES) {
    const rule = each.id;
    const severity = severityOf(rule, settings);
    if (severity === 'off') continue;
    for (const { start16, end16, entity, certainty, values, fix, choices } of each.check(context))
      if (!entity?.ignore?.includes(rule))
        found.push({ start16, end16, entity, certainty, values, fix, choices, rule, severity });
  }
  return found.sort((a, b) => a.start16 - b.start16);
}
