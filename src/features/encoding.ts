import * as vscode from 'vscode';
import { baseName } from '../core/sidecar/name';
import { encodingLost } from '../workspace/files/encoding';
import type { LiveArticle } from '../workspace/open/live-article';
import type { CorpusStore } from '../workspace/store';
import { registerCommand } from './shared/command';
import { ARTICLE_LANGUAGE } from './shared/language-id';
import { showWarning } from './shared/messages';
import { commandFix } from './shared/quick-fixes';

const CODES: ReadonlySet<unknown> = new Set(['file-not-utf8', 'file-not-shown-as-utf8', 'file-leaves-utf8']);

/** Says that an article would not be UTF-8 any more, before it is saved so, and leads to the way back. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const warned = new WeakSet<vscode.TextDocument>();
  const look = async ({ document, refusal }: LiveArticle) => {
    const encoding = encodingLost(document);
    if (encoding === undefined) warned.delete(document);
    if (encoding === undefined || refusal || warned.has(document)) return;
    warned.add(document);
    const { t } = vscode.l10n;
    const [change, set] = [t('Change File Encoding…'), t('Set files.encoding…')];
    const name = baseName(document.uri.path);
    const chosen = await showWarning(
      t(
        'Saved as it is, in the encoding {0}, {1} is no longer UTF-8, and its entities cannot be written. Save it with the encoding UTF-8.',
        encoding,
        name,
      ),
      change,
      set,
    );
    if (chosen === change) await changeEncoding(document.uri);
    if (chosen === set)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'files.encoding');
  };
  context.subscriptions.push(
    store.live.onDidChangeEntities((article) => void look(article)),
    registerCommand('changeEncoding', (uri: string | vscode.Uri) =>
      changeEncoding(typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri),
    ),
    vscode.languages.registerCodeActionsProvider(
      { language: ARTICLE_LANGUAGE },
      { provideCodeActions: ({ uri }, _range, { diagnostics }) => fixes(uri, diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** The editor asks: reopen or save, and in which encoding. */
async function changeEncoding(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand('workbench.action.editor.changeEncoding');
}

function fixes(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const about = diagnostics.filter(({ code }) => CODES.has(code));
  if (about.length === 0) return [];
  return [commandFix(vscode.l10n.t('Change File Encoding…'), 'changeEncoding', uri.toString(), about)];
}
