import * as vscode from 'vscode';
import { nameRuns, widenToRun, type NameRun } from '../../core/name-runs';
import type { Span, TextIndex } from '../../core/text';
import { neighbourOf, untaggedNames } from '../../core/untagged';
import type { Range16, Side } from '../../core/words';
import type { LiveArticle } from '../../workspace/open/live-article';
import { rangeOf16, toRange16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';
import { selectNow, type Press } from '../shared/presses';
import { selectRange, shortText } from '../shared/targets';

/** The names in the texts of articles, found once for each text. */
export class NameFinder {
  private readonly runs = new WeakMap<TextIndex, readonly NameRun[]>();

  constructor(private readonly store: CorpusStore) {}

  runsOf({ index }: LiveArticle): readonly NameRun[] {
    let runs = this.runs.get(index);
    if (!runs) this.runs.set(index, (runs = nameRuns(index.raw)));
    return runs;
  }

  /** What is suggested, else has capitals, and is not tagged. */
  untagged(article: LiveArticle): Range16[] {
    const { index, entities } = article;
    const toRange16 = ({ start, end }: Span) => ({
      start16: index.toUtf16(start),
      end16: index.toUtf16(end),
    });
    return untaggedNames(
      this.runsOf(article),
      entities.filter(({ broken }) => !broken).map(toRange16),
      this.store.suggestions.of(article).map(toRange16),
    );
  }

  /** The article that an editor shows, or a word on why there is none. */
  articleIn(editor: vscode.TextEditor): LiveArticle | undefined {
    const article = this.store.live.at(editor.document.uri);
    if (!article) say(vscode.l10n.t('Open an article of the corpus to tag in it.'));
    return article;
  }

  goToName({ editor, selections: [selection] }: Press, direction: 'next' | 'previous'): boolean {
    const article = editor && this.articleIn(editor);
    if (!article || !selection) return false;
    const names = this.untagged(article);
    const here = toRange16(editor.document, selection);
    const found = neighbourOf(names, here, direction);
    const name = found ?? (direction === 'next' ? names[0] : names.at(-1));
    if (!name) say(this.nothingLeft(article));
    else {
      select(editor, name);
      const said = this.describe(article, name);
      say(found ? said : `${said} · ${wrapped(direction)}`);
    }
    return name !== undefined;
  }

  /** What a name is, and what tags it. */
  private describe(article: LiveArticle, { start16, end16 }: Range16): string {
    const { index } = article;
    const [start, end] = [start16, end16].map((at16) => index.toCodePoint(at16)) as [number, number];
    const text = `“${shortText(index.slice({ start, end }), 40)}”`;
    const suggestion = this.store.suggestions
      .of(article)
      .find((one) => one.start === start && one.end === end);
    return suggestion
      ? vscode.l10n.t('{0} as {1}? k accepts, alt+x refuses', text, suggestion.label)
      : vscode.l10n.t('{0}: a label’s key tags it', text);
  }

  private nothingLeft(article: LiveArticle): string {
    return this.runsOf(article).length > 0
      ? vscode.l10n.t('No untagged name is left in this article.')
      : vscode.l10n.t('No name is known by capital letters here: f shows letters on the words.');
  }

  widenToName({ editor, selections }: Press, side?: Side): boolean {
    const article = editor && this.articleIn(editor);
    if (!article) return false;
    const { document } = editor;
    const ranges = selections.map((selection) => toRange16(document, selection));
    const wider = ranges.map((range) => widenToRun(article.index.raw, this.runsOf(article), range, side));
    const isWider = wider.some((range, i) => range !== ranges[i]);
    if (isWider)
      void selectNow(
        editor,
        wider.map((range) => selectionOf(document, range)),
      );
    else say(vscode.l10n.t('There is no name here to widen to.'));
    return isWider;
  }
}

function wrapped(direction: 'next' | 'previous'): string {
  return direction === 'next'
    ? vscode.l10n.t('from the beginning again')
    : vscode.l10n.t('from the end again');
}

/** Selects a range, and shows it where it is not in view. */
export function select(editor: vscode.TextEditor, range16: Range16): void {
  void selectRange(editor, selectionOf(editor.document, range16));
}

function selectionOf(document: vscode.TextDocument, range16: Range16): vscode.Selection {
  const { start, end } = rangeOf16(document, range16);
  return new vscode.Selection(start, end);
}
