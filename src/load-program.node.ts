import type { LoadProgram } from './load-program';

/** `esbuild.js` leaves this to `require`. */
export const loadProgram: LoadProgram = () => import('./program');
