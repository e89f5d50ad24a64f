import type * as Formats from '../../formats';

/**
 * Loads the formats of other tools, when they are first asked for: a bundle of their own beside that of the extension
 * (`dist/formats.js`), the same for both hosts. Chosen at build time as `#formats`, since each host has its own way.
 */
export type LoadFormats = () => Promise<typeof Formats>;
