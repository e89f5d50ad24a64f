import * as vscode from 'vscode';
import { LineIndex } from '../../core/lines';
import type { Problem } from '../../core/problem';

/** A problem in a file where the editor shows it, so that the source need not be kept. */
export interface FileProblem extends Pick<Problem, 'code' | 'severity' | 'values'> {
  readonly range: vscode.Range;
  /** The other file that it is about, and where. */
  readonly related?: vscode.Location | undefined;
}

/** Problems in a source, at its lines. */
export function placeProblems(source: string, problems: readonly Problem[]): FileProblem[] {
  if (problems.length === 0) return [];
  const lines = new LineIndex(source);
  return problems.map(({ code, severity, values, start16, end16 }) => {
    const [start, end] = [lines.at(start16), lines.at(end16)];
    return {
      code,
      severity,
      values,
      range: new vscode.Range(start.line, start.character, end.line, end.character),
    };
  });
}
