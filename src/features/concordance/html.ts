import * as vscode from 'vscode';
import type { StateFilter } from '../../core/concordance/lines';
import type { Order } from '../../core/concordance/order';
import { stateName } from '../shared/article-state';
import { ARTICLE_STATES, STATE_FILTERS } from './argument';
import { ORDERS } from '../../core/concordance/order';

/** Where the page's bundle is. */
export function pageRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The page of the panel: its form and an empty list. What is not in it comes as messages, and is set as text. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const { t } = vscode.l10n;
  const file = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), name)).toString();
  const nonce = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  // Where a form is sent to, and what addresses are relative to, is no source: the first rule leaves both open.
  const closed = "default-src 'none'; form-action 'none'; base-uri 'none'";
  const policy = `${closed}; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  // The title is the name: a sign is nothing to say.
  const toggle = (id: string, sign: string, title: string, kind = '') =>
    `<button type="button" class="toggle ${kind}" id="${id}" aria-pressed="false" title="${escape(title)}"><span aria-hidden="true">${sign}</span></button>`;
  const select = (id: string, title: string, options: string) =>
    `<select id="${id}" aria-label="${escape(title)}" title="${escape(title)}">${options}</select>`;
  const option = (value: string, name: string) => `<option value="${value}">${escape(name)}</option>`;
  const date = (id: string, title: string) =>
    `<label class="date">${escape(title)} <input type="date" id="${id}"></label>`;
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file('concordance.css')}">
<title>${escape(t('Concordance'))}</title>
</head>
<body data-any-label="${escape(t('Any label'))}">
<form id="form" role="search">
<div class="bar">
<span class="search">
<input id="text" type="text" dir="auto" spellcheck="false" autocomplete="off" placeholder="${escape(t('Word or phrase'))}" aria-label="${escape(t('Word, phrase or regular expression'))}" title="${escape(t('Enter goes to the lines. There, alt+l labels, alt+enter accepts, alt+delete untags.'))}">
${toggle('matchCase', 'Aa', t('Match case'))}${toggle('wholeWords', '<u>ab</u>', t('Whole words'))}${toggle('isRegex', '.*', t('Regular expression'))}
</span>
${select('label', t('Label of the entity'), '')}
${toggle('more', '▾', t('State of the entity, state of the article, dates'), 'narrow')}<span id="filters">
${select('state', t('State of the entity'), STATE_FILTERS.map((state) => option(state, filterName(state))).join(''))}
${select(
  'articles',
  t('State of the article'),
  ARTICLE_STATES.map((state) =>
    option(state, state === 'any' ? t('All articles') : t('Articles: {0}', stateName(state))),
  ).join(''),
)}
${date('from', t('From'))}${date('to', t('To'))}
</span>
</div>
<div class="bar">
<span class="orders" role="group" aria-label="${escape(t('Sort by'))}"><span class="wide">${escape(t('Sort by'))}</span>
${ORDERS.map((order) => `<button type="button" class="toggle" data-order="${order}" aria-pressed="false">${escape(orderName(order))}</button>`).join('')}
</span>
<span id="note" role="status"></span>
<progress id="progress" max="1" hidden></progress>
<button type="button" id="stop" hidden>${escape(t('Cancel'))}</button>
<button type="button" id="export" aria-label="${escape(t('Export TSV…'))}" title="${escape(t('Export TSV…'))}"><span class="wide">${escape(t('Export'))} </span>TSV…</button>
</div>
<div id="problem" role="alert" hidden></div>
</form>
<main>
<h1 class="spoken">${escape(t('Concordance'))}</h1>
<div id="list" role="listbox" tabindex="0" aria-multiselectable="true" aria-label="${escape(t('Lines of the concordance'))}"><div id="rows" role="presentation"></div></div>
</main>
<script nonce="${nonce}" src="${file('concordance.js')}"></script>
</body>
</html>`;
}

function filterName(state: StateFilter): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'any':
      return t('Tagged or not');
    case 'untagged':
      return t('Untagged');
    case 'tagged':
      return t('Tagged');
    case 'unreviewed':
      return t('Unreviewed');
    case 'reviewed':
      return t('Reviewed');
    case 'suggestion':
      return t('Suggestion');
  }
}

function orderName(order: Order): string {
  const { t } = vscode.l10n;
  switch (order) {
    case 'place':
      return t('Article');
    case 'date':
      return t('Date');
    case 'left':
      return t('Left');
    case 'keyword':
      return t('Keyword');
    case 'right':
      return t('Right');
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
