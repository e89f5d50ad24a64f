import * as vscode from 'vscode';
import { withContrast } from '../../core/color';
import type { Context } from '../../core/concordance/lines';
import { oneLine } from '../../core/concordance/lines';
import { InvalidPattern } from '../../core/concordance/query';
import { Concordance, MOST_LINES, type CorpusLine } from '../../workspace/asking/concordance';
import { isBackwards, type ConcordanceRequest } from '../../workspace/asking/concordance-request';
import { PatternTooSlow } from '../../workspace/asking/pattern-search';
import type { CorpusStore } from '../../workspace/store';
import { DARK, labelColor, LIGHT } from '../shared/icons';
import { attempt, say } from '../shared/messages';
import { showSpan } from '../shared/targets';
import { readKept } from './argument';
import { exportLines } from './export';
import { showPage } from '../shared/page';
import { bodyHtml } from './body';
import type { Chosen, FromPage, Kept, RowView, ToPage } from './protocol';
import { spokenLine } from './spoken';

export const VIEW_TYPE = 'corpusAnnotator.concordance';
const IN_LIST = 'corpusAnnotator.concordance.inList';

/** How often progress is told, in ms. */
const PAUSE = 100;
/** More rows are never asked for at once. */
const MOST_ROWS = 1000;
/** What the page says of a version is understood as long as there are no more after it. */
const MOST_VERSIONS = 8;

/** The tab with the concordance: what the page asks for, and what it shows. */
export class ConcordancePanel implements vscode.Disposable {
  readonly concordance: Concordance;
  private readonly subscriptions: vscode.Disposable;
  private version = 0;
  private chosen: Chosen = { active: 0, anchor: 0 };
  private turn = 0;
  /** The last search of the page, and the last that has its answer. */
  private search = 0;
  private answered = 0;
  private isReady = false;
  private problem = '';
  private focusOn: 'search' | 'list' | undefined;

