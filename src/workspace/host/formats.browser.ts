import { loadBundle } from './bundle.browser';
import type { LoadFormats } from './formats';

let loaded: ReturnType<LoadFormats> | undefined;

export const loadFormats: LoadFormats = () => (loaded ??= loadBundle('dist/formats.js'));
