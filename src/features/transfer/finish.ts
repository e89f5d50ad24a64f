import * as vscode from 'vscode';
import type { TransferLog } from '../../workspace/transfer/log';
import { say, showInformation, showWarning } from '../shared/messages';
import { troubleOf } from './messages';
import type { Reports } from './reports';

/** What an import or an export tells who ran it as a command. */
export interface Summary {
  readonly documents: number;
  readonly entities: number;
  readonly relations: number;
  readonly lost: number;
  readonly changed: number;
  readonly invalid: number;
  /** How many files or articles were left out. */
  readonly failed: number;
  readonly report: vscode.Uri;
}

function summaryOf(log: TransferLog, report: vscode.Uri): Summary {
  const { documents, entities, relations } = log.report;
  const [lost, changed, invalid] = [log.count('lost'), log.count('changed'), log.count('invalid')];
  return { documents, entities, relations, lost, changed, invalid, failed: log.failures.length, report };
}

/** Says what became of it, with a way to the report. */
export function finish(reports: Reports, report: vscode.Uri, log: TransferLog, message: string): Summary {
  const { t } = vscode.l10n;
  const trouble = troubleOf(log);
  const open = t('Open Report');
  // Who wants no notifications sees it there.
  say(trouble === '' ? message : `${message}: ${trouble}`);
  const shown =
    trouble === '' ? showInformation(`${message}.`, open) : showWarning(`${message}: ${trouble}.`, open);
  void shown.then((chosen) => (chosen === open ? reports.show(report) : undefined));
  return summaryOf(log, report);
}
