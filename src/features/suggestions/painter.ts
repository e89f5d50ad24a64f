import * as vscode from 'vscode';
import { withContrast } from '../../core/color';
import type { LiveArticle } from '../../workspace/live-article';
import { toRange } from '../../workspace/positions';
import type { Suggestion } from '../../workspace/suggestions';
import type { CorpusStore } from '../../workspace/store';
import type { ShownSuggestions } from '../../workspace/shown-suggestions';

const [LIGHT, DARK, GREY] = ['#ffffff', '#1f1f1f', '#808080'];

/** Draws suggestions as a dotted line below the text, without the tint and the edges that entities have. */
export class SuggestionPainter implements vscode.Disposable {
  /** By colour. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly store: CorpusStore,
    private readonly shown: ShownSuggestions,
  ) {
    const all = () => store.loadedArticles.forEach((article) => this.paint(article));
    this.subscription = vscode.Disposable.from(
      shown.onDidChange((article) => this.paint(article)),
      store.onDidChangeLabels(all),
      vscode.window.onDidChangeVisibleTextEditors(all),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    this.types.forEach((type) => type.dispose());
  }

  private paint(article: LiveArticle): void {
    const editors = vscode.window.visibleTextEditors.filter(({ document }) => document === article.document);
    if (editors.length === 0) return;
    const corpus = this.store.entry(article.uri)?.corpus;
    const groups = new Map<string, Suggestion[]>([...this.types.keys()].map((color) => [color, []]));
    for (const suggestion of this.shown.of(article)) {
      const color = corpus?.label(suggestion.label)?.color ?? GREY;
      const group = groups.get(color);
      if (group) group.push(suggestion);
      else groups.set(color, [suggestion]);
    }
    for (const [color, group] of groups) {
      const ranges = group.map((span) => toRange(article.document, article.index, span));
      for (const editor of editors) editor.setDecorations(this.typeOf(color), ranges);
    }
  }

  private typeOf(color: string): vscode.TextEditorDecorationType {
    let type = this.types.get(color);
    if (!type) {
      type = vscode.window.createTextEditorDecorationType({
        borderStyle: 'dotted',
        borderWidth: '0 0 2px 0',
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        light: { borderColor: withContrast(color, LIGHT, 3) },
        dark: { borderColor: withContrast(color, DARK, 3) },
      });
      this.types.set(color, type);
    }
    return type;
  }
}
