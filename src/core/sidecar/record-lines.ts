import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { KeptSource, Plain } from '../model/entity';
import type { Lost } from '../model/merge-records';
import {
  OTHER_KINDS,
  type Annotations,
  type AnyRecord,
  type OtherKind,
  type Records,
} from '../model/records';
import { isSameRecord } from '../model/same';
import { isForYaml, YamlSource } from '../yaml-source';
import { readCarriedLines } from './carried-lines';
import { commentLines, indentComments } from './comment-lines';
import { keyOfLine } from './key-of-line';
import { hasReferences, keptFrom, readPlain, writeNode } from './read-entity';
import { readPairs } from './read-value';
import { isPlainText, writeScalar } from './scalar';
import type { Frame } from './sidecar';

type Check = (value: Plain) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isId: Check = (value) => isText(value) && value !== '';
const isOffset: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTrue: Check = (value) => typeof value === 'boolean';
const isPlainMap = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (of: Check) => (value: Plain) => Array.isArray(value) && value.every(of);
const isMapOf = (of: Check) => (value: Plain) => isPlainMap(value) && Object.values(value).every(of);

/** The keys of a record in a sidecar, in their order: its field, where that has another name, and what it holds. */
interface Field {
  readonly key: string;
  readonly name: string;
  readonly check: Check;
  readonly isNeeded: boolean;
}

const field = (key: string, check: Check, name = key): Field => ({ key, name, check, isNeeded: false });
const needed = (key: string, check: Check): Field => ({ ...field(key, check), isNeeded: true });
const DETAILS = [
  field('note', isText),
  field('external_id', isText, 'externalId'),
  field('attributes', isPlainMap),
];
const NAME = [needed('id', isId), needed('label', isId)];

const FIELDS: Readonly<Record<OtherKind, readonly Field[]>> = {
  relations: [...NAME, needed('from', isId), needed('to', isId), field('undirected', isTrue), ...DETAILS],
  events: [...NAME, needed('trigger', isId), needed('roles', isMapOf(isList(isId))), ...DETAILS],
  chains: [
    needed('id', isId),
    field('label', isText),
    field('name', isText),
    field('link', isText),
    needed('mentions', isList(isId)),
  ],
  comments: [
    needed('id', isId),
    field('about', isId),
    field('start', isOffset),
    field('end', isOffset),
    field('text', isText),
    field('before', isText),
    field('after', isText),
    field('to_place', isTrue, 'broken'),
    needed('thread', isList(isPlainMap)),
  ],
};

/** A comment is about a record, or about a span, and says all of that. */
function isComment({ about, start, end, text, before, after, broken }: Readonly<Record<string, Plain>>) {
  if (about !== undefined) return [start, end, text, before, after, broken].every((one) => one === undefined);
  return typeof text === 'string' && (start as number) <= (end as number);
}

/** The keys without which an item is no record of its kind. */
export function neededKeys(kind: OtherKind): readonly string[] {
  return FIELDS[kind].flatMap(({ key, isNeeded }) =>
    key === 'about' ? ['about (or start, end, text)'] : isNeeded ? [key] : [],
  );
}

type Kept = { readonly kept?: KeptSource };
type RecordOf<K extends OtherKind> = Records[K] & Kept;

/** The lines of one kind of records in a frame. */
interface Block<K extends OtherKind = OtherKind> {
  readonly part: 'head' | 'tail';
  readonly from: number;
  readonly to: number;
  /** Behind the key, with its `#`. */
  readonly comment: string;
  readonly records: readonly RecordOf<K>[];
  /** The lines of items that are no records of the kind: they stay as they are. */
  readonly others: readonly string[];
  /** Comment lines below the last item. */
  readonly below: readonly string[];
  /** Whether all of it is as the program writes it. */
  readonly isCanonical: boolean;
}

type Blocks = { readonly [K in OtherKind]?: Block<K> };

const known = new WeakMap<Frame, Blocks>();
const NONE: Blocks = {};

/** Where records stand in the lines around the entities, which stay there as they are as long as the records do. */
function blocksOf(frame: Frame): Blocks {
  let blocks = known.get(frame);
  if (blocks) return blocks;
  const found: { [K in OtherKind]?: Block<K> } = {};
  for (const part of ['head', 'tail'] as const)
    frame[part].forEach((line, from) => {
      const kind = OTHER_KINDS.find((one) => line.startsWith(one) && keyOfLine(line) === one);
      if (kind) found[kind] = readBlock(kind, part, frame[part], from) as never;
    });
  blocks = Object.keys(found).length > 0 ? found : NONE;
  known.set(frame, blocks);
  return blocks;
}

