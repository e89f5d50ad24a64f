import * as vscode from 'vscode';
import type { Edit } from '../../core/model/edit';
import type { RuleFinding } from '../../core/rules';
import type { Choice } from '../../core/rules/rule';

/** What becomes of all crossing spans of a corpus: one of the choices that each finding has. */
export interface CrossingStrategy {
  readonly kind: Choice['kind'];
  /** Which of the two is changed, in the order of the text. */
  readonly isSecond: boolean;
}

/** Asks what is to be done wherever two spans cross. */
export async function pickStrategy(title: string): Promise<CrossingStrategy | undefined> {
  const { t } = vscode.l10n;
  const of = (label: string, kind: Choice['kind'], isSecond: boolean) => ({
    label,
    strategy: { kind, isSecond },
  });
  const items = [
    of(t('The second begins where the first ends'), 'narrow', true),
    of(t('The first ends where the second begins'), 'narrow', false),
    of(t('The first takes in all of the second'), 'widen', false),
    of(t('The second takes in all of the first'), 'widen', true),
    of(t('The second is deleted'), 'delete', true),
    of(t('The first is deleted'), 'delete', false),
  ];
  const placeHolder = t('What to do wherever two spans cross; each place is shown before');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.strategy;
}

/**
 * The choice of a finding that a strategy names; `undefined` where it has none.
 * @param taken the ids of the article's entities that are changed already: one is changed once at a time
 */
export function choiceOf(
  { entity, choices }: RuleFinding,
  { kind, isSecond }: CrossingStrategy,
  taken: Set<string>,
): Choice | undefined {
  const choice = choices?.().find((one) => {
    const [edit] = one.edits;
    return one.kind === kind && edit !== undefined && (idOf(edit) === entity?.id) === isSecond;
  });
  const ids = choice?.edits.map(idOf) ?? [];
  if (ids.some((id) => taken.has(id))) return undefined;
  for (const id of ids) taken.add(id);
  return choice;
}

function idOf(edit: Edit): string {
  if (edit.kind === 'status') return '';
  return edit.kind === 'change' ? edit.before.id : edit.record.id;
}
