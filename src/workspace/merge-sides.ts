import { splitConflict } from '../core/sidecar/conflict-markers';
import { mergeSidecars } from '../core/sidecar/merge';
import { readSidecar } from '../core/sidecar/read';
import type { Sidecar } from '../core/sidecar/sidecar';
import { writeSidecar } from '../core/sidecar/write';
import { Refusal } from './refusal';
import type { SidecarFile } from './sidecar-file';

/** How often it is begun anew because the file changed meanwhile. */
const MOST_TRIES = 20;

/**
 * Merges both sides of a sidecar in which git marked conflicts, and writes the result in its place. Parts
 * that git merged by itself may belong to one text and marked ones to another, so that the result vouches
 * for no place: it says no `text_hash`.
 * @returns `undefined` where there are no markers
 * @throws Refusal, and changes nothing, where a side is no valid sidecar, or the file cannot be written
 */
export async function mergeSides(
  file: SidecarFile,
): Promise<{ entities: number; conflicts: number } | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await file.refresh();
    const sides = splitConflict(file.source ?? '');
    if (!sides) return undefined;
    const base = sides.base === undefined ? undefined : readSidecar(sides.base).sidecar;
    const ours = readSide(file, sides.ours, 'ours');
    const theirs = readSide(file, sides.theirs, 'theirs');
    const { sidecar: merged, conflicts } = mergeSidecars(base, ours, theirs);
    const sidecar: Sidecar = { ...merged, textHash: '' };
    if (await file.write(writeSidecar(sidecar), sidecar)) {
      return { entities: sidecar.entities.length, conflicts };
    }
  }
  throw new Refusal('write-failed', file.uri);
}

function readSide(file: SidecarFile, source: string, side: 'ours' | 'theirs'): Sidecar {
  const { sidecar, problems } = readSidecar(source);
  if (!sidecar) throw new Refusal('sidecar-side-invalid', file.uri, `${side}: ${problems[0]?.code ?? ''}`);
  return sidecar;
}
