import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { CurrentArticle } from '../shared/current-article';
import { say } from '../shared/messages';
import { editorOf } from '../shared/targets';
import { addLabelTo, createLabelSet, openLabelSet, type CreateArgument } from './label-set';
import type { Row } from './rows';
import { LabelsView } from './view';

interface AddArgument {
  readonly label?: string;
  /** Of whose corpus; the current one where it is missing. */
  readonly article?: string;
}

interface TagArgument {
  readonly label: string;
  readonly key?: string;
}

/** The side bar's list of labels, and the commands that make and change `corpus.yaml`. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const current = new CurrentArticle(store);
  const view = new LabelsView(store, current);
  context.subscriptions.push(
    current,
    view,
    registerCommand('createLabelSet', (argument?: CreateArgument) => createLabelSet(store, argument)),
    registerCommand('openLabelSet', async () => {
      await store.catalog.ready;
      return openLabelSet(store, view.corpus);
    }),
    registerCommand('addLabel', async ({ label, article }: AddArgument = {}) => {
      await store.catalog.ready;
      const named = article === undefined ? undefined : vscode.Uri.parse(article, true);
      return addLabelTo(store, named ? store.catalog.corpusAt(named) : view.corpus, label);
    }),
    registerCommand('labels.tag', (argument?: TagArgument) => argument && tag(current, argument)),
    registerCommand('labels.delete', async (row?: Row) => {
      if (row?.kind !== 'label') return;
      const target = { label: row.label, root: view.corpus?.root };
      await vscode.commands.executeCommand('corpusAnnotator.deleteLabel', target);
    }),
    registerCommand('labels.rename', async (argument?: Row) => {
      const row = argument ?? (await view.rowOfKey());
      if (row?.kind !== 'label') return;
      const target = { from: row.label, root: view.corpus?.root };
      await vscode.commands.executeCommand('corpusAnnotator.renameLabel', target);
    }),
  );
}

/**
 * What a click on a label does: it tags what is selected, and explains where nothing is. The word at the cursor, which
 * keys tag, may be one that was forgotten long ago.
 */
async function tag(current: CurrentArticle, { label, key }: TagArgument): Promise<void> {
  const editor = current.article && editorOf(current.article);
  if (!editor)
    return say(vscode.l10n.t('Open an article and select text in it: then this tags it as {0}.', label));
  if (editor.selections.some(({ isEmpty }) => isEmpty)) {
    return say(
      key === undefined
        ? vscode.l10n.t('Select text in the article: then this tags it as {0}.', label)
        : vscode.l10n.t(
            'Select text in the article: then this, or the key {1}, tags it as {0}.',
            label,
            [...key].join(' '),
          ),
    );
  }
  await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn! });
  await vscode.commands.executeCommand('corpusAnnotator.tagSelection', { label });
}
