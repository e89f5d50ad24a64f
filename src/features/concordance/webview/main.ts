import type { Order } from '../../../core/concordance/order';
import type { FromPage, Kept, ToPage } from '../protocol';
import { LineList } from './list';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: Kept): void;
};

/** How long typing is gathered before it is looked for, in ms. */
const PAUSE = 400;

const vscode = acquireVsCodeApi();
const post = (message: FromPage) => vscode.postMessage(message);
const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

const form = find<HTMLFormElement>('form');
const text = find<HTMLInputElement>('text');
const label = find<HTMLSelectElement>('label');
const state = find<HTMLSelectElement>('state');
const articles = find<HTMLSelectElement>('articles');
const from = find<HTMLInputElement>('from');
const to = find<HTMLInputElement>('to');
const note = find('note');
const progress = find<HTMLProgressElement>('progress');
const stop = find<HTMLButtonElement>('stop');
const problem = find('problem');
const toggles = (['matchCase', 'wholeWords', 'isRegex'] as const).map((name) => ({
  name,
  button: find<HTMLButtonElement>(name),
}));
const more = find<HTMLButtonElement>('more');
const orders = [...document.querySelectorAll<HTMLButtonElement>('[data-order]')];

const list = new LineList(find('list'), find('rows'), {
  post,
  leave: () => text.focus(),
});

/** Whether the list gets the focus as soon as it has the lines that are asked for: who pressed enter wants to go on. */
let goesToList = false;
let timer = 0;
/** Counts the searches; what the host tells of an older one is behind what is seen here. */
let asked = 0;
let answered = 0;
/** Whether something was typed that is not asked for yet. */
let isTyping = false;

const isPressed = (button: HTMLButtonElement) => button.getAttribute('aria-pressed') === 'true';
const press = (button: HTMLButtonElement, isDown: boolean) =>
  button.setAttribute('aria-pressed', String(isDown));

function readForm(): Kept['request'] {
  const [matchCase, wholeWords, isRegex] = toggles.map(({ button }) => isPressed(button)) as [
    boolean,
    boolean,
    boolean,
  ];
  return {
    query: { text: text.value, label: label.value, matchCase, wholeWords, isRegex },
    state: state.value as Kept['request']['state'],
    articles: articles.value as Kept['request']['articles'],
    from: from.value,
    to: to.value,
  };
}

/** What was asked for last, so that what does not change it asks nothing. */
let askedKey = '';
const keyOf = ({ query, state, articles, from, to }: Kept['request']) =>
  JSON.stringify([
    ...[query.text, query.label, query.matchCase, query.wholeWords, query.isRegex],
    ...[state, articles, from, to],
  ]);

function search(): void {
  clearTimeout(timer);
  isTyping = false;
  const request = readForm();
  // What went wrong may be asked again.
  if (keyOf(request) === askedKey && problem.hidden) {
    if (answered === asked) goToList();
    return;
  }
  askedKey = keyOf(request);
  post({ type: 'search', request, search: ++asked });
}

function goToList(): void {
  if (goesToList) list.focus();
  goesToList = false;
}

function showForm({ request, order, labels, search }: ToPage & { type: 'form' }): void {
  const { query } = request;
  const chosen = label.value;
  const options = ['', ...labels].map((name) => {
    const option = document.createElement('option');
    option.value = name;
    option.textContent = name === '' ? (document.body.dataset.anyLabel ?? '') : name;
    return option;
  });
  label.replaceChildren(...options);
  // Who types on is ahead of what is told here.
  const isBehind = isTyping || search < asked;
  label.value = isBehind ? chosen : query.label;
  if (isBehind) return;
  text.value = query.text;
  state.value = request.state;
  articles.value = request.articles;
  from.value = request.from;
  to.value = request.to;
  for (const { name, button } of toggles) press(button, query[name]);
  for (const button of orders) press(button, button.dataset.order === order);
  showFilters();
  askedKey = keyOf(request);
  vscode.setState({ request, order });
}

/** Where there is no room for them, a button shows the filters; that one is set is seen on it. */
function showFilters(isOpen = more.getAttribute('aria-expanded') === 'true'): void {
  const { state, articles, from, to } = readForm();
  press(more, state !== 'any' || articles !== 'any' || from !== '' || to !== '');
  more.setAttribute('aria-expanded', String(isOpen));
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'form':
      return showForm(data);
    case 'lines':
      note.title = note.textContent = data.note;
      list.setLines(data);
      answered = data.search;
      if (answered < asked) return;
      if (data.total > 0) goToList();
      goesToList = false;
      return;
    case 'rows':
      return list.setRows(data);
    case 'keys':
      find('list').dataset.keys = String(data.areOn);
      return;
    case 'focus':
      if (data.on === 'list') {
        list.focus();
      } else {
        text.focus();
        // Who types already is ahead of this: the next letter must not replace those that are there.
        if (!isTyping && answered === asked) text.select();
      }
      return;
    case 'progress':
      progress.hidden = stop.hidden = data.share === undefined;
      if (data.share === undefined) return;
      progress.value = data.share;
      note.textContent = data.text ?? '';
      return;
    case 'problem':
      problem.textContent = data.text;
      problem.hidden = data.text === '';
      if (data.text !== '') goesToList = false;
  }
});

/** What had the focus last. */
let focused: HTMLElement = text;
document.addEventListener('focusin', ({ target }) => {
  focused = target as HTMLElement;
});
// The editor gives the focus back to the page alone, such as after a quick pick: no key would do anything there.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) focused.focus();
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  goesToList = true;
  search();
});
text.addEventListener('input', () => {
  isTyping = true;
  clearTimeout(timer);
  timer = window.setTimeout(search, PAUSE);
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown') return;
  event.preventDefault();
  list.focus();
});
for (const field of [label, state, articles, from, to]) field.addEventListener('change', search);
more.addEventListener('click', () => showFilters(more.getAttribute('aria-expanded') !== 'true'));
for (const { button } of toggles)
  button.addEventListener('click', () => {
    press(button, !isPressed(button));
    search();
  });
for (const button of orders)
  button.addEventListener('click', () => post({ type: 'sort', order: button.dataset.order as Order }));
stop.addEventListener('click', () => post({ type: 'stop' }));
find('export').addEventListener('click', () => post({ type: 'export' }));

post({ type: 'ready' });
