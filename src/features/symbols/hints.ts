import * as vscode from 'vscode';
import { toRange } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';

const SETTING = 'labelHints';

/** The label behind each mention, in the editor's hints; off unless a setting asks for it. */
export class LabelHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly following: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.following = vscode.Disposable.from(
      store.onDidChangeEntities(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`corpusAnnotator.${SETTING}`)) this.changed.fire();
      }),
    );
  }

  dispose(): void {
    this.following.dispose();
    this.changed.dispose();
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const isOn = vscode.workspace.getConfiguration('corpusAnnotator', document.uri).get<boolean>(SETTING);
    const article = isOn ? this.store.loadedArticle(document.uri) : undefined;
    if (!article) return [];
    const { index, entities } = article;
    return entities
      .filter(({ broken }) => !broken)
      .map((entity) => ({ entity, place: toRange(document, index, entity) }))
      .filter(({ place }) => range.contains(place.end))
      .map(({ entity, place }) => {
        const hint = new vscode.InlayHint(place.end, entity.label, vscode.InlayHintKind.Type);
        hint.paddingLeft = true;
        return hint;
      });
  }
}
