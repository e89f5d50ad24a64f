import type { Entity } from '../entity';
import type { Status } from '../edit';
import { isPlainText, readFileName } from './scalar';
import type { Sidecar } from './sidecar';

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
const ENTITIES = /^entities:(?: (\[\]))?(?:[ \t]+(#[^]*))?$/;
const COMMENT_OR_EMPTY = /^[ \t]*(?:#|$)/;

/** @returns `undefined` where the source is not canonical, valid or not. */
export function readCanonical(source: string, reader: CanonicalReader): Sidecar | undefined {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = source.split(eol);
  if (eol === '\r\n' && source.replaceAll('\r\n', '').includes('\n')) return undefined;
  if (lines.pop() !== '') return undefined;
  const at = lines.findIndex((line) => line.startsWith('entities:'));
  const opening = at < 0 ? null : ENTITIES.exec(lines[at]!);
  if (!opening) return undefined;

  const entities: Entity[] = [];
  let above: string[] = [];
  let i = at + 1;
  for (; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.startsWith(ITEM)) {
      const entity = readEntityLine(line) ?? reader.readItem(line);
      if (!entity) return undefined;
      entities.push(above.length > 0 ? { ...entity, kept: { ...keptOf(entity), above } } : entity);
      if (above.length > 0) above = [];
    } else if (COMMENT_OR_EMPTY.test(line)) {
      above.push(line);
    } else {
      break;
    }
  }
  if ((opening[1] !== undefined) !== (entities.length === 0)) return undefined;

  const head = lines.slice(0, at);
  const tail = [...above, ...lines.slice(i)];
  const managed = readManagedKeys(head, tail) ?? reader.readFrame(head, tail);
  if (!managed) return undefined;
  return { ...managed, entities, frame: { head, comment: opening[2] ?? '', tail, eol } };
}

function keptOf(entity: Entity) {
  return entity.kept ?? { above: [], pairs: '', comment: '' };
}

/** The frame of a sidecar with nothing but the managed keys, as the program writes it. */
function readManagedKeys(head: readonly string[], tail: readonly string[]): ManagedKeys | undefined {
  if (tail.length > 0 || head.length !== 4 || head[0] !== 'version: 1') return undefined;
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
  ['note', 'note'],
  ['link', 'link'],
  ['conflict', 'conflict'],
  ['before', 'before'],
  ['after', 'after'],
]);

/** An entity line of known keys in canonical order; `undefined` for any other. */
export function readEntityLine(line: string): Entity | undefined {
  if (!line.startsWith(ITEM) || !line.endsWith('}')) return undefined;
  const entity: Record<string, unknown> = {};
  let at = ITEM.length;
  let index = 0;
  while (at < line.length) {
    const colon = line.indexOf(': ', at);
    if (colon < 0) return undefined;
    const key = line.slice(at, colon);
    const field = index < KEYS.length ? (key === KEYS[index] ? key : undefined) : OPTIONAL.get(key);
    if (!field || field in entity) return undefined;
    const value = readValue(line, colon + 2);
    if (!value) return undefined;
    entity[field] = value.value;
    if (line.startsWith(', ', value.end)) at = value.end + 2;
    else if (value.end === line.length - 1) at = line.length;
    else return undefined;
    index++;
  }
  return index >= KEYS.length && hasRightTypes(entity) ? (entity as unknown as Entity) : undefined;
}

function hasRightTypes(entity: Record<string, unknown>): boolean {
  for (const [key, value] of Object.entries(entity)) {
    const type = key === 'start' || key === 'end' ? 'number' : key === 'reviewed' ? 'boolean' : 'string';
    if (typeof value !== type) return false;
  }
  return (entity.start as number) <= (entity.end as number) && entity.id !== '' && entity.label !== '';
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** A number, `true`, `false`, plain or double-quoted text at a place in a line; `undefined` for any other value. */
function readValue(line: string, at: number): { value: unknown; end: number } | undefined {
  const first = line.charCodeAt(at);
  if (first === 0x22) {
    let end = at + 1;
    while (end < line.length && line.charCodeAt(end) !== 0x22) end += line.charCodeAt(end) === 0x5c ? 2 : 1;
    const raw = line.slice(at, end + 1);
    if (CONTROL.test(raw)) return undefined;
    if (!raw.includes('\\')) return { value: raw.slice(1, -1), end: end + 1 };
    try {
      return { value: JSON.parse(raw), end: end + 1 };
    } catch {
      return undefined;
    }
  }
  let end = at;
  while (end < line.length && line[end] !== ',' && line[end] !== '}') end++;
  const raw = line.slice(at, end);
  if (first >= 0x30 && first <= 0x39) {
    return /^(?:0|[1-9]\d{0,9})$/.test(raw) ? { value: Number(raw), end } : undefined;
  }
  if (raw === 'true' || raw === 'false') return { value: raw === 'true', end };
  return isPlainText(raw) ? { value: raw, end } : undefined;
}
