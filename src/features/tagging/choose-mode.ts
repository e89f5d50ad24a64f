import * as vscode from 'vscode';
import type { Mode } from './mode';

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: Mode['current'];
}

/** Asks what single keys are to do: a click on the status bar, a slip perhaps, changes nothing by itself. */
export async function chooseMode(mode: Mode): Promise<void> {
  const { t } = vscode.l10n;
  const items: ModeItem[] = [
    {
      mode: 'tagging',
      label: `$(tag) ${t('Tagging')}`,
      description: 'alt+a',
      detail: t('A label’s key tags what is selected, or the word at the cursor. The text is locked.'),
    },
    {
      mode: 'review',
      label: `$(checklist) ${t('Reviewing')}`,
      description: 'alt+u',
      detail: t('Goes through what is not reviewed yet. The text is locked.'),
    },
    {
      mode: 'editing',
      label: `$(edit) ${t('Editing the text')}`,
      description: 'alt+a',
      detail: t('Keys write into the article.'),
    },
  ];
  // What is on comes first, so that enter, too, leaves all as it is.
  items.sort((a, b) => Number(b.mode === mode.current) - Number(a.mode === mode.current));
  items[0]!.description = t('now');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t('What keys do in articles') });
  if (!chosen || chosen.mode === mode.current) return;
  if (chosen.mode === 'review') await vscode.commands.executeCommand('corpusAnnotator.reviewNext');
  else await mode.toggleEditing(chosen.mode);
}
