import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { highlightSame } from './highlights';
import { outlineOf } from './outline';
import { findReferences } from './references';
import { findSymbols, placeSymbol } from './workspace-symbols';

/** The editor's own gestures on entities: outline, highlights, references, symbols of the workspace. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(
    vscode.languages.registerDocumentSymbolProvider(
      ARTICLE_LANGUAGE,
      {
        provideDocumentSymbols: async (document) => {
          const article = await store.live.open(document);
          return article && outlineOf(article);
        },
      },
      { label: 'Corpus Annotator' },
    ),
    vscode.languages.registerDocumentHighlightProvider(ARTICLE_LANGUAGE, {
      provideDocumentHighlights: async (document, position) => {
        const article = await store.live.open(document);
        return article && highlightSame(article, position);
      },
    }),
    vscode.languages.registerReferenceProvider(ARTICLE_LANGUAGE, {
      provideReferences: (document, position, _context, token) =>
        findReferences(store, document, position, token),
    }),
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: (query, token) => findSymbols(store, query, token),
      resolveWorkspaceSymbol: (symbol) => placeSymbol(store, symbol),
    }),
  );
}
