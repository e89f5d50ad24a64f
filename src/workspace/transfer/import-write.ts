import * as vscode from 'vscode';
import { disk } from '#disk';
import { addLabels as withLabels } from '../../formats/shared/label-files';
import type { AnnotatedDocument } from '../../formats/shared/document';
import { writeReadable } from '../../formats/shared/sidecars';
import type { Label } from '../../core/labels';
import { readCarried, withCarried } from '../../core/sidecar/carried';
import { baseName } from '../../core/sidecar/name';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import { textKey } from '../../core/model/history';
import { hashText, type TextIndex } from '../../core/text';
import { addedBy, type Edit } from '../../core/model/edit';
import type { Entity } from '../../core/model/entity';
import { hasRecords } from '../../core/model/records';
import type { EditsOf } from '../steps/bulk';
import type { Watch } from '../steps/watch';
import { forEachLimited, type ArticleEntry } from '../corpus/article-entry';
import { addingLabels } from '../files/label-file';
import { newStepId } from '../steps/bulk-steps';
import type { MadeArticle } from '../steps/made-articles';
import { Refusal } from '../files/refusal';
import type { SidecarFile } from '../files/sidecar-file';
import type { CorpusStore } from '../store';
import {
  additions,
  currentState,
  orphanState,
  receiveInto,
  sidecarOf,
  type ImportPlan,
  type Planned,
  type State,
} from './import-plan';
import { TransferLog } from './log';

/** How many files are written at once. */
const AT_ONCE = 8;
/** How often a sidecar that others write meanwhile is read again. */
const MOST_TRIES = 20;

export interface ImportOutcome {
  readonly log: TransferLog;
  /** How many of the entities that were added have each label. */
  readonly labels: ReadonlyMap<string, number>;
  readonly newArticles: number;
  /** How many articles that were there got entities. */
  readonly changedArticles: number;
  readonly addedLabels: readonly string[];
}

/**
 * Does what was planned, as one step that can be taken back: entities of articles that are there are added through
 * their live articles; new articles and their sidecars are written, each whole or not at all. What cannot
 * be written, or is not once the person stops it, is told.
 * @param title of the step
 */
export async function writeImport(
  store: CorpusStore,
  plan: ImportPlan,
  title: string,
  { addsLabels, token, onProgress }: Watch & { readonly addsLabels: boolean },
): Promise<ImportOutcome> {
  const log = new TransferLog();
  const isOld = (one: Planned): one is There => one.entry !== undefined;
  const layered = plan.documents.filter(({ document }) => document.layer);
  const shared = plan.documents.filter(({ document }) => !document.layer);
  const old = shared.filter(isOld);
  const fresh = shared.filter((one) => !isOld(one));
  const all = plan.documents.length;
  const id = newStepId(title);
  const addedLabels = addsLabels ? await addNewLabels(store, plan, title, id, log) : [];
  const labels = new Map<string, number>();
  const count = (entities: readonly Entity[]) => {
    for (const { label } of entities) labels.set(label, (labels.get(label) ?? 0) + 1);
  };
  const changedArticles = await addToArticles(store, old, title, id, log, count, {
    token,
    onProgress: (done) => onProgress?.(done, all),
  });
  let done = old.length;
  const made: MadeArticle[] = [];
  let newArticles = 0;
  await forEachLimited(fresh, AT_ONCE, async (one) => {
    const path = vscode.workspace.asRelativePath(one.uri);
    if (token?.isCancellationRequested) return log.fail({ uri: undefined, path, error: 'stopped' });
    try {
      const written = await writeArticle(one, store.catalog.layer, log, count);
      if (written) made.push(written);
      newArticles++;
    } catch (error) {
      log.fail({ uri: one.uri, path, error: Refusal.fromWriteError(error, one.uri) });
    }
    onProgress?.(++done, all);
  });
  const counted = new Set(shared.map(({ uri }) => uri.toString()));
  await forEachLimited(layered, AT_ONCE, async (one) => {
    const [uri, path] = [one.uri.toString(), vscode.workspace.asRelativePath(one.uri)];
    if (token?.isCancellationRequested) return log.fail({ uri: undefined, path, error: 'stopped' });
    try {
      const key = await writeLayer(store, one, log, count);
      // All layers of an article are one document.
      if (counted.has(uri)) log.report.documents--;
      counted.add(uri);
      const at = made.findIndex((article) => article.uri === uri);
      if (at >= 0 && key !== undefined)
        made[at] = { ...made[at]!, layers: { ...made[at]!.layers, [one.document.layer!]: key } };
    } catch (error) {
      log.fail({ uri: one.uri, path, error: Refusal.fromWriteError(error, one.uri) });
    }
    onProgress?.(++done, all);
  });
  if (made.length > 0) await store.bulk.addMade(id, title, made);
  if (newArticles > 0) await store.catalog.rescan();
  await store.catalog.summarized;
  const whole = new TransferLog();
  whole.report.documents = log.report.documents;
  whole.report.entities = log.report.entities;
  whole.report.relations = log.report.relations;
  whole.add(plan.reading);
  whole.add(log);
  return { log: whole, labels, newArticles, changedArticles, addedLabels };
}

