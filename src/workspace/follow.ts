import * as vscode from 'vscode';
import { isSidecarName, layerOf, sharedSidecarName } from '../core/sidecar/name';
import { CORPUS_YAML } from './corpus/corpus';
import type { CorpusStore } from './store';

/** How long the editor's own changes of a sidecar or `corpus.yaml` are gathered, in ms. */
const TYPING_PAUSE = 150;

/** Keeps the store up with documents, editors, and files on disk. */
export function followWorkspace(store: CorpusStore): vscode.Disposable {
  void replayDrafts(store);
  return vscode.Disposable.from(followDocuments(store), followFiles(store));
}

/** What did not get to its sidecar before the editor ended, gets there when its article is opened: now. */
async function replayDrafts(store: CorpusStore): Promise<void> {
  await store.catalog.ready;
  for (const uri of await store.live.keepers.drafts.articles()) {
    for (const [article, layer] of keptOf(store, uri))
      // An article that cannot be opened keeps its draft.
      await vscode.workspace.openTextDocument(article).then(
        (document) => store.live.open(document, layer),
        () => undefined,
      );
  }
}

/** The articles, with their layers, that a draft may be of. @param keptAs see `OpenArticle` */
function keptOf(store: CorpusStore, keptAs: vscode.Uri): (readonly [article: vscode.Uri, layer: string])[] {
  const shared = sharedSidecarName(keptAs.path);
  if (shared === undefined) return store.catalog.entry(keptAs) ? [[keptAs, '']] : [];
  const layer = layerOf(keptAs.path);
  return store.catalog.sharing(keptAs.with({ path: shared })).map(({ uri }) => [uri, layer]);
}

function followDocuments(store: CorpusStore): vscode.Disposable {
  const pauses = new Map<string, ReturnType<typeof setTimeout>>();
  const followTyping = (uri: vscode.Uri) => {
    clearTimeout(pauses.get(uri.toString()));
    pauses.set(
      uri.toString(),
      setTimeout(() => void store.followFile(uri, 'changed'), TYPING_PAUSE),
    );
  };
  const openVisible = () => {
    for (const editor of vscode.window.visibleTextEditors) void store.live.open(editor.document);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      for (const article of store.live.layersOf(event.document)) article.textFollower.follow(event);
      if (isCompanion(event.document.uri) && event.contentChanges.length > 0)
        followTyping(event.document.uri);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      for (const article of store.live.layersOf(document)) article.followSave().catch(() => undefined);
      if (isCompanion(document.uri)) void store.followFile(document.uri, 'changed');
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      void store.live.close(document);
      if (isCompanion(document.uri)) void store.followFile(document.uri, 'changed');
    }),
    vscode.window.onDidChangeVisibleTextEditors(openVisible),
    vscode.window.onDidChangeActiveTextEditor(() => {
      openVisible();
      store.live.updateActive();
    }),
    new vscode.Disposable(() => pauses.forEach(clearTimeout)),
  );
}

/** Whether a file is a sidecar or a label set. */
function isCompanion(uri: vscode.Uri): boolean {
  return isSidecarName(uri.path) || uri.path.endsWith('/' + CORPUS_YAML);
}

/** Watches each workspace folder for files and folders that come and go, and for changes of what a corpus is made of. */
function followFiles(store: CorpusStore): vscode.Disposable {
  let watchers: vscode.Disposable[] = [];
  const watch = () => {
    vscode.Disposable.from(...watchers).dispose();
    watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
      watcher.onDidCreate((uri) => void store.followFile(uri, 'created'));
      watcher.onDidChange((uri) => void store.followFile(uri, 'changed'));
      watcher.onDidDelete((uri) => void store.followFile(uri, 'deleted'));
      return watcher;
    });
  };
  watch();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      watch();
      void store.catalog.rescan();
    }),
    new vscode.Disposable(() => {
      vscode.Disposable.from(...watchers).dispose();
    }),
  );
}
