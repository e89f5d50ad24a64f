import * as vscode from 'vscode';
import type { RuleFinding } from '../../core/rules';
import type { LiveArticle } from '../../workspace/live-article';
import { rangeOf16 } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';
import { isSidecarName } from '../../core/sidecar/name';
import { SOURCE } from '../shared/diagnostic';
import { commandFix } from '../shared/quick-fixes';
import { findingsIn, type Findings } from './findings';
import { fixTitle, ruleTitle } from './messages';

/** What can be done about a finding: mend it here or everywhere, choose, or say that it is right as it is. */
export class QuickFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly store: CorpusStore,
    private readonly findings: Findings,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const own = diagnostics.filter(({ source }) => source === SOURCE);
    if (own.length === 0) return [];
    if (isSidecarName(document.uri.path)) {
      const orphan = own.filter(({ code }) => code === 'orphan-sidecar');
      const title = vscode.l10n.t('Delete this sidecar');
      return orphan.length > 0 ? [commandFix(title, 'deleteOrphan', document.uri.toString(), orphan)] : [];
    }
    const article = await this.store.open(document);
    if (!article) return [];
    return findingsIn(this.store, this.findings.checker, article).flatMap((finding) => {
      const range = rangeOf16(document, finding);
      const about = own.filter(
        (diagnostic) => diagnostic.code === finding.rule && diagnostic.range.isEqual(range),
      );
      return about.length > 0 ? fixesOf(article, finding, about) : [];
    });
  }
}

function fixesOf(
  article: LiveArticle,
  finding: RuleFinding,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const { rule, entity, edits, start16, values = {} } = finding;
  const target = { article: article.uri.toString() };
  const fixes: vscode.CodeAction[] = [];
  const fix = (title: string, command: string, argument: object) => {
    fixes.push(commandFix(title, command, { ...target, ...argument }, diagnostics));
  };
  if (edits) {
    fix(fixTitle(finding), 'fixFinding', { rule, start16, ...(entity && { id: entity.id }) });
    fixes[0]!.isPreferred = true;
  }
  const { date = '', expected = '' } = values;
  if (rule === 'date-mismatch' && expected.length === date.length) {
    const action = new vscode.CodeAction(
      t('Change the date to {0}', expected),
      vscode.CodeActionKind.QuickFix,
    );
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(article.uri, rangeOf16(article.document, finding), expected);
    action.diagnostics = diagnostics;
    fixes.push(action);
  }
  if (entity && (rule === 'unknown-label' || rule === 'inconsistent-label'))
    fix(t('Relabel “{0}”…', entity.text), 'relabel', { id: entity.id });
  if (entity && (rule === 'crossing' || rule === 'duplicate' || rule === 'span-edge'))
    fix(t('Delete the entity {0} “{1}”', entity.label, entity.text), 'deleteEntity', { id: entity.id });
  if (edits) fix(t('Fix all in the corpus: {0}…', ruleTitle(rule)), 'fixAllInCorpus', { rule });
  if (entity)
    fix(t('Right as it is: ignore “{0}” for this entity', rule), 'ignoreRule', { rule, id: entity.id });
  return fixes;
}
