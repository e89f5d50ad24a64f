import * as vscode from 'vscode';
import type { Format } from '../../core/interchange/format';
import type { Field } from '../../core/interchange/entity-fields';
import type { Failure, TransferLog } from '../../workspace/transfer/log';
import { Refusal } from '../../workspace/refusal';
import { formatErrorMessage } from '../../wording/format-errors';
import { refusalMessage } from '../shared/messages';

const { t } = vscode.l10n;

/** Why a file was left out, in one sentence. */
export function failureMessage({ error, path }: Failure): string {
  if (error === 'not-article')
    return t('{0} would be no article: the globs of corpus.yaml leave it out', path);
  if (error === 'stopped') return t('{0} was not come to: it was cancelled before', path);
  if (error === 'changed') return t('{0} was changed meanwhile', path);
  return error instanceof Refusal ? refusalMessage(error) : formatErrorMessage(t, error);
}

/** What a format cannot hold; empty where it holds all. */
export function limitsMessage({ limits }: Format): string {
  const fields: Record<Field, string> = {
    reviewed: t('what is reviewed'),
    suggestedBy: t('who suggested'),
    note: t('notes'),
    link: t('links'),
    attributes: t('attributes'),
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

/** `2 lost, 1 invalid`, or nothing. */
export function troubleOf(log: TransferLog): string {
  const [lost, invalid, failed] = [log.count('lost'), log.count('invalid'), log.failures.length];
  return [
    ...(lost > 0 ? [t('{0} lost', lost)] : []),
    ...(invalid > 0 ? [t('{0} invalid', invalid)] : []),
    ...(failed > 0 ? [t('{0} left out', failed)] : []),
  ].join(', ');
}
