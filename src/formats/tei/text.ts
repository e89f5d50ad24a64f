import { elementsOf, type XmlElement } from '../shared/xml';

/** Elements that stand by themselves, with what parts them from others. */
const BLOCKS = new Map<string, string>([
  ...[
    'p',
    'ab',
    'head',
    'div',
    'lg',
    'list',
    'table',
    'sp',
    'quote',
    'opener',
    'closer',
    'front',
    'body',
    'back',
  ].map((name) => [name, '\n\n'] as const),
  ...[
    'l',
    'item',
    'row',
    'speaker',
    'salute',
    'signed',
    'dateline',
    'byline',
    'titlePart',
    'docTitle',
    'trailer',
    'cell',
    'label',
  ].map((name) => [name, '\n'] as const),
]);
/** What stands in a text but is none of it. */
const BESIDE = new Set([
  'note',
  'fw',
  'figDesc',
  'teiHeader',
  'standOff',
  'spanGrp',
  'span',
  'listAnnotation',
  'listRelation',
  'linkGrp',
  'interpGrp',
  'graphic',
]);

/** Of the elements in these, one is the text. */
const ALTERNATIVES = new Set(['choice', 'app']);

function chosenOf(element: XmlElement): XmlElement | undefined {
  const all = elementsOf(element);
  return all.find(({ name }) => name === 'lem') ?? all[0];
}

/** Where an element is, in UTF-16 units of the text: its text, and the place where its tag stands. */
export interface Extent {
  start16: number;
  end16: number;
  readonly at16: number;
}

/** The text of a TEI element, with the places of all elements in it. */
export interface TeiText {
  readonly text: string;
  readonly extents: ReadonlyMap<XmlElement, Extent>;
  readonly byId: ReadonlyMap<string, XmlElement>;
  /** The elements that are no text. */
  readonly beside: readonly XmlElement[];
}

/**
 * The text of an element. Where `xml:space="preserve"` holds, it is taken as it is. Elsewhere a run of white
 * space is one space, none is at the edges of blocks; an empty line parts paragraphs and their like, a line
 * ending lines of verse, items and their like; `lb` is a line ending (none with `break="no"`). Of a `choice`,
 * its first element is the text, of an `app` its `lem` (or the first reading). Notes and other things beside the text
 * are left out.
 */
export function readText(root: XmlElement): TeiText {
  const extents = new Map<XmlElement, Extent>();
  const byId = new Map<string, XmlElement>();
  const beside: XmlElement[] = [];
  /** Elements that have begun, but of whose text nothing was met. */
  let fresh: Extent[] = [];
  let text = '';
  /** The last unit of the text: to ask the text itself, each time, would copy it. */
  let last = '';
  let gap = '';
  let isPreserved = false;

  const append = (piece: string) => {
    text += gap;
    gap = '';
    for (const extent of fresh) extent.start16 = text.length;
    fresh = [];
    text += piece;
    last = piece.at(-1)!;
  };
  const addText = (source: string, preserve: boolean) => {
    if (source === '') return;
    if (preserve) {
      isPreserved = true;
      return append(source);
    }
    const words = source.replace(/[ \t\r\n]+/g, ' ');
    if (words.startsWith(' ') && gap === '' && text !== '' && last !== '\n') gap = ' ';
    const inner = words.trim() === '' ? '' : words.replace(/^ | $/g, '');
    if (inner === '') return;
    isPreserved = false;
    append(inner);
    if (words.endsWith(' ')) gap = ' ';
  };
  const separate = (separator: string) => {
    if (text !== '' && (gap === '' || gap === ' ' || separator.length > gap.length)) gap = separator;
  };
  const visit = (element: XmlElement, outer: boolean) => {
    const { name, attributes } = element;
    if (BESIDE.has(name)) return void beside.push(element);
    const space = attributes['xml:space'];
    const preserve = space === undefined ? outer : space === 'preserve';
    const separator = BLOCKS.get(name);
    if (separator !== undefined) separate(separator);
    const extent: Extent = { start16: -1, end16: 0, at16: text.length };
    fresh.push(extent);
    extents.set(element, extent);
    const id = attributes['xml:id'];
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    if (name === 'lb' && attributes.break !== 'no') {
      gap = '';
      append('\n');
    }
    const chosen = ALTERNATIVES.has(name) ? chosenOf(element) : undefined;
    if (chosen) beside.push(...elementsOf(element).filter((child) => child !== chosen));
    for (const child of chosen ? [chosen] : element.children)
      if (typeof child === 'string') addText(child, preserve);
      else visit(child, preserve);
    extent.end16 = text.length;
    if (separator !== undefined) separate(separator);
  };
  visit(root, false);
  for (const extent of fresh) extent.start16 = text.length;
  if (!isPreserved && text !== '' && last !== '\n') text += '\n';
  return { text, extents, byId, beside };
}
