import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { shortText } from '../../wording/short-text';

/** An entity in a line: its label, its text, its state, its note. */
export function describeEntity({ label, text, broken, reviewed, note }: Entity): string {
  const { t } = vscode.l10n;
  const state = broken ? t('to place') : reviewed ? t('reviewed') : t('to review');
  return [`${label} “${shortText(text)}”`, state, ...(note ? [shortText(note)] : [])].join(' · ');
}
