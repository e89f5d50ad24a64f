/** The file that holds the label set, at the root of a corpus. */
export const CORPUS_YAML = 'corpus.yaml';

export const SIDECAR_SUFFIX = '.ann.yaml';

/**
 * The sidecar of an article, both as file names or paths: `a/000_x.txt` has `a/000_x.ann.yaml`.
 * @param layer that of an annotator, `a/000_x.ada.ann.yaml`; without a name, the shared one
 */
export function sidecarName(article: string, layer = ''): string {
  const dot = article.lastIndexOf('.');
  const isExtension = dot > article.lastIndexOf('/') && dot > article.lastIndexOf('\\');
  return (isExtension ? article.slice(0, dot) : article) + (layer && `.${layer}`) + SIDECAR_SUFFIX;
}

/**
 * The sidecar without a name of an annotator that would be of the same article, where a sidecar is a layer:
 * `a/000_x.ada.ann.yaml` has `a/000_x.ann.yaml`. `undefined` for one that is no layer.
 */
export function sharedSidecarName(sidecar: string): string | undefined {
  const stem = sidecar.slice(0, -SIDECAR_SUFFIX.length);
  const shared = sidecarName(stem);
  return isSidecarName(sidecar) && shared !== sidecar ? shared : undefined;
}

/** Whether a layer can be called so: it is a part of a file's name, between two points. */
export function isLayerName(name: string): boolean {
  return isBareName(name) && !/[\\.\r\n]/.test(name);
}

/** What a person could be called as an annotator: `ada` for “Ada Byron”; `undefined` where nothing is left of the name. */
export function proposedLayerName(person: string): string | undefined {
  return person
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}_-]+/u)?.[0];
}

/** The layer that a sidecar is, by its name: `ada` of `a/000_x.ada.ann.yaml`; empty where it may be no layer. */
export function layerOf(sidecar: string): string {
  const shared = sharedSidecarName(sidecar);
  return shared === undefined
    ? ''
    : sidecar.slice(shared.length - SIDECAR_SUFFIX.length + 1, -SIDECAR_SUFFIX.length);
}

export function isSidecarName(path: string): boolean {
  return path.endsWith(SIDECAR_SUFFIX);
}

/** The last segment of a path with `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a file can have a name: it has no path, so that it is a file beside another, and no other. */
export function isBareName(name: string): boolean {
  return !/[/\0]/.test(name) && name !== '.' && name !== '..';
}

/** Whether two names may be the same file's: disks differ in what they make of case and of composed letters. */
export function isSameName(a: string, b: string): boolean {
  return a === b || a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}
