import * as vscode from 'vscode';
import { withOnly, type AnnotatedDocument } from '../../formats/shared/document';
import type { Format } from '../../formats/shared/format';
import { Occurrences } from '../../formats/shared/label-files';
import { toDocument } from '../../formats/shared/sidecars';
import { SIDECAR_SUFFIX, sidecarName } from '../../core/sidecar/name';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import type { Watch } from '../steps/watch';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { Pace } from '../files/pace';
import { Refusal } from '../files/refusal';
import type { CorpusStore } from '../store';
import { currentState } from './import-plan';
import { TransferLog } from './log';
import { ExportTarget } from './target';

export interface ExportRequest {
  readonly format: Format;
  readonly options: Readonly<Record<string, string>>;
  readonly entries: readonly ArticleEntry[];
  /** Which entities. */
  readonly only: 'all' | 'reviewed';
  /** A file, or, where each document has one of its own, a folder. */
  readonly target: vscode.Uri;
}

/**
 * Writes articles in a format, one after the other. An article whose sidecar cannot be used is left out, and
 * told. Files come to be once all of them are whole. The format's label files go among them, or beside the one.
 * @param mayReplace asked where files are there already that hold something else
 * @returns `undefined`, and nothing is written, where the person stopped it or `mayReplace` said no
 * @throws FormatError where an option is not one of the format's
 */
export async function exportArticles(
  store: CorpusStore,
  { format, options, entries, only, target: uri }: ExportRequest,
  mayReplace: (paths: readonly string[]) => Promise<boolean>,
  { token, onProgress }: Watch = {},
): Promise<TransferLog | undefined> {
  const log = new TransferLog();
  const { report } = log;
  const labels = labelsOf(entries);
  const occurrences = new Occurrences(format.labelFiles);
  const serializer = format.serialize({ report, options, labels });
  const target = await ExportTarget.begin(uri, format.layout === 'file-per-document');
  const pace = new Pace();
  const names = new Set<string>();
  let done = 0;
  try {
    for (const entry of entries) {
      if (token?.isCancellationRequested) return undefined;
      const document = await documentOf(store, entry, nameOf(entry, names), only, log);
      if (document) {
        occurrences.add(document);
        for (const piece of await serializer.document(document)) await target.write(piece);
        log.place(document.name, entry.uri, document.index);
      }
      onProgress?.(++done, entries.length);
      if (pace.isDue) await pace.rest();
    }
    for (const piece of await serializer.end()) await target.write(piece);
    const { labelFiles } = format;
    const all = occurrences.labelsWith(labels);
    for (const piece of labelFiles?.serialize(all, { report, options }, occurrences, serializer.names) ?? [])
      await target.write(piece);
    const conflicts = await target.conflicts();
    if (token?.isCancellationRequested) return undefined;
    if (conflicts.length > 0 && !(await mayReplace(conflicts))) return undefined;
    await target.place();
    return log;
  } finally {
    await target.discard();
  }
}

/** @returns `undefined`, and says so, where an article's sidecar cannot be used */
async function documentOf(
  store: CorpusStore,
  entry: ArticleEntry,
  name: string,
  only: ExportRequest['only'],
  log: TransferLog,
): Promise<AnnotatedDocument | undefined> {
  try {
    const { index, annotations, sidecar: there } = await currentState(store, entry);
    const { frame = NEW_FRAME, textHash = '' } = there ?? {};
    const sidecar: Sidecar = { ...annotations, article: entry.path, textHash, frame };
    const document = toDocument(name, index, sidecar);
    return only === 'all' ? document : withOnly(document, ({ reviewed }) => reviewed === true);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.fail({ uri: error.uri, path: vscode.workspace.asRelativePath(entry.uri), error });
    return undefined;
  }
}

/** What an article is called: its path in the corpus, with its extension only where another has the same. */
function nameOf({ path }: ArticleEntry, taken: Set<string>): string {
  const bare = sidecarName(path).slice(0, -SIDECAR_SUFFIX.length);
  const name = taken.has(bare) ? path : bare;
  taken.add(name);
  return name;
}

function labelsOf(entries: readonly ArticleEntry[]) {
  const corpora = new Set<Corpus>(entries.map(({ corpus }) => corpus));
  const labels = [...corpora].flatMap(({ labelSet }) => labelSet.labels);
  return labels.filter(({ name }, i) => labels.findIndex((one) => one.name === name) === i);
}
