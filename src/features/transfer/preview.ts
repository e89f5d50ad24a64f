import * as vscode from 'vscode';
import type { ImportPlan } from '../../workspace/transfer/import-plan';
import { totalMessage } from '../../wording/totals';
import { countArticles, countDocuments, countEntities } from '../shared/counts';
import { failureMessage } from './messages';

/** How many files that are left out are listed. */
const MOST_LISTED = 20;

export interface Decision {
  readonly addsLabels: boolean;
}

interface Item extends vscode.QuickPickItem {
  readonly decision?: Decision;
}

/**
 * Shows what an import would do: Enter on the first row does it, any other row shows the notes.
 * @returns `undefined` where the person wants none of it
 */
export function confirmImport(plan: ImportPlan, showNotes: () => void): Promise<Decision | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<Item>();
  const { corpus, folder, format } = plan;
  const path = corpus.relativePath(folder);
  const into = path === undefined ? corpus.name : `${corpus.name}/${path}`;
  picker.title = t('Import {0} into {1}', format.title, into);
  picker.placeholder = t(
    'Enter on the first row imports; the rows below “What the files hold” show all notes',
  );
  // Notes are shown beside it.
  picker.ignoreFocusOut = true;
  picker.items = itemsOf(plan);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (!item?.decision) return showNotes();
      resolve(item.decision);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsOf(plan: ImportPlan): Item[] {
  const { t } = vscode.l10n;
  const { documents, labels, newLabels, reading, preview, corpus } = plan;
  const added = documents.reduce((sum, one) => sum + one.added, 0);
  // An article may have a document for each annotator.
  const articles = [...new Map(documents.map((one) => [one.uri.toString(), one])).values()];
  const fresh = articles.filter(({ entry }) => !entry).length;
  const there = articles.length - fresh;
  const changed = articles.filter(
    ({ entry, uri }) => entry && documents.some((one) => one.added > 0 && one.uri.path === uri.path),
  ).length;
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const row = (icon: string, label: string, description = ''): Item => ({
    label: `$(${icon}) ${label}`,
    description,
  });
  const main = t('Import {0}', countDocuments(articles.length));
  const description = t('adds {0}', countEntities(added));
  const lacking = newLabels.map(({ name }) => name).join(', ');
  const items: Item[] = [
    {
      label: `$(check) ${main}`,
      description,
      decision: { addsLabels: true },
      ...(newLabels.length > 0 && { detail: t('Adds these labels to corpus.yaml: {0}', lacking) }),
    },
    ...(newLabels.length === 0
      ? []
      : [
          {
            label: `$(dash) ${t('Import without adding labels')}`,
            description,
            decision: { addsLabels: false },
          },
        ]),
    separator(t('What the files hold')),
  ];
  if (fresh > 0) items.push(row('new-file', fresh === 1 ? t('1 new article') : t('{0} new articles', fresh)));
  if (there > 0)
    items.push(
      row(
        'file',
        t('{0} there already', countArticles(there)),
        t('{0} of {1} with new entities', changed, there),
      ),
    );
  const relations = documents.reduce((sum, { document }) => sum + document.relations.length, 0);
  if (relations > 0) items.push(row('link', t('Relations: {0}', relations)));
  for (const failure of reading.failures.slice(0, MOST_LISTED))
    items.push(row('error', failure.path, failureMessage(failure.error)));
  if (reading.failures.length > MOST_LISTED)
    items.push(row('error', t('… and {0} more.', reading.failures.length - MOST_LISTED)));
  const notes = [...reading.totals, ...preview.totals];
  if (notes.length > 0) items.push(separator(t('Notes')));
  const icons = { lost: 'warning', invalid: 'warning', changed: 'info' } as const;
  for (const total of notes) items.push(row(icons[total.kind], totalMessage(t, total)));
  if (labels.size > 0) items.push(separator(t('Entities by label')));
  for (const [label, count] of [...labels].sort(([, a], [, b]) => b - a))
    items.push(
      row(
        'tag',
        label,
        [String(count), ...(corpus.label(label) ? [] : [t('not in corpus.yaml')])].join(' · '),
      ),
    );
  return items;
}