/** The records that stand in a frame, by their kinds; nothing of a kind that is not there. */
export function readRecords(frame: Frame): Omit<Annotations, 'status' | 'entities'> {
  const blocks = blocksOf(frame);
  if (blocks === NONE) return {};
  return Object.fromEntries(Object.entries(blocks).map(([kind, { records }]) => [kind, records]));
}

/** Whether what stands below the entities is all as the program writes it: records, and what other formats keep. */
export function isTailCanonical(frame: Frame): boolean {
  const blocks = Object.values(blocksOf(frame));
  if (!blocks.every(({ part, isCanonical }) => part === 'tail' && isCanonical)) return false;
  const rest = frame.tail.filter((_, i) => blocks.every(({ from, to }) => i < from || i >= to));
  return rest.length === 0 || readCarriedLines(rest) !== undefined;
}

/** How many items of each kind are none: without an id, or what else a record of that kind needs. */
export function malformedItems(frame: Frame): readonly (readonly [kind: OtherKind, count: number])[] {
  return Object.entries(blocksOf(frame)).flatMap(([kind, { others }]) =>
    others.length > 0 ? [[kind as OtherKind, others.length] as const] : [],
  );
}

/** A frame that holds the records of annotations; lines of a kind that is not there, or did not change, stay as they are. */
export function putRecords(frame: Frame, annotations: Omit<Annotations, 'status' | 'entities'>): Frame {
  let result = frame;
  for (const kind of OTHER_KINDS) {
    const records = annotations[kind];
    const block = blocksOf(result)[kind];
    if (!records || (block ? areSame<AnyRecord>(block.records, records) : records.length === 0)) continue;
    const { part, from, to, comment, others, below } = block ?? placeFor(result);
    const items = [...records.flatMap((record) => recordLines(kind, record)), ...others];
    const opening = `${kind}:${comment && ' ' + comment}`;
    const lines = [...(items.length > 0 ? [opening, ...items] : []), ...below];
    result = { ...result, [part]: result[part].toSpliced(from, to - from, ...lines) };
  }
  return result;
}

/** Behind other records; else above what other formats have, or at the end. */
function placeFor(frame: Frame): Block {
  const ends = Object.values(blocksOf(frame)).flatMap(({ part, to }) => (part === 'tail' ? [to] : []));
  const carried = frame.tail.findIndex((line) => keyOfLine(line) === 'carried');
  const at = ends.length > 0 ? Math.max(...ends) : carried >= 0 ? carried : frame.tail.length;
  const nothing = { comment: '', records: [], others: [], below: [], isCanonical: true };
  return { part: 'tail', from: at, to: at, ...nothing };
}

function areSame<R extends AnyRecord>(a: readonly R[], b: readonly R[]): boolean {
  return a === b || (a.length === b.length && a.every((record, i) => isSameRecord(record, b[i]!)));
}

/** A record as it is written: one line, below the comments that stood there. */
export function recordLines(kind: OtherKind, record: AnyRecord): string[] {
  const { above = [], pairs = '', comment = '' } = (record as Kept).kept ?? {};
  const values = record as unknown as Readonly<Record<string, Plain | undefined>>;
  const written = FIELDS[kind].flatMap(({ key, name }) =>
    values[name] === undefined ? [] : [`${key}: ${writeScalar(values[name])}`],
  );
  if (pairs) written.push(pairs);
  return [...above, `  - {${written.join(', ')}}${comment && ' ' + comment}`];
}

/** What a merge could not take, as comments for a frame. */
export function lostLines(lost: readonly Lost[]): string[] {
  return OTHER_KINDS.flatMap((kind) => {
    const lines = lost.flatMap((one) => (one.kind === kind ? recordLines(kind, one.record) : []));
    return lines.length > 0 ? [`# ${kind}:`, ...lines.map((line) => `# ${line}`)] : [];
  });
}

