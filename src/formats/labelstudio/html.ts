/** A piece of text in a page, between two tags or comments. */
export interface TextNode {
  /** Where it is below the body, as XPath has it, but for each `[1]`: `/p[2]/text()`. */
  readonly path: string;
  readonly text: string;
  /** Whether nobody sees it, as in a script. */
  readonly isHidden: boolean;
  /** Whether white space in it is as it is written. */
  readonly isPlain: boolean;
  /** Whether a new line begins with it. */
  readonly beginsLine: boolean;
}

const listOf = (names: string) => new Set(names.split(' '));
/** Elements that have no content. */
const VOID = listOf('area base br col embed hr img input link meta param source track wbr');
/** Elements that begin and end a line. */
const BLOCK = listOf(
  'address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead title tr ul',
);
/** What these hold is text, whatever it looks like. */
const RAW = listOf('script style textarea title');
const HIDDEN = listOf('script style title template noscript');
/** Elements within more others are read as if they were beside them. */
const MOST_LEVELS = 300;
/** Which open elements end where one begins; of others, a tag ends them. */
const ENDED_BY: Readonly<Record<string, ReadonlySet<string>>> = {
  li: listOf('li'),
  dt: listOf('dt dd'),
  dd: listOf('dt dd'),
  td: listOf('td th'),
  th: listOf('td th'),
  tr: listOf('tr td th'),
  option: listOf('option'),
};
const ENDS_PARAGRAPH = listOf(
  'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul',
);

interface Open {
  readonly name: string;
  readonly path: string;
  /** How many children have a name, and how many are texts. */
  readonly counts: Map<string, number>;
}

/**
 * The texts of a page in HTML (https://html.spec.whatwg.org/multipage/parsing.html), of its body where it has one. Tags
 * that are missing are put where a browser puts them, as far as that says where texts are.
 */
export function textsOfHtml(html: string): TextNode[] {
  const source = html.replace(/\r\n?/g, '\n');
  const nodes: TextNode[] = [];
  let open: Open[] = [{ name: '', path: '', counts: new Map() }];
  let [text, beginsLine] = ['', false];
  const step = (name: string): string => {
    const { path, counts } = open.at(-1)!;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return `${path}/${name}${number > 1 ? `[${number}]` : ''}`;
  };
  const endText = () => {
    if (text === '') return;
    const names = open.map(({ name }) => name);
    nodes.push({
      path: step('text()'),
      text,
      isHidden: names.some((name) => HIDDEN.has(name)),
      isPlain: names.includes('pre') || names.includes('textarea'),
      beginsLine,
    });
    [text, beginsLine] = ['', false];
  };
  const push = (name: string) => open.push({ name, path: step(name), counts: new Map() });
  const endOne = (isEnded: (name: string) => boolean) => {
    const at = open.findLastIndex(({ name }) => isEnded(name));
    if (at > 0) open.length = at;
  };
  const begin = (name: string) => {
    if (name === 'html' || name === 'head') return;
    if (name === 'body') {
      open = [{ name: '', path: '', counts: new Map() }];
      nodes.length = 0;
      return;
    }
    if (ENDS_PARAGRAPH.has(name)) endOne((other) => other === 'p');
    const ended = ENDED_BY[name];
    // A list within an item, or a table within a cell, has items or cells of its own.
    const scope = open.findLastIndex((one) => ['ul', 'ol', 'dl', 'table', 'select'].includes(one.name));
    if (ended && open.findIndex((one, i) => i > scope && ended.has(one.name)) > 0)
      open.length = open.findIndex((one, i) => i > scope && ended.has(one.name));
    if (name === 'tr' && open.at(-1)!.name === 'table') push('tbody');
    if (VOID.has(name) || open.length > MOST_LEVELS) step(name);
    else push(name);
  };
  for (let at16 = 0; at16 < source.length;) {
    const next16 = source.indexOf('<', at16);
    text += decode(source.slice(at16, next16 < 0 ? source.length : next16));
    if (next16 < 0) break;
    const tag = tagAt(source, next16);
    if (!tag) {
      text += '<';
      at16 = next16 + 1;
      continue;
    }
    const { name, isEnd, isClosed, end16 } = tag;
    at16 = end16;
    endText();
    if (BLOCK.has(name)) beginsLine = true;
    if (isEnd) endOne((other) => other === name);
    else if (name !== '') begin(name);
    // A line ending just behind it is none of its text.
    if (!isEnd && (name === 'pre' || name === 'textarea') && source[at16] === '\n') at16++;
    if (isEnd || isClosed || !RAW.has(name)) continue;
    const close = new RegExp(`</${name}`, 'gi');
    close.lastIndex = at16;
    const close16 = close.exec(source)?.index ?? source.length;
    text = source.slice(at16, close16);
    if (name === 'textarea' || name === 'title') text = decode(text);
    at16 = close16;
  }
  endText();
  return nodes;
}

/** A tag, or, without a name, a comment or the like; `undefined` where `<` is a sign as any other. */
function tagAt(source: string, at16: number) {
  const none = { name: '', isEnd: false, isClosed: false };
  const until = (sign: string) => {
    const end16 = source.indexOf(sign, at16);
    return end16 < 0 ? source.length : end16 + sign.length;
  };
  if (source.startsWith('<!--', at16)) return { ...none, end16: until('-->') };
  if (/[!?]/.test(source.charAt(at16 + 1))) return { ...none, end16: until('>') };
  const [head, slash, name = ''] = /^<(\/?)([a-z][^\s/>]*)/i.exec(source.slice(at16, at16 + 100)) ?? [];
  if (head === undefined) return undefined;
  let quote = '';
  for (let end16 = at16 + head.length; end16 < source.length; end16++) {
    const sign = source[end16]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '>')
      return {
        name: name.toLowerCase(),
        isEnd: slash !== '',
        isClosed: source[end16 - 1] === '/',
        end16: end16 + 1,
      };
    // What is no value of an attribute has no quotes.
    else if ((sign === '"' || sign === "'") && source[end16 - 1] === '=') quote = sign;
  }
  return { ...none, end16: source.length };
}

/** The names of the characters from U+00A0 to U+00FF, and some of others. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const NAMED = new Map([
  ...LATIN.split(' ').map((name, i) => [name, String.fromCodePoint(0xa0 + i)] as const),
  ...Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ndash: '–', mdash: '—', hellip: '…', euro: '€' },
    ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', sbquo: '‚', bdquo: '„', bull: '•', trade: '™' },
  }),
]);

/** What stands for a character becomes it; a name that is not known stays. */
function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,8}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(name as string) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
      ? '\ufffd'
      : String.fromCodePoint(code);
  });
}
