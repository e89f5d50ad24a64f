import type { Entity, Plain } from '../../core/model/entity';
import type { TextIndex } from '../../core/text';
import type { NoteCode } from '../shared/note-codes';
import { encodePart, encodeValue } from './misc';
import { isEid, isEtype, OWN_KEYS, type Mention } from './mentions';
import type { WordSpan } from './sheet';
import { UNTYPED } from './tags';

/** The parts that are declared where a file does not say others: those of CorefUD. */
export const USUAL_FIELDS = 'eid-etype-head-other';

/** What is told of an entity that is written. */
export type Tell = (
  kind: 'lost' | 'changed',
  code: Extract<NoteCode, 'off-token' | 'label-name' | 'field' | 'duplicate'>,
  entity: Entity,
  values?: Readonly<Record<string, string>>,
) => void;

/** A mention as it is written. */
export interface WrittenMention {
  readonly eid: string;
  readonly parts: readonly WordSpan[];
  /** What stands behind each `(`. */
  readonly chunks: readonly string[];
}

/** What stands in the brackets of an entity. @param before the mention that it was, where there is one */
export function chunksOf(
  entity: Entity,
  {
    fields,
    eid,
    count,
    before,
    tell,
  }: { fields: string; eid: string; count: number; before?: Mention | undefined; tell: Tell },
): string[] {
  const { label, note, link, suggestedBy, reviewed, attributes = {} } = entity;
  const rest = new Map<string, Plain>(Object.entries(attributes));
  const names = fields.split('-');
  const etype = before && label === UNTYPED && before.etype === '' ? '' : encodePart(label);
  if (etype !== label && etype !== '') tell('changed', 'label-name', entity, { from: label, to: etype });
  const named = names.map((field) => {
    if (isEid(field) || field === 'other') return '';
    if (isEtype(field)) return etype;
    if (field === 'head') return before?.values.head ?? '1';
    const value = rest.get(field);
    rest.delete(field);
    return value === undefined ? '' : encodeValue(value);
  });
  const others = [...rest].map(([name, value]) => `${encodeKey(name)}:${encodeValue(value)}`);
  if (note !== undefined) others.push(`Note:${encodePart(note)}`);
  if (link !== undefined) others.push(`Link:${encodePart(link)}`);
  if (suggestedBy !== undefined) others.push(`SuggestedBy:${encodePart(suggestedBy)}`);
  if (reviewed !== undefined) others.push(`Reviewed:${reviewed ? 'Yes' : 'No'}`);
  const hasPlace = names.includes('other');
  if (!hasPlace && others.length > 0) {
    const own = { note, link, suggestedBy, reviewed };
    const fields = Object.keys(own).filter((field) => own[field as keyof typeof own] !== undefined);
    tell('lost', 'field', entity, { fields: [...fields, ...rest.keys()].join(', ') });
  }
  return Array.from({ length: count }, (_, i) => {
    const parts = names.map((field, at) => {
      if (isEid(field)) return partId(eid, i, count);
      return field === 'other' ? others.join(',') : named[at]!;
    });
    while (parts.length > 1 && parts.at(-1) === '') parts.pop();
    return parts.join('-');
  });
}

/** The name of an attribute; one that has a meaning of its own is escaped. */
function encodeKey(name: string): string {
  const key = encodePart(name);
  const code = name.charCodeAt(0).toString(16).toUpperCase();
  return Object.hasOwn(OWN_KEYS, name) ? `%${code}${key.slice(1)}` : key;
}

function partId(eid: string, i: number, count: number): string {
  return count === 1 ? eid : `${eid}[${i + 1}/${count}]`;
}

/**
 * The values of `Entity=` by words. What ends stands before what begins, the longest begins first and ends
 * last; a single word stands within those, as Udapi writes it.
 */
