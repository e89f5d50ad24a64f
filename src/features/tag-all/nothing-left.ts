import * as vscode from 'vscode';
import type { FormOptions } from '../../core/occurrences';

interface Situation {
  /** What was looked for, as it is shown. */
  readonly quoted: string;
  readonly texts: readonly string[];
  readonly scope: 'article' | 'corpus';
  readonly options: FormOptions;
  /** Whether there is an entity whose label the others could get. */
  readonly hasEntity: boolean;
}

interface Offer extends vscode.QuickPickItem {
  /** To look again with other options; else a command is run. */
  readonly isWider?: boolean;
  readonly command?: string;
  readonly argument?: unknown;
}

/**
 * Says that every mention is tagged, and offers what a person may want then.
 * @returns whether to look again, for other spellings too
 */
export async function offerWhenNothingIsLeft(situation: Situation): Promise<boolean> {
  const { t } = vscode.l10n;
  const { quoted, texts, scope, options, hasEntity } = situation;
  const inArticle = scope === 'article';
  const ofScope = (name: string) => (inArticle ? `${name}InArticle` : `${name}InCorpus`);
  const icon = (name: string) => ({ iconPath: new vscode.ThemeIcon(name) });
  const offers: (Offer | false)[] = [
    inArticle && {
      ...{ label: t('Look in All Articles'), ...icon('files') },
      command: 'tagAllInCorpus',
    },
    (options.matchCase || options.wholeWords) && {
      ...{ label: t('Look in Any Case, and Within Words'), ...icon('search-fuzzy') },
      isWider: true,
    },
    hasEntity && {
      ...{ label: t('Give All of Them Another Label…'), ...icon('edit') },
      command: ofScope('relabelAll'),
    },
    {
      ...{ label: t('Show in Concordance'), ...icon('list-selection') },
      command: 'concordance',
      argument: { word: texts[0] },
    },
  ];
  const title = inArticle
    ? t('All {0} in this article are tagged', quoted)
    : t('All {0} in the corpus are tagged', quoted);
  const chosen = await vscode.window.showQuickPick(
    offers.filter((one) => one !== false),
    { title, placeHolder: t('Nothing is left to tag here. What next?') },
  );
  if (chosen?.command !== undefined)
    await vscode.commands.executeCommand(`corpusAnnotator.${chosen.command}`, chosen.argument);
  return chosen?.isWider === true;
}
