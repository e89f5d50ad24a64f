import * as vscode from 'vscode';
import { itemsOf, readTable } from '../../core/suggest/gazetteer';
import { decodeUtf8 } from '../../core/text';
import type { FormLists } from '../../workspace/asking/form-lists';
import type { CorpusStore } from '../../workspace/store';
import { pickLabel } from '../shared/label-picker';
import { say, showWarning } from '../shared/messages';

export interface ImportArgument {
  readonly file?: string | vscode.Uri;
  /** Of rows that have none. */
  readonly label?: string;
}

/** Adds the forms of a CSV or TSV file to `gazetteer.yaml`. */
export async function importGazetteer(
  store: CorpusStore,
  lists: FormLists,
  argument: ImportArgument | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const given = argument?.file;
  const file = typeof given === 'string' ? vscode.Uri.parse(given, true) : (given ?? (await chooseFile()));
  if (!file) return;
  const active = vscode.window.activeTextEditor?.document.uri;
  const corpus =
    store.catalog.corpusAt(file) ?? (active && store.catalog.corpusAt(active)) ?? store.catalog.corpora[0];
  if (!corpus) return say(t('Open the folder of your articles first.'));
  const name = vscode.workspace.asRelativePath(file);
  const text = decodeUtf8(await vscode.workspace.fs.readFile(file));
  if (text === undefined)
    return warn(t('Nothing was imported: {0} is not UTF-8. Save it with the encoding UTF-8.', name));
  const table = readTable(text);
  let { items, left } = itemsOf(table, argument?.label);
  if (left.some(({ lacks }) => lacks === 'label') && argument?.label === undefined) {
    const label = await pickLabel(corpus, { title: t('Label of the names in {0} that have none', name) });
    if (label === undefined) return;
    ({ items, left } = itemsOf(table, label));
  }
  if (items.length === 0) return warn(t('Nothing was imported: {0} has no row with a name.', name));
  await lists.addForms(corpus, items);
  say(
    items.length === 1
      ? t('Imported 1 form from {0} into gazetteer.yaml', name)
      : t('Imported {0} forms from {1} into gazetteer.yaml', items.length, name),
  );
  const unknown = [...new Set(items.map(({ label }) => label!))].filter((label) => !corpus.allows(label));
  const notes = [
    ...(left.length === 1 ? [t('1 row has no name and was left out.')] : []),
    ...(left.length > 1 ? [t('{0} rows have no name and were left out.', left.length)] : []),
    ...(unknown.length > 0
      ? [t('corpus.yaml does not have these labels: {0}.', unknown.slice(0, 5).join(', '))]
      : []),
  ];
  if (notes.length > 0) warn(notes.join(' '));
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Gazetteer'),
    openLabel: vscode.l10n.t('Import'),
    filters: { 'CSV, TSV': ['csv', 'tsv', 'txt'] },
  });
  return chosen?.[0];
}

function warn(message: string): void {
  void showWarning(message);
}
