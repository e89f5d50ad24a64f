import * as vscode from 'vscode';
import { diffAnnotations } from '../../core/model/diff';
import { addedBy, type Edit } from '../../core/model/edit';
import {
  anchoredOf,
  annotationsOf,
  hasRecords,
  withAnchored,
  type Annotations,
} from '../../core/model/records';
import type { AnnotatedDocument } from '../../formats/shared/document';
import type { Format, LabelSpec } from '../../formats/shared/format';
import { DocumentNames } from '../../formats/shared/document-names';
import type { NoteCode } from '../../formats/shared/note-codes';
import { receive, type Received } from '../../formats/shared/sidecars';
import { isLabelName } from '../../core/new-label';
import { placeAnnotations } from '../../core/place';
import { baseName, sidecarName } from '../../core/sidecar/name';
import { NEW_FRAME, type Frame } from '../../core/sidecar/sidecar';
import type { TextIndex } from '../../core/text';
import type { Watch } from '../steps/watch';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { loadFormats } from '#formats';
import { articleEndings } from '../../core/articles';
import { Refusal } from '../files/refusal';
import { SidecarFile } from '../files/sidecar-file';
import type { CorpusStore } from '../store';
import { TransferLog, type Failure } from './log';
import { documentsOf, labelsBeside, type Input } from './input-files';

export interface ImportRequest {
  readonly format: Format;
  readonly options: Readonly<Record<string, string>>;
  readonly inputs: readonly Input[];
  /** What was named, or is below what was, and is of no use. */
  readonly others?: readonly Failure[];
  readonly corpus: Corpus;
  /** Where the articles belong: the corpus or a folder in it. */
  readonly folder: vscode.Uri;
}

/** A document with its place in the corpus. */
export interface Planned {
  readonly document: AnnotatedDocument;
  readonly uri: vscode.Uri;
  /** The article that is there; none where it is new. */
  readonly entry: ArticleEntry | undefined;
  /** How many entities would be added. */
  readonly added: number;
  /** Whether it is there for its article only, of which just layers are imported. */
  readonly isBare?: boolean;
}

/** What an import would do, before anything is written. */
export interface ImportPlan extends ImportRequest {
  readonly documents: readonly Planned[];
  /** How many of the entities that would be added have each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Labels that `corpus.yaml` lacks and can have, with what the format's own files say of them. */
  readonly newLabels: readonly LabelSpec[];
  /** What the files said. */
  readonly reading: TransferLog;
  /** What would become of it. */
  readonly preview: TransferLog;
}

/** Reads files, and compares them with the corpus. Nothing is written. @returns `undefined` where it was stopped */
export async function planImport(
  store: CorpusStore,
  request: ImportRequest,
  { token, onProgress }: Watch = {},
): Promise<ImportPlan | undefined> {
  const { FormatError, AnnotatorFiles, withLayer } = await loadFormats();
  const { format, options, inputs, others = [], corpus } = request;
  const reading = new TransferLog();
  const preview = new TransferLog();
  const places = new Places(store, request, reading);
  let documents: Planned[] = [];
  const annotators = new AnnotatorFiles(format, reading.report);
  const labels = new Map<string, number>();
  for (const failure of others) reading.fail(failure);
  let done = 0;
  for (const input of inputs) {
    if (token?.isCancellationRequested) return undefined;
    reading.source = input.uri;
    try {
      const annotator = annotators.take(input.path, rootOf(input), (name) => input.beside.has(name));
      if (annotator === 'passed') continue;
      const textOf = (name: string) => places.textOf(name);
      const read = await documentsOf(input, format, { options, textOf }, token);
      if (!read) return undefined;
      for (const note of read.notes) reading.report.add(note);
      for (const one of read.documents) {
        const document = withLayer(one, annotator);
        const planned = await plan(store, places, document, reading, preview, labels);
        if (planned) documents.push(...planned);
        if (token?.isCancellationRequested) return undefined;
      }
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof Refusal)) throw error;
      reading.fail({ uri: input.uri, path: input.path, error });
    }
    onProgress?.(++done, inputs.length);
  }
  const said = await labelsBeside(inputs, format, options, reading);
  const wanted = [...said, ...[...labels.keys()].sort().map((name): LabelSpec => ({ name }))];
  const lacking = new Map<string, LabelSpec>();
  for (const spec of wanted)
    if (!corpus.label(spec.name) && !lacking.has(spec.name)) lacking.set(spec.name, spec);
  for (const label of lacking.keys())
    if (!isLabelName(label)) reading.report.add({ kind: 'changed', code: 'label-unfit', label });
  const newLabels = [...lacking.values()].filter(({ name }) => isLabelName(name));
  // A layer stands on its article, which is written without where nobody has a shared one.
  const shared = new Set(
    documents.flatMap((one) => (one.document.layer || one.isBare ? [] : [one.uri.path])),
  );
  documents = documents.filter(({ isBare, uri }) => !isBare || !shared.has(uri.path));
  return { ...request, documents, labels, newLabels, reading, preview };
}

