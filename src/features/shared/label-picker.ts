import * as vscode from 'vscode';
import { isLabelName, LONGEST_LABEL } from '../../core/new-label';
import type { Corpus } from '../../workspace/corpus/corpus';
import { addLabel } from '../../workspace/files/label-file';
import { colorIcon } from './icons';
import { askForText, attempt } from './messages';

interface LabelItem extends vscode.QuickPickItem {
  readonly name?: string;
  readonly isNew?: boolean;
}

/**
 * Asks for a label of the corpus. A name that is not in the set can be added to it.
 * @param options.first the label that stands first, so that enter alone takes it
 */
export async function pickLabel(
  corpus: Corpus,
  options: { title: string; first?: string | undefined },
): Promise<string | undefined> {
  const chosen = await choose(corpus, options);
  if (chosen?.isNew) {
    const name = chosen.name ?? (await askForName(corpus));
    return name === undefined ? undefined : (await attempt(() => addLabel(corpus, name)))?.name;
  }
  return chosen?.name;
}

function choose(
  corpus: Corpus,
  { title, first }: { title: string; first?: string | undefined },
): Promise<LabelItem | undefined> {
  const picker = vscode.window.createQuickPick<LabelItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Choose a label, or type the name of a new one');
  picker.matchOnDescription = true;
  const known = labelItems(corpus, first);
  // The editor puts first what matches by its label: a new one, which says what was typed, says so in its description.
  const add: LabelItem = { label: '$(add)', description: vscode.l10n.t('New label…'), isNew: true };
  const separator: LabelItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const show = () => {
    const name = picker.value.trim();
    const isKnown = corpus.labelSet.labels.some((label) => label.name.toLowerCase() === name.toLowerCase());
    const create: LabelItem[] =
      isLabelName(name) && !isKnown
        ? [{ ...add, description: vscode.l10n.t('New label “{0}”', name), name, alwaysShow: true }]
        : [add];
    picker.items = [...known, separator, ...create];
  };
  show();
  return new Promise((resolve) => {
    picker.onDidChangeValue(show);
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function labelItems(corpus: Corpus, first: string | undefined): LabelItem[] {
  const items = corpus.labelSet.labels.map((label, i): LabelItem => {
    const keys = [label.key, i < 9 ? `alt+${i + 1}` : undefined].filter((key) => key !== undefined);
    return {
      label: label.name,
      name: label.name,
      iconPath: colorIcon(label.color),
      description: [keys.join('  '), label.description].filter(Boolean).join('  ·  '),
    };
  });
  return items.sort((a, b) => Number(b.name === first) - Number(a.name === first));
}

function askForName(corpus: Corpus): Thenable<string | undefined> {
  return askForText({
    title: vscode.l10n.t('New label'),
    prompt: vscode.l10n.t('It is added to corpus.yaml, with a colour and a free key.'),
    placeHolder: vscode.l10n.t('for example PRODUCT'),
    validateInput: (value) => {
      const name = value.trim();
      if (corpus.label(name)) return vscode.l10n.t('The label set has “{0}” already.', name);
      return labelNameFault(name);
    },
  }).then((value) => value?.trim());
}

/** Why a name is not that of a label. */
export function labelNameFault(name: string): string | undefined {
  const { t } = vscode.l10n;
  if (isLabelName(name)) return undefined;
  return name.length > LONGEST_LABEL
    ? t('A label has at most {0} characters.', LONGEST_LABEL)
    : t('A label begins with a letter and is made of letters, digits, spaces, and _ - . / & ( ).');
}
