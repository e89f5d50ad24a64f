import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { baseName } from '../../core/sidecar/name';
import type { Span } from '../../core/text';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { CorpusStore } from '../../workspace/store';
import type { CurrentArticle } from '../shared/current-article';
import { rowsOfKey } from '../shared/rows-of-key';
import type { EntityArgument } from '../shared/targets';
import type { VersionOwners } from '../shared/version-owners';
import { isActive, NO_FILTER, readFilter, type Filter } from './filter';
import { entityTooltip, toTreeItem } from './item';
import { countText, messageOf } from './message';
import { Returned } from './returned';
import { Rows, type EntityRow, type Row, type SuggestionRow } from './rows';

/** How long changes are gathered before the rows follow, in ms. */
const PAUSE = 60;
/** More rows than this are drawn again all at once. */
const MANY = 50;

const FILTER_KEY = 'entities.filter';
const GROUPED_KEY = 'entities.isGrouped';

export class EntitiesView implements vscode.Disposable, vscode.TreeDataProvider<Row> {
  filter: Filter;
  private isGrouped: boolean;
  private isStale = true;
  /** What the menus were told last. */
  private inConflict = false;
  private readonly rows = new Rows();
  private readonly returned = new Returned();
  private readonly treeChanged = new vscode.EventEmitter<Row[] | undefined>();
  readonly onDidChangeTreeData = this.treeChanged.event;
  private readonly shown = new vscode.EventEmitter<void>();
  /** The rows are visible, of an article that they were not visible of before. */
  readonly onDidShow = this.shown.event;
  private readonly chosen = new vscode.EventEmitter<void>();
  /** A person chose rows; see {@link select}. */
  readonly onDidChoose = this.chosen.event;
  /** The entity whose row was asked for last, until another one is chosen. */
  private sought: string | undefined;
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: CorpusStore,
    private readonly current: CurrentArticle,
    private readonly state: vscode.Memento,
    private readonly owners: VersionOwners,
  ) {
    this.filter = readFilter(state.get(FILTER_KEY)) ?? NO_FILTER;
    this.isGrouped = state.get(GROUPED_KEY, false);
    this.view = vscode.window.createTreeView('corpusAnnotator.entities', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: false,
      manageCheckboxStateManually: true,
    });
    this.subscriptions = vscode.Disposable.from(
      this.view,
      this.treeChanged,
      this.shown,
      this.chosen,
      this.view.onDidChangeSelection(() => {
        // The window may tell of what was asked for when the cursor is elsewhere already.
        if (this.selectedEntity?.id === this.sought) return;
        this.sought = undefined;
        this.chosen.fire();
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        this.refresh();
        this.shown.fire();
      }),
      this.view.onDidChangeCheckboxState(({ items }) => void this.review(items)),
      current.onDidChange(() => {
        this.refresh();
        this.updateContexts();
        if (this.isVisible) this.shown.fire();
      }),
      store.live.onDidChangeEntities((article) => {
        if (article === current.article) this.schedule();
      }),
      store.suggestions.onDidChange((article) => {
        if (article === current.article) this.schedule();
      }),
      store.catalog.onDidChangeLabels(() => this.refresh(true)),
      store.onDidChangeMode(() => this.showMessage()),
    );
    this.refresh();
    this.updateContexts();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  get isVisible(): boolean {
    return this.view.visible;
  }

  /** The entity of the one row that is selected. */
  get selectedEntity(): Entity | undefined {
    const row = this.selectedRow;
    return row?.kind === 'entity' ? this.rows.entity(row.id)?.entity : undefined;
  }

  /** The place of the one row that is selected, where that is a candidate or a suggestion. */
  get selectedPlace(): Span | undefined {
    const row = this.selectedRow;
    if (row?.kind === 'suggestion') return row.suggestion;
    return row?.kind === 'candidate' ? row.span : undefined;
  }

  private get selectedRow(): Row | undefined {
    const [row, ...others] = this.view.selection;
    return others.length === 0 ? row : undefined;
  }

  /** Selects the row of an entity if it is shown; the focus stays where it is. */
  select(id: string): void {
    if (!this.isVisible) return;
    this.refresh();
    this.reveal(id);
  }

  private reveal(id: string, tries = 3): void {
    const row = this.rows.entity(id);
    if (!row) return;
    this.sought = id;
    // The editor does not find a row while it draws the rows anew.
    const again = () => this.sought === id && tries > 1 && this.reveal(id, tries - 1);
    void this.view.reveal(row).then(undefined, () => setTimeout(again, PAUSE));
  }

  /** Goes on to the next entity that is to place, unfolded, after the one at `position` among them was placed. */
  async unfoldToPlace(position: number): Promise<void> {
    if (!this.isVisible) return;
    this.refresh();
    const { toPlace } = this.rows;
    const row = toPlace[position] ?? toPlace.at(-1);
    if (row) await this.view.reveal(row, { select: true, focus: true, expand: true });
  }

  /** Where an entity stands among those that are to place. */
  positionToPlace(id: string): number {
    return this.rows.toPlace.findIndex((row) => row.id === id);
  }

  /** Where a suggestion stands among those that are shown. */
  positionOfSuggestion({ key }: SuggestionRow): number {
    return this.rows.suggestions.findIndex((row) => row.key === key);
  }

  /** Goes on to the suggestion that is at a position now, else to the last one. */
  async selectSuggestion(position: number): Promise<void> {
    if (!this.isVisible) return;
    this.refresh();
    const { suggestions } = this.rows;
    const row = suggestions[position] ?? suggestions.at(-1);
    if (row?.parent) await this.view.reveal(row, { select: true, focus: true });
  }

  /** The entities of rows, those of a group included. */
  argumentOf(rows: readonly Row[]): EntityArgument | undefined {
    const entities = rows.flatMap(entityRows);
    const article = entities[0]?.article;
    if (article === undefined) return undefined;
    const ids = entities.filter((row) => row.article === article).map(({ id }) => id);
    return { article, ids: [...new Set(ids)] };
  }

  /** The rows that a key is about. */
  rowsOfKey(): Promise<readonly Row[]> {
    return rowsOfKey(this.view);
  }

  async setFilter(filter: Filter): Promise<void> {
    this.filter = filter;
    this.refresh(true);
    this.updateContexts();
    await this.state.update(FILTER_KEY, isActive(filter) ? filter : undefined);
  }

  async setGrouped(isGrouped: boolean): Promise<void> {
    this.isGrouped = isGrouped;
    this.refresh(true);
    this.updateContexts();
    await this.state.update(GROUPED_KEY, isGrouped);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const owner = row.kind === 'entity' ? this.owners.describe(row.article, row.entity) : undefined;
    return toTreeItem(row, this.corpus, owner);
  }

  getChildren(row?: Row): Row[] {
    if (row?.kind === 'entity') return [...this.rows.placesOf(row)];
    if (row) return 'children' in row ? [...row.children] : [];
    if (this.isStale) this.update();
    return [...this.rows.roots];
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    if (row.kind === 'entity') item.tooltip = entityTooltip(row, this.corpus);
    return item;
  }

  private get corpus(): Corpus | undefined {
    const uri = this.current.article?.uri;
    return uri && this.store.catalog.entry(uri)?.corpus;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  /** Draws again what looks different, or everything. While the view is hidden, rows wait until it is shown. */
  private refresh(everything = false): void {
    clearTimeout(this.timer);
    this.describe();
    if (this.inConflict !== this.isInConflict) this.updateContexts();
    this.isStale = true;
    const returned = this.returned.follow(this.current.article);
    const changed = this.isVisible ? this.update() : [];
    if (everything || changed === 'all' || changed.length > MANY) this.treeChanged.fire(undefined);
    else if (changed.length > 0) this.treeChanged.fire([...changed]);
    if (returned !== undefined && this.isVisible) this.reveal(returned);
  }

  private update(): 'all' | readonly Row[] {
    this.isStale = false;
    const { current, filter, isGrouped, rows } = this;
    const labels = this.corpus?.labelSet.labels.map(({ name }) => name) ?? [];
    const suggestions = current.article && this.store.suggestions.known(current.article);
    const changed = rows.update(current.article, { filter, isGrouped, labels, suggestions });
    this.showMessage();
    return changed;
  }

  private showMessage(): void {
    const { current, filter, rows, store } = this;
    this.view.message = messageOf(current.article, store.mode === 'review', filter, rows.shown);
  }

  /** The counts, behind the view's title; they show while the view is folded, too. */
  private describe(): void {
    const uri = this.current.article?.uri;
    const summary = uri && this.store.catalog.entry(uri)?.summary;
    this.view.description =
      uri && summary ? `${countText(summary.entities, summary.unreviewed)} · ${baseName(uri.path)}` : '';
  }

  private get isInConflict(): boolean {
    return this.current.article?.refusal?.code === 'sidecar-in-conflict';
  }

  private updateContexts(): void {
    this.inConflict = this.isInConflict;
    const contexts = {
      'corpusAnnotator.hasActiveArticle': this.current.article !== undefined,
      'corpusAnnotator.entities.inConflict': this.inConflict,
      'corpusAnnotator.entities.isFiltered': isActive(this.filter),
      'corpusAnnotator.entities.isGrouped': this.isGrouped,
    };
    for (const [key, value] of Object.entries(contexts))
      void vscode.commands.executeCommand('setContext', key, value);
  }

  /** Several boxes that change at once are one step; the box of a selected row changes all selected ones. */
  private async review(boxes: readonly [Row, vscode.TreeItemCheckboxState][]): Promise<void> {
    const [box] = boxes;
    const { selection } = this.view;
    const isOfAll = box && boxes.length === 1 && selection.length > 1 && selection.includes(box[0]);
    const items = isOfAll ? selection.map((row) => [row, box[1]] as const) : boxes;
    for (const reviewed of [true, false]) {
      const state = reviewed ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked;
      const argument = this.argumentOf(items.filter((item) => item[1] === state).map(([row]) => row));
      if (argument)
        await vscode.commands.executeCommand('corpusAnnotator.toggleReviewed', { ...argument, reviewed });
    }
    // Boxes follow the entities: one that could not be changed goes back.
    this.treeChanged.fire(boxes.map(([row]) => row));
  }
}

/** A row's entities: its own, or all below it; a place or a suggestion is none. */
function entityRows(row: Row): EntityRow[] {
  if ('children' in row) return row.children.flatMap(entityRows);
  return row.kind === 'entity' ? [row] : [];
}
