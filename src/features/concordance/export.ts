import * as vscode from 'vscode';
import { TSV_HEAD, toTsv, type Row } from '../../core/concordance/tsv';
import type { Concordance } from '../../workspace/asking/concordance';
import { say } from '../shared/messages';
import { withProgress } from '../shared/progress';

/** How many lines are written out between two looks at the time. */
const AT_ONCE = 500;

/**
 * Writes all lines as tab-separated values.
 * @param file asked for where it is missing
 * @returns how many lines; `undefined` where the person stopped it
 */
export async function exportLines(concordance: Concordance, file?: vscode.Uri): Promise<number | undefined> {
  const { t } = vscode.l10n;
  const { lines } = concordance;
  const target =
    file ??
    (await vscode.window.showSaveDialog({
      title: t('Export Concordance as TSV'),
      filters: { TSV: ['tsv', 'txt'] },
      ...(defaultUri() && { defaultUri: defaultUri()! }),
    }));
  if (!target) return undefined;
  const parts = [TSV_HEAD];
  const isWhole = await withProgress(t('Exporting the concordance'), async ({ token, onProgress }) => {
    for (let at = 0; at < lines.length; at += AT_ONCE) {
      if (token?.isCancellationRequested) return false;
      const some = lines.slice(at, at + AT_ONCE);
      const contexts = await concordance.contexts(some);
      parts.push(
        toTsv(
          some.map((line, i): Row => {
            const { path: article, summary } = line.entry;
            return { ...line, article, date: summary.date, context: contexts[i]! };
          }),
        ),
      );
      onProgress?.(Math.min(at + AT_ONCE, lines.length), lines.length);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return true;
  });
  if (!isWhole) return undefined;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(parts.join('')));
  say(t('Exported {0} lines to {1}', lines.length, vscode.workspace.asRelativePath(target)));
  return lines.length;
}

function defaultUri(): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, 'concordance.tsv');
}
