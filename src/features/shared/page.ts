import * as vscode from 'vscode';

/**
 * Shows a page, which runs its own bundle and reads nothing else. What corpora say is not in it: it comes as messages,
 * and is set as text.
 * @param name of its bundle, a script and a style
 * @param body HTML of the program's own, with {@link escapeHtml} around every sentence
 * @param texts of elements that the script makes, by their names: `data-…` of the body
 */
export function showPage(
  webview: vscode.Webview,
  extension: vscode.Uri,
  { name, title, body, texts }: { name: string; title: string; body: string; texts: Record<string, string> },
): void {
  const root = vscode.Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  const file = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(root, `${name}.${ending}`)).toString();
  const nonce = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  // Where a form is sent to, and what addresses are relative to, is no source: the first rule leaves both open.
  const closed = "default-src 'none'; form-action 'none'; base-uri 'none'";
  const policy = `${closed}; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  const data = Object.entries(texts).map(([key, text]) => ` data-${key}="${escapeHtml(text)}"`);
  webview.html = `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file('css')}">
<title>${escapeHtml(title)}</title>
</head>
<body${data.join('')}>
${body}
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}

/** A text as it may stand in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
