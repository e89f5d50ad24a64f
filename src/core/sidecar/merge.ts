import { anchoredOf, anchorKey, isEntity, type AnchoredRecord, type Annotations } from '../model/records';
import { mergeAnnotations } from '../model/merge';
import { placeKey } from '../model/merge-entity';
import { alignPlaces } from './align-places';
import type { ManagedKeys } from './canonical';
import { linesAsComments, mergeFrames } from './merge-frame';
import { readSidecar } from './read';
import { lostLines, putRecords } from './record-lines';
import { NEW_FRAME, type Frame, type Sidecar } from './sidecar';
import { writeSidecar } from './write';

export interface SidecarMerge {
  readonly sidecar: Sidecar;
  /** See `Merge.conflicts`. */
  readonly conflicts: number;
}

/** A `text_hash` that no text has: places may come from two texts, and none is vouched for. */
export const NO_TEXT = 'sha256:' + '0'.repeat(64);

/** A base for sides that have none: nothing was there before. */
const NOTHING: Sidecar = { article: '', textHash: '', status: 'open', entities: [], frame: NEW_FRAME };

/**
 * Merges what two sides made of a sidecar (see {@link mergeAnnotations}). Where their articles differ, the
 * places of one side follow into the text of the other by the entities that both have; unless no place had
 * to, the result's `text_hash` is {@link NO_TEXT}, so that whoever reads it looks for every span.
 * @param base the sidecar that both come from, if there is one
 */
export function mergeSidecars(base: Sidecar | undefined, ours: Sidecar, theirs: Sidecar): SidecarMerge {
  const from = base ?? NOTHING;
  const { ofText, states } = alignPlaces(base, ours, theirs);
  const { annotations, conflicts, lost } = mergeAnnotations(...states);
  const managed: ManagedKeys = {
    article: ours.article === from.article ? theirs.article : ours.article,
    textHash: ofText[0] && isFrom(ofText, annotations) ? ofText[0].textHash : NO_TEXT,
    status: annotations.status,
  };
  const frames = [from.frame, ours.frame, theirs.frame].map((frame) => putRecords(frame, annotations));
  const [before, mine, other] = frames as [Frame, Frame, Frame];
  const comments = lostLines(lost);
  const withComments = (frame: Frame) => {
    const tail = comments.filter((line) => !frame.tail.includes(line));
    return { ...frame, tail: [...frame.tail, ...tail] };
  };
  const frame = validFrame(managed, [
    () => withComments(mergeFrames(managed, before, mine, other)),
    () => withComments(linesAsComments(mine, other)),
  ]);
  return { sidecar: { ...annotations, ...managed, frame }, conflicts };
}

/**
 * Whether everything is where one of some sidecars has it, or, of entities, the one that it is another version of. The
 * same text at the same place is not enough: what was carried there by its neighbours may be another mention.
 */
function isFrom(sidecars: readonly Sidecar[], annotations: Annotations): boolean {
  const keyOf = (one: AnchoredRecord) => `${anchorKey(one)} ${placeKey(one)}`;
  const known = new Set(sidecars.flatMap((sidecar) => anchoredOf(sidecar).map(keyOf)));
  return anchoredOf(annotations).every(
    (one) =>
      known.has(keyOf(one)) ||
      (isEntity(one) && one.conflict !== undefined && known.has(keyOf({ ...one, id: one.conflict }))),
  );
}

/** The first of some frames that can be read; lines from two files may not go together. */
function validFrame(managed: ManagedKeys, frames: readonly (() => Frame)[]): Frame {
  for (const make of frames) {
    const frame = make();
    const { sidecar } = readSidecar(writeSidecar({ ...managed, entities: [], frame }));
    if (sidecar?.article === managed.article && sidecar.status === managed.status) return frame;
  }
  return frames.at(-1)!();
}
