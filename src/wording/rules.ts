import type { RuleFinding } from '../core/rules';
import type { Choice, RuleId } from '../core/rules/rule';
import { problemMessage } from './problems';
import { shortText } from './short-text';
import type { Translate } from './translate';

/** What a rule has found, as a sentence. */
export function findingMessage(
  t: Translate,
  { rule, values: whole = {} }: Pick<RuleFinding, 'rule' | 'values'>,
): string {
  const values = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, shortText(value)]));
  switch (rule) {
    case 'unknown-label':
      return t('The label "{label}" is not in corpus.yaml.', values);
    case 'inconsistent-label':
      return t('"{text}" is {label} here ({own} in the corpus), and {other} elsewhere ({count}).', values);
    case 'untagged-mention':
      return values.labels === undefined
        ? t('"{text}" is tagged as {label} elsewhere in the corpus, and not here.', values)
        : t('"{text}" is tagged elsewhere in the corpus, as {labels}, and not here.', values);
    case 'span-edge':
      return t('{label} "{text}" has white space or punctuation at its edge.', values);
    case 'cut-word':
      return t('{label} "{text}" cuts a word: "{whole}".', values);
    case 'duplicate':
      return t('{label} "{text}" is tagged twice.', values);
    case 'crossing':
      return t('{label} "{text}" crosses {otherLabel} "{other}".', values);
    case 'header-missing':
      return t('This article has no date in its header; most of the corpus have one.');
    case 'header-malformed':
      return problemMessage(t, {
        code: values.problem === 'header-key-duplicate' ? 'header-key-duplicate' : 'header-date-malformed',
        values,
      });
    case 'date-mismatch':
      return t('The date {date} is not that of the file: {expected}.', values);
    case 'done-unreviewed':
      return t('This article is marked as done, and entities are left to review: {count}.', values);
    case 'unlikely-label':
      return unlikelyMessage(t, values);
    case 'orphan-sidecar':
      return t('There is no article for this sidecar. Bring the article back, or delete the sidecar.');
  }
}

/** What a model speaks against: the label, the span, that it is an entity, or that it is none. */
function unlikelyMessage(t: Translate, values: Readonly<Record<string, string>>): string {
  if (values.text === undefined)
    return t('"{whole}" is not tagged, and almost certainly {other} (probability {probability}).', values);
  if (values.other === undefined)
    return t('"{text}" is {label} here (probability {own}); its words are no entity elsewhere.', values);
  return values.whole === undefined
    ? t('"{text}" is {label} here (probability {own}), and more likely {other} ({probability}).', values)
    : t(
        '"{text}" is {label} here (probability {own}), and more likely {other} "{whole}" ({probability}).',
        values,
      );
}

/** What mends a finding, as the title of a quick fix; `undefined` for rules that mend nothing by themselves. */
export function fixTitle(
  t: Translate,
  { rule, values: whole = {} }: Pick<RuleFinding, 'rule' | 'values'>,
): string {
  const values = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, shortText(value, 30)]));
  switch (rule) {
    case 'inconsistent-label':
      return t('Relabel “{text}” to {other}', values);
    case 'untagged-mention':
      return t('Tag “{text}” as {label}', values);
    case 'span-edge':
      return t('Take white space and punctuation out of “{text}”', values);
    case 'cut-word':
      return t('Widen “{text}” to “{whole}”', values);
    case 'duplicate':
      return t('Delete the second {label} “{text}”', values);
    case 'done-unreviewed':
      return t('Mark the article as open again');
    default:
      return ruleTitle(t, rule);
  }
}

/** One of several ways to mend a finding, as the title of a quick fix. */
export function choiceTitle(t: Translate, { kind, label, text, whole = '' }: Choice): string {
  const values = { label, text: shortText(text, 30), whole: shortText(whole, 30) };
  switch (kind) {
    case 'tag':
      return t('Tag “{text}” as {label}', values);
    case 'widen':
      return t('Widen {label} “{text}” to “{whole}”', values);
    case 'narrow':
      return t('Shorten {label} “{text}” to “{whole}”', values);
    case 'delete':
      return t('Delete the entity {0} “{1}”', label, values.text);
  }
}

/** A rule by what it finds. */
export function ruleTitle(t: Translate, rule: RuleId): string {
  switch (rule) {
    case 'unknown-label':
      return t('Labels that corpus.yaml does not have');
    case 'inconsistent-label':
      return t('Same words with different labels');
    case 'untagged-mention':
      return t('Untagged mentions of reviewed entities');
    case 'span-edge':
      return t('White space or punctuation at the edge of a span');
    case 'cut-word':
      return t('Spans that cut a word');
    case 'duplicate':
      return t('Entities that are tagged twice');
    case 'crossing':
      return t('Spans that cross');
    case 'header-missing':
      return t('Articles without a date');
    case 'header-malformed':
      return t('Malformed headers');
    case 'date-mismatch':
      return t('Dates that disagree with the file');
    case 'done-unreviewed':
      return t('Done articles with entities to review');
    case 'unlikely-label':
      return t('Unlikely labels, by what was learned');
    case 'orphan-sidecar':
      return t('Sidecars without an article');
  }
}
