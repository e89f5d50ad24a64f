import * as vscode from 'vscode';
import type { Entity } from '../../core/entity';
import type { LiveArticle } from '../../workspace/live-article';
import { entityRange } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';
import { labelColor } from '../shared/icons';
import { BROKEN, groupByType, readKey } from './groups';
import { levelsOf, type Level } from './levels';
import { brokenType, decorationType, type Look } from './style';

/** Above this many entities, those near the visible lines are drawn first and the rest after a pause. */
const DRAWN_AT_ONCE = 1500;
/** Lines drawn first above and below the visible ones. */
const MARGIN = 30;
/** How long the rest waits, in ms; scrolling and typing start it again. */
const PAUSE = 120;

/** Draws the entities of every visible article in their labels' colours. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const painter = new Painter(store);
  const repaint = () => painter.restyle();
  context.subscriptions.push(
    painter,
    store.onDidChangeEntities((article) => painter.schedule(article)),
    store.onDidChangeLabels(repaint),
    vscode.window.onDidChangeActiveColorTheme(repaint),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const settings = ['highlightStyle', 'showLabels'];
      if (settings.some((name) => event.affectsConfiguration(`corpusAnnotator.${name}`))) repaint();
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => painter.paintAll()),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      const article = store.loadedArticle(textEditor.document.uri);
      if (article && article.entities.length > DRAWN_AT_ONCE) painter.schedule(article);
    }),
  );
}

class Painter implements vscode.Disposable {
  /** By the keys of `groupByType`. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  /** What each editor shows of each type, so that only what changed is sent to it. */
  private readonly shown = new WeakMap<vscode.TextEditor, Map<string, readonly Entity[]>>();
  /** By the list of an article's entities, which is another one after each change. */
  private readonly levels = new WeakMap<readonly Entity[], ReadonlyMap<Entity, Level>>();
  private readonly scheduled = new Set<LiveArticle>();
  private readonly rest = new Map<LiveArticle, ReturnType<typeof setTimeout>>();

  constructor(private readonly store: CorpusStore) {}

  dispose(): void {
    for (const timer of this.rest.values()) clearTimeout(timer);
    for (const type of this.types.values()) type.dispose();
  }

  /** Colours, theme or setting changed: all types are made anew. */
  restyle(): void {
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
    for (const editor of vscode.window.visibleTextEditors) this.shown.delete(editor);
    this.paintAll();
  }

  paintAll(): void {
    for (const article of this.store.loadedArticles) this.schedule(article);
  }

  /** Paints an article once what is happening now is done: several changes at once are one painting. */
  schedule(article: LiveArticle): void {
    if (this.scheduled.has(article)) return;
    this.scheduled.add(article);
    queueMicrotask(() => {
      this.scheduled.delete(article);
      this.paint(article);
    });
  }

  private paint(article: LiveArticle): void {
    const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === article.document);
    if (editors.length === 0) return;
    clearTimeout(this.rest.get(article));
    if (article.entities.length <= DRAWN_AT_ONCE) {
      for (const editor of editors) this.draw(editor, article, article.entities);
      return;
    }
    for (const editor of editors) this.draw(editor, article, nearVisible(editor, article));
    this.rest.set(
      article,
      setTimeout(() => {
        this.rest.delete(article);
        for (const editor of editors) this.draw(editor, article, article.entities);
      }, PAUSE),
    );
  }

  private draw(editor: vscode.TextEditor, article: LiveArticle, entities: readonly Entity[]): void {
    const groups = groupByType(entities, this.levelsIn(article));
    const shown = this.shown.get(editor) ?? new Map<string, readonly Entity[]>();
    this.shown.set(editor, shown);
    for (const key of shown.keys()) if (!groups.has(key)) groups.set(key, []);
    for (const [key, group] of groups) {
      if (isSameList(shown.get(key), group)) continue;
      shown.set(key, group);
      editor.setDecorations(
        this.typeOf(key, article),
        group.map((entity) => entityRange(article.document, article.index, entity)),
      );
    }
  }

  /** Of all entities, so that what is scrolled to keeps its line. */
  private levelsIn({ entities }: LiveArticle): ReadonlyMap<Entity, Level> {
    let levels = this.levels.get(entities);
    if (!levels) this.levels.set(entities, (levels = levelsOf(entities)));
    return levels;
  }

  private typeOf(key: string, article: LiveArticle): vscode.TextEditorDecorationType {
    const known = this.types.get(key);
    if (known) return known;
    const type = key === BROKEN ? brokenType() : this.makeType(key, article);
    this.types.set(key, type);
    return type;
  }

  private makeType(key: string, article: LiveArticle): vscode.TextEditorDecorationType {
    const { label, ...look } = readKey(key);
    return decorationType(label, labelColor(this.store.entry(article.uri)?.corpus, label), {
      ...look,
      ...themeLook(),
    });
  }
}

function themeLook(): Pick<Look, 'style' | 'hasLabel' | 'isHighContrast'> {
  const { HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  const { kind } = vscode.window.activeColorTheme;
  const settings = vscode.workspace.getConfiguration('corpusAnnotator');
  const style = settings.get<Look['style']>('highlightStyle', 'background');
  const hasLabel = settings.get<boolean>('showLabels', true);
  return { style, hasLabel, isHighContrast: kind === HighContrast || kind === HighContrastLight };
}

function isSameList(a: readonly Entity[] | undefined, b: readonly Entity[]): boolean {
  return a !== undefined && a.length === b.length && a.every((entity, i) => entity === b[i]);
}

/** The entities on the visible lines and some around them. */
function nearVisible(editor: vscode.TextEditor, article: LiveArticle): Entity[] {
  const { document, index } = article;
  const spans = editor.visibleRanges.map(({ start, end }) => {
    const first = document.offsetAt(new vscode.Position(Math.max(0, start.line - MARGIN), 0));
    const last = document.offsetAt(new vscode.Position(end.line + MARGIN, 0));
    return { start: index.toCodePoint(first), end: index.toCodePoint(last) };
  });
  return article.entities.filter((entity) =>
    spans.some((span) => entity.start < span.end && entity.end > span.start),
  );
}
