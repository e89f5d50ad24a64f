import * as vscode from 'vscode';
import type { LiveArticle } from '../workspace/open/live-article';
import type { CorpusStore } from '../workspace/store';

/**
 * What menus ask of an article, by the context key that lists those for which it is so. They are lists of paths, for
 * `resourcePath in …`: a menu is opened in the same moment as the cursor moves and another editor becomes the active
 * one, and this host hears of both too late.
 */
const QUESTIONS = {
  'corpusAnnotator.articles.done': ({ annotations }) => annotations.status === 'done',
  'corpusAnnotator.articles.toPlace': ({ entities }) => entities.some(({ broken }) => broken),
  'corpusAnnotator.articles.inConflict': ({ refusal }) => refusal?.code === 'sidecar-in-conflict',
} satisfies Record<string, (article: LiveArticle) => boolean>;

/** Keeps the context keys of the articles that are seen true. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const told = new Map<string, string>();
  const tell = (key: string, paths: readonly string[]) => {
    const list = paths.join('\n');
    if (list === (told.get(key) ?? '')) return;
    told.set(key, list);
    void vscode.commands.executeCommand('setContext', key, paths);
  };
  const update = () => {
    const seen = vscode.window.visibleTextEditors.flatMap(
      ({ document }) => store.live.at(document.uri) ?? [],
    );
    for (const [key, isSo] of Object.entries(QUESTIONS)) tell(key, seen.filter(isSo).flatMap(pathsOf));
  };
  context.subscriptions.push(
    store.live.onDidChangeEntities(update),
    vscode.window.onDidChangeVisibleTextEditors(update),
  );
  update();
}

/** As the window may call the file: it knows one on another computer by another path than this host on that. */
function pathsOf({ uri }: LiveArticle): string[] {
  return [...new Set([uri.path, uri.fsPath])];
}
