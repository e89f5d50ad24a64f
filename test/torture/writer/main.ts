// A process that tags an article through the code of the extension, without an editor, and says on its output
// what was acknowledged, a line each. The parent kills it, or it kills itself in the middle of a disk call.
import { adding } from '../../../src/core/model/edit.ts';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { NO_ORPHANS } from '../../support/no-orphans.ts';
import { newEntityId } from '../../../src/core/model/entity.ts';
import { listFiles } from '../../../src/workspace/corpus/article-entry.ts';
import { Drafts } from '../../../src/workspace/open/drafts.ts';
import { HistoryFiles } from '../../../src/workspace/open/history-files.ts';
import { LiveArticle } from '../../../src/workspace/open/live-article.ts';
import { OldTexts } from '../../../src/workspace/open/old-texts.ts';
import { wordSpan } from './words.ts';
import { dieAt } from './die.ts';
import type { WriterOptions } from './options.ts';

const options = JSON.parse(process.argv[2]!) as WriterOptions;

/** At once: what was said must not be lost with the process. */
function say(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

const folder = vscode.Uri.file(options.folder);
const uri = vscode.Uri.joinPath(folder, 'article.txt');
const text = fs.readFileSync(uri.fsPath, 'utf8');
const document = { uri, getText: () => text, isDirty: options.isUnsaved };
const storage = vscode.Uri.joinPath(folder, 'storage');
const drafts = new Drafts(storage);
const histories = new HistoryFiles(storage);
const article = new LiveArticle(
  document as vscode.TextDocument,
  vscode.Uri.joinPath(folder, 'article.ann.yaml'),
  { drafts, histories, texts: new OldTexts(storage), orphans: NO_ORPHANS },
);

// What a start does: it looks through the folder, opens the article, and brings drafts to the sidecar.
await listFiles(folder);
await article.load();
await article.sync.whenSaved;
say('ready');
if (options.dieAt) await dieAt(options.dieAt);

for (let n = 0; n < options.count; n++) {
  const span = wordSpan(options.first + n * options.step);
  const entity = { id: newEntityId(), label: 'PER', ...span, text: article.index.slice(span) };
  await article.apply('Add', [adding(entity)]);
  say(entity.id);
}
await article.sync.whenSaved;
say('done');
await histories.flush();
histories.dispose();
article.dispose();
drafts.dispose();
