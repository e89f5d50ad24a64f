import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { labelColor } from '../shared/icons';
import { BROKEN, groupByType, readKey } from './groups';
import { placesOf } from './levels';
import { brokenType, decorationType, type Look } from './style';

/** Where more than this many ranges are to be sent, those near the visible lines are first and the rest after a pause. */
const DRAWN_AT_ONCE = 300;
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
    store.live.onDidChangeEntities((article) => painter.schedule(article)),
    store.catalog.onDidChangeLabels(repaint),
    vscode.window.onDidChangeActiveColorTheme(repaint),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const settings = ['highlightStyle', 'showLabels'];
      if (settings.some((name) => event.affectsConfiguration(`corpusAnnotator.${name}`))) repaint();
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => painter.paintAll()),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      const article = store.live.at(textEditor.document.uri);
      if (article && article.entities.length > DRAWN_AT_ONCE) painter.schedule(article);
    }),
  );
}

type Group = readonly [key: string, entities: readonly Entity[]];
type Groups = ReadonlyMap<string, readonly Entity[]>;
const NONE: readonly Entity[] = [];

class Painter implements vscode.Disposable {
  /** By the keys of `groupByType`. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  /** What each editor shows of each type, so that only what changed is sent to it. */
  private readonly shown = new WeakMap<vscode.TextEditor, Map<string, readonly Entity[]>>();
  /** By the list of an article's entities, which is another one after each change. */
  private readonly groups = new WeakMap<readonly Entity[], Groups>();
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
    for (const article of this.store.live.all) this.schedule(article);
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
    this.rest.delete(article);
    const all = this.groupsOf(article);
    const draw = (editor: vscode.TextEditor) => {
      const changed = this.changed(editor, all);
      const ranges = changed.reduce((sum, [, group]) => sum + group.length, 0);
      if (ranges <= DRAWN_AT_ONCE) return this.send(editor, article, changed);
      const isNear = nearVisible(editor, article);
      const near = changed.map(([key, group]) => [key, group.filter(isNear)] as const);
      this.send(editor, article, this.changed(editor, near));
      this.rest.set(
        article,
        setTimeout(() => {
          this.rest.delete(article);
          for (const one of editors) this.send(one, article, this.changed(one, all));
        }, PAUSE),
      );
    };
    editors.forEach(draw);
  }

  /** The types of which an editor shows other entities, as far as they are given and where none are. */
  private changed(editor: vscode.TextEditor, groups: Iterable<Group>): Group[] {
    const shown = this.shown.get(editor);
    return [...groups].filter(([key, group]) => !isSameList(shown?.get(key) ?? NONE, group));
  }

  private send(editor: vscode.TextEditor, article: LiveArticle, groups: readonly Group[]): void {
    const shown = this.shown.get(editor) ?? new Map<string, readonly Entity[]>();
    this.shown.set(editor, shown);
    for (const [key, group] of groups) {
      shown.set(key, group);
      editor.setDecorations(
        this.typeOf(key, article),
        group.map((entity) => entityRange(article.document, article.index, entity)),
      );
    }
  }

  /** The entities of an article by type, and none for types that it has no longer. */
  private groupsOf({ entities }: LiveArticle): Groups {
    let groups = this.groups.get(entities);
    // All of them, so that what is scrolled to keeps its line.
    if (!groups) this.groups.set(entities, (groups = groupByType(entities, placesOf(entities))));
    const gone = [...this.types.keys()].filter((key) => !groups.has(key));
    return gone.length > 0 ? new Map([...groups, ...gone.map((key) => [key, NONE] as const)]) : groups;
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
    return decorationType(label, labelColor(this.store.catalog.entry(article.uri)?.corpus, label), {
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

function isSameList(a: readonly Entity[], b: readonly Entity[]): boolean {
  return a === b || (a.length === b.length && a.every((entity, i) => entity === b[i]));
}

/** Tells the entities on the visible lines and some around them. */
function nearVisible(editor: vscode.TextEditor, article: LiveArticle): (entity: Entity) => boolean {
  const { document, index } = article;
  const spans = editor.visibleRanges.map(({ start, end }) => {
    const first = document.offsetAt(new vscode.Position(Math.max(0, start.line - MARGIN), 0));
    const last = document.offsetAt(new vscode.Position(end.line + MARGIN, 0));
    return { start: index.toCodePoint(first), end: index.toCodePoint(last) };
  });
  return (entity) => spans.some((span) => entity.start < span.end && entity.end > span.start);
}
