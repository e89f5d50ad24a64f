import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Range16 } from '../words';
import { YamlSource } from '../yaml-source';
import { writeScalar } from './scalar';

// Bounded: a text of millions of characters is more than the stack of a pattern holds.
/** An entity in the canonical form: its id, quoted or not, stands first on a line of its own. */
const ITEM =
  /^ {2}- \{id: (?:"([^"\\]{1,999})"|([^"'\s,{}[\]](?:[^,{}[\]]{0,999}[^ \t,{}[\]])?))[ \t]{0,99}[,}]/;
const LABEL =
  /^(\{id: [^,]{1,1200}, label: )("(?:[^"\\]|\\.){0,999}"|[^"'\s,{}[\]](?:[^,{}[\]]{0,999}[^ \t,{}[\]])?)[ \t]{0,99}[,}]/;
const COMMENT_OR_EMPTY = /^[ \t]*(?:#|\r?$)/;

/**
 * Finds entities and keys in a valid sidecar's source, in UTF-16 units. Canonical lines are found without
 * `yaml`, so that one place in a large sidecar costs one pass over it; any other form is parsed, once.
 */
export class SidecarPlaces {
  private found: { readonly lines: Map<string, Range16> | undefined } | undefined;
  private maps: Map<string, YAMLMap> | undefined;
  private parsed: YamlSource | undefined;

  constructor(private readonly source: string) {}

  private get lines(): Map<string, Range16> | undefined {
    return (this.found ??= { lines: canonicalItems(this.source) }).lines;
  }

  /** Where an entity stands: its first line, or the value of one of its fields. */
  entity(id: string, field?: string): Range16 | undefined {
    const item = this.lines?.get(id);
    if (item) return field === undefined ? item : (this.fieldOfLine(item, field) ?? item);
    const map = this.lines ? undefined : this.entityMaps().get(id);
    const node = (field === undefined ? undefined : map?.get(field, true)) ?? map;
    return node && this.firstLine(node);
  }

  /** The line of a record that is no entity; where it is written in another form, that of its list. */
  record(kind: string, id: string): Range16 | undefined {
    const list16 = this.source.startsWith(`${kind}:`) ? 0 : this.source.indexOf(`\n${kind}:`);
    const item16 = list16 < 0 ? -1 : this.source.indexOf(`\n  - {id: ${writeScalar(id)}`, list16);
    if (item16 < 0) return this.key(kind);
    const start16 = item16 + '\n  - '.length;
    return { start16, end16: start16 + /^[^\r\n]*/.exec(this.source.slice(start16))![0].trimEnd().length };
  }

  /** The value of a top-level key. */
  key(name: string): Range16 | undefined {
    // Where the entities are canonical, the lines above them are parsed, and hardly ever the rest.
    const head16 = this.lines ? /^entities:/m.exec(this.source)?.index : undefined;
    const head = head16 ? valueOf(new YamlSource(this.source.slice(0, head16)), name) : undefined;
    const node = head ?? valueOf(this.yaml(), name);
    return node && this.firstLine(node);
  }

  private fieldOfLine({ start16, end16 }: Range16, field: string): Range16 | undefined {
    const line = this.source.slice(start16, end16);
    const label = field === 'label' ? LABEL.exec(line) : null;
    if (label) {
      const from16 = start16 + label[1]!.length;
      return { start16: from16, end16: from16 + label[2]!.length };
    }
    const map = new YamlSource(line).document.contents;
    const range = isMap(map) ? (map.get(field, true) as Node | undefined)?.range : undefined;
    return range ? { start16: start16 + range[0], end16: start16 + range[1] } : undefined;
  }

  private entityMaps(): Map<string, YAMLMap> {
    if (this.maps) return this.maps;
    this.maps = new Map();
    const list = valueOf(this.yaml(), 'entities');
    for (const item of isSeq(list) ? list.items : []) {
      const id: unknown = isMap(item) ? item.get('id', true) : undefined;
      if (isScalar(id)) this.maps.set(String(id.value), item as YAMLMap);
    }
    return this.maps;
  }

  private yaml(): YamlSource {
    return (this.parsed ??= new YamlSource(this.source));
  }

  private firstLine(node: Node): Range16 | undefined {
    if (!node.range) return undefined;
    const [start16, valueEnd16] = node.range;
    const text = this.source.slice(start16, valueEnd16);
    return { start16, end16: start16 + (/^[^\r\n]*/.exec(text)?.[0].trimEnd().length ?? 0) };
  }
}

function valueOf(yaml: YamlSource, key: string): Node | undefined {
  const root = yaml.document.contents;
  return isMap(root) ? root.get(key, true) : undefined;
}

/** The entity lines by id; `undefined` where the list holds anything but canonical lines and comments. */
function canonicalItems(source: string): Map<string, Range16> | undefined {
  const opening = /^entities:[^\S\r\n]*(?:\[\][^\S\r\n]*)?(?:#.*)?$/m.exec(source);
  if (!opening) return undefined;
  const items = new Map<string, Range16>();
  let line16 = opening.index;
  while ((line16 = source.indexOf('\n', line16) + 1) > 0 && line16 < source.length) {
    const next16 = source.indexOf('\n', line16);
    const line = source.slice(line16, next16 < 0 ? source.length : next16);
    const item = ITEM.exec(line);
    if (item) {
      const id = item[1] ?? item[2]!;
      items.set(id, { start16: line16 + 4, end16: line16 + Math.max(4, line.lastIndexOf('}') + 1) });
    } else if (!COMMENT_OR_EMPTY.test(line)) {
      if (/^[\s-]/.test(line)) return undefined;
      break;
    }
  }
  return items;
}
