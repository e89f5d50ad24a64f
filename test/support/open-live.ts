import type * as vscode from 'vscode';
import { Drafts } from '../../src/workspace/open/drafts.ts';
import { HistoryFiles } from '../../src/workspace/open/history-files.ts';
import { LiveArticle } from '../../src/workspace/open/live-article.ts';
import { OldTexts } from '../../src/workspace/open/old-texts.ts';
import type { ArticleDocument } from '../../src/workspace/open/open-article.ts';
import { NO_ORPHANS } from './no-orphans.ts';

/** Opens an article without a corpus, as a window does. @param storage where drafts, histories and old texts are kept */
export async function openLive<Document extends ArticleDocument>(
  document: Document,
  sidecar: vscode.Uri,
  storage: vscode.Uri,
  drafts = new Drafts(storage),
): Promise<{ article: LiveArticle<Document>; histories: HistoryFiles }> {
  const histories = new HistoryFiles(storage);
  const keepers = { drafts, histories, texts: new OldTexts(storage), orphans: NO_ORPHANS };
  const article = new LiveArticle(document, sidecar, keepers);
  await article.load();
  return { article, histories };
}
