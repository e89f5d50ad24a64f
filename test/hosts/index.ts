// What the scripts use of this folder: bundled into out/test/hosts.mjs.
export { ensureHost } from './install.ts';
export { suites } from './suites.ts';
export { startServer } from './server.ts';
export { writeCorpus } from './corpus.ts';
