import type * as vscode from 'vscode';
import { disk } from '#disk';
import { sidesOf } from '../../core/conflict';
import { anchoredOf, withAnchored } from '../../core/model/records';
import { placeEntities } from '../../core/place';
import { splitConflict, type Side } from '../../core/sidecar/conflict-markers';
import { mergeSidecars, NO_TEXT } from '../../core/sidecar/merge';
import { readSidecar } from '../../core/sidecar/read';
import type { Sidecar } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import { decodeUtf8, hashText, TextIndex } from '../../core/text';
import { Refusal } from './refusal';
import type { SidecarFile } from './sidecar-file';

export interface SidesMerged {
  /** How many there are now. */
  readonly entities: number;
  /** How many entities both sides changed in ways that exclude each other. */
  readonly conflicts: number;
  /** Whose each version of these is, by its id. */
  readonly owners: ReadonlyMap<string, Side>;
  /** What git's markers call the sides. */
  readonly names: Readonly<Record<Side, string>>;
}

/** How often it is begun anew because the file changed meanwhile. */
const MOST_TRIES = 20;

/**
 * Merges both sides of a sidecar in which git marked conflicts, and writes the result in its place. Parts
 * that git merged by itself may belong to one text and marked ones to another, whatever the sides say, so
 * that every entity is looked for in the article as it is.
 * @param article whose sidecar it is, in any layer, where that is known
 * @returns `undefined` where there are no markers
 * @throws Refusal, and changes nothing, where a side is no valid sidecar, or the file cannot be written
 */
export async function mergeSides(
  file: SidecarFile,
  article: vscode.Uri | undefined,
): Promise<SidesMerged | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await file.refresh();
    const sides = splitConflict(file.source ?? '');
    if (!sides) return undefined;
    const base = sides.base === undefined ? undefined : readSidecar(sides.base).sidecar;
    const ours = readSide(file, sides.ours, 'ours');
    const theirs = readSide(file, sides.theirs, 'theirs');
    const { sidecar: merged, conflicts } = mergeSidecars(base, ours, theirs);
    const sidecar = await placed(merged, article);
    if (await file.write(writeSidecar(sidecar), sidecar)) {
      const said = { ours: ours.entities, theirs: theirs.entities };
      const owners = conflicts === 0 ? new Map<string, Side>() : sidesOf(merged.entities, said);
      return { entities: sidecar.entities.length, conflicts, owners, names: sides.names };
    }
  }
  throw new Refusal('write-failed', file.uri);
}

function readSide(file: SidecarFile, source: string, side: 'ours' | 'theirs'): Sidecar {
  const { sidecar, problems } = readSidecar(source);
  if (!sidecar) throw new Refusal('sidecar-side-invalid', file.uri, `${side}: ${problems[0]?.code ?? ''}`);
  return sidecar;
}

/** A sidecar in the text of its article, if every place there is certain; else none is vouched for. */
export async function placed(sidecar: Sidecar, article: vscode.Uri | undefined): Promise<Sidecar> {
  const bytes = article && (await disk.read(article).catch(() => undefined));
  const text = bytes && decodeUtf8(bytes);
  if (text === undefined) return { ...sidecar, textHash: NO_TEXT };
  const { entities } = placeEntities(anchoredOf(sidecar), new TextIndex(text), 'another');
  if (entities.some(({ broken }) => broken)) return { ...sidecar, textHash: NO_TEXT };
  return { ...withAnchored(sidecar, entities), textHash: await hashText(text) };
}
