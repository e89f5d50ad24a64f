import { isMap, isScalar, isSeq, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { writeScalar } from '../sidecar/scalar';
import { spliced, type Splice } from '../splice';
import { writtenText, YamlSource } from '../yaml-source';
import { itemText, type Item, type ItemForm } from './item';

/**
 * The same changes as those of `listing.ts`, for files that people, or their formatters, have written in other ways
 * of YAML. Whatever else is in the file stays as it stands.
 */
interface Nodes {
  readonly yaml: YamlSource;
  /** How many units of the source stand before what `yaml` has read: a byte-order mark. */
  readonly mark16: number;
  readonly root: YAMLMap | undefined;
  /** `undefined` where the list is empty, or not there. */
  readonly list: YAMLSeq | undefined;
}

/** @returns `undefined` where the file has errors, or something else in the place of the list */
function nodesOf(source: string, form: ItemForm): Nodes | undefined {
  const yaml = new YamlSource(source);
  const mark16 = source.length - yaml.source.length;
  if (yaml.isEmpty) return { yaml, mark16, root: undefined, list: undefined };
  const root = yaml.hasErrors ? undefined : yaml.rootMap();
  if (!root) return undefined;
  const list = root.get(form.list, true) as unknown;
  const isNone = list === undefined || (isScalar(list) && list.value === null);
  if (!isNone && !isSeq(list)) return undefined;
  return { yaml, mark16, root, list: isNone ? undefined : (list as YAMLSeq) };
}

/** An item as it is written, without what the file says for all. */
function itemOf(node: unknown, { keys, flags = [] }: ItemForm): Item {
  const item: Record<string, string> = {};
  if (!isMap(node)) return item;
  for (const key of keys) {
    const value = node.get(key, true) as unknown;
    if (isScalar(value)) item[key] = flags.includes(key) ? String(value.value) : writtenText(value);
  }
  return item;
}

/** See `addItems`: what is new stands behind the last item. */
export function addNodes(source: string, form: ItemForm, added: readonly Item[]): string | undefined {
  const nodes = nodesOf(source, form);
  if (!nodes) return undefined;
  const { yaml, mark16, root, list } = nodes;
  const known = new Set(list?.items.map((node) => itemText(itemOf(node, form), form)));
  const wanted = [...new Set(added.map((item) => itemText(item, form)))].filter((text) => !known.has(text));
  if (wanted.length === 0) return source;
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const text = yaml.source;
  const linesWith = (indent: string) => wanted.map((item) => indent + item + eol).join('');
  const insertAt = (at16: number, what: string) => {
    // What stands before it may have no line ending.
    const lead = at16 > 0 && text[at16 - 1] !== '\n' ? eol : '';
    return checked(source, [{ at16: at16 + mark16, removed: '', added: lead + what }]);
  };
  if (!root) return insertAt(text.length, `version: 1${eol}${form.list}:${eol}${linesWith('  ')}`);
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === form.list);
  if (!pair) return root.flow ? undefined : insertAt(text.length, `${form.list}:${eol}${linesWith('  ')}`);
  const last = list?.items.at(-1) as Scalar | undefined;
  if (list && last) {
    const end16 = endOf(text, last);
    if (list.flow) {
      const behind = wanted.map((item) => `, ${item.slice('- '.length)}`).join('');
      return checked(source, [{ at16: end16 + mark16, removed: '', added: behind }]);
    }
    return insertAt(nextLine(text, end16), linesWith(indentBefore(text, last)));
  }
  const key16 = (pair.key as Scalar).range![1];
  const colon16 = text.indexOf(':', key16) + 1;
  // `[]` and `~` say nothing, as nothing does.
  const end16 = Math.max(colon16, (pair.value as Scalar | null)?.range?.[1] ?? 0);
  const rest = text.slice(colon16, end16);
  const emptied = spliced(source, [{ at16: colon16 + mark16, removed: rest, added: '' }]);
  const line16 = nextLine(text.slice(0, colon16) + text.slice(end16), colon16) + mark16;
  const lead = emptied?.[line16 - 1] === '\n' ? '' : eol;
  return emptied && checked(emptied, [{ at16: line16, removed: '', added: lead + linesWith('  ') }]);
}

/** See `removeItems`: an item goes with its lines. */
export function removeNodes(source: string, form: ItemForm, removed: readonly Item[]): string | undefined {
  const nodes = nodesOf(source, form);
  if (!nodes) return undefined;
  const { yaml, mark16, list } = nodes;
  const gone = new Set(removed.map((item) => itemText(item, form)));
  const found = (list?.items ?? []).filter((node) => gone.has(itemText(itemOf(node, form), form)));
  if (found.length > 0 && list?.flow) return undefined;
  const text = yaml.source;
  const splices = found.map((node): Splice => {
    const [start16] = (node as Scalar).range!;
    const from16 = text.lastIndexOf('\n', start16 - 1) + 1;
    const to16 = nextLine(text, endOf(text, node as Scalar));
    return { at16: from16 + mark16, removed: text.slice(from16, to16), added: '' };
  });
  return checked(source, splices);
}

/** See `changeItems`. */
export function changeNodes(
  source: string,
  form: ItemForm,
  change: (item: Item) => Item,
): Splice[] | undefined {
  const nodes = nodesOf(source, form);
  if (!nodes) return undefined;
  const { yaml, mark16 } = nodes;
  const splices: Splice[] = [];
  for (const node of nodes.list?.items ?? []) {
    if (!isMap(node)) continue;
    const item = itemOf(node, form);
    const after = change(item);
    for (const key of form.keys) {
      if (after[key] === item[key]) continue;
      const value = node.get(key, true) as Scalar;
      if (value.type === Scalar.BLOCK_FOLDED || value.type === Scalar.BLOCK_LITERAL) return undefined;
      const [start16, end16] = value.range!;
      const removed = yaml.source.slice(start16, end16);
      splices.push({ at16: start16 + mark16, removed, added: writeScalar(after[key]!) });
    }
  }
  splices.sort((a, b) => a.at16 - b.at16);
  return checked(source, splices) === undefined ? undefined : splices;
}

/** A source with its changes; `undefined` where that would not be read. */
function checked(source: string, splices: readonly Splice[]): string | undefined {
  const result = spliced(source, splices);
  return result !== undefined && !new YamlSource(result).hasErrors ? result : undefined;
}

/** Where a node ends, without the white space and the line ending that may belong to it. */
function endOf(text: string, { range }: Scalar): number {
  const [start16, end16] = range!;
  return start16 + text.slice(start16, end16).trimEnd().length;
}

/** The beginning of the line behind a place. */
function nextLine(text: string, at16: number): number {
  const end16 = text.indexOf('\n', at16);
  return end16 < 0 ? text.length : end16 + 1;
}

/** What stands before the dash of an item of a block list. */
function indentBefore(text: string, { range }: Scalar): string {
  const line = text.slice(text.lastIndexOf('\n', range![0] - 1) + 1, range![0]);
  return /^ */.exec(line)![0];
}
