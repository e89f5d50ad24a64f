import * as vscode from 'vscode';
import { disk } from '#disk';
import { spliced } from '../../core/splice';
import type { Item } from '../../core/suggest/item';
import { changeItems } from '../../core/suggest/listing';
import { REFUSED, REFUSED_FORM } from '../../core/suggest/refusals';
import type { Corpus } from '../corpus/corpus';
import { Refusal } from '../files/refusal';
import { replaceInEditor } from '../files/sidecar-file';
import { dirtyDocument, readSource, unreadProblem } from '../files/source';
import type { CorpusStore } from '../store';

/** How often a file that others write at the same time is read again. */
const TRIES = 3;

interface Move {
  readonly oldUri: vscode.Uri;
  readonly newUri: vscode.Uri;
}

let queue: Promise<unknown> = Promise.resolve();

/**
 * Has what was refused in an article follow it to its new path, within its corpus. Where an editor has
 * `refused.yaml` open with unsaved changes, it is changed there, and stays unsaved.
 * @param moves of files or of folders that hold articles
 * @throws Refusal
 */
export function moveRefusals(store: CorpusStore, moves: readonly Move[]): Promise<void> {
  const done = queue.then(async () => {
    await store.catalog.ready;
    const byCorpus = new Map<Corpus, (readonly [from: string, to: string])[]>();
    for (const { oldUri, newUri } of moves) {
      const corpus = store.catalog.corpusAt(oldUri);
      const [from, to] = [corpus?.relativePath(oldUri), corpus?.relativePath(newUri)];
      if (!corpus || from === undefined || to === undefined) continue;
      byCorpus.set(corpus, [...(byCorpus.get(corpus) ?? []), [from, to]]);
    }
    for (const [corpus, paths] of byCorpus) await movePaths(corpus, paths);
  });
  queue = done.catch(() => undefined);
  return done;
}

async function movePaths(
  corpus: Corpus,
  paths: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  const uri = vscode.Uri.joinPath(corpus.root, REFUSED);
  const move = (item: Item): Item => {
    const { article = '' } = item;
    const found = paths.find(([from]) => article === from || article.startsWith(`${from}/`));
    return found ? { ...item, article: found[1] + article.slice(found[0].length) } : item;
  };
  for (let tries = 1; tries <= TRIES; tries++) {
    const source = await readSource(uri);
    // What cannot be read has its problems shown, and is left as it is.
    const splices = source && !unreadProblem(source) ? changeItems(source, REFUSED_FORM, move) : [];
    const text = splices && splices.length > 0 ? spliced(source!, splices) : undefined;
    if (text === undefined) return;
    const editor = dirtyDocument(uri);
    if (editor) return replaceInEditor(editor, text);
    try {
      const isCurrent = async () => (await readSource(uri)) === source;
      if (await disk.write(uri, new TextEncoder().encode(text), isCurrent)) return;
    } catch (error) {
      const { code, detail } = Refusal.fromWriteError(error, uri);
      throw new Refusal('list-not-written', uri, detail || code);
    }
  }
  throw new Refusal('file-changed', uri);
}
