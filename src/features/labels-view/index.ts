import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { CurrentArticle } from '../shared/current-article';
import { attempt } from '../shared/messages';
import { addLabelTo, createLabelSet, openLabelSet, type CreateArgument } from './label-set';
import type { Row } from './rows';
import { LabelsView } from './view';

/** The side bar's list of labels, and the commands that make and change `corpus.yaml`. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const current = new CurrentArticle(store);
  const view = new LabelsView(store, current);
  context.subscriptions.push(current, view);

  const command = <T>(name: string, run: (argument: T | undefined) => unknown) => {
    context.subscriptions.push(
      vscode.commands.registerCommand(`corpusAnnotator.${name}`, (argument?: T) =>
        attempt(() => run(argument)),
      ),
    );
  };
  command<CreateArgument>('createLabelSet', (argument) => createLabelSet(store, argument));
  command('openLabelSet', async () => {
    await store.ready;
    return openLabelSet(store, view.corpus);
  });
  command<{ label?: string }>('addLabel', async (argument) => {
    await store.ready;
    return addLabelTo(store, view.corpus, argument?.label);
  });
  command<Row>('labels.rename', async (argument) => {
    const row = argument ?? (await view.rowOfKey());
    if (row?.kind !== 'label') return;
    const target = { from: row.label, root: view.corpus?.root };
    await vscode.commands.executeCommand('corpusAnnotator.renameLabel', target);
  });
}