const OPENING = /^\w+:(?:[ \t]+(#.*))?$/;
const COMMENT_OR_EMPTY = /^[ \t]*(?:#|$)/;
const ITEM = '  - {';

function readBlock(kind: OtherKind, part: 'head' | 'tail', lines: readonly string[], from: number): Block {
  let to = from + 1;
  while (to < lines.length && !/^[^\s#-]/.test(lines[to]!)) to++;
  // What stands at the beginning of a line between two keys belongs to neither.
  while (/^(?:#|[ \t]*$)/.test(lines[to - 1]!)) to--;
  const own = lines.slice(from, to);
  return { part, from, to, ...(readLines(kind, own) ?? readYaml(kind, own)) };
}

type Content = Omit<Block, 'part' | 'from' | 'to'>;

/** Reads lines as {@link recordLines} writes them; `undefined` where any is another. */
function readLines(kind: OtherKind, [first, ...lines]: readonly string[]): Content | undefined {
  const opening = OPENING.exec(first!);
  if (!opening) return undefined;
  const records: RecordOf<OtherKind>[] = [];
  const ids = new Set<string>();
  let above: string[] = [];
  for (const line of lines) {
    if (COMMENT_OR_EMPTY.test(line)) {
      above.push(line);
      continue;
    }
    const record = line.startsWith(ITEM) ? readLine(kind, line) : undefined;
    if (!record || ids.has(record.id)) return undefined;
    ids.add(record.id);
    records.push(above.length > 0 ? withAbove(record, above) : record);
    above = [];
  }
  return { comment: opening[1] ?? '', records, others: [], below: above, isCanonical: true };
}

function withAbove(record: RecordOf<OtherKind>, above: readonly string[]): RecordOf<OtherKind> {
  const { pairs = '', comment = '', above: own = [] } = record.kept ?? {};
  return { ...record, kept: { above: [...above, ...own], pairs, comment } };
}

function readLine(kind: OtherKind, line: string): RecordOf<OtherKind> | undefined {
  const pairs = readPairs(line, ITEM.length);
  if (!pairs) return undefined;
  const record = fromPairs(kind, new Map(pairs.map(({ key, value }) => [key, value])));
  const others = pairs.filter(({ key }) => FIELDS[kind].every((one) => one.key !== key));
  if (!record || others.length === 0) return record;
  if (!others.every(({ key }) => isPlainText(key))) return undefined;
  const sources = others.map(({ source }) => source);
  return { ...record, kept: { above: [], pairs: sources.join(', '), comment: '' } };
}

function fromPairs(kind: OtherKind, pairs: ReadonlyMap<string, Plain>): RecordOf<OtherKind> | undefined {
  const record: Record<string, Plain> = {};
  for (const { key, name, check, isNeeded } of FIELDS[kind]) {
    const value = pairs.get(key);
    if (value === undefined ? isNeeded : !check(value)) return undefined;
    if (value !== undefined) record[name] = value;
  }
  return kind === 'comments' && !isComment(record) ? undefined : (record as unknown as RecordOf<OtherKind>);
}

/** Reads a block in any form. What cannot be read stays as its lines are. */
function readYaml(kind: OtherKind, lines: readonly string[]): Content {
  const source = lines.join('\n') + '\n';
  const unread = { comment: '', records: [], others: lines.slice(1), below: [], isCanonical: false };
  const yaml = isForYaml(source) ? new YamlSource(source) : undefined;
  const list = yaml && !yaml.hasErrors ? yaml.rootMap()?.get(kind, true) : undefined;
  const isNothing = isScalar(list) && list.value === null;
  if (!yaml || !(isSeq(list) || isNothing)) return unread;
  const records: RecordOf<OtherKind>[] = [];
  const others: string[] = [];
  const ids = new Set<string>();
  const comment = OPENING.exec(lines[0]!)?.[1] ?? '';
  // Behind the key and above the first item: `yaml` has both at the list.
  const first = commentLines(list.commentBefore);
  if (comment) first.shift();
  for (const item of isSeq(list) ? list.items : []) {
    const node = isMap(item) ? item : undefined;
    const above = indentComments([
      ...first.splice(0),
      ...commentLines((item as YAMLMap | null)?.commentBefore),
    ]);
    const record = node && readMap(yaml, kind, node);
    if (record && !ids.has(record.id)) {
      ids.add(record.id);
      records.push(above.length > 0 ? withAbove(record, above) : record);
    } else others.push(...above, `  - ${writeNode(item)}`);
  }
  const below = indentComments([...first, ...commentLines(list.comment)]);
  return { comment, records, others, below, isCanonical: false };
}

function readMap(yaml: YamlSource, kind: OtherKind, map: YAMLMap): RecordOf<OtherKind> | undefined {
  if (hasReferences(yaml, map)) return undefined;
  const values = new Map<string, Plain>();
  const others = [];
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (FIELDS[kind].some((one) => one.key === key)) values.set(key, readPlain(yaml, pair.value));
    else others.push(pair);
  }
  const record = yaml.hasErrors ? undefined : fromPairs(kind, values);
  const kept = record && keptFrom(yaml, map, others);
  return kept ? { ...record, kept } : record;
}
