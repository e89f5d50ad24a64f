import * as vscode from 'vscode';
import type { Format } from '../../formats/shared/format';
import { loadFormats } from '#formats';
import type { Recognized } from '../../workspace/transfer/recognize';
import { countFiles } from '../shared/counts';
import { purposeOf } from '../../wording/purposes';
import { limitsMessage } from './messages';

interface Item extends vscode.QuickPickItem {
  readonly format?: Format;
}

/** What of a format's options was chosen; what is missing is as the format has it. */
export type Options = Readonly<Record<string, string>>;

export interface FormatChoice {
  readonly format: Format;
  readonly options: Options;
}

/** The format that files are in: what they look like, else (or where that is several) what the person says. */
export async function chooseSource(likely: readonly Recognized[]): Promise<FormatChoice | undefined> {
  const { t } = vscode.l10n;
  const [first, ...others] = likely;
  if (first && others.length === 0) return { format: first.format, options: {} };
  const { FORMATS } = await loadFormats();
  const all = FORMATS.filter((format) => !likely.some((one) => one.format === format));
  const items: Item[] = [
    ...(first ? [separator(t('What the files look like'))] : []),
    ...likely.map(({ format, files }) => ({
      ...itemOf(format),
      detail: countFiles(files),
    })),
    separator(first ? t('Other formats') : t('No format was recognised')),
    ...all.map(itemOf),
  ];
  return pick(items, t('Import'), t('The format of the files'));
}

/** The format to export to. */
export async function chooseTarget(): Promise<FormatChoice | undefined> {
  const { t } = vscode.l10n;
  const { FORMATS } = await loadFormats();
  const items = FORMATS.map((format) => ({
    ...itemOf(format),
    detail: `${purposeOf(t, format.id) ?? format.title} · ${limitsMessage(format)}`,
  }));
  return pick(items, t('Export'), t('What are the tags for? Choose a format, or type the name of a tool'));
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(format: Format): Item {
  const hasOptions = format.options?.some(({ values }) => values.length > 1);
  const button = { iconPath: new vscode.ThemeIcon('settings-gear'), tooltip: vscode.l10n.t('With Options…') };
  return {
    label: format.title,
    description: format.extensions.join(' '),
    format,
    ...(hasOptions && { buttons: [button] }),
  };
}

function pick(items: readonly Item[], title: string, placeholder: string): Promise<FormatChoice | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  Object.assign(picker, { title, placeholder, items, matchOnDescription: true, matchOnDetail: true });
  return new Promise((resolve) => {
    let isAsking = false;
    picker.onDidAccept(() => {
      const format = picker.selectedItems[0]?.format;
      if (format) resolve({ format, options: {} });
      picker.hide();
    });
    picker.onDidTriggerItemButton(({ item: { format } }) => {
      isAsking = true;
      picker.hide();
      void askOptions(format!).then((options) => resolve(options && { format: format!, options }));
    });
    picker.onDidHide(() => {
      if (!isAsking) resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** Asks each option that has several values. @returns `undefined` where the person wants none of it */
async function askOptions({ options = [], title }: Format): Promise<Options | undefined> {
  const chosen: Record<string, string> = {};
  for (const { name, values, description } of options) {
    if (values.length < 2) continue;
    const value = await vscode.window.showQuickPick([...values], {
      title: `${title}: ${name}`,
      placeHolder: description.replace(/`([^`]*)`/g, '“$1”'),
    });
    if (value === undefined) return undefined;
    chosen[name] = value;
  }
  return chosen;
}
