import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { isLayerName } from '../../core/sidecar/name';
import type { Span } from '../../core/text';
import { taggableRange, wordAt } from '../../core/words';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange, rangeOf16, toRange, toRange16, toSpan } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { pressNow, selectNow, type Press } from './presses';

export { shortText } from '../../wording/short-text';

/** What commands may be given to name an entity: by a keybinding, a macro, a hover's link or a tree's row. */
export interface EntityArgument {
  /** The article's uri, as a string or a `Uri`; the active article where it is missing. */
  readonly article?: string | vscode.Uri;
  /** Of an annotator; the shared one where it is missing. */
  readonly layer?: string;
  readonly id?: string;
  /** Several entities of the article, in place of `id`. */
  readonly ids?: readonly string[];
}

/** An entity and a place for it, in code points. */
export interface PlaceArgument extends EntityArgument {
  readonly start?: number;
  readonly end?: number;
  /** What the place had when it was offered; nothing is placed where it has something else by now. */
  readonly text?: string;
}

export interface Targets {
  readonly article: LiveArticle;
  readonly entities: readonly Entity[];
  /** The editor that shows the article, if there is one. */
  readonly editor: vscode.TextEditor | undefined;
}

/** The live article of an argument, else of the active editor. Opens the document (not an editor) if need be. */
export async function resolveArticle(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  at: Press = pressNow(),
): Promise<LiveArticle | undefined> {
  const named = argument?.article;
  if (named === undefined) {
    const document = at.editor?.document;
    return document && store.live.open(document);
  }
  const uri = typeof named === 'string' ? vscode.Uri.parse(named, true) : named;
  await store.catalog.ready;
  const layer = isLayerName(argument?.layer ?? '') ? argument?.layer : undefined;
  return store.catalog.entry(uri) && store.live.open(await vscode.workspace.openTextDocument(uri), layer);
}

/** The argument that names an article in its layer. */
export function nameOf({ uri, layer }: LiveArticle): { readonly article: string; readonly layer: string } {
  return { article: uri.toString(), layer };
}

/**
 * The entities that a command is about: those that its argument names, else for every cursor the entity
 * that has exactly the selection, else the innermost one around it.
 * @param at where it was asked for: who types fast has moved on after the first wait
 */
export async function resolveTargets(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  at: Press = pressNow(),
): Promise<Targets | undefined> {
  const article = await resolveArticle(store, argument, at);
  if (!article) return undefined;
  const editor = editorOf(article);
  const ids = argument?.ids ?? (argument?.id === undefined ? undefined : [argument.id]);
  if (ids) {
    const named = new Set(ids);
    return { article, entities: article.entities.filter(({ id }) => named.has(id)), editor };
  }
  const found = selectionsIn(editor, at).flatMap((selection) => entityAt(article, selection) ?? []);
  return { article, entities: [...new Set(found)], editor };
}

/** What is selected in an editor, where a key was pressed. */
export function selectionsIn(editor: vscode.TextEditor | undefined, at: Press): readonly vscode.Selection[] {
  return (editor === at.editor ? at.selections : editor?.selections) ?? [];
}

export function editorOf(article: LiveArticle): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === article.document) return activeTextEditor;
  return visibleTextEditors.find((editor) => editor.document === article.document);
}

/** The entity with exactly a range, else the shortest one around it (touching its end counts). */
export function entityAt(article: LiveArticle, range: vscode.Range): Entity | undefined {
  const { start, end } = toSpan(article.document, article.index, range);
  let best: Entity | undefined;
  for (const entity of article.entities) {
    if (entity.start > start) break;
    if (entity.end < end) continue;
    if (!best || entity.end - entity.start <= best.end - best.start) best = entity;
  }
  return best;
}

/** What every cursor means: its selection as far as it can be tagged (see `taggableRange`), else the word under it. Each span once. */
export function spansOf(article: LiveArticle, selections: readonly vscode.Selection[]): Span[] {
  const { document } = article;
  const text = article.index.raw;
  const spans = selections.flatMap((selection) => {
    const range16 = toRange16(document, selection);
    const found = selection.isEmpty ? wordAt(text, range16.start16) : taggableRange(text, range16);
    return found ? [toSpan(document, article.index, rangeOf16(document, found))] : [];
  });
  const isSame = (a: Span, b: Span) => a.start === b.start && a.end === b.end;
  return spans.filter(
    (span, i) => span.start < span.end && spans.findIndex((other) => isSame(other, span)) === i,
  );
}

/** Shows an entity: its mention, or the word at its old place, selected, in the middle of the editor. */
export function showEntity(
  article: LiveArticle,
  entity: Entity,
  options?: ShowOptions,
): Promise<vscode.TextEditor> {
  return showRange(article, entityRange(article.document, article.index, entity), options);
}

/** Shows a place in an article as {@link showEntity} does. */
export function showSpan(
  article: LiveArticle,
  span: Span,
  options?: ShowOptions,
): Promise<vscode.TextEditor> {
  return showRange(article, toRange(article.document, article.index, span), options);
}

interface ShowOptions {
  readonly preserveFocus?: boolean;
  /** Whether the next article takes the place of this one in its tab. */
  readonly preview?: boolean;
  /** Where it is shown if no editor shows it yet. */
  readonly viewColumn?: vscode.ViewColumn;
}

async function showRange(
  article: LiveArticle,
  range: vscode.Range,
  { preserveFocus = false, preview = false, viewColumn }: ShowOptions = {},
): Promise<vscode.TextEditor> {
  const column = editorOf(article)?.viewColumn ?? viewColumn;
  const editor = await vscode.window.showTextDocument(article.document, {
    preserveFocus,
    preview,
    ...(column !== undefined && { viewColumn: column }),
  });
  await selectRange(editor, range);
  return editor;
}

/** Selects a span in an editor that shows its article, and brings it into view; the selection is set at once. */
export function selectSpan(editor: vscode.TextEditor, article: LiveArticle, span: Span): Promise<void> {
  return selectRange(editor, toRange(article.document, article.index, span));
}

/** Selects and shows a range of an editor. @returns when the window has it; what is pressed before that acts on it, too */
export function selectRange(editor: vscode.TextEditor, range: vscode.Range): Promise<void> {
  const selected = selectNow(editor, [new vscode.Selection(range.start, range.end)]);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return selected;
}
