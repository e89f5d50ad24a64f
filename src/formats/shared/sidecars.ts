import { compareEntities, surroundingsOf, type Entity } from '../../core/model/entity';
import { placeEntities } from '../../core/place';
import { repeatedIn } from '../../core/repeated';
import { readCarried, withCarried } from '../../core/sidecar/carried';
import { readSidecar } from '../../core/sidecar/read';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import { writeSidecar } from '../../core/sidecar/write';
import type { Span, TextIndex } from '../../core/text';
import type { AnnotatedDocument, Relation } from './document';
import { FormatError } from './format';
import { about, type Report } from './report';

/** An article and its sidecar as a document. @param entities where they are in the text (see `placeEntities`) */
export function toDocument(
  name: string,
  index: TextIndex,
  sidecar: Sidecar | undefined,
  entities: readonly Entity[] = sidecar?.entities ?? [],
): AnnotatedDocument {
  if (!sidecar) return { name, index, entities: [], relations: [], carried: {} };
  const { status, relations = [], frame } = sidecar;
  return { name, index, entities, status, relations, carried: readCarried(frame) };
}

export interface Received {
  readonly sidecar: Sidecar;
  /** How many entities were added. */
  readonly added: number;
}

/**
 * The file of a sidecar that has something from elsewhere.
 * @param document what it came from, for messages
 * @throws FormatError where the program itself could not read it
 */
export function writeReadable(sidecar: Sidecar, document: string): string {
  const source = writeSidecar(sidecar);
  checkReadable(source, document);
  return source;
}

/** @param document as in {@link writeReadable} @throws FormatError where the program itself could not read a sidecar */
export function checkReadable(source: string, document: string): void {
  if (!readSidecar(source).sidecar) throw new FormatError('sidecar-unreadable', { file: document });
}

/**
 * A document as the sidecar of an article: what is annotated there already stays, what is new is added. An
 * entity is not new where one with its span and label is there.
 * @param article the article's name, as its sidecar says it
 * @param textHash of the article, see `hashText`
 * @param index the article's text; where that is not the document's, entities are looked for in it
 * @param old the sidecar that is there
 */
export function receive(
  document: AnnotatedDocument,
  {
    article,
    textHash,
    index,
    old,
  }: { article: string; textHash: string; index: TextIndex; old?: Sidecar | undefined },
  report: Report,
): Received {
  const { name } = document;
  const isSame = document.index === index || document.index.text === index.text;
  const placed = isSame ? document.entities : moveInto(document, index, report);
  const known = new Map((old?.entities ?? []).map((entity) => [keyOf(entity), entity.id]));
  const ids = new Set((old?.entities ?? []).map(({ id }) => id));
  /** What entities that were there already are called. */
  const renamed = new Map<string, string>();
  const added: Entity[] = [];
  for (const entity of placed) {
    const there = known.size > 0 ? known.get(keyOf(entity)) : undefined;
    if (there !== undefined || ids.has(entity.id)) {
      renamed.set(entity.id, there ?? entity.id);
      if (there === undefined || there !== entity.id)
        report.add({ kind: 'changed', code: 'already-there', document: name, ...about(entity) });
      continue;
    }
    added.push(entity);
  }
  const rename = (relation: Relation): Relation => ({
    ...relation,
    from: renamed.get(relation.from) ?? relation.from,
    to: renamed.get(relation.to) ?? relation.to,
  });
  const frame = old?.frame ?? NEW_FRAME;
  const relationsThere = old?.relations ?? [];
  const relationIds = new Set(relationsThere.map(({ id }) => id));
  const relations = document.relations.map(rename).filter(({ id }) => !relationIds.has(id));
  const { carried } = document;
  const isCarrying = Object.keys(carried).length > 0;
  report.documents++;
  report.entities += added.length;
  report.relations += relations.length;
  return {
    added: added.length,
    sidecar: {
      ...old,
      article,
      textHash: old?.textHash || textHash,
      status: old?.status ?? document.status ?? 'open',
      entities: [...(old?.entities ?? []), ...withContexts(added, index)].sort(compareEntities),
      ...(relations.length > 0 && { relations: [...relationsThere, ...relations] }),
      frame: isCarrying ? withCarried(frame, { ...readCarried(frame), ...carried }) : frame,
    },
  };
}

/** Entities with what stands around those whose text occurs more than once; see `contextOf`. */
function withContexts(entities: readonly Entity[], index: TextIndex): Entity[] {
  const slice = (span: Span) => index.slice(span);
  const placed = entities.filter(({ broken }) => !broken);
  const repeated = repeatedIn(index.text, new Set(placed.map(slice)));
  return entities.map((entity) =>
    !entity.broken && repeated.has(slice(entity)) ? { ...entity, ...surroundingsOf(entity, slice) } : entity,
  );
}

function moveInto(document: AnnotatedDocument, index: TextIndex, report: Report): readonly Entity[] {
  const { entities } = placeEntities(document.entities, index, document.index);
  entities.forEach((entity, i) => {
    const { start, end } = document.entities[i]!;
    if (!entity.broken && start === entity.start && end === entity.end) return;
    const code = entity.broken ? 'place-unknown' : 'span-followed';
    report.add({ kind: 'changed', code, document: document.name, ...about(entity) });
  });
  return entities;
}

function keyOf({ start, end, label, parts = [] }: Entity): string {
  return `${start} ${end} ${label} ${parts.join(' ')}`;
}
