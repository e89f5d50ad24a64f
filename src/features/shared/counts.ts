import * as vscode from 'vscode';

export function countEntities(count: number): string {
  return count === 1 ? vscode.l10n.t('1 entity') : vscode.l10n.t('{0} entities', count);
}

export function countArticles(count: number): string {
  return count === 1 ? vscode.l10n.t('1 article') : vscode.l10n.t('{0} articles', count);
}

export function countFiles(count: number): string {
  return count === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', count);
}

export function countDocuments(count: number): string {
  return count === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', count);
}
