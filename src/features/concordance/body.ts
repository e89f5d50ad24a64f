import * as vscode from 'vscode';
import type { StateFilter } from '../../core/concordance/lines';
import type { Order } from '../../core/concordance/order';
import { stateName } from '../shared/article-state';
import { escapeHtml } from '../shared/page';
import { ARTICLE_STATES, STATE_FILTERS } from './argument';
import { ORDERS } from '../../core/concordance/order';

/** The form of the panel, and an empty list. */
export function bodyHtml(): string {
  const { t } = vscode.l10n;
  // The title is the name: a sign is nothing to say.
  const toggle = (id: string, sign: string, title: string, kind = '') =>
    `<button type="button" class="toggle ${kind}" id="${id}" aria-pressed="false" title="${escapeHtml(title)}"><span aria-hidden="true">${sign}</span></button>`;
  const select = (id: string, title: string, options: string) =>
    `<select id="${id}" aria-label="${escapeHtml(title)}" title="${escapeHtml(title)}">${options}</select>`;
  const option = (value: string, name: string) => `<option value="${value}">${escapeHtml(name)}</option>`;
  const date = (id: string, title: string) =>
    `<label class="date">${escapeHtml(title)} <input type="date" id="${id}"></label>`;
  return `<form id="form" role="search">
<div class="bar">
<span class="search">
<input id="text" type="text" dir="auto" spellcheck="false" autocomplete="off" placeholder="${escapeHtml(t('Word or phrase'))}" aria-label="${escapeHtml(t('Word, phrase or regular expression'))}" title="${escapeHtml(t('Enter goes to the lines. There, alt+l labels, alt+enter accepts, alt+delete untags.'))}">
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
<span class="orders" role="group" aria-label="${escapeHtml(t('Sort by'))}"><span class="wide">${escapeHtml(t('Sort by'))}</span>
${ORDERS.map((order) => `<button type="button" class="toggle" data-order="${order}" aria-pressed="false">${escapeHtml(orderName(order))}</button>`).join('')}
</span>
<span id="note" role="status"></span>
<progress id="progress" max="1" hidden></progress>
<button type="button" id="stop" hidden>${escapeHtml(t('Cancel'))}</button>
<button type="button" id="export" aria-label="${escapeHtml(t('Export TSV…'))}" title="${escapeHtml(t('Export TSV…'))}"><span class="wide">${escapeHtml(t('Export'))} </span>TSV…</button>
</div>
<div id="problem" role="alert" hidden></div>
</form>
<main>
<h1 class="spoken">${escapeHtml(t('Concordance'))}</h1>
<div id="list" role="listbox" tabindex="0" aria-multiselectable="true" aria-label="${escapeHtml(t('Lines of the concordance'))}"><div id="rows" role="presentation"></div></div>
</main>`;
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
