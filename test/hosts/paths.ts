import path from 'node:path';

/** The repository. This module is as deep in `out/test/` (bundled) as in `test/hosts/` (source). */
export const root = path.resolve(import.meta.dirname, '../..');

export const fromRoot = (...segments: string[]) => path.join(root, ...segments);
