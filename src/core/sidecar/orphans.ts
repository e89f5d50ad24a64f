import { baseName, isSameName, SIDECAR_SUFFIX, sidecarName } from './name';

/** A sidecar of which no article is there. */
export interface Orphan {
  /** Its path, with `/`. */
  readonly path: string;
  /** The file name of its article, as it says; empty where it does not. */
  readonly article: string;
  readonly textHash: string;
}

/** The sidecars of one article that is gone, in all layers. */
export interface OrphanSet {
  readonly orphans: readonly Orphan[];
  /** Whether they are about the very text of the article that they were looked for; else it has their article’s name. */
  readonly isSameText: boolean;
}

/**
 * The orphans that may be those of an article: about its text, or, where none is, about an article of its name.
 * @param article the article's path @param textHash of its text
 */
export function orphansFor(orphans: Iterable<Orphan>, article: string, textHash: string): OrphanSet[] {
  const sets = new Map<string, Orphan[]>();
  for (const orphan of orphans) sets.set(stemOf(orphan), [...(sets.get(stemOf(orphan)) ?? []), orphan]);
  const such = (isSuch: (orphan: Orphan) => boolean, isSameText: boolean) =>
    [...sets.values()].flatMap((set) => (set.some(isSuch) ? [{ orphans: set, isSameText }] : []));
  const ofText = such((orphan) => textHash !== '' && orphan.textHash === textHash, true);
  const name = baseName(article);
  return ofText.length > 0 ? ofText : such((orphan) => isSameName(orphan.article, name), false);
}

/** The path of the file that an orphan names as its article; one that is there has not lost it. */
export function namedArticle({ path, article }: Orphan): string | undefined {
  return article === '' ? undefined : path.slice(0, path.lastIndexOf('/') + 1) + article;
}

/** Those that are of the same article, as it was called: a sidecar in all its layers. */
export function setOf(orphan: Orphan, orphans: readonly Orphan[]): Orphan[] {
  return orphans.filter((other) => stemOf(other) === stemOf(orphan));
}

/** Where an orphan belongs, as a sidecar of another article: a layer stays a layer. @param article its path */
export function pathBeside(orphan: Orphan, article: string): string {
  return sidecarName(article).slice(0, -SIDECAR_SUFFIX.length) + layerEnd(orphan);
}

/** The path without what {@link layerEnd} says. */
function stemOf(orphan: Orphan): string {
  return orphan.path.slice(0, -layerEnd(orphan).length);
}

/** What follows the article's stem in an orphan's name: `.ann.yaml`, or `.ada.ann.yaml` of the layer of ada. */
function layerEnd({ path, article }: Orphan): string {
  const stem = sidecarName(article).slice(0, -SIDECAR_SUFFIX.length);
  const name = baseName(path);
  return article !== '' && name.startsWith(`${stem}.`) ? name.slice(stem.length) : SIDECAR_SUFFIX;
}
