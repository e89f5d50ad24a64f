import * as vscode from 'vscode';
import type { CurrentArticle } from '../shared/current-article';
import { editorOf, entityAt } from '../shared/targets';
import { entityRange, toRange } from '../../workspace/files/positions';
import type { EntitiesView } from './view';

/** How long the cursor must rest before the row of its entity is selected, in ms. */
const PAUSE = 80;

/**
 * Selects the row of the entity at the cursor while the view is visible. Only a cursor that moves is
 * followed, so that a person who walks through the rows is left alone.
 */
export function followCursor(view: EntitiesView, current: CurrentArticle): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    const article = current.article;
    const selection = article && editorOf(article)?.selection;
    if (!selection) return;
    const chosen = view.selectedEntity;
    const place = view.selectedPlace;
    const shown = place
      ? toRange(article.document, article.index, place)
      : chosen && entityRange(article.document, article.index, chosen);
    if (shown?.isEqual(selection)) return;
    const entity = entityAt(article, selection);
    if (entity && entity.id !== chosen?.id) view.select(entity.id);
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  };
  const forget = () => clearTimeout(timer);
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (view.isVisible && textEditor.document === current.article?.document) schedule();
    }),
    view.onDidShow(schedule),
    view.onDidChoose(forget),
    new vscode.Disposable(forget),
  );
}
