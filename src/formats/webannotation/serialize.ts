import type { Entity } from '../../core/model/entity';
import type { Span } from '../../core/text';
import type { AnnotatedDocument, Relation } from '../shared/document';
import type { Format, Serializer, WriteContext } from '../shared/format';
import { groupByPlace } from '../shared/groups';
import { isObject, type Json, type JsonObject } from '../shared/json';
import { fit } from '../shared/limits';
import { offsetsOf } from '../shared/offsets';
import type { Report } from '../shared/report';
import { writeBodies } from './bodies';
import { fillContainer, hasType, idOf } from './container';
import { fileOf, LINKING, sourceOf, unpackAnnotations, type KeptAnnotation } from './kept';
import { writeSelectors } from './selectors';

/** Writes each document as a collection of annotations beside its text. */
export function serializeWebAnnotation(
  format: Pick<Format, 'id' | 'limits'>,
  { report }: WriteContext,
): Serializer {
  return {
    document(document) {
      const { entities, relations } = fit(document, format, report);
      const content =
        JSON.stringify(writeAnnotations(document, entities, relations, report), undefined, 2) + '\n';
      return [
        { path: `${document.name}.txt`, content: document.index.raw },
        { path: `${document.name}.jsonld`, content },
      ];
    },
    end: () => [],
  };
}

function writeAnnotations(
  { name, index, carried }: AnnotatedDocument,
  entities: readonly Entity[],
  relations: readonly Relation[],
  report: Report,
): Json {
  const kept = unpackAnnotations(carried.webannotation, index.raw);
  if (kept.lost.length > 0) {
    const values = { format: 'webannotation', keys: kept.lost.join(', ') };
    report.add({ kind: 'lost', code: 'carried-outdated', document: name, values });
  }
  const source = kept.source ?? sourceOf(name);
  const offsets = offsetsOf(index, 'python');
  const groups = groupByPlace(entities);
  const addressOf = (key: string, { externalId }: Entity) => (externalId === key ? key : `#${key}`);
  const addresses = new Map(
    groups.flatMap(([key, group]) => group.map(({ id }) => [id, addressOf(key, group[0])] as const)),
  );
  const target = (entity: Entity, { selectors = [], at, targets = [] }: KeptAnnotation): Json => {
    const isThere = at === `${entity.start} ${entity.end}`;
    const spans: readonly Span[] = entity.parts?.map(([start, end]) => ({ start, end })) ?? [entity];
    const all = spans.map((span, i): JsonObject => {
      const own = writeSelectors(span, index, (offset) => offsets.fromCodePoint(offset));
      const rest = targets[i];
      return {
        ...(isObject(rest) && rest),
        source,
        selector: i === 0 && isThere ? [...own, ...selectors] : own,
      };
    });
    return all.length === 1 ? all[0]! : all;
  };
  const annotations = groups.map(([, group]): JsonObject => {
    const [entity] = group;
    const own = kept.of(group.map(({ id }) => id));
    const labels = group.map(({ label }) => label);
    const { type = 'Annotation', ...rest } = own.rest;
    return {
      id: addresses.get(entity.id),
      type,
      ...withCreator(rest, entity.suggestedBy),
      body: writeBodies(labels, entity, own.bodies),
      target: target(entity, own),
    };
  });
  const links = groupRelations(relations).map((group): JsonObject => {
    const [{ id, externalId, from, to, attributes }] = group;
    const own = kept.of(
      group.map((one) => one.id),
      LINKING,
    );
    const { type = 'Annotation', ...rest } = own.rest;
    const said = writeBodies(
      group.map(({ label }) => label),
      { attributes },
      own.bodies,
    );
    const end = { type: 'SpecificResource', purpose: 'linking', source: addresses.get(to) };
    return {
      id: externalId ?? `#${id}`,
      type,
      ...rest,
      body: [...said, end],
      target: addresses.get(from),
    };
  });
  const items = [...annotations, ...links, ...kept.others];
  return fillContainer(kept.frame, items, `${encodeURIComponent(fileOf(name))}.jsonld`);
}

/** Relations that were one annotation with several tags, or each of its own. */
function groupRelations(relations: readonly Relation[]): (readonly [Relation, ...Relation[]])[] {
  const groups = new Map<string, [Relation, ...Relation[]]>();
  for (const relation of relations) {
    const { id, externalId, from, to, attributes } = relation;
    const key = JSON.stringify([externalId ?? [id], from, to, attributes]);
    const group = groups.get(key);
    if (group) group.push(relation);
    else groups.set(key, [relation]);
  }
  return [...groups.values()];
}

/** Whose an annotation is now: a program's, as long as it is a suggestion. */
function withCreator(rest: JsonObject, suggestedBy: string | undefined): JsonObject {
  const { creator, ...others } = rest;
  const isProgram = isObject(creator) && hasType(creator, 'Software');
  if (suggestedBy === undefined) return isProgram ? others : rest;
  const isSame = isProgram && (creator.name ?? idOf(creator)) === suggestedBy;
  return isSame ? rest : { ...others, creator: { type: 'Software', name: suggestedBy } };
}
