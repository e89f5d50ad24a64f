import * as vscode from 'vscode';
import type { CorpusStore } from '../workspace/store';
import { ARTICLE_LANGUAGE } from './shared/language-id';

/**
 * Gives the articles of a corpus their language, however they are opened. A person who then chooses
 * another language for a document keeps it.
 */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const given = new WeakSet<vscode.TextDocument>();
  const give = (document: vscode.TextDocument) => {
    const entry = store.catalog.entry(document.uri);
    if (!entry || given.has(document) || document.languageId === ARTICLE_LANGUAGE) return;
    // Without a corpus.yaml nobody has said which files are articles: only plain text is taken for one.
    if (!entry.corpus.hasYaml && document.languageId !== 'plaintext') return;
    given.add(document);
    void vscode.languages.setTextDocumentLanguage(document, ARTICLE_LANGUAGE);
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(give),
    store.catalog.onDidChangeCorpora(() => vscode.workspace.textDocuments.forEach(give)),
  );
}
