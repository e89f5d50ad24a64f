import * as vscode from 'vscode';
import type { LabelRename } from '../../workspace/steps/label-rename';
import { countArticles, countEntities } from '../shared/counts';

/** How many articles are listed; the others are counted. */
const MOST_LISTED = 500;

interface Item extends vscode.QuickPickItem {
  /** The file of the row; the first row, which does it, has none. */
  readonly uri?: vscode.Uri;
}

/** Shows what renaming a label would change: Enter does it, the row of a file shows that. */
export function confirmRename(plan: LabelRename): Promise<boolean> {
  const { t } = vscode.l10n;
  const { from, to, isMerge } = plan;
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = isMerge ? t('Merge label {0} into {1}', from, to) : t('Rename label {0} to {1}', from, to);
  picker.placeholder = t('Enter on the first row changes all of these; another row shows its file');
  // Files are shown beside it.
  picker.ignoreFocusOut = true;
  picker.items = itemsOf(plan);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.uri) return show(item.uri);
      resolve(item !== undefined);
      picker.hide();
    });
    picker.onDidTriggerItemButton(({ item }) => item.uri && show(item.uri));
    picker.onDidHide(() => {
      resolve(false);
      picker.dispose();
    });
    picker.show();
  });
}

function show(uri: vscode.Uri): void {
  void vscode.window.showTextDocument(uri, { preserveFocus: true, preview: true });
}

function itemsOf({ from, to, isMerge, files, layers, articles, corpus }: LabelRename): Item[] {
  const { t } = vscode.l10n;
  const all = articles.reduce((sum, { count }) => sum + count, 0);
  const button = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: t('Show File') };
  const row = (uri: vscode.Uri, description: string): Item => ({
    label: vscode.workspace.asRelativePath(uri),
    description,
    buttons: [button],
    uri,
  });
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: Item[] = [
    {
      label: isMerge ? `$(git-merge) ${t('Merge {0} into {1}', from, to)}` : `$(check) ${t('Rename {0} to {1}', from, to)}`,
      description: t('{0} in {1}', countEntities(all), countArticles(articles.length)),
      ...(isMerge && { detail: t('There is a label {1} already: the two become one, and {0} leaves corpus.yaml.', from, to) }),
    },
  ]; // prettier-ignore
  if (files.length > 0) items.push(separator(t('Label set and lists')));
  for (const { uri, count } of files) {
    const isLabelSet = uri.toString() === corpus.yamlUri.toString();
    const entries = count === 1 ? t('1 entry') : t('{0} entries', count);
    items.push(row(uri, isLabelSet ? labelSetText(corpus.hasYaml, isMerge) : entries));
  }
  if (layers.length > 0) items.push(separator(t('Layers of annotators')));
  for (const { uri, count } of layers.slice(0, MOST_LISTED)) items.push(row(uri, countEntities(count)));
  if (layers.length > MOST_LISTED) items.push(separator(t('… and {0} more.', layers.length - MOST_LISTED)));
  if (articles.length > 0) items.push(separator(t('Articles')));
  for (const { entry, count } of articles.slice(0, MOST_LISTED))
    items.push(row(entry.uri, countEntities(count)));
  if (articles.length > MOST_LISTED)
    items.push(separator(t('… and {0} more.', articles.length - MOST_LISTED)));
  return items;
}

function labelSetText(hasYaml: boolean, isMerge: boolean): string {
  const { t } = vscode.l10n;
  if (!hasYaml) return t('is written, with the built-in labels');
  return isMerge ? t('the old label is taken out') : t('the name of the label');
}
