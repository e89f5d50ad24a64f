import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { excerptOf, freeCandidates } from '../../core/placed';
import type { Span } from '../../core/text';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange, toRange } from '../../workspace/files/positions';
import { colorIcon } from '../shared/icons';
import { editorOf, shortText, showEntity } from '../shared/targets';

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

/** Asks where entities belong, one after the other; the place that is looked at is selected in the article. */
export class DecisionPicker implements vscode.Disposable {
  private readonly picker = vscode.window.createQuickPick<DecisionItem>();
  private readonly subscriptions: vscode.Disposable;
  private answer: ((decision: Decision | undefined) => void) | undefined;
  private preview: ((item: DecisionItem | undefined) => void) | undefined;
  private isLeft = false;

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      this.picker,
      this.picker.onDidChangeActive(([item]) => this.preview?.(item)),
      this.picker.onDidAccept(() => this.answer?.(this.picker.selectedItems[0]?.decision)),
      this.picker.onDidHide(() => {
        this.isLeft = true;
        this.answer?.(undefined);
      }),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** @returns `undefined` where the person left; the article's selection is then as it was */
  async ask(
    article: LiveArticle,
    entity: Entity,
    { title, canSkip }: { title: string; canSkip: boolean },
  ): Promise<Decision | undefined> {
    const { picker } = this;
    const before = editorOf(article)?.selections;
    const { free, taken } = freeCandidates(entity, article.entities, article.index);
    const editor = await showEntity(article, entity, { preserveFocus: true });
    if (this.isLeft) return undefined;
    this.preview = (item) => {
      const decision = item?.decision;
      const range =
        decision?.kind === 'place'
          ? toRange(article.document, article.index, decision.span)
          : entityRange(article.document, article.index, entity);
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    };
    picker.title = title;
    picker.value = '';
    picker.placeholder = question(entity, free.length, taken);
    picker.items = [
      ...free.map((span) => ({
        label: lineAndExcerpt(article, span),
        decision: { kind: 'place' as const, span },
      })),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      ...otherDecisions(canSkip),
    ];
    picker.busy = false;
    picker.show();
    const decision = await new Promise<Decision | undefined>((resolve) => (this.answer = resolve));
    this.answer = this.preview = undefined;
    picker.busy = true;
    if (!decision && before) editor.selections = before;
    return decision;
  }
}

function question({ label }: Entity, free: number, taken: number): string {
  if (free > 0) return vscode.l10n.t('Where does it belong?');
  return taken > 0
    ? vscode.l10n.t('Wherever the article has its text, {0} is tagged already', label)
    : vscode.l10n.t('The article no longer has its text');
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
