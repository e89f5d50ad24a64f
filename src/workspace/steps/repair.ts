import type { Anchored } from '../../core/model/entity';
import { baseName } from '../../core/sidecar/name';
import {
  anchoredOf,
  anchorKey,
  annotationsOf,
  withAnchored,
  type AnchoredRecord,
} from '../../core/model/records';
import { composeSidecar } from '../../core/sidecar/compose';
import { writeSidecar } from '../../core/sidecar/write';
import { hashText } from '../../core/text';
import type { ArticleReading } from '../corpus/article-problems';
import type { ArticleEntry } from '../corpus/article-entry';
import type { CorpusStore } from '../store';

/** An entity, or what else is anchored, that was found at another place than its sidecar says. */
export interface Move {
  readonly before: AnchoredRecord;
  readonly after: AnchoredRecord;
}

/** What is to be written so that a sidecar is that of its article as it is now. */
export interface Repair {
  readonly entry: ArticleEntry;
  /** Whose sidecar it is; empty for the shared one. */
  readonly layer: string;
  readonly moves: readonly Move[];
  /** How many of these a person must place. */
  readonly toPlace: number;
  /** The sidecar is that of another text; where nothing moved, too, its `text_hash` is to be written. */
  readonly isStale: boolean;
  /** The article has unsaved changes: its sidecar is written when it is saved, not before. */
  readonly isUnsaved: boolean;
}

/**
 * Looks at an article and the sidecar of a layer as they are now.
 * @returns `undefined` where there is no sidecar that can be used
 */
export async function findRepair(
  store: CorpusStore,
  entry: ArticleEntry,
  layer: string,
): Promise<Repair | undefined> {
  const reading = await read(store, entry, layer);
  const { file, isStale, isUtf8 } = reading;
  if (!file.sidecar || file.refusal || !isUtf8) return undefined;
  const anchored = anchoredOf(reading);
  const now = new Map(anchored.map((one) => [anchorKey(one), one]));
  const moves = anchoredOf(file.sidecar).flatMap((before) => {
    const after = now.get(anchorKey(before));
    return after && !after.broken && !isSamePlace(before, after) ? [{ before, after }] : [];
  });
  const toPlace = anchored.filter(({ broken }) => broken).length;
  const [open] = store.live.layersOf(entry);
  return { entry, layer, moves, toPlace, isStale, isUnsaved: open?.document.isDirty === true };
}

/** What the sidecar of a layer will hold once it is written for the article as it is now. */
export async function repairedSource(
  store: CorpusStore,
  entry: ArticleEntry,
  layer: string,
): Promise<string | undefined> {
  const reading = await read(store, entry, layer);
  const { file, index } = reading;
  if (!file.sidecar || file.refusal) return file.source;
  const article = baseName(entry.uri.path);
  const textHash = await hashText(index.raw);
  const annotations = withAnchored(annotationsOf(file.sidecar), anchoredOf(reading));
  const about = { article, textHash, frame: file.sidecar.frame };
  return writeSidecar(composeSidecar(annotations, index, about, file.sidecar));
}

async function read(store: CorpusStore, entry: ArticleEntry, layer: string): Promise<ArticleReading> {
  return store.live.at(entry.uri, layer)?.reading(entry.corpus) ?? entry.read({ layer });
}

function isSamePlace(a: Anchored, b: Anchored): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
