import * as vscode from 'vscode';
import type { Entity } from '../../core/entity';
import { excerptOf, freeCandidates } from '../../core/placed';
import type { Span } from '../../core/text';
import type { LiveArticle } from '../../workspace/live-article';
import { toRange } from '../../workspace/positions';
import { colorIcon } from '../shared/icons';
import { editorOf, shortText, showSpan } from '../shared/targets';

/** What a person decides for an entity that could not be placed. */
export type Decision =
  { readonly kind: 'place'; readonly span: Span } | { readonly kind: 'elsewhere' | 'delete' | 'skip' };

interface DecisionItem extends vscode.QuickPickItem {
  readonly decision?: Decision;
}

/** `12: …text around the mention…` */
export function lineAndExcerpt({ document, index }: LiveArticle, span: Span): string {
  const { line } = document.positionAt(index.toUtf16(span.start));
  const { before, mention, after } = excerptOf(index, span);
  return `${line + 1}: ${before}${mention}${after}`;
}

/**
 * Asks where an entity belongs; the place that is looked at is selected in the article meanwhile.
 * @returns `undefined` where the person left; the article's selection is then as it was
 */
export async function decide(
  article: LiveArticle,
  entity: Entity,
  { title, canSkip }: { title: string; canSkip: boolean },
): Promise<Decision | undefined> {
  const before = editorOf(article)?.selections;
  const { free, taken } = freeCandidates(entity, article.entities, article.index);
  const editor = await showSpan(article, free[0] ?? entity, { preserveFocus: true });
  const picker = vscode.window.createQuickPick<DecisionItem>();
  picker.title = title;
  picker.placeholder =
    free.length > 0
      ? vscode.l10n.t('Where does it belong?')
      : taken > 0
        ? vscode.l10n.t('Wherever the article has its text, {0} is tagged already', entity.label)
        : vscode.l10n.t('The article no longer has its text');
  picker.items = [
    ...free.map((span) => ({
      label: lineAndExcerpt(article, span),
      decision: { kind: 'place' as const, span },
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...otherDecisions(canSkip),
  ];
  const preview = ([item]: readonly DecisionItem[]) => {
    const range = toRange(
      article.document,
      article.index,
      item?.decision?.kind === 'place' ? item.decision.span : entity,
    );
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  const decision = await new Promise<Decision | undefined>((resolve) => {
    picker.onDidChangeActive(preview);
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.decision);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  if (!decision && before) editor.selections = before;
  return decision;
}

function otherDecisions(canSkip: boolean): DecisionItem[] {
  const { t } = vscode.l10n;
  const icon = (name: string) => ({ iconPath: new vscode.ThemeIcon(name) });
  return [
    ...(canSkip
      ? [{ label: t('Skip'), ...icon('debug-step-over'), decision: { kind: 'skip' as const } }]
      : []),
    {
      label: t('Somewhere else…'),
      description: t('select it in the article, then Place at Selection'),
      ...icon('selection'),
      decision: { kind: 'elsewhere' },
    },
    { label: t('Delete the entity'), ...icon('trash'), decision: { kind: 'delete' } },
  ];
}

/** Asks which of several entities is to be placed. @param colorOf the colour of a label */
export async function chooseEntity(
  entities: readonly Entity[],
  colorOf: (label: string) => string,
): Promise<Entity | undefined> {
  if (entities.length < 2) return entities[0];
  const items = entities.map((entity) => ({
    label: shortText(entity.text) || vscode.l10n.t('(nothing)'),
    description: entity.label,
    iconPath: colorIcon(colorOf(entity.label)),
    entity,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Place Entity'),
    placeHolder: vscode.l10n.t('Choose the entity to place'),
    matchOnDescription: true,
  });
  return chosen?.entity;
}
