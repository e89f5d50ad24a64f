import type { Entity } from '../entity';
import { writeFileName, writeScalar } from './scalar';
import type { Frame, Sidecar } from './sidecar';

/**
 * A sidecar's file in its canonical form: one entity a line, in order (the design's "The sidecar,
 * version 1"). Unknown keys and comments come out as they went in.
 */
export function writeSidecar(sidecar: Sidecar): string {
  const { frame } = sidecar;
  const head = [...frame.head];
  setManaged(head, 'version', '1', 0);
  setManaged(head, 'article', writeFileName(sidecar.article), 1);
  setManaged(head, 'text_hash', sidecar.textHash, 2);
  setManaged(head, 'status', sidecar.status, 3);
  const lines = [...head, entitiesLine(frame, sidecar.entities.length === 0)];
  for (const entity of sidecar.entities) lines.push(entityLines(entity));
  lines.push(...frame.tail);
  const text = lines.join('\n') + '\n';
  return frame.eol === '\n' ? text : text.replace(/\n/g, frame.eol);
}

function entitiesLine(frame: Frame, isEmpty: boolean): string {
  return 'entities:' + (isEmpty ? ' []' : '') + (frame.comment && ' ' + frame.comment);
}

/** Replaces the value in the line of a managed key, keeping its comment; adds the line where it is missing. */
function setManaged(head: string[], key: string, value: string, position: number): void {
  const index = head.findIndex((line) => line.startsWith(key + ':'));
  if (index >= 0) {
    const comment =
      /^[^:]+:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^#]*?)\s*( #.*)?$/.exec(head[index]!)?.[1] ?? '';
    head[index] = `${key}: ${value}${comment}`;
    return;
  }
  const managed = ['version', 'article', 'text_hash', 'status'].slice(0, position);
  const after = head.findLastIndex((line) => managed.some((earlier) => line.startsWith(earlier + ':')));
  head.splice(after + 1, 0, `${key}: ${value}`);
}

/** Entities are immutable, so the lines of each are made once. */
const written = new WeakMap<Entity, string>();

function entityLines(entity: Entity): string {
  let lines = written.get(entity);
  if (lines === undefined) {
    const { above = [], pairs = '', comment = '' } = entity.kept ?? {};
    const item = `  - {${entityPairs(entity).join(', ')}${pairs && ', ' + pairs}}${comment && ' ' + comment}`;
    lines = [...above, item].join('\n');
    written.set(entity, lines);
  }
  return lines;
}

function entityPairs(entity: Entity): string[] {
  const pairs = [
    `id: ${writeScalar(entity.id)}`,
    `label: ${writeScalar(entity.label)}`,
    `start: ${entity.start}`,
    `end: ${entity.end}`,
    `text: ${writeScalar(entity.text)}`,
  ];
  if (entity.reviewed !== undefined) pairs.push(`reviewed: ${entity.reviewed}`);
  if (entity.suggestedBy !== undefined) pairs.push(`suggested_by: ${writeScalar(entity.suggestedBy)}`);
  if (entity.note !== undefined) pairs.push(`note: ${writeScalar(entity.note)}`);
  if (entity.link !== undefined) pairs.push(`link: ${writeScalar(entity.link)}`);
  if (entity.attributes !== undefined) pairs.push(`attributes: ${writeScalar(entity.attributes)}`);
  if (entity.parts !== undefined) pairs.push(`parts: ${writeScalar(entity.parts)}`);
  if (entity.before !== undefined) pairs.push(`before: ${writeScalar(entity.before)}`);
  if (entity.after !== undefined) pairs.push(`after: ${writeScalar(entity.after)}`);
  return pairs;
}