  constructor(
    private readonly store: CorpusStore,
    private readonly panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    onDispose: () => void,
    kept?: unknown,
  ) {
    this.concordance = new Concordance(store);
    const { request, order } = readKept(kept);
    this.concordance.request = request;
    this.concordance.order = order;
    this.subscriptions = vscode.Disposable.from(
      this.concordance,
      panel.webview.onDidReceiveMessage((message: FromPage) => void attempt(() => this.receive(message))),
      panel.onDidChangeViewState(() => {
        // A page that is hidden is gone; it says that it is ready when it is shown again.
        if (!panel.visible) this.isReady = false;
        if (!panel.active) void setInList(false);
      }),
      panel.onDidDispose(() => {
        void setInList(false);
        onDispose();
      }),
      this.concordance.onDidChange(() => this.showLines()),
      store.catalog.onDidChangeLabels(() => this.showForm()),
      store.catalog.onDidChangeCorpora(() => this.showForm()),
    );
    const { t } = vscode.l10n;
    showPage(panel.webview, extension, {
      name: 'concordance',
      title: t('Concordance'),
      body: bodyHtml(),
      texts: { 'any-label': t('Any label') },
    });
    if (kept !== undefined) void this.find(request);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** The lines that a command is about. @param numbers of lines, from 0; those that are chosen where it is missing */
  linesAt(numbers?: readonly number[]): CorpusLine[] {
    const { lines } = this.concordance;
    if (numbers) return numbers.flatMap((number) => lines[number] ?? []);
    const { active, anchor } = this.chosen;
    return lines.slice(Math.min(active, anchor), Math.max(active, anchor) + 1);
  }

  /** Brings the panel to the front, with the focus in the search box or, once there is one, the list. */
  reveal(on: 'search' | 'list'): void {
    this.focusOn = on;
    this.panel.reveal();
    if (this.isReady) this.giveFocus();
  }

  /** Looks for something. @returns how many lines there are */
  async find(request: ConcordanceRequest, order = this.concordance.order): Promise<number> {
    const { t } = vscode.l10n;
    const { concordance } = this;
    let told = 0;
    this.showProblem(
      isBackwards(request) ? t('“From” is later than “To”: there is no day between them.') : '',
    );
    try {
      const finding = concordance.find(request, order, (done, of) => {
        if (performance.now() - told < PAUSE) return;
        told = performance.now();
        this.post({ type: 'progress', share: done / of, text: t('{0} of {1} articles', done, of) });
      });
      this.showForm();
      this.post({ type: 'progress', share: 0, text: t('Searching…') });
      await finding;
      this.chosen = { active: 0, anchor: 0 };
    } catch (error) {
      if (error instanceof InvalidPattern)
        this.showProblem(t('Not a regular expression: {0}.', error.message));
      else if (error instanceof PatternTooSlow)
        this.showProblem(
          t(
            'This regular expression takes too long on some text and was stopped. Make it simpler: a repetition within a repetition, as in (a+)+, tries every way to divide a text.',
          ),
        );
      else throw error;
    }
    if (concordance.request !== request) return concordance.lines.length;
    this.post({ type: 'progress' });
    this.answered = this.search;
    this.showLines(false);
    return concordance.lines.length;
  }

  async sort(order: Kept['order']): Promise<void> {
    this.post({ type: 'progress', share: 0, text: vscode.l10n.t('Sorting…') });
    await this.concordance.sort(order);
    this.post({ type: 'progress' });
    this.showForm();
    this.chosen = { active: 0, anchor: 0 };
    this.showLines(false);
  }

  async export(file?: vscode.Uri): Promise<number | undefined> {
    return exportLines(this.concordance, file);
  }

  private post(message: ToPage): void {
    if (this.isReady) void this.panel.webview.postMessage(message);
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.search = this.answered = 0;
        this.showForm();
        this.showProblem(this.problem);
        this.showLines(false);
        return this.giveFocus();
      case 'search':
        this.search = message.search;
        await this.find(readKept(message).request);
        return;
      case 'sort':
        return this.sort(readKept(message).order);
      case 'rows':
        return this.sendRows(message);
      case 'choose':
        this.turn = message.turn;
        return this.choose(message);
      case 'inList':
        await setInList(message.isIn);
        return this.post({ type: 'keys', areOn: message.isIn });
      case 'open':
        return this.open(message.keepFocus);
      case 'stop':
        return this.concordance.stop();
      case 'export':
        await vscode.commands.executeCommand('corpusAnnotator.exportConcordance');
    }
  }

  /** The page may have chosen lines before it knew that they changed: the next key is about those lines. */
  private choose(message: FromPage & { type: 'choose' }): void {
    const seen = this.versions.get(message.version);
    if (!seen) return;
    const chosen = seen === this.shown ? message : moved(message, seen, this.shown);
    this.chosen = clamp(chosen, this.shown.length);
  }

  private giveFocus(): void {
    if (this.focusOn) this.post({ type: 'focus', on: this.focusOn });
    this.focusOn = undefined;
  }

  private showForm(): void {
    const { request, order } = this.concordance;
    const labels = new Set(
      this.store.catalog.corpora.flatMap(({ labelSet }) => labelSet.labels.map(({ name }) => name)),
    );
    for (const label of this.store.catalog.index.tables.labels) labels.add(label);
    if (request.query.label !== '') labels.add(request.query.label);
    this.post({ type: 'form', labels: [...labels], search: this.search, request, order });
  }

  /** Says what is wrong with what is asked for; a page that comes back says it, too. */
  private showProblem(text: string): void {
    this.problem = text;
    this.post({ type: 'problem', text });
  }

