import * as vscode from 'vscode';
import { withContrast } from '../../core/color';
import type { LiveArticle } from '../../workspace/open/live-article';
import { toRange } from '../../workspace/files/positions';
import type { Proposal } from '../../core/suggest/proposer';
import type { CorpusStore } from '../../workspace/store';
import type { ShownSuggestions } from '../../workspace/asking/shown-suggestions';
import { DARK, labelColor, LIGHT } from '../shared/icons';
import { labelCss, lineCss, withImages, type Stroke } from '../shared/span-css';
import { isUnsure } from '../shared/suggestion-source';

/** What a type's key has before the label. */
const [SURE, UNSURE] = ['!', '?'];

interface Drawn extends Pick<LiveArticle, 'index'> {
  readonly group: readonly Proposal[];
}

/**
 * Draws suggestions as a dashed line below the text, with their label, without the tint and the edges of entities; those
 * that are not sure as a dotted one, with a second question mark.
 */
export class SuggestionPainter implements vscode.Disposable {
  /** By label and its colour. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  /** What each editor shows of each type, so that only what changed is sent to it. */
  private drawn = new WeakMap<vscode.TextEditor, Map<string, Drawn>>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly store: CorpusStore,
    private readonly shown: ShownSuggestions,
  ) {
    const all = () => store.live.all.forEach((article) => this.paint(article));
    this.subscription = vscode.Disposable.from(
      shown.onDidChange((article) => this.paint(article)),
      store.catalog.onDidChangeLabels(all),
      vscode.window.onDidChangeVisibleTextEditors(all),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('corpusAnnotator.showLabels')) return;
        this.forgetTypes();
        all();
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    this.forgetTypes();
  }

  private forgetTypes(): void {
    this.types.forEach((type) => type.dispose());
    this.types.clear();
    this.drawn = new WeakMap();
  }

  private paint(article: LiveArticle): void {
    const editors = vscode.window.visibleTextEditors.filter(({ document }) => document === article.document);
    if (editors.length === 0) return;
    const corpus = this.store.catalog.entry(article.uri)?.corpus;
    const groups = new Map<string, Proposal[]>([...this.types.keys()].map((key) => [key, []]));
    for (const suggestion of this.shown.of(article)) {
      const { label } = suggestion;
      const key = `${labelColor(corpus, label)} ${isUnsure(suggestion) ? UNSURE : SURE}${label}`;
      const group = groups.get(key);
      if (group) group.push(suggestion);
      else groups.set(key, [suggestion]);
    }
    const { index } = article;
    for (const editor of editors) {
      const drawn = this.drawn.get(editor) ?? new Map<string, Drawn>();
      this.drawn.set(editor, drawn);
      for (const [key, group] of groups) {
        const before = drawn.get(key);
        if (before ? before.index === index && isSame(before.group, group) : group.length === 0) continue;
        drawn.set(key, { index, group });
        const ranges = group.map((span) => toRange(article.document, index, span));
        editor.setDecorations(this.typeOf(key), ranges);
      }
    }
  }

  private typeOf(key: string): vscode.TextEditorDecorationType {
    let type = this.types.get(key);
    if (!type) {
      const [color, name] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      const stroke = name.startsWith(UNSURE) ? 'dotted' : 'dashed';
      const label = `${name.slice(1)}${stroke === 'dotted' ? '??' : '?'}`;
      type = vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        light: shade(label, color, LIGHT, stroke),
        dark: shade(label, color, DARK, stroke),
      });
      this.types.set(key, type);
    }
    return type;
  }
}

function shade(
  label: string,
  color: string,
  background: string,
  stroke: Stroke,
): vscode.ThemableDecorationRenderOptions {
  const hasLabel = vscode.workspace.getConfiguration('corpusAnnotator').get<boolean>('showLabels', true);
  const line = lineCss(withContrast(color, background, 3), stroke, 0);
  const tag = hasLabel ? labelCss(label, withContrast(color, background, 4.5), 'end') : '';
  return { backgroundColor: withImages('transparent', line, tag) };
}

function isSame(a: readonly Proposal[], b: readonly Proposal[]): boolean {
  return a.length === b.length && a.every(({ start, end }, i) => start === b[i]!.start && end === b[i]!.end);
}
