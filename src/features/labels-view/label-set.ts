import * as vscode from 'vscode';
import { PRESETS, type Preset } from '../../core/labels';
import { CORPUS_YAML, type Corpus } from '../../workspace/corpus/corpus';
import { addLabel, createLabelFile, hasLabelFile } from '../../workspace/files/label-file';
import type { CorpusStore } from '../../workspace/store';
import { labelNameFault } from '../shared/label-picker';
import { askForText, say } from '../shared/messages';

export interface CreateArgument {
  readonly preset?: Preset;
  /** The folder that `corpus.yaml` is written to; asked for where several folders are open. */
  readonly root?: string | vscode.Uri;
}

/** Writes a `corpus.yaml` to start from, and opens it; one that is there already is only opened. */
export async function createLabelSet(
  store: CorpusStore,
  argument: CreateArgument | undefined,
): Promise<void> {
  const root = await chooseRoot(argument?.root);
  if (!root) return;
  if (await hasLabelFile(root)) return sayThere(root);
  const given = argument?.preset;
  const preset = given !== undefined && Object.hasOwn(PRESETS, given) ? given : await choosePreset();
  if (preset === undefined) return;
  const { uri, isNew } = await createLabelFile(root, preset);
  if (!isNew) return sayThere(root);
  await store.followFile(uri, 'changed');
  await vscode.window.showTextDocument(uri);
  say(vscode.l10n.t('Created {0}. What you change in it takes effect at once.', nameOf(uri)));
}

async function sayThere(root: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(root, CORPUS_YAML);
  await vscode.window.showTextDocument(uri);
  say(vscode.l10n.t('There is a label set already: {0}. It stays as it is.', nameOf(uri)));
}

async function chooseRoot(given: CreateArgument['root']): Promise<vscode.Uri | undefined> {
  if (given !== undefined) return typeof given === 'string' ? vscode.Uri.parse(given, true) : given;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    say(vscode.l10n.t('Open the folder of your articles first.'));
    return undefined;
  }
  if (folders.length === 1) return folders[0]!.uri;
  const chosen = await vscode.window.showWorkspaceFolderPick({
    placeHolder: vscode.l10n.t('The folder that the label set is for'),
  });
  return chosen?.uri;
}

async function choosePreset(): Promise<Preset | undefined> {
  const { t } = vscode.l10n;
  const names: Record<Preset, [label: string, detail: string]> = {
    basic: [t('Basic'), t('The labels that serve where there is no label set')],
    conll2003: ['CoNLL-2003', t('Of the shared task on named entities')],
    ontonotes5: ['OntoNotes 5', t('Names, times and numbers')],
    empty: [t('Empty'), t('A file to write your own labels into')],
  };
  const items = (Object.keys(names) as Preset[]).map((preset) => ({
    preset,
    label: names[preset][0],
    description: names[preset][1],
    detail: PRESETS[preset].map(([name]) => name).join(', ') || t('No label yet'),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Create label set'),
    placeHolder: t('Choose the labels to start from; you can change all of them later'),
    matchOnDetail: true,
  });
  return chosen?.preset;
}

export async function openLabelSet(store: CorpusStore, corpus: Corpus | undefined): Promise<void> {
  if (corpus?.hasYaml) await vscode.window.showTextDocument(corpus.yamlUri);
  else await createLabelSet(store, corpus && { root: corpus.root });
}

/** Adds a label to the label set. @param given asked for where it is missing */
export async function addLabelTo(
  store: CorpusStore,
  corpus: Corpus | undefined,
  given: string | undefined,
): Promise<void> {
  if (!corpus) return say(vscode.l10n.t('Open the folder of your articles first.'));
  const name = (given ?? (await askForName(corpus)))?.trim();
  if (name === undefined) return;
  const fault = faultOf(corpus, name);
  if (fault !== undefined) return say(fault);
  await addLabel(corpus, name);
  await store.followFile(corpus.yamlUri, 'changed');
  say(vscode.l10n.t('Added the label {0} to {1}', name, nameOf(corpus.yamlUri)));
}

function askForName(corpus: Corpus): Thenable<string | undefined> {
  return askForText({
    title: vscode.l10n.t('Add label'),
    prompt: vscode.l10n.t('It is added to corpus.yaml, with a colour and a free key.'),
    placeHolder: vscode.l10n.t('for example PRODUCT'),
    validateInput: (value) => (value.trim() === '' ? undefined : faultOf(corpus, value.trim())),
  });
}

/** Why a name cannot be that of a new label. */
function faultOf(corpus: Corpus, name: string): string | undefined {
  if (corpus.label(name)) return vscode.l10n.t('The label set has “{0}” already.', name);
  return labelNameFault(name);
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
