import { compareEntities, withFields, type Entity, type Plain } from '../../core/model/entity';
import type { TextIndex } from '../../core/text';
import { IdMaker } from '../shared/document';
import { groupOf } from '../shared/groups';
import { decodePart, decodeValue, miscValue } from './misc';
import { cellOf, hasHole, tellCut, type Fault, type Sheet, type WordSpan } from './sheet';
import { isTag, readAllTags, tagColumnOf, UNTYPED } from './tags';

/** A mention as the file has it. */
export interface Mention {
  /** What the mentions of one thing have in common; empty where the file does not say. */
  readonly eid: string;
  readonly etype: string;
  /** The other parts by the names that are declared for them. */
  readonly values: Readonly<Record<string, string>>;
  /** Several where it is discontinuous. */
  readonly parts: readonly WordSpan[];
  /** What stands behind the `(` of each part; none where tags tell of it. */
  readonly chunks?: readonly string[];
}

/** The names of the parts of `Entity=(…)`, and where the file is older those of the first of them. */
export function fieldsOf(declared: string, chunk: string): readonly string[] {
  if (declared !== '') return declared.split('-');
  const [first = '', second] = chunk.split('-');
  // `(person-1)`, as GUM was before there were declarations, and `(person)`: names of things have numbers.
  return !/\d/.test(first) && (second === undefined || /\d/.test(second))
    ? ['etype', 'eid', 'head', 'other']
    : ['eid', 'etype', 'head', 'other'];
}

export const isEid = (field: string) => field === 'eid' || field === 'GRP';
export const isEtype = (field: string) => field === 'etype' || field === 'entity';

/** The mentions of a document, by brackets or by tags. */
export function readMentions(sheet: Sheet, fault: Fault): readonly Mention[] {
  const tagged = readAllTags(sheet, fault).map(({ part, label }): Mention => ({
    eid: '',
    etype: label,
    values: {},
    parts: [part],
  }));
  return [...readBrackets(sheet, fault), ...tagged];
}

interface OpenMention {
  readonly eid: string;
  readonly etype: string;
  readonly values: Record<string, string>;
  readonly parts: WordSpan[];
  readonly chunks: string[];
  /** How many parts it has. */
  readonly total: number;
}

function readBrackets(sheet: Sheet, fault: Fault): Mention[] {
  const { words, declared, malformed } = sheet;
  const column = tagColumnOf(declared);
  const mentions: Mention[] = [];
  /** What is open, by what stands in its brackets. */
  const open = new Map<string, { mention: OpenMention; first: number }[]>();
  /** Of discontinuous mentions, what waits for its next part. */
  const waiting = new Map<string, OpenMention[]>();

  const begin = (chunk: string): { id: string; mention: OpenMention } => {
    const fields = fieldsOf(declared.fields, chunk);
    const parts = chunk.split('-');
    const values: Record<string, string> = {};
    let [id, etype] = ['', ''];
    fields.forEach((field, i) => {
      // What a last part holds of hyphens belongs to it.
      const value = (i === fields.length - 1 ? parts.slice(i).join('-') : parts[i]) ?? '';
      if (isEid(field)) id = value;
      else if (isEtype(field)) etype = value;
      else if (value !== '' && value !== '_') values[field] = value;
    });
    const [, eid = id, part = '1', total = '1'] = /^(.+)\[(\d{1,4})\/(\d{1,4})\]$/.exec(id) ?? [];
    const there = part === '1' ? undefined : waiting.get(eid)?.pop();
    const mention = there ?? { eid, etype, values, parts: [], chunks: [], total: Number(total) };
    mention.chunks.push(chunk);
    return { id: id || etype, mention };
  };
  const end = (mention: OpenMention, first: number, last: number) => {
    mention.parts.push([first, last]);
    if (mention.parts.length < mention.total) groupOf(waiting, mention.eid).push(mention);
    else if (mention.parts.some((part) => hasHole(part, sheet)))
      tellCut([mention.parts[0]![0], last], sheet, fault);
    else mentions.push(mention);
  };

  words.forEach(({ cells, line }, word) => {
    const misc = cellOf(cells, 'MISC', declared) ?? '_';
    const own = column === '' ? '' : (cellOf(cells, column, declared) ?? '');
    const value = miscValue(misc, 'Entity') ?? (/[()]/.test(own) ? own : '');
    if (value === '' || isTag(value)) return;
    let at16 = 0;
    for (const { 0: chunk, 1: opened, 2: closed, 3: closing, index } of value.matchAll(
      /\(([^()]+)(\))?|([^()]+)\)/g,
    )) {
      if (index > at16) fault(line, 'sequence-malformed', { tag: value.slice(at16, index) });
      at16 = index + chunk.length;
      if (opened !== undefined) {
        const { id, mention } = begin(opened);
        if (closed) end(mention, word, word);
        else groupOf(open, id).push({ mention, first: word });
        continue;
      }
      const id = open.has(closing!) ? closing! : (closing!.split('-').find((part) => open.has(part)) ?? '');
      const last = open.get(id)?.pop();
      if (open.get(id)?.length === 0) open.delete(id);
      if (last) end(last.mention, last.first, word);
      else fault(line, 'sequence-malformed', { tag: chunk });
    }
    if (at16 < value.length) fault(line, 'sequence-malformed', { tag: value.slice(at16) });
  });
  for (const rest of open.values())
    for (const { mention, first } of rest)
      fault(words[first]!.line, 'sequence-malformed', { tag: `(${mention.eid}` });
  for (const rest of waiting.values())
    for (const mention of rest) {
      fault(words[mention.parts.at(-1)![1]]!.line, 'sequence-malformed', { tag: `(${mention.eid}[` });
      // Where no line was left out, it is the file that has no other part.
      if (malformed.size === 0) mentions.push(mention);
    }
  return mentions;
}

