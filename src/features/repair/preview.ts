import * as vscode from 'vscode';
import type { Repair } from '../../workspace/steps/repair';
import { shortText } from '../shared/targets';
import type { Changes } from './changes';

/** How many moves of an article are told in its row. */
const TOLD = 3;

interface RepairItem extends vscode.QuickPickItem {
  readonly repair: Repair;
}

/** `12 moved, 2 to place` */
export function countText({ moves, toPlace }: Pick<Repair, 'moves' | 'toPlace'>): string {
  const { t } = vscode.l10n;
  const moved = moves.length === 0 ? t('nothing moved') : t('{0} moved', moves.length);
  return toPlace === 0 ? moved : t('{0}, {1} to place', moved, toPlace);
}

function movesText({ moves }: Repair): string {
  const told = moves.slice(0, TOLD).map(({ before, after }) => {
    const place = before.start === after.start ? `${after.start}` : `${before.start} → ${after.start}`;
    return `“${shortText(after.text, 24)}” ${place}`;
  });
  return moves.length > TOLD ? `${told.join(' · ')} · …` : told.join(' · ');
}

/** Asks which articles are to be repaired; all at first. @returns `undefined` where the person left */
export async function chooseRepairs(
  repairs: readonly Repair[],
  changes: Changes,
): Promise<Repair[] | undefined> {
  const { t } = vscode.l10n;
  const show = { iconPath: new vscode.ThemeIcon('diff'), tooltip: t('Show Changes') };
  const picker = vscode.window.createQuickPick<RepairItem>();
  const moved = repairs.reduce((sum, { moves }) => sum + moves.length, 0);
  picker.title = t('Repair Spans of Changed Articles');
  picker.placeholder =
    moved === 1
      ? t('1 span moved. Choose the articles whose sidecars are to be written')
      : t('{0} spans moved. Choose the articles whose sidecars are to be written', moved);
  picker.canSelectMany = true;
  // Changes are shown beside it.
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.buttons = [show];
  picker.items = repairs.map((repair) => ({
    label: vscode.workspace.asRelativePath(
      repair.layer === '' ? repair.entry.uri : repair.entry.sidecarOf(repair.layer),
    ),
    description: countText(repair),
    detail: movesText(repair),
    buttons: [show],
    repair,
  }));
  picker.selectedItems = picker.items;
  const showChanges = (item: RepairItem | undefined) => item && void changes.show(item.repair);
  const chosen = await new Promise<readonly RepairItem[] | undefined>((resolve) => {
    picker.onDidTriggerItemButton(({ item }) => showChanges(item));
    picker.onDidTriggerButton(() => showChanges(picker.activeItems[0]));
    picker.onDidAccept(() => {
      resolve(picker.selectedItems);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  await changes.close();
  return chosen?.map(({ repair }) => repair);
}
