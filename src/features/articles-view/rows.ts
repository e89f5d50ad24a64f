import * as vscode from 'vscode';
import { baseName } from '../../core/sidecar/name';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { ArticleState } from '../../workspace/corpus/summary';
import { stateName } from '../shared/article-state';
import { countArticles, countEntities } from '../shared/counts';
import type { SortBy } from './order';
import { entriesBelow, type ArticleNode, type FolderNode, type RangeNode, type TreeNode } from './tree';

const ICONS: Readonly<Record<ArticleState, readonly [icon: string, color?: string]>> = {
  untouched: ['circle-large-outline'],
  'in-progress': ['color-mode', 'charts.blue'],
  done: ['pass-filled', 'testing.iconPassed'],
  trouble: ['error', 'testing.iconFailed'],
};

/** What tells an article's file apart from those beside it. */
type ShortName = (entry: ArticleEntry) => string;

export function stateIcon(state: ArticleState): vscode.ThemeIcon {
  const [icon, color] = ICONS[state];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function countUnreviewed(count: number): string {
  return count === 0 ? vscode.l10n.t('nothing to review') : vscode.l10n.t('{0} to review', count);
}

function countToPlace(count: number): string {
  return vscode.l10n.t('{0} to place', count);
}

/** What stands behind a node's name: an article's file where its name was shortened, a folder's progress. */
export function describe(node: TreeNode, shortName: ShortName): string {
  if (node.kind === 'article') {
    const { path, summary } = node.entry;
    const name = baseName(path);
    const isShortened =
      summary.title !== undefined && ![name, withoutExtension(name)].includes(shortName(node.entry));
    const parts = [
      ...(summary.toPlace > 0 ? [countToPlace(summary.toPlace)] : []),
      ...(isShortened ? [name] : []),
    ];
    return parts.join(' · ');
  }
  const { done, all } = sumBelow(node);
  return `${done}/${all}`;
}

export function rowOf(node: TreeNode, sortBy: SortBy, shortName: ShortName): vscode.TreeItem {
  const item = node.kind === 'article' ? articleRow(node, shortName) : branchRow(node, sortBy);
  item.id = node.id;
  item.description = describe(node, shortName);
  item.tooltip = tooltip(node);
  return item;
}

function articleRow(node: ArticleNode, shortName: ShortName): vscode.TreeItem {
  const { uri, path, summary, state } = node.entry;
  const name = baseName(path);
  const date = summary.date === undefined ? [] : [summary.date];
  const title = summary.title === undefined ? [] : [summary.title];
  // The short ones first: a narrow side bar cuts at the end. That nothing is tagged is in the icon.
  const count = state === 'untouched' ? [] : [String(summary.entities)];
  const facts = [...count, ...date].join(' ');
  const file = title.length > 0 ? shortName(node.entry) : name;
  // Without its file: the editor would put a lock and git's letters where there is no room for them.
  const item = new vscode.TreeItem([...(facts ? [facts] : []), file, ...title].join(' · '));
  item.iconPath = stateIcon(state);
  item.contextValue = summary.status === 'done' ? 'article.done' : 'article.open';
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  const parts = [...title, name, stateName(state), ...date];
  parts.push(countEntities(summary.entities), countUnreviewed(summary.unreviewed));
  if (summary.toPlace > 0) parts.push(countToPlace(summary.toPlace));
  item.accessibilityInformation = { label: parts.join(', ') };
  return item;
}

function branchRow(node: FolderNode | RangeNode, sortBy: SortBy): vscode.TreeItem {
  const isCorpus = node.kind === 'corpus';
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const name = node.kind === 'range' ? rangeName(node, sortBy) : node.name;
  const item = new vscode.TreeItem(name, isCorpus ? Expanded : Collapsed);
  item.iconPath = new vscode.ThemeIcon(
    isCorpus ? 'root-folder' : node.kind === 'range' ? 'ellipsis' : 'folder',
  );
  item.contextValue = node.kind;
  const { done, all } = sumBelow(node);
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0}, {1} of {2} done', name, done, countArticles(all)),
  };
  return item;
}

/** `a_001 … a_500`, with what the order goes by in front where that is not the name. */
function rangeName({ children }: RangeNode, sortBy: SortBy): string {
  const name = (node: TreeNode | undefined): string => {
    if (node?.kind !== 'article') return node?.kind === 'folder' ? node.name : '';
    const file = withoutExtension(baseName(node.entry.path));
    if (sortBy === 'state') return `${stateName(node.entry.state)} ${file}`;
    return sortBy === 'name' ? file : (node.entry.summary.date ?? file);
  };
  return `${name(children[0])} … ${name(children.at(-1))}`;
}

function withoutExtension(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

/** What is shown of a folder. */
function sumBelow(node: FolderNode | RangeNode) {
  const sum = { all: 0, done: 0, troubled: 0, toPlace: 0, entities: 0, unreviewed: 0 };
  for (const { state, summary } of entriesBelow(node)) {
    sum.all++;
    if (state === 'done') sum.done++;
    if (state === 'trouble') sum.troubled++;
    sum.toPlace += summary.toPlace;
    sum.entities += summary.entities;
    sum.unreviewed += summary.unreviewed;
  }
  return sum;
}

/** What the pointer shows: plain text, since names come from other people. */
function tooltip(node: TreeNode): string {
  if (node.kind === 'article') return articleTooltip(node.entry);
  const { all, done, troubled, toPlace, entities, unreviewed } = sumBelow(node);
  return [
    vscode.l10n.t('{0} of {1} done', done, countArticles(all)),
    ...(troubled > 0 ? [vscode.l10n.t('{0} in trouble', troubled)] : []),
    ...(toPlace > 0 ? [countToPlace(toPlace)] : []),
    `${countEntities(entities)}, ${countUnreviewed(unreviewed)}`,
  ].join('\n');
}

function articleTooltip({ path, summary, state }: ArticleEntry): string {
  const labels = [...summary.labels].sort(([, a], [, b]) => b - a).map(([label, n]) => `${label} ${n}`);
  return [
    ...(summary.title === undefined ? [] : [summary.title]),
    path,
    summary.date === undefined
      ? vscode.l10n.t('No date in its header')
      : vscode.l10n.t('Date: {0}', summary.date),
    vscode.l10n.t('State: {0}', stateName(state)),
    `${countEntities(summary.entities)}, ${countUnreviewed(summary.unreviewed)}`,
    ...(summary.toPlace > 0 ? [countToPlace(summary.toPlace)] : []),
    ...(labels.length > 0 ? [labels.join(' · ')] : []),
  ].join('\n');
}
