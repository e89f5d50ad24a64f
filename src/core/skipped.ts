/**
 * Whether a file or folder of this name is no part of a corpus: other programs' folders, and everything hidden.
 * @param name without what is around it in a path
 */
export function isSkipped(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}
