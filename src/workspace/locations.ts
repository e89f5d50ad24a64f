import * as vscode from 'vscode';
import { disk } from '#disk';
import { LineIndex } from '../core/lines';
import { decodeUtf8, TextIndex, type Span } from '../core/text';
import type { CorpusStore } from './store';

/** Where spans (in code points) are in an article, open or not; none where it cannot be read. */
export async function locate(
  store: CorpusStore,
  uri: vscode.Uri,
  spans: readonly Span[],
): Promise<vscode.Location[]> {
  const raw = store.loadedArticle(uri)?.index.raw ?? (await readText(uri));
  if (raw === undefined) return [];
  const index = new TextIndex(raw);
  const lines = new LineIndex(raw);
  const place = (offset: number) => {
    const { line, character } = lines.at(index.toUtf16(offset));
    return new vscode.Position(line, character);
  };
  return spans.map(({ start, end }) => new vscode.Location(uri, new vscode.Range(place(start), place(end))));
}

/** The text of an article that is not open. @returns `undefined` for what cannot be read as text */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const bytes = await disk.read(uri).catch(() => undefined);
  return bytes && decodeUtf8(bytes);
}
