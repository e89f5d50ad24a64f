import type * as Program from './program';

/**
 * Loads the program, when a window needs it: a bundle of its own beside that of the extension (`dist/program.js`).
 * Chosen at build time as `#load-program`, since each host has its own way.
 */
export type LoadProgram = () => Promise<typeof Program>;
