// What runs in the extension host of a window: it tags an article word by word, as a person would who selects
// each and runs the command.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../../../src/api.ts';
import { until } from '../../support/until.ts';
import { wordSpan } from '../writer/words.ts';
import type { TaggerOptions, TaggerReport } from './options.ts';

export async function run(): Promise<void> {
  const options = JSON.parse(process.env.CORPUS_TEST_TAGGER!) as TaggerOptions;
  const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>('corpus-annotator.corpus-annotator');
  const api = await extension!.activate();
  const article = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'article.txt');
  const editor = await vscode.window.showTextDocument(article);
  await api.getEntities(article);
  fs.writeFileSync(options.ready, '');
  await until(() => options.others.every((name) => fs.existsSync(name)), 'the other windows', 60_000);

  const times: number[] = [];
  for (let n = 0; n < options.count; n++) {
    const { start, end } = wordSpan(options.first + n * options.step);
    const begin = performance.now();
    editor.selection = new vscode.Selection(
      editor.document.positionAt(start),
      editor.document.positionAt(end),
    );
    await vscode.commands.executeCommand('corpusAnnotator.tagSelection', { label: 'PER' });
    times.push(performance.now() - begin);
  }
  await api.whenSaved();
  assert.equal(editor.document.isDirty, false);
  const tenth = Math.ceil(times.length / 10);
  const report: TaggerReport = { first: median(times.slice(0, tenth)), last: median(times.slice(-tenth)) };
  fs.writeFileSync(options.report, JSON.stringify(report));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}
