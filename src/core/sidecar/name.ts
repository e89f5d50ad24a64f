export const SIDECAR_SUFFIX = '.ann.yaml';

/** The sidecar of an article, both as file names or paths: `a/000_x.txt` has `a/000_x.ann.yaml`. */
export function sidecarName(article: string): string {
  return article.replace(/\.[^./\\]*$/, '') + SIDECAR_SUFFIX;
}

export function isSidecarName(path: string): boolean {
  return path.endsWith(SIDECAR_SUFFIX);
}

/** The last segment of a path with `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
