import type { LoadProgram } from './load-program';
import { loadBundle } from './workspace/host/bundle.browser';

export const loadProgram: LoadProgram = () => loadBundle('dist/web/program.js');
