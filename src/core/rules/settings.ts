import { isMap, isScalar } from 'yaml';
import { writtenText, type YamlSource } from '../yaml-source';
import type { RuleSettings } from '.';
import { RULE_IDS, SEVERITIES, type RuleId, type Severity } from './rule';

/** The `rules` of a `corpus.yaml`; a problem, and the default, for each that is not known. */
export function readRules(yaml: YamlSource, node: unknown): RuleSettings {
  if (!isMap(node)) {
    yaml.report('wrong-type', node, { key: 'rules', expected: 'map' }, 'warning');
    return {};
  }
  const settings: Partial<Record<RuleId, Severity>> = {};
  for (const { key, value } of node.items) {
    const id = isScalar(key) ? writtenText(key) : '';
    const said = isScalar(value) ? value.value : undefined;
    // YAML 1.1 takes `off` for a boolean.
    const severity = said === false ? 'off' : said;
    if (!isOneOf(RULE_IDS, id)) yaml.report('rule-unknown', key, { rule: id }, 'warning');
    else if (isOneOf(SEVERITIES, severity)) settings[id] = severity;
    else yaml.report('severity-unknown', value ?? key, { rule: id, severity: String(said) }, 'warning');
  }
  return settings;
}

function isOneOf<T>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}
