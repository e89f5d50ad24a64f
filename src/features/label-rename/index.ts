import * as vscode from 'vscode';
import type { Corpus } from '../../workspace/corpus/corpus';
import { planLabelRename, renameLabel } from '../../workspace/steps/label-rename';
import type { CorpusStore } from '../../workspace/store';
import { tellOutcome } from '../shared/bulk';
import { registerCommand } from '../shared/command';
import { countEntities } from '../shared/counts';
import { labelNameFault } from '../shared/label-picker';
import { askForText, say } from '../shared/messages';
import { withProgress } from '../shared/progress';
import { deleteUnused } from './delete';
import { confirmRename } from './preview';
import { LabelRenames } from './provider';

interface Argument {
  readonly from?: string;
  readonly to?: string;
  /** The folder of the corpus; else that of the active file, or the first. */
  readonly root?: string | vscode.Uri;
  /** Whether to show first what would change; as without an argument. */
  readonly preview?: boolean;
}

interface LabelArgument extends Pick<Argument, 'root'> {
  readonly label: string;
}

/** Renames a label in the label set, in all sidecars and in the lists of a corpus; `F2` in `corpus.yaml`, too. Deletes one that nothing has. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(
    registerCommand('renameLabel', (argument?: Argument) => rename(store, argument)),
    registerCommand('deleteLabel', async (argument: LabelArgument) => {
      await store.catalog.ready;
      const corpus = corpusOf(store, argument.root);
      if (corpus) await deleteUnused(store, corpus, argument.label);
    }),
    vscode.languages.registerRenameProvider({ pattern: '**/corpus.yaml' }, new LabelRenames(store)),
  );
}

async function rename(store: CorpusStore, argument: Argument | undefined): Promise<void> {
  const { t } = vscode.l10n;
  await store.catalog.ready;
  const corpus = corpusOf(store, argument?.root);
  if (!corpus) return say(t('Open the folder of your articles first.'));
  const from = argument?.from ?? (await pickLabel(store, corpus));
  if (from === undefined) return;
  const to = (argument?.to ?? (await askForName(corpus, from)))?.trim();
  if (to === undefined || to === from) return;
  const fault = labelNameFault(to);
  if (fault !== undefined) return say(fault);
  const plan = await planLabelRename(store, corpus, from, to);
  if (plan.files.length + plan.layers.length + plan.articles.length === 0)
    return say(t('Nothing has the label {0}.', from));
  if (argument?.preview !== false && !(await confirmRename(plan))) return;
  const title = plan.isMerge
    ? t('Merge label {0} into {1}', from, to)
    : t('Rename label {0} to {1}', from, to);
  const outcome = await withProgress(title, (watch) => renameLabel(store, title, plan, watch));
  if (outcome) tellOutcome(outcome, 'done');
  else say(t('Stopped. Nothing is renamed.'));
}

function corpusOf(store: CorpusStore, root: Argument['root']): Corpus | undefined {
  if (root !== undefined) {
    const uri = typeof root === 'string' ? vscode.Uri.parse(root, true) : root;
    return store.catalog.corpora.find((corpus) => corpus.root.toString() === uri.toString());
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  return (active && store.catalog.corpusAt(active)) ?? store.catalog.corpora[0];
}

/** Asks for one of the labels of a corpus: those of its label set, and those that sidecars have all the same. */
async function pickLabel(store: CorpusStore, corpus: Corpus): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const unused = corpus.labelSet.labels.map(({ name }): [string, number] => [name, 0]);
  const items = [...new Map([...unused, ...store.catalog.index.labelsOfGroup(corpus)])].map(
    ([label, count]) => ({
      label,
      description: countEntities(count),
    }),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Rename label'),
    placeHolder: t('Which label gets another name'),
  });
  return chosen?.label;
}

function askForName(corpus: Corpus, from: string): Thenable<string | undefined> {
  const { t } = vscode.l10n;
  return askForText({
    title: t('Rename label {0}', from),
    prompt: t('In the label set, in all sidecars and lists of the corpus. You see first what changes.'),
    value: from,
    validateInput: (value) => {
      const name = value.trim();
      if (name === '' || name === from) return undefined;
      const fault = labelNameFault(name);
      if (fault !== undefined) return fault;
      if (!corpus.label(name)) return undefined;
      const message = t('There is a label {0} already: the two become one.', name);
      return { message, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
}
