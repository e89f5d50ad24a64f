import type { LoadFormats } from './formats';

/** `esbuild.js` leaves this to `require`. */
export const loadFormats: LoadFormats = () => import('../../formats');
