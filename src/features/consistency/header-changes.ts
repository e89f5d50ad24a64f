import * as vscode from 'vscode';
import { parseHeader } from '../../core/header';
import type { RuleFinding } from '../../core/rules';
import { datePrefix } from '../../core/rules/date-mismatch';
import { dateMeant, isHeaderDate, removeDuplicateKey, writeDate } from '../../core/rules/header-fixes';
import type { TextReplacement } from '../../core/text';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import { rangeOf16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { countArticles } from '../shared/counts';
import { save } from '../shared/lock';
import { say, showWarning } from '../shared/messages';
import { withProgress } from '../shared/progress';

/** A change of an article's text that mends its header. */
export interface HeaderChange {
  readonly title: string;
  readonly edit: TextReplacement;
}

/** What would mend the header of an article, each in its own way. @param path of the article, or its address */
export function headerChanges(
  path: string,
  raw: string,
  { rule, values = {}, start16 }: Pick<RuleFinding, 'rule' | 'values' | 'start16'>,
): HeaderChange[] {
  const { t } = vscode.l10n;
  if (rule === 'header-malformed' && values.problem === 'header-key-duplicate') {
    const edit = removeDuplicateKey(raw, parseHeader(raw), { start16 });
    return edit ? [{ title: t('Delete the second “{0}”', values.value ?? ''), edit }] : [];
  }
  if (!['header-missing', 'header-malformed', 'date-mismatch'].includes(rule)) return [];
  const meant = new Set([datePrefix(path), values.value && dateMeant(values.value)]);
  return [...meant]
    .filter((date) => date !== undefined && isHeaderDate(date))
    .map((date) => ({
      title: rule === 'header-missing' ? t('Insert the date {0}', date!) : t('Change the date to {0}', date!),
      edit: writeDate(raw, date!),
    }));
}

/**
 * Changes the texts of many articles, each in the editor, so that its spans follow, and saves them: one step for
 * the editor's own undo. An article with unsaved changes keeps them unsaved.
 */
export async function applyHeaderChanges(
  store: CorpusStore,
  title: string,
  changes: ReadonlyMap<ArticleEntry, readonly TextReplacement[]>,
): Promise<void> {
  const { t } = vscode.l10n;
  const left = await withProgress(title, async () => {
    const edit = new vscode.WorkspaceEdit();
    const toSave: vscode.TextDocument[] = [];
    for (const [{ uri }, replacements] of changes) {
      const document = await vscode.workspace.openTextDocument(uri);
      // What it has now must be live before its text changes.
      await store.live.open(document);
      if (!document.isDirty) toSave.push(document);
      for (const one of replacements) edit.replace(uri, rangeOf16(document, one), one.text);
    }
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return changes.size;
    let unsaved = 0;
    for (const document of toSave) if (!(await save(document))) unsaved++;
    return unsaved;
  });
  say(t('Done: {0}', t('{0}, in {1}', title, countArticles(changes.size))));
  if (left > 0) void showWarning(t('{0} articles could not be saved.', left));
}
