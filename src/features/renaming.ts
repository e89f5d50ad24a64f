import * as vscode from 'vscode';
import { disk } from '#disk';
import { baseName, isSidecarName } from '../core/sidecar/name';
import type { LiveArticle } from '../workspace/open/live-article';
import type { ArticleDocument } from '../workspace/open/open-article';
import { moveRefusals } from '../workspace/steps/moved-refusals';
import type { CorpusStore } from '../workspace/store';
import { attempt } from './shared/messages';

/** Sidecars, and what was refused, go with their articles when those are renamed or moved in the editor. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(
    vscode.workspace.onWillRenameFiles((event) => event.waitUntil(renameSidecars(store, event.files))),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      void writeNames(store, files);
      void attempt(() => moveRefusals(store, files));
    }),
  );
}

type Renaming = vscode.FileRenameEvent['files'][number];

/** The renaming of the sidecars, in all layers, of those files that are articles. */
async function renameSidecars(store: CorpusStore, files: readonly Renaming[]): Promise<vscode.WorkspaceEdit> {
  await store.catalog.ready;
  const edit = new vscode.WorkspaceEdit();
  const own = new Set(files.map(({ oldUri }) => oldUri.toString()));
  for (const { oldUri, newUri } of files) {
    if (!store.catalog.entry(oldUri)) continue;
    const [oldStem, newStem] = [stemOf(oldUri), stemOf(newUri)];
    const folder = vscode.Uri.joinPath(oldUri, '..');
    const [names = []] = await disk.list([folder]);
    for (const name of names) {
      if (!isSidecarName(name) || !name.startsWith(`${oldStem}.`) || isOfAnother(store, folder, name, oldUri))
        continue;
      const sidecar = vscode.Uri.joinPath(folder, name);
      const target = vscode.Uri.joinPath(newUri, '..', newStem + name.slice(oldStem.length));
      const isMoved = own.has(sidecar.toString()) || sidecar.toString() === target.toString();
      // One that is there already is another article's, or was renamed by hand.
      if (!isMoved && !(await disk.exists(target))) edit.renameFile(sidecar, target);
    }
  }
  return edit;
}

/** Whether a sidecar with a name that begins alike is that of another article, as `a.b.ann.yaml` of `a.b.txt`. */
function isOfAnother(store: CorpusStore, folder: vscode.Uri, name: string, article: vscode.Uri): boolean {
  const entries = store.catalog.sharing(vscode.Uri.joinPath(folder, name));
  return entries.length > 0 && !entries.some(({ uri }) => uri.toString() === article.toString());
}

function stemOf(uri: vscode.Uri): string {
  return baseName(uri.path).replace(/\.[^.]*$/, '');
}

/** The sidecars that went along say the new names of their articles. */
async function writeNames(store: CorpusStore, files: readonly Renaming[]): Promise<void> {
  await store.catalog.rescan();
  for (const { oldUri, newUri } of files) {
    const entry = store.catalog.entry(newUri);
    if (!entry?.hasSidecar) continue;
    const save = async ({ sync }: Pick<LiveArticle<ArticleDocument>, 'sync'>) => {
      // One that was there already says another name, and stays as it is.
      if (sync.file.sidecar?.article === baseName(oldUri.path)) await sync.adopt();
    };
    // What stands against writing is shown where the article is.
    await store.live.use(entry, save).catch(() => undefined);
  }
}
