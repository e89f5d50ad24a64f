import * as vscode from 'vscode';
import { ruleOf } from '../../core/rules';
import type { FileProblem } from '../../workspace/files/file-problem';
import { problemMessage } from '../../wording/problems';

export const SOURCE = 'Corpus Annotator';

export const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** A problem as the Problems panel shows it. */
export function toDiagnostic(problem: FileProblem): vscode.Diagnostic {
  const { code, range, severity, related } = problem;
  const diagnostic = new vscode.Diagnostic(
    range,
    problemMessage(vscode.l10n.t, problem),
    SEVERITIES[severity],
  );
  // The name by which `corpus.yaml` sets how much it matters, where it has one.
  diagnostic.code = ruleOf(code) ?? code;
  diagnostic.source = SOURCE;
  if (related) {
    const note = vscode.l10n.t('Its line in the sidecar');
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(related, note)];
  }
  return diagnostic;
}