async function addNewLabels(
  store: CorpusStore,
  { corpus, newLabels }: ImportPlan,
  title: string,
  id: string,
  log: TransferLog,
): Promise<string[]> {
  if (newLabels.length === 0) return [];
  try {
    const make = (known: readonly Label[]) => withLabels(newLabels, known, log).slice(known.length);
    const { added, change } = await addingLabels(corpus, make);
    if (added.length > 0) await store.bulk.apply(title, new Map(), {}, [change], id);
    return added.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.fail({ uri: error.uri, path: vscode.workspace.asRelativePath(error.uri), error });
    return [];
  }
}

type There = Planned & { readonly entry: ArticleEntry };

/** @returns how many articles got entities */
async function addToArticles(
  store: CorpusStore,
  planned: readonly There[],
  title: string,
  id: string,
  log: TransferLog,
  count: (entities: readonly Entity[]) => void,
  watch: Watch,
): Promise<number> {
  /** Articles that were left as they are, or not come to. */
  const left = new Set<ArticleEntry>();
  const changes = new Map<ArticleEntry, EditsOf>();
  for (const one of planned) {
    const { document, entry } = one;
    if (!bringsRecords(one)) continue;
    left.add(entry);
    changes.set(entry, ({ index, annotations, sync }): Edit[] => {
      left.delete(entry);
      const state = { annotations, index, sidecar: sync.file.sidecar };
      const received = receiveInto(document, entry.uri, state, '', log);
      log.place(document.name, entry.uri, index);
      const edits = additions(received, annotations);
      count(addedBy(edits));
      return edits;
    });
  }
  const outcome = changes.size > 0 ? await store.bulk.apply(title, changes, watch, [], id) : undefined;
  for (const [uri, why] of outcome?.left ?? []) {
    log.fail({ uri, path: vscode.workspace.asRelativePath(uri), error: why });
    left.add(store.catalog.entry(uri)!);
  }
  const told = new Set([...(outcome?.left.keys() ?? [])].map(String));
  await forEachLimited(planned, AT_ONCE, async (one) => {
    const { entry, uri } = one;
    if (told.has(uri.toString())) return;
    const path = vscode.workspace.asRelativePath(uri);
    if (left.has(entry)) return log.fail({ uri: undefined, path, error: 'stopped' });
    try {
      const state = await currentState(store, entry);
      if (!bringsRecords(one)) {
        receiveInto(one.document, uri, state, '', log);
        log.place(one.document.name, uri, state.index);
      }
      if (await addCarried(one, state)) await store.followFile(entry.sidecarUri, 'changed');
    } catch (error) {
      log.fail({ uri, path, error: Refusal.fromWriteError(error, entry.sidecarUri) });
    }
  });
  return outcome?.done.length ?? 0;
}

/** Whether there may be something for the history; what formats keep is not in it. */
function bringsRecords({ document, added }: Planned): boolean {
  return added > 0 || document.relations.length > 0;
}

