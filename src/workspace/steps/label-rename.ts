import * as vscode from 'vscode';
import { disk } from '#disk';
import { changing, type Edit } from '../../core/model/edit';
import type { Annotations } from '../../core/model/records';
import { compareText } from '../../core/model/entity';
import { renameInLabelSet } from '../../core/label-rename';
import { relabelSidecar } from '../../core/sidecar/relabel';
import type { Splice } from '../../core/splice';
import { GAZETTEER, GAZETTEER_FORM } from '../../core/suggest/gazetteer';
import type { Item, ItemForm } from '../../core/suggest/item';
import { changeItems } from '../../core/suggest/listing';
import { REFUSED, REFUSED_FORM } from '../../core/suggest/refusals';
import type { BulkOutcome } from './bulk';
import type { Watch } from './watch';
import { newStepId } from './bulk-steps';
import { forEachLimited, type ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { otherSidecars } from '../corpus/other-sidecars';
import { Refusal } from '../files/refusal';
import { readToChange, sourceChange, type SourceChange } from '../files/source-change';
import type { CorpusStore } from '../store';

/** What renaming a label of a corpus would change. */
export interface LabelRename {
  readonly corpus: Corpus;
  readonly from: string;
  readonly to: string;
  /** Whether the label set has the new name, so that two labels become one. */
  readonly isMerge: boolean;
  /** `corpus.yaml` and the lists beside it, with how much changes in each. */
  readonly files: readonly FileRename[];
  /** The layers of annotators that have the label, with how many of their entities do. */
  readonly layers: readonly FileRename[];
  /** The articles that have the label, with how many of their entities do. */
  readonly articles: readonly { readonly entry: ArticleEntry; readonly count: number }[];
}

interface FileRename {
  readonly uri: vscode.Uri;
  readonly count: number;
  readonly change: SourceChange;
}

/**
 * Finds what would change, by what is known of the articles; nothing is read but `corpus.yaml`, the lists and
 * the layers of annotators. @throws Refusal
 */
export async function planLabelRename(
  store: CorpusStore,
  corpus: Corpus,
  from: string,
  to: string,
): Promise<LabelRename> {
  await store.catalog.summarized;
  const relabel = (item: Item) => (item.label === from ? { ...item, label: to } : item);
  const found = await Promise.all([
    plan(corpus.yamlUri, 'label-set-invalid', (source) => renameInLabelSet(source, from, to)),
    ...([[GAZETTEER, GAZETTEER_FORM], [REFUSED, REFUSED_FORM]] as const).map(([name, form]) =>
      plan(vscode.Uri.joinPath(corpus.root, name), 'list-invalid', (source) => planList(source, form, relabel)),
    ),
  ]); // prettier-ignore
  return {
    corpus,
    from,
    to,
    isMerge: corpus.label(from) !== undefined && corpus.label(to) !== undefined,
    files: found.flatMap((file) => file ?? []),
    layers: await planLayers(store, corpus, from, to),
    articles: store.catalog.all
      .filter((entry) => entry.corpus === corpus)
      .map((entry) => ({ entry, count: entry.summary.labels.get(from) ?? 0 }))
      .filter(({ count }) => count > 0),
  };
}

/** Where a label of a corpus is used, but in its label set. */
export interface LabelUses {
  readonly articles: number;
  readonly entities: number;
  /** In the lists beside the label set. */
  readonly forms: number;
}

/** @throws Refusal */
export async function usesOfLabel(store: CorpusStore, corpus: Corpus, label: string): Promise<LabelUses> {
  // Whatever a new name would change; no label has this one.
  const { files, layers, articles } = await planLabelRename(store, corpus, label, `${label}\0`);
  const sum = (counted: readonly { readonly count: number }[]) =>
    counted.reduce((all, { count }) => all + count, 0);
  const lists = files.filter(({ uri }) => uri.toString() !== corpus.yamlUri.toString());
  return {
    articles: articles.length + layers.length,
    entities: sum(articles) + sum(layers),
    forms: sum(lists),
  };
}

/** Takes a label that is not used out of the label set, as a step that can be undone. @throws Refusal */
export async function deleteLabel(
  store: CorpusStore,
  title: string,
  { yamlUri }: Corpus,
  label: string,
): Promise<BulkOutcome> {
  const found = await plan(yamlUri, 'label-set-invalid', (source) =>
    renameInLabelSet(source, label, undefined),
  );
  return store.bulk.apply(title, new Map(), {}, found ? [found.change] : []);
}

/**
 * Renames a label in all of its places as one step. Where the person stops it, all that was done is taken back:
 * half a label set helps nobody.
 * @returns `undefined` where it was stopped
 * @throws Refusal
 */
export async function renameLabel(
  store: CorpusStore,
  title: string,
  { from, to, files, layers, articles }: LabelRename,
  watch: Watch,
): Promise<BulkOutcome | undefined> {
  const id = newStepId(title);
  const changes = new Map(articles.map(({ entry }) => [entry, relabelling(from, to)] as const));
  const sources = [...files, ...layers].map(({ change }) => change);
  const outcome = await store.bulk.apply(title, changes, watch, sources, id);
  if (!watch.token?.isCancellationRequested) return outcome;
  await store.bulk.travel('undo', id, { onProgress: watch.onProgress, isForced: true });
  return undefined;
}

function relabelling(from: string, to: string) {
  return ({ annotations }: { annotations: Annotations }): Edit[] =>
    annotations.entities
      .filter(({ label }) => label === from)
      .map((entity) => changing(entity, { ...entity, label: to }));
}

async function planLayers(
  store: CorpusStore,
  corpus: Corpus,
  from: string,
  to: string,
): Promise<FileRename[]> {
  const layers = (await otherSidecars(store, corpus)).filter(({ isLayer }) => isLayer);
  const found: FileRename[] = [];
  await forEachLimited(layers, disk.concurrency, async ({ uri }) => {
    const source = await readToChange(uri);
    if (source === undefined) return;
    const relabelled = relabelSidecar(source, from, to);
    if (!relabelled) throw new Refusal('sidecar-invalid', uri);
    const { count, splices } = relabelled;
    if (count > 0) found.push({ uri, count, change: sourceChange(uri, source, splices) });
  });
  return found.sort((a, b) => compareText(a.uri.path, b.uri.path));
}

async function plan(
  uri: vscode.Uri,
  fault: 'label-set-invalid' | 'list-invalid',
  splicesOf: (source: string | undefined) => readonly Splice[] | undefined,
): Promise<FileRename | undefined> {
  const source = await readToChange(uri);
  const splices = splicesOf(source);
  if (!splices) throw new Refusal(fault, uri);
  return splices.length === 0
    ? undefined
    : { uri, count: splices.length, change: sourceChange(uri, source, splices) };
}

function planList(source: string | undefined, form: ItemForm, relabel: (item: Item) => Item) {
  return source === undefined || source.trim() === '' ? [] : changeItems(source, form, relabel);
}
