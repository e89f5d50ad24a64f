import * as vscode from 'vscode';
import type { FormOptions } from '../../core/occurrences';
import type { Hit } from './hits';

interface HitItem extends vscode.QuickPickItem {
  readonly hit?: Hit;
}

interface Preview {
  readonly title: string;
  /** What is done to those that stay chosen, as `Tag {0} mentions as ORG`. */
  readonly placeholder: (count: number) => string;
  readonly hits: readonly Hit[];
  /** Looks again with other options; without it, there are none. */
  readonly search?: (options: FormOptions) => Promise<readonly Hit[] | undefined>;
  readonly options?: FormOptions;
  /** Shows a place beside the preview. */
  readonly show: (hit: Hit) => void;
}

/**
 * Shows every hit in its context, grouped by article; all are chosen at first. Space takes one out, typing
 * an article's name or a word leaves those that have it.
 * @returns those that stayed chosen; `undefined` where the person left
 */
export async function chooseHits(preview: Preview): Promise<readonly Hit[] | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<HitItem>();
  let options = preview.options;
  const fill = (hits: readonly Hit[]) => {
    picker.items = itemsOf(hits);
    picker.selectedItems = picker.items.filter(({ hit }) => hit);
    picker.placeholder = hits.length === 0 ? t('Nothing found') : preview.placeholder(hits.length);
  };
  const showButtons = () => {
    picker.buttons = options ? buttonsOf(options).map(({ button }) => button) : [];
  };
  picker.title = preview.title;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  fill(preview.hits);
  showButtons();
  return new Promise((resolve) => {
    picker.onDidTriggerItemButton(({ item }) => item.hit && preview.show(item.hit));
    const change = async (wanted: FormOptions) => {
      picker.busy = true;
      const hits = await preview.search?.(wanted);
      picker.busy = false;
      if (!hits) return;
      options = wanted;
      showButtons();
      fill(hits);
    };
    picker.onDidTriggerButton(({ tooltip }) => {
      const pressed = options && buttonsOf(options).find(({ button }) => button.tooltip === tooltip);
      if (pressed) void change(pressed.options);
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems.flatMap(({ hit }) => hit ?? []));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsOf(hits: readonly Hit[]): HitItem[] {
  const show = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Show in Article') };
  const counts = new Map<unknown, number>();
  for (const { entry } of hits) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return hits.flatMap((hit, i): HitItem[] => {
    const { before, mention, after } = hit.excerpt;
    const path = vscode.workspace.asRelativePath(hit.entry.uri);
    const item: HitItem = {
      label: `${before}⟦${mention}⟧${after}`,
      description: path,
      ...(hit.detail !== undefined && { detail: hit.detail }),
      buttons: [show],
      hit,
    };
    if (hits[i - 1]?.entry === hit.entry) return [item];
    return [{ label: `${path} · ${counts.get(hit.entry)}`, kind: vscode.QuickPickItemKind.Separator }, item];
  });
}

/** The buttons of the options, each with the options that it leads to. */
function buttonsOf(
  options: FormOptions,
): readonly { button: vscode.QuickInputButton; options: FormOptions }[] {
  const { t } = vscode.l10n;
  const { wholeWords, matchCase } = options;
  return [
    {
      button: {
        iconPath: new vscode.ThemeIcon('whole-word'),
        tooltip: wholeWords ? t('Whole words only: on') : t('Whole words only: off'),
      },
      options: { ...options, wholeWords: !wholeWords },
    },
    {
      button: {
        iconPath: new vscode.ThemeIcon('case-sensitive'),
        tooltip: matchCase ? t('Match case: on') : t('Match case: off'),
      },
      options: { ...options, matchCase: !matchCase },
    },
  ];
}
