import * as vscode from 'vscode';

export function countEntities(count: number): string {
  return count === 1 ? vscode.l10n.t('1 entity') : vscode.l10n.t('{0} entities', count);
}

export function countArticles(count: number): string {
  return count === 1 ? vscode.l10n.t('1 article') : vscode.l10n.t('{0} articles', count);
}

/** How far the work on articles is. */
export function countDone(done: number, all: number): string {
  const [part, whole] = [done, all].map((count) => count.toLocaleString(vscode.env.language));
  return vscode.l10n.t('{0} of {1} done', part!, whole!);
}

export function countSuggestions(count: number): string {
  return count === 1 ? vscode.l10n.t('1 suggestion') : vscode.l10n.t('{0} suggestions', count);
}

export function countFiles(count: number): string {
  return count === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', count);
}

export function countDocuments(count: number): string {
  return count === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', count);
}
