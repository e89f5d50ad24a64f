import * as vscode from 'vscode';
import type { LiveArticle } from '../../workspace/open/live-article';
import { toRange } from '../../workspace/files/positions';
import { entityAt } from '../shared/targets';
import { identityOf, isSame } from '../shared/same-entity';

/** All mentions in an article of the entity at a place. */
export function highlightSame(article: LiveArticle, position: vscode.Position): vscode.DocumentHighlight[] {
  const entity = entityAt(article, new vscode.Range(position, position));
  // Without any, the editor would highlight all words that are alike.
  if (!entity || entity.broken) return [new vscode.DocumentHighlight(new vscode.Range(position, position))];
  const identity = identityOf(entity);
  return article.entities
    .filter((other) => !other.broken && isSame(identity, other))
    .map((other) => new vscode.DocumentHighlight(toRange(article.document, article.index, other)));
}
