import * as vscode from 'vscode';
import type { Reason } from '../../core/learn/reasons';
import type { Proposal } from '../../core/suggest/proposer';
import { shortText } from './targets';

/** Whether what proposes something has mostly not been right where it was as probable. */
export function isUnsure({ score, isSure }: Proposal): boolean {
  return score !== undefined && isSure !== true;
}

/** Where a suggestion is from; of what was learned, how probable it is. */
export function sourceOf({ source, reviewedAs, score = 0, isSure }: Proposal): string {
  const { t } = vscode.l10n;
  if (source === 'gazetteer') return t('Listed in gazetteer.yaml');
  if (source === 'learned') {
    const percent = Math.round(score * 100);
    return isSure
      ? t('Learned from articles that are done: {0} %, sure', percent)
      : t('Learned from articles that are done: {0} %, not sure', percent);
  }
  return reviewedAs.length > 0 ? t('Reviewed elsewhere in the corpus') : t('Tagged elsewhere in the corpus');
}

/** What spoke for a suggestion that was learned, in words. */
export function sayReason({ code, text = '', label = '' }: Reason): string {
  const { t } = vscode.l10n;
  const word = `“${shortText(text, 30)}”`;
  switch (code) {
    case 'word':
      return t('the word {0}', word);
    case 'beginning':
      return t('it begins with {0}', word);
    case 'ending':
      return t('it ends with {0}', word);
    case 'capital':
      return t('it is written with a capital');
    case 'number':
      return t('there is a number in it');
    case 'written':
      return t('how {0} is written', word);
    case 'written-beside':
      return t('how {0} beside it is written', word);
    case 'elsewhere':
      return t('how {0} is written elsewhere in the corpus', word);
    case 'rarity':
      return t('how often {0} occurs in the corpus', word);
    case 'before':
      return t('{0} before it', word);
    case 'after':
      return t('{0} behind it', word);
    case 'beside-elsewhere':
      return t('what stands beside {0} elsewhere in the article', word);
    case 'known-form':
      return t('the form is known as {0}', label);
    case 'known-word':
      return t('{0} is known in {1}', word, label);
    case 'known-beside':
      return t('{0} beside it is known in {1}', word, label);
    case 'new-word':
      return t('{0} is new in what was learned', word);
  }
}