async function plan(
  store: CorpusStore,
  places: Places,
  document: AnnotatedDocument,
  reading: TransferLog,
  preview: TransferLog,
  labels: Map<string, number>,
): Promise<Planned[] | undefined> {
  const { layer } = document;
  const place = places.of(document.name, document);
  if (!place) return undefined;
  const { name, uri, entry, isKnown } = place;
  const named = name === document.name ? document : { ...document, name };
  try {
    const { index } = entry ? await currentState(store, entry) : document;
    const there =
      entry && !layer ? await currentState(store, entry) : orphanState(await sidecarOf(uri, layer), index);
    const received = receiveInto(named, uri, there, '', preview);
    const added = addedBy(additions(received, there.annotations));
    for (const { label } of added) labels.set(label, (labels.get(label) ?? 0) + 1);
    reading.place(document.name, uri, document.index);
    preview.place(name, uri, there.index);
    const planned = { document: named, uri, entry, added: added.length };
    const bare = { ...named, layer: '', entities: [], relations: [], carried: {}, status: undefined };
    const needsArticle = layer && !entry && !isKnown;
    return needsArticle ? [{ document: bare, uri, entry, added: 0, isBare: true }, planned] : [planned];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reading.fail({ uri: error.uri, path: vscode.workspace.asRelativePath(uri), error });
    return undefined;
  }
}

/** An article and what is annotated in it. */
export interface State {
  readonly index: TextIndex;
  readonly annotations: Annotations;
  /** Of its sidecar, if it has one. */
  readonly sidecar: { readonly textHash: string; readonly frame: Frame } | undefined;
}

/** @throws Refusal where its annotations cannot be changed */
export async function currentState(store: CorpusStore, entry: ArticleEntry): Promise<State> {
  const live = store.live.of(entry);
  if (live?.refusal) throw live.refusal;
  if (live) return { annotations: live.annotations, index: live.index, sidecar: live.sync.file.sidecar };
  const reading = await entry.read({ isWhole: true });
  const { index, isUtf8, file } = reading;
  if (!isUtf8) throw new Refusal('article-not-utf8', entry.uri);
  if (file.refusal) throw file.refusal;
  const { sidecar } = file;
  return { index, annotations: withAnchored(annotationsOf(sidecar), anchoredOf(reading)), sidecar };
}

/** Of an article that is not there, for which a sidecar may be. @param index the text that it will have */
export function orphanState({ sidecar }: SidecarFile, index: TextIndex): State {
  return { index, annotations: placeAnnotations(sidecar, index).annotations, sidecar };
}

/** The name of the folder that the path of a file is relative to; empty where nobody knows it. */
function rootOf({ uri, path }: Input): string {
  return uri ? baseName(uri.path.slice(0, -path.length - 1)) : '';
}

/**
 * The sidecar of an article as it is now. @param layer whose; without, the shared one
 * @throws Refusal where it must not be overwritten
 */
export async function sidecarOf(uri: vscode.Uri, layer?: string): Promise<SidecarFile> {
  const file = new SidecarFile(uri.with({ path: sidecarName(uri.path, layer) }), uri);
  await file.refresh();
  if (file.refusal) throw file.refusal;
  return file;
}

