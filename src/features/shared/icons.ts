import * as vscode from 'vscode';

/** A label's colour as a tree or quick pick icon: a rounded square. A data URI, so that any colour will do. */
export function colorIcon(color: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="3" y="3" width="10" height="10" rx="3" fill="${color}"/></svg>`;
  return vscode.Uri.parse('data:image/svg+xml;utf8,' + encodeURIComponent(svg));
}
