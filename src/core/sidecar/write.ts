import type { Entity, KeptSource, Plain } from '../model/entity';
import type { ManagedKeys } from './canonical';
import { keyOfLine } from './key-of-line';
import { putRecords } from './record-lines';
import { writeFileName, writeScalar } from './scalar';
import type { Frame, Sidecar } from './sidecar';

/**
 * A sidecar's file in its canonical form: one record a line, entities in order (the design's "The sidecar,
 * version 1"). Unknown keys and comments come out as they went in.
 * @param written the lines of entities that are known
 */
export function writeSidecar(sidecar: Sidecar, written?: WeakMap<Entity, string>): string {
  const frame = putRecords(sidecar.frame, sidecar);
  const head = setManagedLines(frame.head, sidecar);
  const opening = entitiesLine(frame, sidecar.entities.length === 0);
  const lines = [
    ...head,
    opening,
    ...sidecar.entities.map((entity) => entityLines(entity, written)),
    ...frame.tail,
  ];
  const text = lines.join('\n') + '\n';
  return frame.eol === '\n' ? text : text.replace(/\n/g, frame.eol);
}

/** As {@link writeSidecar}, for what is written again and again: the lines of entities, which are immutable, are kept. */
export function rewriteSidecar(sidecar: Sidecar): string {
  return writeSidecar(sidecar, written);
}

const written = new WeakMap<Entity, string>();

function entitiesLine(frame: Frame, isEmpty: boolean): string {
  return 'entities:' + (isEmpty ? ' []' : '') + (frame.comment && ' ' + frame.comment);
}

/** The keys whose values the program writes, in their order. */
export const MANAGED: readonly string[] = ['version', 'article', 'text_hash', 'status'];

/** Lines above the entities with the managed keys as they are now; a value that is not known is not added. */
export function setManagedLines(lines: readonly string[], managed: ManagedKeys): string[] {
  const head = [...lines];
  const { article, textHash, status } = managed;
  const values = ['1', writeFileName(article), writeHash(textHash), status];
  const isKnown = [true, article !== '', textHash !== '', true];
  MANAGED.forEach((key, position) => {
    const line = `${key}: ${values[position]}`;
    const index = head.findIndex((other) => keyOfLine(other) === key);
    if (index >= 0) {
      head[index] = line + commentOf(head[index]!);
    } else if (isKnown[position]) {
      const earlier = MANAGED.slice(0, position);
      const after = head.findLastIndex((other) => earlier.includes(keyOfLine(other) ?? ''));
      head.splice(after + 1, 0, line);
    }
  });
  return head;
}

function writeHash(hash: string): string {
  return /^sha256:[0-9a-f]+$/.test(hash) ? hash : writeScalar(hash);
}

/** The comment behind a `key: value` line, with its `#` and a space before it. */
function commentOf(line: string): string {
  const value = /^[^:]+:[ \t]*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')?/.exec(line)?.[0] ?? '';
  const comment = /(?<=[ \t])#[^]*$/.exec(line.slice(value.length - 1))?.[0];
  return comment === undefined ? '' : ' ' + comment;
}

function entityLines(entity: Entity, written: WeakMap<Entity, string> | undefined): string {
  const known = written?.get(entity);
  if (known !== undefined) return known;
  const { above = [], pairs = '', comment = '' } = entity.kept ?? NOTHING_KEPT;
  const item = `  - {${entityPairs(entity)}${pairs && ', ' + pairs}}${comment && ' ' + comment}`;
  const lines = above.length > 0 ? [...above, item].join('\n') : item;
  written?.set(entity, lines);
  return lines;
}

const NOTHING_KEPT: Partial<KeptSource> = {};

function entityPairs(entity: Entity): string {
  const { start, end } = entity;
  let pairs = `id: ${writeScalar(entity.id)}, label: ${writeScalar(entity.label)}, start: ${start}, end: ${end}`;
  const add = (key: string, value: Plain | undefined) => {
    if (value !== undefined) pairs += `, ${key}: ${writeScalar(value)}`;
  };
  add('text', entity.text);
  add('reviewed', entity.reviewed);
  add('suggested_by', entity.suggestedBy);
  add('score', entity.score);
  add('note', entity.note);
  add('link', entity.link);
  add('external_id', entity.externalId);
  add('conflict', entity.conflict);
  add('to_place', entity.broken);
  add('ignore', entity.ignore);
  add('attributes', entity.attributes);
  add('parts', entity.parts);
  add('before', entity.before);
  add('after', entity.after);
  return pairs;
}
