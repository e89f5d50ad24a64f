import * as vscode from 'vscode';
import type { LineState } from '../../core/concordance/lines';
import type { RowView } from './protocol';

/** A line for a screen reader: the keyword and what it is first, then its sentence and its place. */
export function spokenLine(row: Omit<RowView, 'spoken'>): string {
  const { left, keyword, right, label, state, article, date } = row;
  const sentence = `${left.slice(-60)}${keyword}${right.slice(0, 60)}`.trim();
  return [keyword, label, stateName(state), sentence, article, date].filter(Boolean).join(', ');
}

function stateName(state: LineState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'untagged':
      return t('untagged');
    case 'unreviewed':
      return t('unreviewed');
    case 'reviewed':
      return t('reviewed');
    case 'suggestion':
      return t('suggestion');
  }
}
