import type * as Formats from '../core/interchange/formats';

/**
 * The formats of other tools. They are read when they are first asked for: in the Node host from a bundle of
 * their own (see `esbuild.js`), in the web worker host, where an extension is one file, from that.
 */
export function loadFormats(): Promise<typeof Formats> {
  return import('../core/interchange/formats');
}
