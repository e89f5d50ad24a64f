import type { Plain } from '../../core/model/entity';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import {
  elementsOf,
  escapeXml,
  escapeXmlContent,
  isForXml,
  parseXml,
  placeOfRoot,
  textOf,
  type XmlElement,
} from '../shared/xml';
import { nameOfFeature, textOfFeature, type Cas, type View } from './cas';
import { INITIAL_VIEW, SOFA, type Structure } from './structure';
import { isFeatureKey, isTypeName } from './kept';
import type { ReadCas } from './read';
import type { TypeSystem } from './types';

const XMI = 'http://www.omg.org/XMI';
const CAS = 'http:///uima/cas.ecore';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const INDENT = '\n  ';

/**
 * The CAS of an XMI file.
 * @throws FormatError where it is no XML, or another document
 */
export function readXmi(file: SourceFile, types: TypeSystem, { report }: Context): ReadCas {
  const source = file.text();
  const root = parseXml(source, file.path);
  if (root.name !== 'XMI' || root.namespace !== XMI)
    throw new FormatError(
      'file-not-format',
      { file: file.path, ...placeOfRoot(source) },
      { format: 'UIMA CAS XMI' },
    );
  const structures: Structure[] = [];
  const [declared] = Object.entries(root.attributes).find(([, uri]) => uri === XMI) ?? ['xmlns:xmi'];
  const idName = `${declared.replace('xmlns:', '')}:id`;
  const places = new Map<number, Pick<XmlElement, 'line' | 'column'>>();
  const views: View[] = [];
  const fault = (
    code: 'line-malformed' | 'value-malformed' | 'duplicate',
    { line, column, name }: Pick<XmlElement, 'line' | 'column' | 'name'>,
    id = '',
  ) =>
    report.add({ kind: 'invalid', code, file: file.path, line, column, values: { source: `<${name}>`, id } });
  for (const element of elementsOf(root)) {
    if (element.namespace === CAS && element.name === 'NULL') continue;
    if (element.namespace === CAS && element.name === 'View') {
      views.push(readView(element));
      continue;
    }
    const id = numberIn(element.attributes[idName]);
    const type = typeOf(element);
    if (id === undefined || id <= 0 || type === undefined || !isTypeName(type))
      fault('line-malformed', element);
    else if (places.has(id)) fault('duplicate', element, String(id));
    else {
      const { line, column } = element;
      places.set(id, { line, column });
      const features = readFeatures(element, type, types);
      for (const key of features.keys())
        if (!isFeatureKey(key)) {
          features.delete(key);
          fault('value-malformed', { line, column, name: key });
        }
      structures.push({ id, type, features });
    }
  }
  const named = views.map((view) => ({ ...view, name: nameOfSofa(structures, view.sofa) }));
  return {
    types,
    structures,
    views: named,
    frame: frameOf(root, source),
    placeOf: ({ id }) => places.get(id)!,
  };
}

function nameOfSofa(structures: readonly Structure[], sofa: number): string {
  const found = structures.find(({ id, type }) => id === sofa && type === SOFA);
  return (found && textOfFeature(found, 'sofaID')) ?? INITIAL_VIEW;
}

/** `http:///webanno/custom.ecore` and `Span` are `webanno.custom.Span`. */
function typeOf({ namespace, name }: XmlElement): string | undefined {
  const [, path] = /^http:\/\/\/(.+)\.ecore$/.exec(namespace) ?? [];
  if (path === undefined) return undefined;
  return path === 'uima/noNamespace' ? name : `${path.replaceAll('/', '.')}.${name}`;
}

function readView({ attributes }: XmlElement): View {
  const members = (attributes.members ?? '').split(/\s+/).flatMap((text) => numberIn(text) ?? []);
  return { name: '', sofa: numberIn(attributes.sofa) ?? 0, members };
}

function readFeatures(element: XmlElement, type: string, types: TypeSystem): Map<string, Plain> {
  const features = new Map<string, Plain>();
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name.includes(':') || name === 'xmlns') continue;
    const [key, read] = readFeature(name, value, type, types);
    features.set(key, read);
  }
  // Texts of a list are elements.
  for (const child of elementsOf(element)) {
    const before = features.get(child.name);
    features.set(child.name, [...(Array.isArray(before) ? (before as readonly Plain[]) : []), textOf(child)]);
  }
  return features;
}

/** References that UIMA itself and DKPro have, where no type system tells of them. */
const KNOWN_REFERENCES = new Set(['sofa', 'sofaArray', 'Governor', 'Dependent', 'target']);

function readFeature(name: string, value: string, type: string, types: TypeSystem): [string, Plain] {
  const range = types.feature(type, name)?.range;
  const isArray = type === 'uima.cas.FSArray' && name === 'elements';
  const isReference =
    isArray ||
    (range === undefined ? KNOWN_REFERENCES.has(name) : types.isReference(range)) ||
    name === 'sofa';
  if (isReference) return [`@${name}`, numberIn(value) ?? value];
  const isOffset = (name === 'begin' || name === 'end') && range === undefined;
  if (isOffset || /^uima\.cas\.(?:Integer|Short|Byte|Long)$/.test(range ?? '') || name === 'sofaNum')
    return [name, numberIn(value) ?? value];
  if (range === 'uima.cas.Boolean' && (value === 'true' || value === 'false'))
    return [name, value === 'true'];
  // A number that would be written in another way stays as it was written.
  const isNumber = /^uima\.cas\.(?:Float|Double)$/.test(range ?? '') && String(Number(value)) === value;
  return [name, isNumber && Number.isFinite(Number(value)) ? Number(value) : value];
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^(?:0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text))
    ? Number(text)
    : undefined;
}

