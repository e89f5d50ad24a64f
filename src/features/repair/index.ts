import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { Changes } from './changes';
import { repairArticle, repairCorpus } from './repair';

interface RepairArgument {
  readonly article?: unknown;
  /** Without, the shared one. */
  readonly layer?: unknown;
}

/** Writes the places of spans that moved with their text, for a whole corpus or one article. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const changes = new Changes(store);
  context.subscriptions.push(
    changes,
    registerCommand('repairCorpus', (argument?: RepairArgument) => {
      const { article: named, layer } = argument ?? {};
      const uri = typeof named === 'string' ? vscode.Uri.parse(named, true) : named;
      return uri instanceof vscode.Uri
        ? repairArticle(store, uri, typeof layer === 'string' ? layer : store.catalog.layer)
        : repairCorpus(store, changes);
    }),
    vscode.languages.registerCodeActionsProvider(
      { pattern: '**/*.ann.yaml' },
      { provideCodeActions: (document, _range, { diagnostics }) => fixes(store, document, diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** For a sidecar that is that of another text. */
function fixes(
  store: CorpusStore,
  { uri }: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const stale = diagnostics.filter(({ code }) => code === 'text-hash-stale');
  if (stale.length === 0) return [];
  return store.catalog.layersIn(uri).map(({ entry, layer }) => {
    const title = vscode.l10n.t('Write the places that entities have in the article now');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const argument = { article: entry.key, layer };
    action.command = { command: 'corpusAnnotator.repairCorpus', title, arguments: [argument] };
    action.diagnostics = stale;
    action.isPreferred = true;
    return action;
  });
}
