import type { Entity } from '../model/entity';
import type { Status } from '../model/records';
import { readValue } from './read-value';
import { isTailCanonical } from './record-lines';
import { isPlainText, readFileName } from './scalar';
import { readUsualLine } from './usual-line';
import type { Frame, Sidecar } from './sidecar';

/**
 * The fast reader of the canonical form: line by line, without `yaml`, which is some fifty times slower.
 * It reads only what `writeSidecar` writes and gives everything else back to `read.ts`; a property test
 * holds the two to the same result.
 */
export interface CanonicalReader {
  /** Reads an entity line that the fast scanner does not know (a nested value, an unknown key). */
  readItem(line: string): Entity | undefined;
  /** Reads the lines around the entities where they hold more than the four managed keys. */
  readFrame(head: readonly string[], tail: readonly string[]): ManagedKeys | undefined;
}

export interface ManagedKeys {
  readonly article: string;
  readonly textHash: string;
  readonly status: Status;
}

const ITEM = '  - {';
const LIST = 'entities:';
const ENTITIES = /^entities:(?: (\[\]))?(?:[ \t]+(#[^]*))?$/;
const COMMENT_OR_EMPTY = /^[ \t]*(?:#|$)/;

/** @returns where the source is not canonical, valid or not: the number of a line that is not, from 0 */
export function readCanonical(source: string, reader: CanonicalReader): Sidecar | number {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  // `\r` alone ends a line for `yaml`, too.
  if (source.includes('\r')) {
    const mixed = source.split(eol).findIndex((line) => /[\r\n]/.test(line));
    if (mixed >= 0) return mixed;
  }
  const end16 = source.endsWith(eol) ? source.length - eol.length : source.length;
  const endOfLine = (from16: number) => {
    const found16 = source.indexOf(eol, from16);
    return found16 < 0 ? end16 : found16;
  };
  const above16 = source.indexOf(eol + LIST);
  const opening16 = source.startsWith(LIST) ? 0 : above16 + eol.length;
  if (opening16 > 0 && above16 < 0) return 0;
  const head = opening16 === 0 ? [] : source.slice(0, above16).split(eol);
  const at = head.length;
  let before16 = endOfLine(opening16);
  const opening = ENTITIES.exec(source.slice(opening16, before16));
  if (!opening) return at;

  const entities: Entity[] = [];
  let above: string[] = [];
  let rest: string[] = [];
  /** The number of its first line, where there is one. */
  let restAt = 0;
  // Lines are read where they stand: parts of a text that is parted already are slow to go through.
  for (let i = at + 1; before16 < end16; i++) {
    const from16 = before16 + eol.length;
    const to16 = endOfLine(from16);
    if (source.startsWith(ITEM, from16)) {
      const entity = readEntityLine(source, from16, to16) ?? reader.readItem(source.slice(from16, to16));
      if (!entity) return i;
      entities.push(above.length > 0 ? { ...entity, kept: { ...keptOf(entity), above } } : entity);
      if (above.length > 0) above = [];
    } else {
      const line = source.slice(from16, to16);
      if (!COMMENT_OR_EMPTY.test(line)) {
        rest = source.slice(from16, end16).split(eol);
        restAt = i;
        break;
      }
      above.push(line);
    }
    before16 = to16;
  }
  if ((opening[1] !== undefined) !== (entities.length === 0)) return at;

  const frame: Frame = { head, comment: opening[2] ?? '', tail: [...above, ...rest], eol };
  const managed = readManagedKeys(frame) ?? reader.readFrame(head, frame.tail);
  return managed ? { ...managed, entities, frame } : restAt;
}

function keptOf(entity: Entity) {
  return entity.kept ?? { above: [], pairs: '', comment: '' };
}

/** The managed keys of a frame that holds these, and what the program knows beside the entities, as it writes them. */
function readManagedKeys(frame: Frame): ManagedKeys | undefined {
  const { head } = frame;
  if (head.length !== 4 || head[0] !== 'version: 1' || !isTailCanonical(frame)) return undefined;
  const article = readFileName(/^article: (.+)$/.exec(head[1]!)?.[1] ?? '');
  const textHash = /^text_hash: (sha256:[0-9a-f]{64})$/.exec(head[2]!)?.[1];
  const status = /^status: (open|done)$/.exec(head[3]!)?.[1] as Status | undefined;
  if (!article || !textHash || !status) return undefined;
  return { article, textHash, status };
}

const KEYS = ['id', 'label', 'start', 'end', 'text'] as const;
const OPTIONAL = new Map([
  ['reviewed', 'reviewed'],
  ['suggested_by', 'suggestedBy'],
  ['score', 'score'],
  ['note', 'note'],
  ['link', 'link'],
  ['external_id', 'externalId'],
  ['attributes', 'attributes'],
  ['parts', 'parts'],
  ['conflict', 'conflict'],
  ['to_place', 'broken'],
  ['ignore', 'ignore'],
  ['before', 'before'],
  ['after', 'after'],
]);

/** An entity line with the known keys in canonical order, others as they stand; `undefined` for any other. */
function readEntityLine(source: string, from16: number, to16: number): Entity | undefined {
  return readUsualLine(source, from16, to16) ?? readAnyLine(source.slice(from16, to16));
}

function readAnyLine(line: string): Entity | undefined {
  if (!line.startsWith(ITEM) || !line.endsWith('}')) return undefined;
  const entity: Record<string, unknown> = {};
  const unknown = new Map<string, string>();
  let at = ITEM.length;
  let index = 0;
  while (at < line.length) {
    const colon = line.indexOf(': ', at);
    if (colon < 0) return undefined;
    const key = line.slice(at, colon);
    const isNext = index >= KEYS.length || key === KEYS[index];
    const field = index < KEYS.length ? key : OPTIONAL.get(key);
    if (!isNext || Object.hasOwn(entity, field ?? key) || unknown.has(key)) return undefined;
    const value = readValue(line, colon + 2, field === undefined ? 1 : 0);
    if (!value) return undefined;
    if (field !== undefined) entity[field] = value.value;
    else if (isPlainText(key)) unknown.set(key, line.slice(at, value.end));
    else return undefined;
    if (line.startsWith(', ', value.end)) at = value.end + 2;
    else if (value.end === line.length - 1) at = line.length;
    else return undefined;
    index++;
  }
  if (index < KEYS.length || !hasRightTypes(entity)) return undefined;
  if (unknown.size > 0) entity.kept = { above: [], pairs: [...unknown.values()].join(', '), comment: '' };
  return entity as unknown as Entity;
}

const BOOLEANS = new Set(['reviewed', 'broken']);

function hasRightTypes(entity: Record<string, unknown>): boolean {
  const { id, label, start, end, parts = [], ignore = [] } = entity;
  if (!isTextList(ignore)) return false;
  if (!isOffset(start) || !isOffset(end) || start > end || id === '' || label === '') return false;
  for (const [key, value] of Object.entries(entity)) {
    if (key === 'start' || key === 'end' || key === 'parts' || key === 'ignore') continue;
    const type = BOOLEANS.has(key) ? 'boolean' : key === 'score' ? 'number' : 'string';
    if (key === 'attributes' ? !isMap(value) : typeof value !== type) return false;
    if (type === 'number' && !Number.isFinite(value)) return false;
  }
  return Array.isArray(parts) && parts.every((part) => isPart(part) && part[0] >= start && part[1] <= end);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}

function isPart(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isOffset) && value[0]! <= value[1]!;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
