import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import type { TreeNode } from './tree';

const URI_LIST = 'text/uri-list';

/**
 * What is dropped on the view is imported, by the command that does that, into the folder of the row. Its articles can
 * be dropped on an editor group.
 */
export class DragAndDrop implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dropMimeTypes = [URI_LIST, 'files'];
  readonly dragMimeTypes = [URI_LIST];

  constructor(private readonly store: CorpusStore) {}

  handleDrag(nodes: readonly TreeNode[], data: vscode.DataTransfer): void {
    const uris = nodes.flatMap((node) => (node.kind === 'article' ? [node.entry.uri.toString()] : []));
    if (uris.length > 0) data.set(URI_LIST, new vscode.DataTransferItem(uris.join('\r\n')));
  }

  async handleDrop(target: TreeNode | undefined, dropped: vscode.DataTransfer): Promise<void> {
    const uris = await urisOf(dropped);
    // An article that was taken from the view itself is in the corpus already.
    const foreign = uris.filter((uri) => !this.store.catalog.entry(uri));
    const files = uris.length > 0 ? foreign : await filesOf(dropped);
    if (files.length === 0) return;
    const folder = target && folderOf(target);
    // Nothing waits for it: the view shows that it is busy as long as this runs.
    void vscode.commands.executeCommand('corpusAnnotator.import', { files, ...(folder && { folder }) });
  }
}

async function urisOf(dropped: vscode.DataTransfer): Promise<vscode.Uri[]> {
  const list = await dropped.get(URI_LIST)?.asString();
  return (list ?? '')
    .split(/[\r\n]+/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line));
}

interface Content {
  readonly name: string;
  readonly data: () => Promise<Uint8Array>;
}

/**
 * Files from outside of the editor. In a browser they have no place, only a content, which can be had while the
 * drop is handled, and no longer.
 */
async function filesOf(dropped: vscode.DataTransfer): Promise<(vscode.Uri | Content)[]> {
  const files = [...dropped].flatMap(([, item]) => item.asFile() ?? []);
  return Promise.all(
    files.map(async (file) => {
      if (file.uri) return file.uri;
      const bytes = await file.data();
      return { name: file.name, data: () => Promise.resolve(bytes) };
    }),
  );
}

function folderOf(node: TreeNode): vscode.Uri {
  if (node.kind === 'article') return vscode.Uri.joinPath(node.entry.uri, '..');
  if (node.kind === 'range') return folderOf(node.parent);
  return vscode.Uri.joinPath(node.corpus.root, node.path);
}
