import * as vscode from 'vscode';
import { git } from '#git';
import type { Corpus } from '../workspace/corpus/corpus';
import type { GitMerging, GitRefusal, Installation, MergingPlan } from '../workspace/host/git-merging';
import type { CorpusStore } from '../workspace/store';
import { registerCommand } from './shared/command';
import { confirm, say, showError, showInformation } from './shared/messages';

/** Sets up git to merge sidecars entity by entity. Where there is no git, there is no command. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const { merging } = git;
  if (!merging) return;
  const installation = { extension: context.extensionUri, storage: context.globalStorageUri };
  context.subscriptions.push(
    registerCommand('setUpGitMerge', () => setUp(merging, store, installation)),
    vscode.workspace.onDidGrantWorkspaceTrust(showIfTrusted),
  );
  showIfTrusted();
  // A driver that stays the old one still merges; the next start tries again.
  merging.refresh(installation).catch(() => undefined);
}

/** Where trust is turned off in the settings, every folder is trusted, though the editor's own context key says no. */
function showIfTrusted(): void {
  const { isTrusted } = vscode.workspace;
  void vscode.commands.executeCommand('setContext', 'corpusAnnotator.mayUseGit', isTrusted);
}

async function setUp(merging: GitMerging, store: CorpusStore, installation: Installation): Promise<void> {
  const { t } = vscode.l10n;
  if (!vscode.workspace.isTrusted) {
    return refuse(t('This folder is not trusted, and git runs what a repository says. Trust it first.'));
  }
  await store.catalog.ready;
  const corpus = await chooseCorpus(store);
  if (!corpus) return;
  const plan = await merging.plan(corpus.root, installation);
  if ('refusal' in plan) return refuse(refusalMessage(plan, corpus));
  const isDone = plan.line === undefined && plan.settings.length === 0;
  if (!isDone && !(await ask(plan, corpus))) return;
  try {
    const isEffective = await merging.setUp(plan, installation);
    if (!isEffective) return refuse(overruledMessage(plan));
  } catch (error) {
    return refuse(t('Git merging is not set up: {0}', (error as Error).message));
  }
  if (isDone) return say(t('Git merges the sidecars of {0} entity by entity already.', corpus.name));
  await tellWhatIsNext(plan, corpus);
}

async function chooseCorpus(store: CorpusStore): Promise<Corpus | undefined> {
  const [first, ...others] = store.catalog.corpora;
  if (!first) {
    say(vscode.l10n.t('Open the folder of your articles first.'));
    return undefined;
  }
  if (others.length === 0) return first;
  const items = store.catalog.corpora.map((corpus) => ({
    corpus,
    label: corpus.name,
    description: vscode.workspace.asRelativePath(corpus.root),
  }));
  const placeHolder = vscode.l10n.t('The corpus whose sidecars git is to merge');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.corpus;
}

/** Says all that would be changed. @returns whether it may be */
function ask({ attributes, line, config, settings }: MergingPlan, corpus: Corpus): Promise<boolean> {
  const { t } = vscode.l10n;
  const values = settings.map(({ name, value }) => `${name} = ${value}`).join('\n');
  const detail = [
    ...(line === undefined ? [] : [t('This line is added to {0}:', attributes) + `\n${line}`]),
    ...(settings.length === 0 ? [] : [t('This is set in {0}:', config) + `\n${values}`]),
    t('Nothing else is changed. The program that is named there is a copy of this extension’s own.'),
  ];
  const question = t('Let git merge the sidecars of “{0}” entity by entity?', corpus.name);
  return confirm(question, detail.join('\n\n'), t('Set Up'));
}

async function tellWhatIsNext({ attributes, line }: MergingPlan, corpus: Corpus): Promise<void> {
  const { t } = vscode.l10n;
  const done = t('Git now merges the sidecars of {0} entity by entity.', corpus.name);
  const next = t('Commit .gitattributes. Whoever else merges this corpus runs this command once, too.');
  if (line === undefined) return void showInformation(done);
  const open = t('Open .gitattributes');
  const chosen = await showInformation(`${done} ${next}`, open);
  if (chosen === open) await vscode.window.showTextDocument(vscode.Uri.file(attributes));
}

function refuse(message: string): void {
  void showError(message);
}

function overruledMessage({ attributes }: MergingPlan): string {
  return vscode.l10n.t(
    'Git still merges sidecars as it did: a line in .git/info/attributes, or another in {0}, stands against it. Remove that, then set up again.',
    attributes,
  );
}

function refusalMessage({ refusal, detail }: GitRefusal, { name }: Corpus): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'no-disk':
      return t('{0} is not on a disk of this computer, so git cannot be set up for it here.', name);
    case 'no-git':
      return t('Git was not found. Install it (git-scm.com), start the editor again, then set up again.');
    case 'no-repository':
      return t(
        '{0} is in no git repository. Run “git init” in it, or open a clone, then set up again.',
        name,
      );
    case 'no-work-tree':
      return t(
        '{0} is in a bare git repository, where nothing is merged. Set this up in a clone of it.',
        name,
      );
    case 'read-only':
      return t('Nothing was set up: {0} cannot be written. Make it writable, then set up again.', detail);
    case 'git-failed':
      return t('Nothing was set up, since git refused: {0}', detail);
  }
}
