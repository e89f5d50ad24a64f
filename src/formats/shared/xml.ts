import { SaxesParser, type SaxesTagNS } from 'saxes';
import { FormatError } from './format';
import { placeAt } from './place-at';

/** An element of an XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** The address of its namespace; empty where it has none. */
  readonly namespace: string;
  /** By their names as they were written, with prefixes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and texts, in their order. */
  readonly children: readonly (XmlElement | string)[];
  /** Where its tag begins, from 1; the column in UTF-16. */
  readonly line: number;
  readonly column: number;
}

/** More levels than any format has; what reads them calls itself for each. */
const MOST_LEVELS = 500;

const NEWLINE = 0x0a;

/**
 * Parses an XML document. Nothing outside it is read, and entities that it declares itself are not known.
 * @throws FormatError with the line and column of what is not well-formed
 */
export function parseXml(source: string, file: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: (Omit<XmlElement, 'children'> & { children: (XmlElement | string)[] })[] = [];
  let root: XmlElement | undefined;
  const fail = (values: Record<string, string>) => {
    const { line, column } = parser;
    throw new FormatError('xml-malformed', { file, line, column: column + 1 }, values);
  };
  parser.on('error', ({ message }) => fail({ message: message.replace(/^\d+:\d+: |\.$/g, '') }));
  let place = { line: 1, column: 1 };
  /** Where the last line that was looked at begins: a file may be one line. */
  let lineStart16 = 0;
  let looked16 = 0;
  parser.on('opentagstart', () => {
    // The parser is behind what follows the name.
    const { line, position } = parser;
    const at16 = source.lastIndexOf('<', position - 1);
    const isNext = /[\r\n]/.test(source.charAt(position - 1));
    for (; looked16 < at16; looked16++)
      if (source.charCodeAt(looked16) === NEWLINE) lineStart16 = looked16 + 1;
    place = { line: isNext ? line - 1 : line, column: at16 - lineStart16 + 1 };
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (open.length >= MOST_LEVELS) fail({ trouble: 'too-deep', most: String(MOST_LEVELS) });
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map(({ name, value }) => [name, value]),
    );
    const element = { name: tag.local, namespace: tag.uri, attributes, children: [], ...place };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (text: string) => void open.at(-1)?.children.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  const start16 = source.search(/\S/);
  if (start16 >= 0 && source[start16] !== '<') {
    // The parser says it at the end of the file.
    const place = { file, ...placeAt(source, start16) };
    throw new FormatError('xml-malformed', place, { trouble: 'text-before' });
  }
  parser.write(source).close();
  return root ?? fail({ trouble: 'no-element' });
}

/** Where the first element of a document begins. */
export function placeOfRoot(source: string): ReturnType<typeof placeAt> {
  const before = /^(?:\s|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>]*>)*/.exec(source)![0];
  return placeAt(source, before.length);
}

/** All text of an element and of those within it. */
export function textOf({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

export function elementsOf({ children }: XmlElement, name?: string): readonly XmlElement[] {
  return children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** What no XML document can hold, escaped or not. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether a text can be written in XML without loss. */
export function isForXml(text: string): boolean {
  return text.search(FORBIDDEN) < 0;
}

/** A text as the content of an element or the value of an attribute in double quotes; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/&#38;/g, '&amp;')
    .replace(/&#60;/g, '&lt;')
    .replace(/&#62;/g, '&gt;')
    .replace(/&#34;/g, '&quot;');
}

/** A text as the content of an element, line endings and tabs as they are (a carriage return escaped). */
export function escapeXmlContent(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>\r]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&#13;');
}
