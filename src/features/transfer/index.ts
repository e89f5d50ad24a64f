import type * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import type { ExportArgument } from './export';
import type { ImportArgument } from './import';
import { Reports } from './reports';

/**
 * Import from, and export to, the formats of other tools. Other features use it by its commands: the Articles
 * view for what is dropped on it. All but the reports is run when it is first asked for.
 */
export function register(context: vscode.ExtensionContext, store: CorpusStore, storage: vscode.Uri): void {
  const reports = new Reports(storage);
  const importInto = async (argument?: ImportArgument) => {
    const { importFiles } = await import('./import');
    return importFiles(store, reports, argument);
  };
  context.subscriptions.push(
    reports.register(),
    registerCommand('import', importInto),
    registerCommand('importSelected', (one: vscode.Uri, all?: readonly vscode.Uri[]) =>
      // The explorer gives the file that was clicked, and all that are selected.
      importInto({ files: all && all.length > 0 ? all : [one] }),
    ),
    registerCommand('export', async (argument?: ExportArgument) => {
      const { exportCorpus } = await import('./export');
      return exportCorpus(store, reports, argument);
    }),
    registerCommand('openReport', () => reports.show()),
  );
}
