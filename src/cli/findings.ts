import type { Problem } from '../core/problem';
import { oneLine } from '../core/concordance/lines';
import { RULE_IDS } from '../core/rules/rule';
import { ruleTitle } from '../wording/rules';
import { inEnglish } from '../wording/translate';
import { count } from './report';

/** Something that is wrong at a place in a file. */
export interface PlacedFinding {
  /** As messages have it, with `/`. */
  readonly file: string;
  /** A rule, or the code of a problem. */
  readonly rule: string;
  readonly severity: Problem['severity'];
  readonly message: string;
  /** From 1; columns in UTF-16 units, the end excluded. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Summary {
  readonly articles: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

/** A way to print findings, one after the other. */
export interface FindingFormat {
  readonly begin: string;
  finding(finding: PlacedFinding): string;
  end(summary: Summary): string;
}

export const FINDING_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type FindingFormatName = (typeof FINDING_FORMATS)[number];

export function findingFormat(name: FindingFormatName): FindingFormat {
  return { text, json, sarif, github }[name]();
}

/** `file:line:column: severity: message [rule]`, which editors and terminals link. */
function text(): FindingFormat {
  return {
    begin: '',
    finding: ({ file, line, column, severity, message, rule }) =>
      `${file}:${line}:${column}: ${severity}: ${oneLine(message)} [${rule}]\n`,
    end: () => '',
  };
}

export function summaryOf({ articles, error, warning, info }: Summary): string {
  const of = count(articles, 'article');
  if (error + warning + info === 0) return `Nothing was found in ${of}.`;
  const what = [count(error, 'error'), count(warning, 'warning'), count(info, 'note')];
  return `${what.join(', ')} in ${of}.`;
}

/** One object; each finding is a line of its list. */
function json(): FindingFormat {
  const separate = separator();
  return {
    begin: '{"findings":[',
    finding: (finding) => `${separate()}${JSON.stringify(finding)}`,
    end: (summary) => `\n],"summary":${JSON.stringify(summary)}}\n`,
  };
}

/** Workflow commands of GitHub Actions: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function github(): FindingFormat {
  const commands = { error: 'error', warning: 'warning', info: 'notice' };
  return {
    begin: '',
    finding({ file, line, column, endLine, endColumn, severity, message, rule }) {
      // GitHub takes columns only within one line.
      const columns = line === endLine ? { col: column, endColumn } : {};
      const properties = Object.entries({ file, line, endLine, ...columns, title: rule })
        .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
        .join(',');
      return `::${commands[severity]} ${properties}::${escapeData(message)}\n`;
    },
    end: () => '',
  };
}

function escapeData(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(): FindingFormat {
  const levels = { error: 'error', warning: 'warning', info: 'note' };
  const separate = separator();
  /** What was found, in the order of its first findings; results come first in the file, so that they need not wait. */
  const rules = new Map<string, number>();
  return {
    begin: `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`,
    finding({ file, line, column, endLine, endColumn, severity, message, rule }) {
      if (!rules.has(rule)) rules.set(rule, rules.size);
      const result = {
        ruleId: rule,
        ruleIndex: rules.get(rule),
        level: levels[severity],
        message: { text: message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: locationOf(file),
              region: { startLine: line, startColumn: column, endLine, endColumn },
            },
          },
        ],
      };
      return `${separate()}${JSON.stringify(result)}`;
    },
    end() {
      const driver = {
        name: 'Corpus Annotator',
        semanticVersion: process.env.CORPUS_ANNOTATOR_VERSION,
        rules: [...rules.keys()].map((id) => ({ id, shortDescription: { text: titleOf(id) } })),
      };
      return `\n],"tool":${JSON.stringify({ driver })}}]}\n`;
    },
  };
}

function locationOf(file: string): { uri: string; uriBaseId?: string } {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

function titleOf(rule: string): string {
  const known = RULE_IDS.find((id) => id === rule);
  const words = rule.replaceAll('-', ' ');
  return known ? ruleTitle(inEnglish, known) : words[0]!.toUpperCase() + words.slice(1);
}

/** What stands before an item of a list, on a line of its own. */
function separator(): () => string {
  let count = 0;
  return () => (count++ === 0 ? '\n' : ',\n');
}
