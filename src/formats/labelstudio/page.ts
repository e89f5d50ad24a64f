import { TextIndex, type Span } from '../../core/text';
import { isCount, isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { objectOf } from './kept';
import { textsOfHtml, type TextNode } from './html';
import { asShown, offsetOf } from './values';

/** The text of a page or of a dialogue, in which regions have their places by nodes. */
export interface Page {
  readonly text: string;
  /**
   * Where a region is in the text, in code points; where it says its text, the place that has it, if one has.
   * @returns `undefined` where no place is certain
   */
  readonly spanOf: (value: JsonObject) => Span | undefined;
}

/** Whether a region says its place by the nodes of a page. */
export function isOfPage(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const { start, startOffset } = value;
  return startOffset !== undefined || (isText(start) && offsetOf(start) === undefined);
}

/** What a field of a task's data is as a page: HTML, or a dialogue. @param key what holds the text of a paragraph */
export function pageOf(field: Json | undefined, key = 'text'): Page | undefined {
  if (isText(field)) return pageOfHtml(field);
  return isDialogue(field, key)
    ? pageOfDialogue(itemsOf(field).map((item) => objectOf(item)[key] as string))
    : undefined;
}

/** A list of what was said, each with its text. */
export function isDialogue(field: Json | undefined, key = 'text'): boolean {
  const items = itemsOf(field);
  return items.length > 0 && items.every((item) => isText(objectOf(item)[key]));
}

/** Of each paragraph a line; places are in UTF-16 units of a paragraph, whose number is the start. */
function pageOfDialogue(said: readonly string[]): Page {
  const text = said.map((one) => one.replace(/\r\n?/g, '\n')).join('\n');
  const index = new TextIndex(text);
  const starts16: number[] = [];
  let at16 = 0;
  for (const one of said) {
    starts16.push(at16);
    at16 += one.replace(/\r\n?/g, '\n').length + 1;
  }
  const placeOf = (number: Json | undefined, offset: Json | undefined) => {
    const start16 = starts16[offsetOf(number) ?? -1];
    return start16 === undefined || !isCount(offset) ? undefined : index.toCodePoint(start16 + offset);
  };
  return {
    text,
    spanOf: ({ start, end, startOffset, endOffset }) =>
      spanBetween(placeOf(start, startOffset), placeOf(end, endOffset)),
  };
}

/**
 * A page as a browser shows it: white space is one space, and each block has lines of its own. A place is counted in the
 * text of all nodes (`globalOffsets`), or within one that XPath names.
 */
function pageOfHtml(html: string): Page {
  const nodes = textsOfHtml(html);
  const index = new TextIndex(nodes.map(({ text }) => text).join(''));
  const { text, places } = shownOf(nodes);
  const shown = new TextIndex(text);
  const starts16 = new Map<string, number>();
  let at16 = 0;
  for (const node of nodes) {
    starts16.set(node.path, at16);
    at16 += node.text.length;
  }
  const isBlank = (at: number) => index.slice({ start: at, end: at + 1 }).trim() === '';
  /** A span of the nodes' text, in that which is shown. */
  const toShown = (span: Span | undefined): Span | undefined => {
    if (!span || span.end > index.length) return undefined;
    let { start, end } = span;
    while (start < end && isBlank(start)) start++;
    while (end > start && isBlank(end - 1)) end--;
    const last = places[end - 1];
    return start < end && last !== undefined ? spanBetween(places[start], last + 1) : undefined;
  };
  const byUnit = (at16: Json | undefined) =>
    isCount(at16) && at16 <= index.raw.length ? index.toCodePoint(at16) : undefined;
  const byPath = (path: Json | undefined, offset: Json | undefined) => {
    const start16 = isText(path) ? starts16.get(plainPath(path)) : undefined;
    return start16 === undefined || !isCount(offset) ? undefined : byUnit(start16 + offset);
  };
  return {
    text,
    spanOf: ({ start, end, startOffset, endOffset, globalOffsets, text: said }) => {
      const { start: first, end: last } = objectOf(globalOffsets);
      const byCount = toShown(spanBetween(offsetOf(first), offsetOf(last)));
      const byUnits = toShown(spanBetween(byUnit(first), byUnit(last)));
      const byNodes = toShown(spanBetween(byPath(start, startOffset), byPath(end, endOffset)));
      if (isText(said) && said !== '') {
        const isThere = (span: Span | undefined) => span && asShown(shown.slice(span)) === asShown(said);
        return [byCount, byNodes, byUnits].find(isThere) ?? byCount ?? byNodes;
      }
      return byCount && byCount.start === byNodes?.start && byCount.end === byNodes.end ? byCount : undefined;
    },
  };
}

function spanBetween(start: number | undefined, end: number | undefined): Span | undefined {
  return start === undefined || end === undefined || start >= end ? undefined : { start, end };
}

/** As {@link TextNode.path} has it. */
function plainPath(path: string): string {
  return path
    .toLowerCase()
    .replaceAll('[1]', '')
    .replace(/^\/html(?:\/body)?(?=\/)/, '');
}

/** What is shown of texts, and where each of their code points is in it. */
function shownOf(nodes: readonly TextNode[]): { text: string; places: Uint32Array } {
  const all = nodes.map((node) => [node, Array.from(node.text)] as const);
  const places = new Uint32Array(all.reduce((sum, [, signs]) => sum + signs.length, 0));
  const out: string[] = [];
  let [at, isLineDue, isSpaceDue] = [0, false, false];
  for (const [{ isHidden, isPlain, beginsLine }, signs] of all) {
    isLineDue ||= beginsLine;
    for (const sign of signs) {
      const isSpace = /[\t\n\f\r ]/.test(sign) && !isPlain;
      if (!isSpace && !isHidden) {
        if (out.length > 0 && (isLineDue || isSpaceDue)) out.push(isLineDue ? '\n' : ' ');
        [isLineDue, isSpaceDue] = [false, false];
      }
      places[at++] = out.length;
      if (isHidden) continue;
      if (isSpace) isSpaceDue = true;
      else out.push(sign);
    }
  }
  return { text: out.join(''), places };
}
