import * as vscode from 'vscode';
import { baseName } from '../../core/sidecar/name';
import { repairedSource, type Repair } from '../../workspace/steps/repair';
import type { CorpusStore } from '../../workspace/store';

const SCHEME = 'corpus-annotator-repaired';

/** Shows what a repair would change in a sidecar, in the editor for differences. */
export class Changes implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly store: CorpusStore) {}

  dispose(): void {
    vscode.Disposable.from(this.registration, this.changed).dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const entry = this.store.catalog.entry(vscode.Uri.parse(uri.query, true));
    return (entry && (await repairedSource(this.store, entry, uri.fragment))) ?? '';
  }

  /** Sidecar now ↔ repaired; the focus stays where it is. */
  async show({ entry, layer }: Repair): Promise<void> {
    const sidecar = entry.sidecarOf(layer);
    const about = { query: entry.key, fragment: layer };
    const repaired = vscode.Uri.from({ scheme: SCHEME, path: sidecar.path, ...about });
    this.changed.fire(repaired);
    const title = vscode.l10n.t('{0} (now ↔ repaired)', baseName(sidecar.path));
    await vscode.commands.executeCommand('vscode.diff', sidecar, repaired, title, {
      preview: true,
      preserveFocus: true,
    });
  }

  /** Closes what {@link show} opened. */
  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME,
    );
    if (shown.length > 0) await vscode.window.tabGroups.close(shown, true);
  }
}
