import * as vscode from 'vscode';
import type { AuthorityEntry, AuthorityIndex } from '../../core/authority';
import type { Entity } from '../../core/model/entity';
import { isLink } from '../../core/links';
import { shortText } from '../shared/targets';
import { askForText } from '../shared/messages';

/** How many entries are listed at once; what is typed finds the others. */
const MOST_LISTED = 200;

interface LinkItem extends vscode.QuickPickItem {
  /** An empty one removes the link; without any, it is typed in a box that tells what a link is. */
  readonly link?: string;
  /** It is for what is typed, be that more by now than the row says. */
  readonly isTyped?: boolean;
}

/** What stands against a link; nothing against an empty one, which removes it. */
export function linkProblem(link: string, known: AuthorityIndex): string | undefined {
  if (link === '' || isLink(link) || known.find(link)) return undefined;
  return vscode.l10n.t(
    'A link is an address (https://…), an id with a prefix such as wikidata:Q148, or an id that the authority file has.',
  );
}

/** Asks for the link of an entity: one of those that the authority file knows, or another. */
export async function askLink(entity: Entity, known: AuthorityIndex): Promise<string | undefined> {
  const title = vscode.l10n.t('Link of {0}', `“${shortText(entity.text, 40)}”`);
  if (known.entries.length === 0) return typeLink(title, entity.link ?? '', known);
  const { item, typed } = await pickEntry(title, entity, known);
  if (item?.isTyped && isLink(typed)) return typed;
  return item && (item.link ?? (await typeLink(title, typed || (entity.link ?? ''), known)));
}

async function typeLink(title: string, value: string, known: AuthorityIndex): Promise<string | undefined> {
  const link = await askForText({
    title,
    prompt: vscode.l10n.t('An address, or an id such as wikidata:Q148. Leave it empty to remove the link.'),
    value,
    validateInput: (typed) => linkProblem(typed.trim(), known),
  });
  return link?.trim();
}

function pickEntry(
  title: string,
  entity: Entity,
  known: AuthorityIndex,
): Promise<{ item: LinkItem | undefined; typed: string }> {
  const picker = vscode.window.createQuickPick<LinkItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Choose an entry of the authority file, or type a link');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const entries = likelyFirst(known, entity);
  const show = () => {
    picker.items = [...entryItems(entries, picker.value.trim()), ...otherItems(picker.value.trim(), entity)];
  };
  show();
  return new Promise((resolve) => {
    picker.onDidChangeValue(show);
    picker.onDidAccept(() => {
      // Who types fast presses enter while rows are replaced, and none is chosen.
      const item = picker.selectedItems[0] ?? { label: '', isTyped: true };
      resolve({ item, typed: picker.value.trim() });
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve({ item: undefined, typed: '' });
      picker.dispose();
    });
    picker.show();
  });
}

/** The entry that the entity links to, those that have its name, then the others as in the file. */
function likelyFirst(known: AuthorityIndex, { link, text }: Entity): readonly AuthorityEntry[] {
  const own = link === undefined ? undefined : known.find(link);
  const rank = (entry: AuthorityEntry) => (entry === own ? 0 : entry.name === text ? 1 : 2);
  return known.entries.toSorted((a, b) => rank(a) - rank(b));
}

function entryItems(entries: readonly AuthorityEntry[], typed: string): LinkItem[] {
  const wanted = typed.toLowerCase();
  const items: LinkItem[] = [];
  for (const { id, name, description } of entries) {
    if (items.length >= MOST_LISTED) break;
    // The editor filters, too, but is slow with as many rows as a file may have.
    if (![id, name, description].some((text) => text?.toLowerCase().includes(wanted))) continue;
    items.push({
      label: name ?? id,
      ...(name !== undefined && { description: id }),
      ...(description !== undefined && { detail: description }),
      link: id,
    });
  }
  return items;
}

function otherItems(typed: string, entity: Entity): LinkItem[] {
  const { t } = vscode.l10n;
  return [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(isLink(typed) ? [{ label: t('Link to {0}', typed), isTyped: true, alwaysShow: true }] : []),
    { label: t('Another link…'), alwaysShow: true },
    // Not where something is typed: enter must not take it then.
    ...(entity.link === undefined || typed !== '' ? [] : [{ label: t('Remove the link'), link: '' }]),
  ];
}