export function bracketsOf(mentions: readonly WrittenMention[]): ReadonlyMap<number, string> {
  const pieces = mentions.flatMap(({ eid, parts, chunks }) =>
    parts.map(([first, last], i) => ({ first, last, chunk: chunks[i]!, id: partId(eid, i, parts.length) })),
  );
  pieces.sort((a, b) => a.first - b.first || b.last - a.last);
  const at = new Map<number, { closes: string; opens: string; singles: string }>();
  const of = (word: number) => {
    const there = at.get(word) ?? { closes: '', opens: '', singles: '' };
    at.set(word, there);
    return there;
  };
  for (const { first, last, chunk, id } of pieces) {
    if (first === last) of(first).singles += `(${chunk})`;
    else {
      of(first).opens += `(${chunk}`;
      of(last).closes = `${id})${of(last).closes}`;
    }
  }
  return new Map(
    [...at].map(([word, { closes, opens, singles }]) => [
      word,
      opens === '' ? singles + closes : closes + opens + singles,
    ]),
  );
}

/** Gives each entity a name that tells it (and what is the same thing) from the others. */
export class EidMaker {
  private readonly spans = new Map<string, (readonly [first: number, last: number, isWhole: boolean])[]>();
  private last = 0;

  /** Takes a name that a mention has already. */
  take(eid: string, parts: readonly WordSpan[]): string {
    const there = this.spans.get(eid);
    if (there) there.push(hullOf(parts));
    else this.spans.set(eid, [hullOf(parts)]);
    return eid;
  }

  /** @param wanted as another tool calls it; not taken where brackets could then not be told apart */
  make(wanted: string | undefined, parts: readonly WordSpan[], onRefused: (eid: string) => void): string {
    if (wanted !== undefined && /^[^\s\-=|()[\],:%<]+$/.test(wanted)) {
      const own = hullOf(parts);
      if (!this.spans.get(wanted)?.some((other) => isConfused(own, other))) return this.take(wanted, parts);
      onRefused(wanted);
    }
    do this.last++;
    while (this.spans.has(`e${this.last}`));
    return this.take(`e${this.last}`, parts);
  }
}

function hullOf(parts: readonly WordSpan[]): readonly [number, number, boolean] {
  return [parts[0]![0], parts.at(-1)![1], parts.length === 1];
}

function isConfused(
  [first, last, isWhole]: readonly [number, number, boolean],
  [otherFirst, otherLast, isOtherWhole]: readonly [number, number, boolean],
): boolean {
  if (last < otherFirst || otherLast < first) return false;
  if (!isWhole || !isOtherWhole) return true;
  const isWithin = first >= otherFirst && last <= otherLast;
  const isAround = first <= otherFirst && last >= otherLast;
  return !isWithin && !isAround;
}

/**
 * The tokens of each part of an entity; of a part that begins or ends within a token, all of that.
 * @returns `undefined` where it shares no character with a token
 */
export function tokensOf(
  entity: Entity,
  places16: ArrayLike<number>,
  index: TextIndex,
  tell: Tell,
): WordSpan[] | undefined {
  const spans: [number, number][] = [];
  let isExact = true;
  for (const [start, end] of entity.parts ?? [[entity.start, entity.end] as const]) {
    const [start16, end16] = [index.toUtf16(start), index.toUtf16(end)];
    const first = firstBehind(places16, start16);
    let last = first;
    while (2 * last + 2 < places16.length && places16[2 * last + 2]! < end16) last++;
    if (2 * first >= places16.length || places16[2 * first]! >= end16) {
      isExact = false;
      continue;
    }
    isExact &&= places16[2 * first] === start16 && places16[2 * last + 1] === end16;
    const before = spans.at(-1);
    if (before && before[1] >= first) before[1] = Math.max(last, before[1]);
    else spans.push([first, last]);
  }
  if (spans.length === 0) tell('lost', 'off-token', entity);
  else if (!isExact) tell('changed', 'off-token', entity);
  return spans.length > 0 ? spans : undefined;
}

/** The first token that ends behind a place. */
function firstBehind(places16: ArrayLike<number>, at16: number): number {
  let [low, high] = [0, places16.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places16[2 * middle + 1]! <= at16) low = middle + 1;
    else high = middle;
  }
  return low;
}
