import * as vscode from 'vscode';
import type { Format } from '../../formats/shared/format';
import type { Field } from '../../formats/shared/entity-fields';
import type { Failure, TransferLog } from '../../workspace/transfer/log';
import { Refusal } from '../../workspace/files/refusal';
import { formatErrorMessage } from '../../wording/format-errors';
import { refusalMessage } from '../shared/messages';

const { t } = vscode.l10n;

/** Why a file was left out, in one sentence, behind its path. */
export function failureMessage(error: Failure['error']): string {
  if (error === 'not-article')
    return t('It would be no article: “articles” in corpus.yaml says which files are');
  if (error === 'linked-folder') return t('A link to a folder is not followed: import that folder itself');
  if (error === 'other-format') return t('It is not of the format that was chosen');
  if (error === 'stopped') return t('Not come to: it was cancelled before');
  if (error === 'changed') return t('It was changed meanwhile');
  return error instanceof Refusal ? refusalMessage(error) : formatErrorMessage(t, error);
}

/** What a format cannot hold; empty where it holds all. */
export function limitsMessage({ limits }: Format): string {
  const fields: Record<Field, string> = {
    note: t('notes'),
    link: t('links'),
    attributes: t('attributes'),
    reviewed: t('what is reviewed'),
    suggestedBy: t('who suggested'),
    externalId: '',
  };
  const missing = [
    ...(limits.overlap === 'none' ? [t('overlaps')] : []),
    ...(limits.overlap === 'nested' ? [t('crossing spans')] : []),
    ...(limits.discontinuous ? [] : [t('mentions in parts')]),
    ...(limits.relations ? [] : [t('relations')]),
    ...(Object.keys(fields) as Field[])
      .filter((field) => !limits.fields.includes(field))
      .map((field) => fields[field]),
  ].filter(Boolean);
  return missing.length === 0 ? t('Holds everything') : t('Cannot hold: {0}', missing.join(', '));
}

/** `2 losses, 1 invalid`, or nothing. */
export function troubleOf(log: TransferLog): string {
  const [lost, invalid, failed] = [log.count('lost'), log.count('invalid'), log.failures.length];
  return [
    ...(lost > 0 ? [lost === 1 ? t('1 loss') : t('{0} losses', lost)] : []),
    ...(invalid > 0 ? [t('{0} invalid', invalid)] : []),
    ...(failed > 0 ? [t('{0} left out', failed)] : []),
  ].join(', ');
}