/**
 * Adds what other formats keep to a sidecar. Its records are there by now, or in the drafts.
 * @returns whether anything was new
 */
async function addCarried({ document, uri, entry }: There, { index }: State): Promise<boolean> {
  if (Object.keys(document.carried).length === 0) return false;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const isDone = await disk.inTurn(entry.sidecarUri, async (turn) => {
      const file = await sidecarOf(uri, entry.layer);
      const textHash = await hashText(index.raw, disk.sha256);
      const { sidecar = newSidecar(baseName(uri.path), textHash) } = file;
      const old = readCarried(sidecar.frame);
      const carried = { ...old, ...document.carried };
      if (file.sidecar && isSame(carried, old)) return 'nothing';
      const changed: Sidecar = { ...sidecar, frame: withCarried(sidecar.frame, carried) };
      return (await file.write(writeReadable(changed, document.name), changed, turn)) && 'written';
    });
    if (isDone) return isDone === 'written';
  }
  throw new Refusal('write-failed', entry.sidecarUri);
}

function newSidecar(article: string, textHash: string): Sidecar {
  return { article, textHash, status: 'open', entities: [], frame: NEW_FRAME };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Writes a new article, and its sidecar if there is anything in it.
 * @returns what can be taken away again; nothing where its sidecar was there before
 * @throws Refusal
 */
async function writeArticle(
  { document, uri }: Planned,
  layer: string,
  log: TransferLog,
  count: (entities: readonly Entity[]) => void,
): Promise<MadeArticle | undefined> {
  const { index } = document;
  const isFree = async () => !(await disk.exists(uri));
  // Before anything is written: an invalid sidecar of an article that was deleted may be there.
  const file = await sidecarOf(uri, layer);
  await disk.makeFolder(vscode.Uri.joinPath(uri, '..'));
  if (!(await isFree()) || !(await disk.write(uri, new TextEncoder().encode(index.raw), isFree)))
    throw new Refusal('file-changed', uri);
  const isNew = file.source === undefined;
  await writeInto(file, document, index, log, count);
  if (!isNew) return undefined;
  const made = { uri: uri.toString(), text: textKey(index.raw), sidecar: null };
  if (file.source === undefined) return made;
  const key = textKey(file.source);
  return layer === '' ? { ...made, sidecar: key } : { ...made, layers: { [layer]: key } };
}

/**
 * Writes the sidecar of an annotator, if there is anything in it. Its article is there.
 * @returns what the sidecar is known by where it was not there before
 * @throws Refusal
 */
async function writeLayer(
  store: CorpusStore,
  { document, uri, entry }: Planned,
  log: TransferLog,
  count: (entities: readonly Entity[]) => void,
): Promise<string | undefined> {
  if (!entry && !(await disk.exists(uri))) throw new Refusal('write-failed', uri);
  const { index } = entry ? await currentState(store, entry) : document;
  const file = await sidecarOf(uri, document.layer);
  const isNew = file.source === undefined;
  await writeInto(file, document, index, log, count);
  return isNew && file.source !== undefined ? textKey(file.source) : undefined;
}

/** Writes a document into a sidecar, which stays as it is, or is not made, where there is nothing in it. @throws Refusal */
async function writeInto(
  file: SidecarFile,
  document: AnnotatedDocument,
  index: TextIndex,
  log: TransferLog,
  count: (entities: readonly Entity[]) => void,
): Promise<void> {
  const uri = file.articleUri;
  const textHash = await hashText(index.raw, disk.sha256);
  const there = orphanState(file, index);
  const received = receiveInto(document, uri, there, textHash, log);
  log.place(document.name, uri, index);
  const sidecar = { ...received.sidecar, textHash };
  const hasAny = hasRecords(sidecar) || sidecar.status !== 'open' || sidecar.frame.tail.length > 0;
  if ((file.sidecar || hasAny) && !(await file.write(writeReadable(sidecar, document.name), sidecar)))
    throw new Refusal('file-changed', file.uri);
  count(addedBy(additions(received, there.annotations)));
}
