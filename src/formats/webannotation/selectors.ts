import { normalizeLineEndings, type Span, type TextIndex } from '../../core/text';
import { isCount, isObject, isText, type Json, type JsonObject } from '../shared/json';
import { placeOfText } from '../shared/mention-places';
import { hasType, idOf, listOf } from './container';

export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** A target: which part of which text. */
export interface Target {
  /** The text's address, without a fragment. */
  readonly source: string;
  /** The text itself, where it is embedded. */
  readonly text: string | undefined;
  /** In the unit of the file; several are the parts of a mention. */
  readonly positions: readonly Span[];
  readonly quotes: readonly Quote[];
  /** Selectors of other kinds, and the target's other properties. */
  readonly selectors: readonly Json[];
  readonly rest: JsonObject;
}

/** @returns `undefined` where it names no source */
export function readTarget(target: Json): Target | undefined {
  const whole: JsonObject = isObject(target) ? target : { source: target };
  const { source = idOf(whole), selector, ...rest } = whole;
  const named = isObject(source) ? idOf(source) : source;
  if (!isText(named) || named === '') return undefined;
  const at = named.indexOf('#');
  const fragment = at < 0 ? [] : [{ type: 'FragmentSelector', value: named.slice(at + 1) }];
  const all = [...listOf(selector), ...fragment].filter(isObject);
  const positions = all.flatMap((one) => positionOf(one) ?? []);
  const quotes = all.flatMap((one) => quoteOf(one) ?? []);
  return {
    source: at < 0 ? named : named.slice(0, at),
    text: isObject(source) && isText(source.value) ? source.value : undefined,
    positions,
    quotes,
    selectors: all.filter((one) => !positionOf(one) && !quoteOf(one) && !fragment.includes(one as never)),
    rest,
  };
}

function positionOf(selector: JsonObject): Span | undefined {
  if (hasType(selector, 'TextPositionSelector')) return spanOf(selector.start, selector.end);
  if (hasType(selector, 'FragmentSelector')) {
    // RFC 5147, fragments of plain text.
    const [, start, end] =
      /^char=(\d{1,9}),(\d{1,9})(?:;|$)/.exec(isText(selector.value) ? selector.value : '') ?? [];
    return start === undefined ? undefined : spanOf(Number(start), Number(end));
  }
  const { startSelector: first, endSelector: last } = selector;
  if (!hasType(selector, 'RangeSelector') || !isObject(first) || !isObject(last)) return undefined;
  const [from, to] = [positionOf(first), positionOf(last)];
  return from && to && spanOf(from.start, to.start);
}

function spanOf(start: Json | undefined, end: Json | undefined): Span | undefined {
  return isCount(start) && isCount(end) && start <= end ? { start, end } : undefined;
}

function quoteOf(selector: JsonObject): Quote | undefined {
  const { exact, prefix, suffix } = selector;
  if (!hasType(selector, 'TextQuoteSelector') || !isText(exact) || exact === '') return undefined;
  const asCounted = (text: Json | undefined) => (isText(text) ? normalizeLineEndings(text) : '');
  return { exact: asCounted(exact), prefix: asCounted(prefix), suffix: asCounted(suffix) };
}

/** The place of a quote that is certain: the only one with all of its context, else as a sidecar's entities are found. */
export function findQuote({ exact, prefix, suffix }: Quote, index: TextIndex): Span | undefined {
  const wanted = prefix + exact + suffix;
  const { text, raw } = index;
  const first16 = text.indexOf(wanted);
  if (first16 >= 0 && text.indexOf(wanted, first16 + 1) < 0) {
    const start = countBefore(text, raw, index, first16 + prefix.length);
    return { start, end: countBefore(text, raw, index, first16 + prefix.length + exact.length) };
  }
  return placeOfText({ text: exact, before: prefix, after: suffix }, index);
}

/** Code points before a UTF-16 offset of the text as offsets count it. */
function countBefore(text: string, raw: string, index: TextIndex, at16: number): number {
  return text === raw ? index.toCodePoint(at16) : Array.from(text.slice(0, at16)).length;
}

/** How much of the text around a quote is written, in code points. */
const CONTEXT = 32;

export function writeSelectors(
  span: Span,
  index: TextIndex,
  offset: (codePoint: number) => number,
): JsonObject[] {
  const { start, end } = span;
  return [
    { type: 'TextPositionSelector', start: offset(start), end: offset(end) },
    {
      type: 'TextQuoteSelector',
      exact: index.slice(span),
      prefix: index.slice({ start: Math.max(0, start - CONTEXT), end: start }),
      suffix: index.slice({ start: end, end: end + CONTEXT }),
    },
  ];
}
