import type { Annotations } from '../edit';
import { mergeAnnotations } from '../merge';
import { placeKey } from '../merge-entity';
import { alignPlaces } from './align-places';
import type { ManagedKeys } from './canonical';
import { linesAsComments, mergeFrames } from './merge-frame';
import { readSidecar } from './read';
import { NEW_FRAME, type Frame, type Sidecar } from './sidecar';
import { writeSidecar } from './write';

export interface SidecarMerge {
  readonly sidecar: Sidecar;
  /** See `Merge.conflicts`. */
  readonly conflicts: number;
}

/** A base for sides that have none: nothing was there before. */
const NOTHING: Sidecar = { article: '', textHash: '', status: 'open', entities: [], frame: NEW_FRAME };

/**
 * Merges what two sides made of a sidecar (see {@link mergeAnnotations}). Where their articles differ, the
 * places of one side follow into the text of the other by the entities that both have; unless no place had
 * to, the result says no `text_hash`, so that whoever reads it looks for every span.
 * @param base the sidecar that both come from, if there is one
 */
export function mergeSidecars(base: Sidecar | undefined, ours: Sidecar, theirs: Sidecar): SidecarMerge {
  const from = base ?? NOTHING;
  const { ofText, states } = alignPlaces(base, ours, theirs);
  const { annotations, conflicts } = mergeAnnotations(...states);
  const managed: ManagedKeys = {
    article: ours.article === from.article ? theirs.article : ours.article,
    textHash: isFrom(ofText, annotations) ? (ofText[0]?.textHash ?? '') : '',
    status: annotations.status,
  };
  const frame = validFrame(managed, [
    () => mergeFrames(managed, from.frame, ours.frame, theirs.frame),
    () => linesAsComments(ours.frame, theirs.frame),
  ]);
  return { sidecar: { ...managed, entities: annotations.entities, frame }, conflicts };
}

/** Whether every entity is where one of some sidecars has it. */
function isFrom(sidecars: readonly Sidecar[], { entities }: Annotations): boolean {
  const places = new Set(sidecars.flatMap((sidecar) => sidecar.entities.map(placeKey)));
  return entities.every((entity) => places.has(placeKey(entity)));
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
