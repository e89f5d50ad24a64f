import * as vscode from 'vscode';
import type { FormOptions } from '../../core/occurrences';
import { followChoice, hitsOf, MOST_ROWS, rowsOf, type HitRow } from './hit-rows';
import type { Hit } from './hits';

interface HitItem extends vscode.QuickPickItem {
  readonly row?: HitRow;
}

interface Preview {
  readonly title: string;
  /** What is done to those that stay chosen, as `Tag {0} mentions as ORG`; of how many that can be done. */
  readonly placeholder: (count: number) => string;
  readonly hits: readonly Hit[];
  /** Looks again with other options; without it, there are none. */
  readonly search?: (options: Partial<FormOptions>) => Promise<readonly Hit[] | undefined>;
  /** Those that a person can change. */
  readonly options?: Partial<FormOptions>;
  /** Shows a place beside the preview. */
  readonly show: (hit: Hit) => void;
}

/**
 * Shows every hit in its context, below its article; all are chosen at first. Space takes one out, or in, and on
 * the row of an article all of it; typing an article's name or a word leaves those that have it. What was taken
 * out stays so when it is looked for again with other options.
 * @returns those that stayed chosen; `undefined` where the person left
 */
export async function chooseHits(preview: Preview): Promise<readonly Hit[] | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<HitItem>();
  let options = preview.options;
  let rows: readonly HitRow[] = [];
  let chosen: ReadonlySet<HitRow> = new Set();
  /** The places that were taken out, or were never in. */
  const left = new Set<string>();
  const isOut = (hits: readonly Hit[]) => hits.filter((hit) => hit.isOut).map(placeOf);
  /** The picker itself counts rows, of which those of articles are no mentions. */
  const showCount = () => {
    const [some, all] = [hitsOf(rows, chosen).length, hitsOf(rows, new Set(rows)).length];
    picker.title = t('{0} · {1} of {2} mentions', preview.title, some, all);
  };
  const choose = (wanted: ReadonlySet<HitRow>) => {
    chosen = wanted;
    picker.selectedItems = picker.items.filter(({ row }) => row && wanted.has(row));
  };
  const fill = (hits: readonly Hit[]) => {
    rows = rowsOf(hits);
    picker.items = itemsOf(rows);
    picker.placeholder =
      hits.length === 0 ? t('Nothing found') : preview.placeholder(hits.length - isOut(hits).length);
    const isIn = ({ hits: own }: HitRow) => own.some((hit) => !left.has(placeOf(hit)));
    choose(new Set(rows.filter(isIn)));
    showCount();
  };
  const remember = () => {
    for (const row of rows) {
      if (row.below.length > 0) continue;
      for (const hit of row.hits) {
        if (chosen.has(row)) left.delete(placeOf(hit));
        else left.add(placeOf(hit));
      }
    }
  };
  const showButtons = () => {
    picker.buttons = options ? buttonsOf(options).map(({ button }) => button) : [];
  };
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  for (const place of isOut(preview.hits)) left.add(place);
  fill(preview.hits);
  showButtons();
  return new Promise((resolve) => {
    picker.onDidChangeSelection((items) => {
      const now = new Set(items.flatMap(({ row }) => row ?? []));
      const wanted = followChoice(rows, chosen, now);
      // The picker is told only where it has to change, lest it undoes a key that came meanwhile.
      if (isSameSet(wanted, now)) chosen = wanted;
      else choose(wanted);
      showCount();
    });
    picker.onDidTriggerItemButton(({ item }) => item.row && preview.show(item.row.hits[0]));
    const change = async (wanted: Partial<FormOptions>) => {
      picker.busy = true;
      const hits = await preview.search?.(wanted);
      picker.busy = false;
      if (!hits) return;
      options = wanted;
      showButtons();
      remember();
      const known = new Set(rows.flatMap((row) => row.hits.map(placeOf)));
      for (const place of isOut(hits)) if (!known.has(place)) left.add(place);
      fill(hits);
    };
    picker.onDidTriggerButton(({ tooltip }) => {
      const pressed = options && buttonsOf(options).find(({ button }) => button.tooltip === tooltip);
      if (pressed) void change(pressed.options);
    });
    picker.onDidAccept(() => {
      const accepted = new Set(picker.selectedItems.flatMap(({ row }) => row ?? []));
      resolve(hitsOf(rows, followChoice(rows, chosen, accepted)));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function placeOf({ entry, start, end }: Hit): string {
  return `${entry.key}#${start}-${end}`;
}

function isSameSet(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function itemsOf(rows: readonly HitRow[]): HitItem[] {
  const { t } = vscode.l10n;
  const buttons = [{ iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: t('Show in Article') }];
  const [first] = rows;
  const isWhole = first !== undefined && first.kind !== 'hit' && first.below.length === 0;
  const items = rows.map((row): HitItem => {
    const [hit] = row.hits;
    const path = vscode.workspace.asRelativePath(hit.entry.uri);
    if (row.kind === 'rest') return { label: t('All other articles · {0}', row.hits.length), row };
    const { before, mention, after } = hit.excerpt;
    const text = `${before}⟦${mention}⟧${after}`;
    if (row.kind === 'article')
      return {
        label: `$(file-text) ${path} · ${row.hits.length}`,
        ...(isWhole && { description: text, buttons }),
        row,
      };
    return {
      label: text,
      description: path,
      ...(hit.detail !== undefined && { detail: hit.detail }),
      buttons,
      row,
    };
  });
  if (!isWhole) return items;
  const label = t('More than {0} places: each row is an article, with how many it has', MOST_ROWS);
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** The buttons of the options, each with the options that it leads to. */
function buttonsOf(
  options: Partial<FormOptions>,
): { button: vscode.QuickInputButton; options: Partial<FormOptions> }[] {
  const { t } = vscode.l10n;
  const { wholeWords, matchCase } = options;
  const buttons = [];
  if (wholeWords !== undefined)
    buttons.push({
      button: {
        iconPath: new vscode.ThemeIcon('whole-word'),
        tooltip: wholeWords ? t('Whole words only: on') : t('Whole words only: off'),
      },
      options: { ...options, wholeWords: !wholeWords },
    });
  if (matchCase !== undefined)
    buttons.push({
      button: {
        iconPath: new vscode.ThemeIcon('case-sensitive'),
        tooltip: matchCase ? t('Match case: on') : t('Match case: off'),
      },
      options: { ...options, matchCase: !matchCase },
    });
  return buttons;
}
