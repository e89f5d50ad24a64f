import * as vscode from 'vscode';
import { git } from '#git';
import { isLayerName, proposedLayerName } from '../core/sidecar/name';
import { plainText } from '../wording/plain-text';
import type { CorpusStore } from '../workspace/store';
import { registerCommand } from './shared/command';
import { askForText, say, showInformation, showWarning } from './shared/messages';

const SETTING = 'annotator';
const CHOSEN = 'annotator.chosen';
const ASKED = 'annotator.asked';

/** The layer that this window works in: what was chosen here, else what the setting says; empty for the shared one. */
export function chosenLayer(state: vscode.Memento): string {
  return usable(state.get<string>(CHOSEN) ?? setting());
}

function usable(name: string): string {
  return isLayerName(name) ? name : '';
}

function setting(): string {
  return vscode.workspace.getConfiguration('corpusAnnotator').get<string>(SETTING, '').trim();
}

/** Who annotates: whose layer is shown and written. A corpus in which nobody has one shows nothing of it. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const { workspaceState: state } = context;
  const item = vscode.window.createStatusBarItem(
    'corpusAnnotator.annotator',
    vscode.StatusBarAlignment.Left,
    49,
  );
  item.name = vscode.l10n.t('Corpus Annotator: who annotates');
  item.command = 'corpusAnnotator.chooseAnnotator';
  const update = () => {
    const { layer, corpora } = store.catalog;
    item.text = `$(person) ${plainText(layer === '' ? vscode.l10n.t('Shared') : layer)}`;
    item.tooltip =
      layer === ''
        ? vscode.l10n.t('What you tag goes into the sidecars that all share. Click to have your own.')
        : vscode.l10n.t('What you tag goes into your own sidecars, such as 000_x.{0}.ann.yaml.', layer);
    if (layer !== '' || corpora.some(({ hasLayers }) => hasLayers)) item.show();
    else item.hide();
  };
  const work = async (layer: string) => {
    const working = store.workIn(layer);
    update();
    await working;
  };
  context.subscriptions.push(
    item,
    store.catalog.onDidChangeCorpora(() => {
      update();
      void askOnce(store, state);
    }),
    store.catalog.onDidChangeLayers(update),
    registerCommand('chooseAnnotator', async () => {
      const layer = await chooseLayer(store);
      if (layer === undefined) return;
      const working = work(layer);
      await state.update(CHOSEN, layer);
      await working;
      say(
        layer === ''
          ? vscode.l10n.t('You work in the sidecars that all share.')
          : vscode.l10n.t('You annotate as {0}.', layer),
      );
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(`corpusAnnotator.${SETTING}`)) return;
      warnOfSetting();
      // Whichever was said last counts, and the next key is about it already.
      void state.update(CHOSEN, undefined);
      void work(usable(setting()));
    }),
  );
  warnOfSetting();
}

/** What cannot be a part of a file's name is said: what is tagged goes into the shared sidecars. */
function warnOfSetting(): void {
  const name = setting();
  if (isLayerName(name)) return;
  const message = vscode.l10n.t(
    '“{0}” cannot be the name of an annotator: it is a part of the names of files, without points and slashes. You work in the sidecars that all share.',
    name,
  );
  void showWarning(message);
}

/** Asks, once a workspace, where others have layers and nobody said who this is. */
async function askOnce(store: CorpusStore, state: vscode.Memento): Promise<void> {
  const hasLayers = store.catalog.corpora.some((corpus) => corpus.hasLayers);
  if (!hasLayers || store.catalog.layer !== '' || state.get(ASKED) || state.get(CHOSEN) !== undefined) return;
  await state.update(ASKED, true);
  const choose = vscode.l10n.t('Choose…');
  const question = vscode.l10n.t(
    'Several people annotate here, each with sidecars of their own. Are you one of them?',
  );
  const chosen = await showInformation(question, choose, vscode.l10n.t('Use the Shared Ones'));
  if (chosen === choose) await vscode.commands.executeCommand('corpusAnnotator.chooseAnnotator');
}

interface LayerItem extends vscode.QuickPickItem {
  /** `undefined` to type one. */
  readonly layer?: string;
}

/** @returns the layer to work in, `undefined` where nothing was chosen */
async function chooseLayer(store: CorpusStore): Promise<string | undefined> {
  const { t } = vscode.l10n;
  await store.catalog.ready;
  const { layer: now, all, corpora } = store.catalog;
  const known = new Set(all.flatMap(({ allLayers }) => allLayers).filter((name) => name !== ''));
  const own = await gitName(corpora[0]?.root);
  const names = [...new Set([...(own === undefined ? [] : [own]), ...[...known].sort()])];
  const items: LayerItem[] = names.map((layer) => ({
    layer,
    label: `$(person) ${plainText(layer)}`,
    description: layer === now ? t('now') : layer === own ? t('as git knows you') : '',
  }));
  items.push(
    { label: `$(add) ${t('Another Name…')}` },
    {
      layer: '',
      label: `$(organization) ${t('Shared')}`,
      description: now === '' ? t('now') : '',
      detail: t('One sidecar an article, for all: as it is where people do not annotate apart.'),
    },
  );
  const placeHolder = t('Who are you? What you tag goes into sidecars of your own.');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (!chosen) return undefined;
  return chosen.layer ?? (await askForName())?.trim();
}

function askForName(): Thenable<string | undefined> {
  return askForText({
    prompt: vscode.l10n.t('Your name, as it is to stand in the names of your sidecars: 000_x.ada.ann.yaml'),
    placeHolder: 'ada',
    validateInput: (value) =>
      value.trim() !== '' && isLayerName(value.trim())
        ? undefined
        : vscode.l10n.t('A name without points and slashes.'),
  });
}

/** What git knows the person by, as a name of a layer. Asked only where the folder is trusted. */
async function gitName(folder: vscode.Uri | undefined): Promise<string | undefined> {
  if (!folder || !vscode.workspace.isTrusted) return undefined;
  return proposedLayerName((await git.userName(folder)) ?? '');
}
