import * as vscode from 'vscode';
import type { ArticleState } from '../../workspace/corpus/summary';

export function stateName(state: ArticleState): string {
  switch (state) {
    case 'untouched':
      return vscode.l10n.t('untouched');
    case 'in-progress':
      return vscode.l10n.t('in progress');
    case 'done':
      return vscode.l10n.t('done');
    case 'trouble':
      return vscode.l10n.t('in trouble');
  }
}
