import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';

const SETTING = 'labelHints';

/** The labels behind each mention, in the editor's hints; off unless a setting asks for it. */
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
    // Those that end at one place have one hint, as several would run into each other.
    const endingAt = new Map<number, string[]>();
    // What is within another one comes after it, and its label is to stand first.
    for (const { broken, end, label } of entities)
      if (!broken) endingAt.set(end, [label, ...(endingAt.get(end) ?? [])]);
    return [...endingAt]
      .map(([end, labels]) => ({ labels, position: document.positionAt(index.toUtf16(end)) }))
      .filter(({ position }) => range.contains(position))
      .map(({ labels, position }) => {
        const hint = new vscode.InlayHint(position, labels.join(' · '), vscode.InlayHintKind.Type);
        hint.paddingLeft = true;
        // In Chinese, the text goes on without a space.
        hint.paddingRight = true;
        return hint;
      });
  }
}
