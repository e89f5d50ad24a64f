import type { Plain } from '../model/entity';
import type { Annotations } from '../model/records';

/** A sidecar as it was read. Immutable. */
export interface Sidecar extends Annotations {
  /** The file name of its article, as written. */
  readonly article: string;
  /** `sha256:…` of the text that the offsets belong to; empty where the sidecar does not say. */
  readonly textHash: string;
  readonly frame: Frame;
}

/** The lines around the entities, kept verbatim but for the keys that the program manages. */
export interface Frame {
  /** Lines above `entities:`. */
  readonly head: readonly string[];
  /** The comment behind `entities:`, with its `#`, or nothing. */
  readonly comment: string;
  /** Lines below the last entity. */
  readonly tail: readonly string[];
  readonly eol: '\n' | '\r\n';
}

/** The frame of a sidecar that does not exist yet. */
export const NEW_FRAME: Frame = { head: ['version: 1'], comment: '', tail: [], eol: '\n' };

/**
 * What formats say of a document that the model does not know, by the format's id: it goes back as it came.
 * What of it other formats lose, `contents.ts` tells.
 */
export type Carried = { readonly [format: string]: Plain };