/** What the file looked like, where it is not as it would be written. */
function frameOf(root: XmlElement, source: string): { [key: string]: Plain } {
  const namespaces = Object.entries(root.attributes).flatMap(([name, value]) =>
    name.startsWith('xmlns:') ? [[name.slice(6), value]] : [],
  );
  const head = source.slice(0, source.search(/<[^?!]/));
  const [first] = root.children;
  const indent = typeof first === 'string' ? first : '';
  return {
    ...(head !== DECLARATION && HEAD.test(head) && { head }),
    ...(indent !== INDENT && BLANK.test(indent) && { indent }),
    namespaces,
  };
}

const HEAD =
  /^<\?xml version=['"]1\.0['"] encoding=['"]UTF-8['"](?: standalone=['"](?:yes|no)['"])?\s*\?>\s*$/i;
const BLANK = /^(?:\n[ \t]*)?$/;

/** A CAS as an XMI file. @param onReplaced is told how many texts hold what XML cannot */
export function writeXmi({ structures, views, frame }: Cas, onReplaced: (count: number) => void): string {
  const prefixes = new Prefixes(frame.namespaces);
  const { head = DECLARATION, indent = INDENT } = frame;
  const gap = typeof indent === 'string' && BLANK.test(indent) ? indent : INDENT;
  let replaced = 0;
  const escape = (text: string, how: (text: string) => string) => {
    if (!isForXml(text)) replaced += text.length - [...text].filter((char) => isForXml(char)).join('').length;
    return how(text);
  };
  const lines = [`<cas:NULL xmi:id="0"/>`];
  for (const { id, type, features } of structures) {
    const tag = prefixes.nameOf(type);
    let [attributes, children] = ['', ''];
    for (const [key, value] of features) {
      const name = nameOfFeature(key);
      if (value === null || name.startsWith('%')) continue;
      if (Array.isArray(value) && !key.startsWith('@'))
        for (const item of value) children += `<${name}>${escape(String(item), escapeXmlContent)}</${name}>`;
      else
        attributes += ` ${name}="${escape(Array.isArray(value) ? value.join(' ') : typeof value === 'object' ? JSON.stringify(value) : String(value), escapeXml)}"`;
    }
    const start = `<${tag} xmi:id="${id}"${attributes}`;
    lines.push(children === '' ? `${start}/>` : `${start}>${children}</${tag}>`);
  }
  for (const { sofa, members } of views) {
    const of = sofa === 0 ? '' : ` sofa="${sofa}"`;
    lines.push(`<cas:View${of} members="${members.join(' ')}"/>`);
  }
  if (replaced > 0) onReplaced(replaced);
  const declared = prefixes.all.map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`).join('');
  const begin = `${typeof head === 'string' && HEAD.test(head) ? head : DECLARATION}<xmi:XMI${declared} xmi:version="2.0">`;
  const end = gap === '' ? '' : '\n';
  return `${begin}${lines.map((line) => gap + line).join('')}${end}</xmi:XMI>${end}`;
}

/** Prefixes of namespaces, one for each package. */
class Prefixes {
  private readonly byUri = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param kept those of the file that was read, in its order */
  constructor(kept: Plain | undefined) {
    for (const pair of Array.isArray(kept) ? (kept as readonly Plain[]) : []) {
      const [prefix, uri] = Array.isArray(pair) ? (pair as readonly Plain[]) : [];
      if (typeof prefix !== 'string' || typeof uri !== 'string') continue;
      const isOther = (prefix === 'xmi') !== (uri === XMI) || (prefix === 'cas') !== (uri === CAS);
      if (/^[a-z_][\w.-]*$/i.test(prefix) && !/^xml/i.test(prefix) && uri !== '' && !isOther)
        this.set(uri, prefix);
    }
    this.set(XMI, 'xmi');
    this.set(CAS, 'cas');
  }

  get all(): readonly (readonly [prefix: string, uri: string])[] {
    return [...this.byUri].map(([uri, prefix]) => [prefix, uri]);
  }

  /** The name of a type's element. */
  nameOf(type: string): string {
    const at = type.lastIndexOf('.');
    const path = at < 0 ? 'uima/noNamespace' : type.slice(0, at).replaceAll('.', '/');
    const uri = `http:///${path}.ecore`;
    const base = path.slice(path.lastIndexOf('/') + 1);
    if (!this.byUri.has(uri)) {
      let prefix = base;
      for (let n = 2; this.taken.has(prefix) || /^xml/i.test(prefix); n++) prefix = `${base}${n}`;
      this.set(uri, prefix);
    }
    return `${this.byUri.get(uri)}:${type.slice(at + 1)}`;
  }

  private set(uri: string, prefix: string): void {
    if (this.byUri.has(uri) || this.taken.has(prefix)) return;
    this.byUri.set(uri, prefix);
    this.taken.add(prefix);
  }
}
