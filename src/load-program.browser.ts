import type { LoadProgram } from './load-program';
import { loadBundle } from './workspace/bundle.browser';

export const loadProgram: LoadProgram = () => loadBundle('dist/web/program.js');
