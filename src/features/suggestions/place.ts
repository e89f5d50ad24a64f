import type * as vscode from 'vscode';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { ShownSuggestions } from '../../workspace/asking/shown-suggestions';
import type { Proposal } from '../../core/suggest/proposer';
import type { CorpusStore } from '../../workspace/store';
import type { Press } from '../shared/presses';
import { resolveArticle, type EntityArgument } from '../shared/targets';

/** The suggestion that begins at a place, in code points; without one, the suggestion at the cursor. */
export interface Place extends Pick<EntityArgument, 'article'> {
  readonly start?: number;
  /** Several of the article, in place of `start`. */
  readonly starts?: readonly number[];
  /** The selection that counts as the cursor: what it was when a key was pressed. */
  readonly selection?: vscode.Selection | undefined;
  /** The label that is accepted in place of the suggested one. */
  readonly label?: string;
  /** Whether to ask which; as without an argument. */
  readonly preview?: boolean;
}

/** An article, what is suggested in it at this moment, and which of that is meant. */
export interface Meant {
  readonly article: LiveArticle;
  readonly all: readonly Proposal[];
  readonly meant: readonly Proposal[];
}

/** What a command was given, with the cursor as it was where it was pressed. */
export function pressedAt(argument: Place, at: Press): Place {
  return { ...argument, selection: argument.selection ?? at.selections[0] };
}

/** The key that accepts a suggestion now. */
export function acceptKey({ mode }: CorpusStore): string {
  return mode === 'tagging' ? 'k' : 'alt+y';
}

export function isAtCursor({ start, starts }: Place): boolean {
  return start === undefined && starts === undefined;
}

/** The suggestion at a position, its end included. */
export function suggestionAt(
  shown: ShownSuggestions,
  document: vscode.TextDocument,
  position: vscode.Position,
): { article: LiveArticle; suggestion: Proposal } | undefined {
  const article = shown.article(document);
  if (!article) return undefined;
  const at = article.index.toCodePoint(document.offsetAt(position));
  const suggestion = shown.of(article).find(({ start, end }) => start <= at && at <= end);
  return suggestion && { article, suggestion };
}

/** Where the cursor is, in code points. */
export function atCursor({ index, document }: LiveArticle, { selection }: Place): number {
  return selection ? index.toCodePoint(document.offsetAt(selection.active)) : 0;
}

/** What a place means: what it names, else the suggestion at the cursor. */
export async function findMeant(store: CorpusStore, place: Place): Promise<Meant | undefined> {
  const article = await resolveArticle(store, place);
  if (!article) return undefined;
  const all = store.suggestions.now(article) ?? (await store.suggestions.update(article));
  return pick(article, all, place);
}

function pick(article: LiveArticle, all: readonly Proposal[], place: Place): Meant {
  if (!isAtCursor(place)) {
    const starts = new Set(place.starts ?? [place.start]);
    return { article, all, meant: all.filter(({ start }) => starts.has(start)) };
  }
  const at = atCursor(article, place);
  const meant = all.find(({ start, end }) => start <= at && at <= end);
  return { article, all, meant: meant ? [meant] : [] };
}