/** A document in an article with what is there. @param textHash of the article, where that matters */
export function receiveInto(
  document: AnnotatedDocument,
  uri: vscode.Uri,
  { index, annotations, sidecar }: State,
  textHash: string,
  { report }: Pick<TransferLog, 'report'>,
): Received {
  const article = baseName(uri.path);
  const { frame = NEW_FRAME, textHash: oldHash = '' } = sidecar ?? {};
  const hasAny = sidecar !== undefined || hasRecords(annotations);
  const old = hasAny ? { ...annotations, article, textHash: oldHash, frame } : undefined;
  return receive(document, { article, textHash, index, old }, report);
}

/** What came in addition, of all kinds. */
export function additions({ sidecar }: Received, there: Annotations): Edit[] {
  return diffAnnotations(there, sidecar).filter(({ kind }) => kind === 'add');
}

/** Where a document belongs in a corpus. */
interface Place {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly entry: ArticleEntry | undefined;
}

/** Where documents belong in a corpus. */
class Places {
  private readonly names: DocumentNames;
  private readonly taken = new Set<string>();
  /** Of documents with layers. */
  private readonly layered = new Map<string, { readonly text: string; readonly place: Place }>();
  /** See {@link articleEndings}. */
  private readonly endings: readonly string[];

  constructor(
    private readonly store: CorpusStore,
    private readonly request: ImportRequest,
    private readonly log: TransferLog,
  ) {
    this.names = new DocumentNames(log.report);
    const { corpus } = request;
    const own = store.catalog.all.filter((entry) => entry.corpus === corpus);
    this.endings = articleEndings(corpus.labelSet.articles, own.map(({ path }) => path)); // prettier-ignore
  }

  /** @returns `undefined`, and says so, where it has none */
  of(wanted: string, { layer, index }: AnnotatedDocument): (Place & { isKnown: boolean }) | undefined {
    const known = layer === undefined ? undefined : this.layered.get(wanted);
    if (known && known.text !== index.raw) return this.leave(wanted, layer!, 'layer-text');
    const place = known?.place ?? this.find(wanted);
    const other = layer && place && this.articleOf(`${place.name}.${layer}`);
    if (other) return this.leave(wanted, layer, 'layer-name', other.path);
    if (place && layer !== undefined) this.layered.set(wanted, { text: index.raw, place });
    return place && { ...place, isKnown: known !== undefined };
  }

  private leave(document: string, layer: string, code: NoteCode, name = ''): undefined {
    this.log.report.add({ kind: 'invalid', code, document, values: { layer, name } });
  }

  /** @returns `undefined`, and says so, where `corpus.yaml` would not take it for an article */
  private find(wanted: string): Place | undefined {
    const there = this.articleOf(wanted);
    const name = there && !this.taken.has(there.uri.toString()) ? wanted : this.names.take(wanted);
    const entry = name === wanted ? there : this.articleOf(name);
    const uri = entry?.uri ?? this.newUri(name);
    if (!uri || this.taken.has(uri.toString())) {
      this.log.fail({ uri: undefined, path: name, error: 'not-article' });
      return undefined;
    }
    this.taken.add(uri.toString());
    return { name, uri, entry };
  }

  /** The text of the article of a name, where there is one. */
  async textOf(name: string): Promise<string | undefined> {
    const entry = this.articleOf(name);
    return entry && (await currentState(this.store, entry)).index.raw;
  }

  private articleOf(name: string): ArticleEntry | undefined {
    // A name may come from a stranger's file; only what stays within the corpus is one of its articles.
    if (name.split('/').includes('..')) return undefined;
    for (const ending of this.endings) {
      const entry = this.store.catalog.entry(this.at(name + ending));
      if (entry) return entry;
    }
    return undefined;
  }

  private newUri(name: string): vscode.Uri | undefined {
    const { corpus } = this.request;
    return this.endings
      .map((ending) => this.at(name + ending))
      .find((uri) => corpus.isArticle(corpus.relativePath(uri) ?? ''));
  }

  private at(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.request.folder, path);
  }
}
