import * as vscode from 'vscode';
import { LineIndex } from '../../core/lines';
import { TextIndex, type Span } from '../../core/text';
import { readText } from '../files/source';
import type { CorpusStore } from '../store';

/** Where spans (in code points) are in an article, open or not; none where it cannot be read. */
export async function locate(
  store: CorpusStore,
  uri: vscode.Uri,
  spans: readonly Span[],
): Promise<vscode.Location[]> {
  const raw = store.live.at(uri)?.index.raw ?? (await readText(uri));
  if (raw === undefined) return [];
  const index = new TextIndex(raw);
  const lines = new LineIndex(raw);
  const place = (offset: number) => {
    const { line, character } = lines.at(index.toUtf16(offset));
    return new vscode.Position(line, character);
  };
  return spans.map(({ start, end }) => new vscode.Location(uri, new vscode.Range(place(start), place(end))));
}
