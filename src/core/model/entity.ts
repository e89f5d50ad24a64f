import { quickHash, type Span, type TextIndex } from '../text';

/** The values that YAML holds without tags; what attributes may be made of. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** What is about a span of the text, and follows it. Offsets are code points. */
export interface Anchored extends Span {
  readonly id: string;
  /** The exact text of the span, line endings as `\n`. */
  readonly text: string;
  /** The pieces of a discontinuous mention; the span is then their hull. */
  readonly parts?: readonly (readonly [number, number])[] | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /**
   * It is not known where in the article it is: its text is not where the span is, or, which its sidecar
   * says by `to_place`, stands there by chance.
   */
  readonly broken?: boolean | undefined;
}

/** One annotated mention. Immutable: a changed entity is a new object with the same id. */
export interface Entity extends Anchored {
  readonly label: string;
  readonly reviewed?: boolean | undefined;
  /** Who proposed it; a person has not tagged it by hand. */
  readonly suggestedBy?: string | undefined;
  /** How probable who proposed it thought it to be, from 0 to 1. */
  readonly score?: number | undefined;
  readonly note?: string | undefined;
  /** An IRI or a prefixed id such as `wikidata:Q148`. */
  readonly link?: string | undefined;
  /** What another tool calls it; an import writes it, and an export to the same format uses it. */
  readonly externalId?: string | undefined;
  readonly attributes?: { readonly [key: string]: Plain } | undefined;
  /**
   * The id of the other version, where a merge kept two that exclude each other; `deleted` where the other
   * side deleted the entity.
   */
  readonly conflict?: string | undefined;
  /** Rules that do not look at it, see `core/rules`. */
  readonly ignore?: readonly string[] | undefined;
  /** What its line in the sidecar holds besides: kept verbatim. */
  readonly kept?: KeptSource | undefined;
}

/** The pieces of an entity's sidecar lines that the program does not understand and must not lose. */
export interface KeptSource {
  /** Comment and empty lines above the entity. */
  readonly above: readonly string[];
  /** `key: value` pairs of unknown keys, as they were written. */
  readonly pairs: string;
  /** A comment behind the entity, with its `#`. */
  readonly comment: string;
}

/** Whether the text of an entity, or of what else is anchored, is where it says. */
export function holdsText(entity: Anchored, index: TextIndex): boolean {
  return entity.end <= index.length && entity.start < entity.end && index.holds(entity, entity.text);
}

/** The sidecar's order: by start, then longest first, then label, then id. */
export function compareEntities(a: Entity, b: Entity): number {
  return compareSpans(a, b) || compareText(a.label, b.label) || compareText(a.id, b.id);
}

/** By start, then longest first. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** An order of strings that is the same everywhere. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A record with other values; a field whose value is `undefined` is left out. */
export function withFields(entity: Entity, fields: Partial<Entity>): Entity;
export function withFields<A extends Anchored>(record: A, fields: Partial<Anchored>): A;
export function withFields<R extends { readonly id: string }>(record: R, fields: Partial<R>): R;
export function withFields<R extends { readonly id: string }>(record: R, fields: Partial<R>): R {
  const all = Object.entries({ ...record, ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as R;
}

/** Without `e`: some reader takes `e23456` for a number. */
const FIRST = 'abcdfghjkmnpqrstvwxyz';
const DIGITS = '23456789e' + FIRST;

/** A random id of six base-32-like characters that begins with a letter, so that YAML reads it as text. */
export function newEntityId(isTaken: (id: string) => boolean = () => false): string {
  for (;;) {
    const [head = 0, ...tail] = crypto.getRandomValues(new Uint32Array(6));
    const id = FIRST[head % FIRST.length] + tail.map((n) => DIGITS[n % DIGITS.length]).join('');
    if (!isTaken(id)) return id;
  }
}

/** The id that a content has: the same wherever two merges make the same copy of an entity. */
export function entityIdFrom(content: string): string {
  let rest = quickHash(content);
  const next = (digits: string): number => {
    const above = Math.floor(rest / digits.length);
    // The remainder; `%` is slow above 32 bits. Of what is below 2 ** 53, no quotient is rounded up to a whole number.
    const digit = rest - above * digits.length;
    rest = above;
    return digits.charCodeAt(digit);
  };
  const more = () => next(DIGITS);
  return String.fromCharCode(next(FIRST), more(), more(), more(), more(), more(), more(), more());
}

/** How much context `before` and `after` hold, in code points. */
const CONTEXT_LENGTH = 12;

/**
 * The `before` and `after` that tell this mention from others of the same text; empty where the text
 * occurs once. Overlapping occurrences count.
 * @param text the article's text as offsets count it, from `TextIndex.text`
 */
export function contextOf(
  text: string,
  span: Span,
  slice: (span: Span) => string,
): { before?: string; after?: string } {
  const mention = slice(span);
  const first16 = text.indexOf(mention);
  if (mention === '' || text.indexOf(mention, first16 + 1) < 0) return {};
  return surroundingsOf(span, slice);
}

/** What stands around a span, up to twelve code points on each side. */
export function surroundingsOf(
  { start, end }: Span,
  slice: (span: Span) => string,
): { before: string; after: string } {
  return {
    before: slice({ start: Math.max(0, start - CONTEXT_LENGTH), end: start }),
    after: slice({ start: end, end: end + CONTEXT_LENGTH }),
  };
}
