import { isMap, isScalar, type Node, type Scalar, type YAMLMap } from 'yaml';
import { csvRows, delimiterOf } from './csv';
import { addressOf } from './links';
import type { Problem } from './problem';
import { writtenText, YamlSource } from './yaml-source';

/** What an authority file says of an entity. */
export interface AuthorityEntry {
  /** What entities have as their `link`. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Where the id stands, in UTF-16 units of the source. */
  readonly start16: number;
  readonly end16: number;
}

export interface AuthorityReading {
  readonly entries: readonly AuthorityEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads an authority file: YAML with a map `entries` by id, or CSV or TSV (RFC 4180) with the id in the first
 * column, then name and description, or, with a first row that names its columns, in any order.
 * @param path tells by its extension which of them it is
 * @returns what could be read, so that one mistake does not cost the rest
 */
export function readAuthority(source: string, path: string): AuthorityReading {
  return /\.ya?ml$/i.test(path)
    ? readYaml(source)
    : { entries: readTable(source, /\.tsv$/i.test(path) ? '\t' : ''), problems: [] };
}

/** Entries by their id, and by the address that it means: `wikidata:Q148` is found by its address, too. */
export class AuthorityIndex {
  private readonly byLink = new Map<string, AuthorityEntry>();

  constructor(
    readonly entries: readonly AuthorityEntry[],
    private readonly prefixes: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const entry of entries) {
      const address = addressOf(entry.id, prefixes);
      if (address !== undefined && !this.byLink.has(address)) this.byLink.set(address, entry);
    }
    for (const entry of entries.toReversed()) this.byLink.set(entry.id, entry);
  }

  find(link: string): AuthorityEntry | undefined {
    const entry = this.byLink.get(link);
    if (entry) return entry;
    const address = addressOf(link, this.prefixes);
    return address === undefined ? undefined : this.byLink.get(address);
  }
}

function readYaml(source: string): AuthorityReading {
  const yaml = new YamlSource(source);
  const { problems } = yaml;
  const root = yaml.isEmpty || yaml.hasErrors ? undefined : yaml.rootMap();
  if (!root) return { entries: [], problems };
  const map = root.get('entries', true) as unknown;
  if (isScalar(map) && map.value === null) return { entries: [], problems };
  if (!isMap(map)) {
    yaml.report('wrong-type', map ?? root, { key: 'entries', expected: 'map' });
    return { entries: [], problems };
  }
  const mark16 = source.length - yaml.source.length;
  return { entries: entriesOf(yaml, map, mark16), problems };
}

function entriesOf(yaml: YamlSource, map: YAMLMap, mark16: number): AuthorityEntry[] {
  return map.items.flatMap(({ key, value }): AuthorityEntry[] => {
    const id = isScalar(key) ? textIn(key) : undefined;
    if (!id) {
      yaml.report('wrong-type', key, { key: 'entries', expected: 'text' }, 'warning');
      return [];
    }
    const [start16, end16] = (key as Node).range!;
    const place = { id, start16: start16 + mark16, end16: end16 + mark16 };
    if (isMap(value))
      return [{ ...place, name: textOf(value, 'name'), description: textOf(value, 'description') }];
    // `wikidata:Q148: China`
    if (isScalar(value)) return [{ ...place, name: textIn(value) }];
    if (value === null) return [place];
    yaml.report('wrong-type', value, { key: id, expected: 'map' }, 'warning');
    return [place];
  });
}

function textOf(map: YAMLMap, key: string): string | undefined {
  const node = map.get(key, true) as unknown;
  return isScalar(node) ? textIn(node) : undefined;
}

function textIn(scalar: Scalar): string | undefined {
  return ['string', 'number'].includes(typeof scalar.value) ? writtenText(scalar) : undefined;
}

const COLUMNS = {
  id: /^(?:id|link|identifier|uri|iri|url|qid)$/i,
  name: /^(?:name|label|title|heading)$/i,
  description: /^(?:description|note|comment|gloss)$/i,
};

/** @param delimiter guessed where it is empty */
function readTable(source: string, delimiter: string): AuthorityEntry[] {
  const entries: AuthorityEntry[] = [];
  let columns: Record<keyof typeof COLUMNS, number> | undefined;
  let from16 = 0;
  for (const row of csvRows(source, delimiter || delimiterOf(source, [',', '\t', '|', ';']))) {
    const line16 = from16;
    from16 = row.end16;
    const cells = row.cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
    if (!columns) {
      const find = (name: keyof typeof COLUMNS) => cells.findIndex((cell) => COLUMNS[name].test(cell));
      const hasHead = find('id') >= 0;
      columns = hasHead
        ? { id: find('id'), name: find('name'), description: find('description') }
        : { id: 0, name: 1, description: 2 };
      if (hasHead) continue;
    }
    const id = cells[columns.id] ?? '';
    if (id === '') continue;
    const at16 = source.indexOf(id, line16);
    // A cell with doubled quotes is not found as it is read: then the line is the place.
    const start16 = at16 >= line16 && at16 < from16 ? at16 : line16;
    const end16 = start16 === at16 ? at16 + id.length : start16;
    const text = (column: number) => cells[column] || undefined;
    entries.push({ id, name: text(columns.name), description: text(columns.description), start16, end16 });
  }
  return entries;
}
