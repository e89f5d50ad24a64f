import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { attempt } from '../shared/messages';
import type { ExportArgument } from './export';
import type { ImportArgument } from './import';
import { Reports } from './reports';

/**
 * Import from, and export to, the formats of other tools. Other features use it by its commands: the Articles
 * view for what is dropped on it. All but the reports is run when it is first asked for.
 */
export function register(context: vscode.ExtensionContext, store: CorpusStore, storage: vscode.Uri): void {
  const reports = new Reports(storage);
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    reports.register(),
    registerCommand('corpusAnnotator.import', (argument?: ImportArgument | vscode.Uri, selected?: unknown) =>
      attempt(async () => {
        const { importFiles } = await import('./import');
        return importFiles(store, reports, toArgument(argument, selected));
      }),
    ),
    registerCommand('corpusAnnotator.export', (argument?: ExportArgument) =>
      attempt(async () => {
        const { exportCorpus } = await import('./export');
        return exportCorpus(store, reports, argument);
      }),
    ),
    registerCommand('corpusAnnotator.openReport', () => reports.show()),
  );
}

/** The explorer gives the file that was chosen, and all that are selected. */
function toArgument(
  argument: ImportArgument | vscode.Uri | undefined,
  selected: unknown,
): ImportArgument | undefined {
  if (!(argument instanceof vscode.Uri)) return argument;
  const isList = Array.isArray(selected) && selected.length > 0;
  return { files: isList ? (selected as vscode.Uri[]) : [argument] };
}
