import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { showInformation } from './messages';

const SETTING = 'markReviewedOnTagging';
const EXPLAINED = 'waitingForReview.explained';

/**
 * Whether what is tagged by hand is reviewed at once: where the setting says so, or, as it does not say, where nobody
 * else works on the corpus, so that it would be one's own work that waits for one's review.
 */
export function isReviewedOnTagging(store: CorpusStore, uri: vscode.Uri): boolean {
  const setting = settingFor(uri);
  if (setting !== 'auto') return setting === 'always' || setting === true;
  return store.catalog.corpusAt(uri) !== undefined && othersIn(store, uri) === undefined;
}

/**
 * Says, once a workspace, why what was just tagged by hand waits for review, with a way to the setting.
 * @returns whether there was something to say
 */
export function explainWaiting(store: CorpusStore, uri: vscode.Uri, kept: vscode.Memento): boolean {
  const others = settingFor(uri) === 'auto' ? othersIn(store, uri) : undefined;
  if (!others || kept.get(EXPLAINED)) return false;
  void kept.update(EXPLAINED, true);
  const why =
    others === 'annotators'
      ? vscode.l10n.t('other annotators work on this corpus, too')
      : vscode.l10n.t('this corpus has entities that were imported, or suggestions that nobody has reviewed');
  const change = vscode.l10n.t('Change…');
  void showInformation(vscode.l10n.t('What you tag here waits for review: {0}.', why), change).then(
    (chosen) =>
      chosen === change &&
      vscode.commands.executeCommand('workbench.action.openSettings', `corpusAnnotator.${SETTING}`),
  );
  return true;
}

function settingFor(uri: vscode.Uri): 'auto' | 'always' | 'never' | boolean {
  // Before there was a choice of three, it was `true` or `false`.
  return vscode.workspace
    .getConfiguration('corpusAnnotator', uri)
    .get<'auto' | 'always' | 'never' | boolean>(SETTING, 'auto');
}

/** Whose work besides one's own is in the corpus of an article. */
function othersIn(store: CorpusStore, uri: vscode.Uri): 'annotators' | 'tools' | undefined {
  const corpus = store.catalog.corpusAt(uri);
  // What is tagged in a layer of one's own is one's own.
  if (corpus?.hasLayers && store.catalog.layer === '') return 'annotators';
  return corpus && store.catalog.index.hasOthers(corpus) ? 'tools' : undefined;
}