/** A mention with the entity that it is here; none where it has no word of the text (it is an empty node). */
export interface EntityMention {
  readonly mention: Mention;
  readonly entity: Entity | undefined;
  /** Whether it begins and ends with a token of the text, and not with a word within one. */
  readonly isExact: boolean;
}

/** The entities of mentions, with the same ids whenever they are read. */
export function toEntities(
  name: string,
  sheet: Sheet,
  mentions: readonly Mention[],
  index: TextIndex,
): EntityMention[] {
  const ids = new IdMaker();
  const { words, places16 } = sheet;
  const count = wordsOfTokens(sheet);
  return mentions.map((mention): EntityMention => {
    const spans: [number, number][] = [];
    let isExact = true;
    for (const [first, last] of mention.parts) {
      const [from, to] = [words[first]!.first, words[last]!.last];
      if (from > to) continue;
      isExact &&= count.firsts[from]! >= first && count.lasts[to]! <= last;
      const start = index.toCodePoint(places16[2 * from]!);
      const end = index.toCodePoint(places16[2 * to + 1]!);
      const before = spans.at(-1);
      if (before && before[1] >= start) before[1] = Math.max(before[1], end);
      else spans.push([start, end]);
    }
    const [head] = spans;
    if (!head) return { mention, entity: undefined, isExact: true };
    const span = { start: head[0], end: spans.at(-1)![1] };
    const label = decodePart(mention.etype) || UNTYPED;
    const key = `conllu ${name} ${spans.join(' ')} ${label} ${mention.eid}`;
    const entity: Entity = { id: ids.make(key), label, ...span, text: index.slice(span) };
    const parts = spans.length > 1 ? spans : undefined;
    const externalId = mention.eid || undefined;
    return { mention, entity: withFields(entity, { externalId, parts, ...sayingsOf(mention) }), isExact };
  });
}

/** Of each token, its first and its last word; of a range, those within it. */
export function wordsOfTokens({ words, places16 }: Sheet): { firsts: number[]; lasts: number[] } {
  const firsts = new Array<number>(places16.length / 2).fill(-1);
  const lasts = new Array<number>(places16.length / 2).fill(-1);
  words.forEach(({ first, last, cells }, word) => {
    if (first > last) return;
    const isRange = cells[0]!.includes('-');
    if (firsts[first] === -1 || words[firsts[first]!]!.cells[0]!.includes('-')) firsts[first] = word;
    if (!isRange || lasts[first] === -1) lasts[first] = word;
  });
  return { firsts, lasts };
}

export const OWN_KEYS = {
  Note: 'note',
  Link: 'link',
  SuggestedBy: 'suggestedBy',
  Reviewed: 'reviewed',
} as const;

/** What a mention says besides: declared parts, and the pairs in `other`, are attributes. */
export function sayingsOf({ values }: Mention): Partial<Entity> {
  const fields: { -readonly [field in keyof Entity]?: Entity[field] } = {};
  const attributes: Record<string, Plain> = {};
  const add = (name: string, value: Plain) => Object.defineProperty(attributes, name, { value, ...PLAIN });
  for (const [field, value] of Object.entries(values)) {
    if (field === 'head') continue;
    if (field !== 'other') add(field, decodeValue(value));
    else
      for (const pair of value.split(',')) {
        const [, key = pair, said = ''] = /^([^:]*):(.*)$/s.exec(pair) ?? [];
        const own = Object.hasOwn(OWN_KEYS, key) ? OWN_KEYS[key as keyof typeof OWN_KEYS] : undefined;
        if (own === 'reviewed') fields.reviewed = said === 'Yes';
        else if (own !== undefined) fields[own] = decodePart(said);
        else if (key !== '') add(decodePart(key), decodeValue(said));
      }
  }
  if (Object.keys(attributes).length > 0) fields.attributes = attributes;
  return fields;
}

/** A name from a file may be one that objects have already. */
const PLAIN = { enumerable: true, configurable: true, writable: true };

/** In the sidecar's order. */
export function entitiesOf(mentions: readonly EntityMention[]): Entity[] {
  return mentions.flatMap(({ entity }) => (entity ? [entity] : [])).sort(compareEntities);
}
