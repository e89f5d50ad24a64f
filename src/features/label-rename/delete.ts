import * as vscode from 'vscode';
import type { Corpus } from '../../workspace/corpus/corpus';
import { deleteLabel, usesOfLabel, type LabelUses } from '../../workspace/steps/label-rename';
import type { CorpusStore } from '../../workspace/store';
import { tellOutcome } from '../shared/bulk';
import { countArticles, countEntities } from '../shared/counts';
import { offer, showInformation } from '../shared/messages';

/**
 * Deletes a label that nothing has. Of one that is used it says where, and leads to its entities, or to another label
 * for them: nothing loses its label by this.
 */
export async function deleteUnused(store: CorpusStore, corpus: Corpus, label: string): Promise<void> {
  const { t } = vscode.l10n;
  const uses = await usesOfLabel(store, corpus, label);
  if (uses.entities + uses.forms === 0) {
    const outcome = await deleteLabel(store, t('Delete label {0}', label), corpus, label);
    tellOutcome(outcome, 'done');
    // What ctrl+z takes back is the newest of an article, which this is not.
    if (outcome.files > 0) offer(t('Label {0} is deleted.', label), t('Undo'), 'undoBulk');
    return;
  }
  const [show, rename] = [t('Show Them'), t('Rename into Another Label…')];
  const chosen = await showInformation(
    t('{0} is not deleted: it is used by {1}.', label, usesText(uses)),
    ...(uses.entities > 0 ? [show] : []),
    rename,
  );
  if (chosen === show) await vscode.commands.executeCommand('corpusAnnotator.concordance', { label });
  else if (chosen === rename)
    await vscode.commands.executeCommand('corpusAnnotator.renameLabel', { from: label, root: corpus.root });
}

function usesText({ articles, entities, forms }: LabelUses): string {
  const { t } = vscode.l10n;
  return [
    ...(entities > 0 ? [t('{0} in {1}', countEntities(entities), countArticles(articles))] : []),
    ...(forms === 1 ? [t('1 form of a list')] : forms > 1 ? [t('{0} forms of the lists', forms)] : []),
  ].join(', ');
}
