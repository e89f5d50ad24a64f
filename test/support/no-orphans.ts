import { Orphans } from '../../src/workspace/corpus/orphans.ts';

/** For an article of no corpus. */
export const NO_ORPHANS = new Orphans({ entry: () => undefined, sharing: () => [] });
