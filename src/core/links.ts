import { isMap, isScalar } from 'yaml';
import { writtenText, type YamlSource } from './yaml-source';

/** What a `corpus.yaml` says of the links of entities. */
export interface LinkSettings {
  /** The authority file, relative to the corpus root, where it is named. */
  readonly authority?: string | undefined;
  /** What prefixes stand for, besides {@link KNOWN_PREFIXES}. */
  readonly prefixes?: ReadonlyMap<string, string>;
}

/** The authority file of a corpus that does not name one. */
export const DEFAULT_AUTHORITY = 'authority.yaml';

/** What the prefixes of links stand for, where `corpus.yaml` does not say otherwise. */
export const KNOWN_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['wikidata', 'https://www.wikidata.org/wiki/'],
  ['wd', 'https://www.wikidata.org/wiki/'],
  ['wikipedia', 'https://en.wikipedia.org/wiki/'],
  ['dbpedia', 'https://dbpedia.org/resource/'],
  ['geonames', 'https://www.geonames.org/'],
  ['viaf', 'https://viaf.org/viaf/'],
  ['gnd', 'https://d-nb.info/gnd/'],
  ['lccn', 'https://id.loc.gov/authorities/names/'],
  ['isni', 'https://isni.org/isni/'],
  ['orcid', 'https://orcid.org/'],
  ['ror', 'https://ror.org/'],
  ['doi', 'https://doi.org/'],
]);

/** An address that may be opened: of the web, without white space or control characters. */
const ADDRESS = /^https?:\/\/[^\s/?#\\\p{C}][^\s\p{C}]*$/iu;
const PREFIXED = /^([\p{L}\p{N}_.-]+):([^\s\p{C}]+)$/u;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Whether a text can be a link by itself: an address, or an id with a prefix, be it known or not. */
export function isLink(text: string): boolean {
  return isAddress(text) || (PREFIXED.test(text) && !/^https?:/i.test(text));
}

/**
 * The address in the web that a link means: itself, or what its prefix stands for with the rest behind it.
 * @returns `undefined` where it means none that may be opened
 */
export function addressOf(
  link: string,
  prefixes: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  if (isAddress(link)) return link;
  const [, prefix = '', id = ''] = PREFIXED.exec(link) ?? [];
  const base = prefixes.get(prefix) ?? KNOWN_PREFIXES.get(prefix);
  return base === undefined ? undefined : base + id;
}

/** Reads the keys `authority` and `prefixes` of a `corpus.yaml`. */
export function readLinkSettings(
  yaml: YamlSource,
  pairs: ReadonlyMap<string, { value: unknown }>,
): LinkSettings {
  const [authority, prefixes] = [pairs.get('authority'), pairs.get('prefixes')];
  return {
    ...(authority && { authority: readAuthorityPath(yaml, authority.value) }),
    ...(prefixes && { prefixes: readPrefixes(yaml, prefixes.value) }),
  };
}

/** The map `prefixes` of a `corpus.yaml`; a problem for each that is not the beginning of an address. */
function readPrefixes(yaml: YamlSource, node: unknown): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  if (!isMap(node)) {
    yaml.report('wrong-type', node, { key: 'prefixes', expected: 'map' }, 'warning');
    return prefixes;
  }
  for (const { key, value } of node.items) {
    const prefix = isScalar(key) ? writtenText(key) : '';
    const base = isScalar(value) ? value.value : undefined;
    if (typeof base === 'string' && isAddress(base)) prefixes.set(prefix, base);
    else yaml.report('prefix-malformed', value ?? key, { prefix }, 'warning');
  }
  return prefixes;
}

/** Whether a name is that of a file beside or below `corpus.yaml` that can be read as an authority file. */
function isAuthorityPath(path: string): boolean {
  const leaves = /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\0\\]/.test(path);
  return !leaves && /\.(?:ya?ml|csv|tsv)$/i.test(path);
}

/** The value of `authority` in a `corpus.yaml`; a problem where it cannot be used. */
function readAuthorityPath(yaml: YamlSource, node: unknown): string | undefined {
  const path = isScalar(node) ? node.value : undefined;
  if (typeof path === 'string' && isAuthorityPath(path)) return path;
  yaml.report('authority-malformed', node, { path: typeof path === 'string' ? path : '' }, 'warning');
  return undefined;
}