  /** @param follows whether the chosen lines stay chosen, wherever they are by now */
  private showLines(follows = true): void {
    const { lines } = this.concordance;
    if (follows && this.shown !== lines) this.chosen = moved(this.chosen, this.shown, lines);
    this.shown = lines;
    this.chosen = clamp(this.chosen, lines.length);
    this.version++;
    this.versions.set(this.version, lines);
    this.versions.delete(this.version - MOST_VERSIONS);
    const { version, turn, answered: search } = this;
    this.post({
      ...{ type: 'lines', version, total: lines.length, note: this.note(), turn, search },
      ...this.chosen,
    });
  }

  /** The lines that the page has, or will ask for. */
  private shown: readonly CorpusLine[] = [];
  /** The lines of the last versions that the page was told of. */
  private readonly versions = new Map<number, readonly CorpusLine[]>();

  private note(): string {
    const { t } = vscode.l10n;
    const { lines, outcome, isAsked, request } = this.concordance;
    const count = lines.length.toLocaleString(vscode.env.language);
    // An expression that is not one has its own message, and so have dates that leave no day.
    if (!isAsked) return request.query.text === '' ? t('Type a word, or choose a label.') : '';
    if (isBackwards(request)) return '';
    if (outcome === 'cut')
      return t('The first {0} lines. Narrow the query to see the others.', MOST_LINES.toLocaleString());
    if (outcome === 'stopped') return t('{0} lines; the search was stopped.', count);
    return lines.length === 1 ? t('1 line') : t('{0} lines', count);
  }

  private async sendRows({ version, from, to }: FromPage & { type: 'rows' }): Promise<void> {
    if (version !== this.version) return;
    const lines = this.concordance.lines.slice(from, Math.min(to, from + MOST_ROWS));
    const contexts = await this.concordance.contexts(lines);
    const rows = lines.map((line, i) => rowOf(line, contexts[i]!));
    if (version === this.version) this.post({ type: 'rows', version, from, rows });
  }

  private async open(preserveFocus: boolean): Promise<void> {
    const line = this.concordance.lines[this.chosen.active];
    if (!line) return;
    const article = await this.store.live.open(await vscode.workspace.openTextDocument(line.entry.uri));
    const others = vscode.window.tabGroups.all.filter(
      ({ viewColumn }) => viewColumn !== this.panel.viewColumn,
    );
    const viewColumn = others[0]?.viewColumn ?? vscode.ViewColumn.Beside;
    if (article) await showSpan(article, line, { preserveFocus, preview: true, viewColumn });
    else say(vscode.l10n.t('{0} is no article of the corpus any more.', line.entry.path));
  }
}

async function setInList(isIn: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', IN_LIST, isIn);
}

function clamp({ active, anchor }: Chosen, total: number): Chosen {
  const within = (number: number) => Math.max(0, Math.min(number, total - 1));
  return { active: within(active), anchor: within(anchor) };
}

/** Where the chosen lines are in a list that changed; where one is gone, the line in its place alone. */
function moved(chosen: Chosen, before: readonly CorpusLine[], after: readonly CorpusLine[]): Chosen {
  const find = (number: number) => {
    const line = before[number];
    const same = after.findIndex(
      (one) => line && one.entry === line.entry && one.start === line.start && one.end === line.end,
    );
    return same < 0 ? undefined : same;
  };
  const [active, anchor] = [find(chosen.active), find(chosen.anchor)];
  if (active !== undefined && anchor !== undefined) return { active, anchor };
  const alone = active ?? Math.min(chosen.active, chosen.anchor);
  return { active: alone, anchor: alone };
}

function rowOf(line: CorpusLine, context: Context): RowView {
  const { entry, label, state } = line;
  const color = label === undefined ? undefined : labelColor(entry.corpus, label);
  const row = {
    ...context,
    label: label ?? '',
    light: color ? withContrast(color, LIGHT, 4.5) : '',
    dark: color ? withContrast(color, DARK, 4.5) : '',
    state,
    article: oneLine(entry.path),
    date: entry.summary.date ?? '',
  };
  return { ...row, spoken: spokenLine(row) };
}
