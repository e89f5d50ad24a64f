import type { Span } from './text';

/** What an index knows of an entity: enough to find it, count it and show it. Offsets are code points. */
export interface Mention extends Span {
  readonly text: string;
  readonly label: string;
  readonly link: string | undefined;
  readonly reviewed: boolean;
  readonly suggested: boolean;
  /** A person tagged it by hand, or has reviewed it, and its place is known: its text is known by it. */
  readonly isKnown: boolean;
  /** It is not known where in the text it is. */
  readonly broken: boolean;
  /** Its sidecar says more of it that rules must know: parts, a conflict, rules that do not look at it. */
  readonly isSpecial: boolean;
}

/** Which mentions are asked for: those that have all of these. */
export interface MentionFilter {
  readonly text?: string;
  readonly label?: string;
  readonly link?: string;
}
