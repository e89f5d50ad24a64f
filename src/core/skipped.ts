/**
 * Whether a file or folder of this name is no part of a corpus: other programs' folders, and everything hidden.
 * @param name without what is around it in a path
 */
export function isSkipped(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/** How the names of files begin that are made for a moment beside those that are written. */
export const LEFTOVER_PREFIX = '.corpus-annotator-';

/** Whether a name is that of such a file, which is there for long only if its process was killed. */
export function isLeftoverName(name: string): boolean {
  return /^\.corpus-annotator-[0-9a-f]{8}\.(?:tmp|lock)$/.test(name);
}
