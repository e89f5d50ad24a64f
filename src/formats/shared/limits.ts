import type { Entity } from '../../core/model/entity';
import { contentsOf } from './contents';
import type { AnnotatedDocument, Relation } from './document';
import { fieldsLost } from './entity-fields';
import type { Limits } from './format';
import { about, type Report } from './report';

/**
 * What of a document a format can hold, the rest reported. Where spans exclude each other, the one that
 * begins first stays, and of those the longest. An entity that loses fields is written without, and told with all of
 * them. Counts the document and what is carried over as written.
 */
export function fit(
  document: AnnotatedDocument,
  { id, limits }: { readonly id: string; readonly limits: Limits },
  report: Report,
): { entities: readonly Entity[]; relations: readonly Relation[] } {
  const { name, carried } = document;
  const entities = fitSpans(document, limits, report);
  for (const entity of entities) {
    const lost = fieldsLost(entity, limits.fields);
    if (lost.length === 0) continue;
    const values = { fields: lost.join(', ') };
    report.add({ kind: 'lost', code: 'field', document: name, ...about(entity), values });
  }
  for (const format of Object.keys(carried)) {
    const contents = format === id ? undefined : contentsOf(format, carried[format]);
    if (!contents || contents.isEmpty) continue;
    report.add({ kind: 'lost', code: 'carried', document: name, values: { ...contents.values, format } });
  }
  report.documents++;
  report.entities += entities.length;
  if (document.relations.length === 0) return { entities, relations: [] };
  const ids = new Set(entities.map(({ id }) => id));
  const all = new Map(document.entities.map((entity) => [entity.id, entity]));
  const relations = document.relations.filter((relation) => {
    const { label, from, to } = relation;
    const hasEnds = ids.has(from) && ids.has(to);
    if (limits.relations && hasEnds) return true;
    const code = limits.relations ? 'relation-end-missing' : 'relation';
    const [first, second] = [all.get(from), all.get(to)];
    // It is looked for where it begins.
    const place = first && !first.broken && { span: { start: first.start, end: first.end } };
    const values = { from: first?.text ?? from, to: second?.text ?? to };
    report.add({ kind: 'lost', code, document: name, label, ...place, values });
    return false;
  });
  report.relations += relations.length;
  return { entities, relations };
}

/**
 * Those of entities that share no characters: where spans exclude each other, the one that begins first, and
 * of those the longest.
 * @param entities in the sidecar's order
 */
export function flatOf(entities: readonly Entity[]): ReadonlySet<Entity> {
  let end = 0;
  return new Set(
    entities.filter((entity) => {
      if (entity.start < end) return false;
      ({ end } = entity);
      return true;
    }),
  );
}

function fitSpans(
  { name, entities }: AnnotatedDocument,
  { overlap, discontinuous }: Limits,
  report: Report,
): readonly Entity[] {
  type Reason = 'place-unknown' | 'discontinuous' | 'overlap' | 'crossing';
  const lose = (entity: Entity, code: Reason, other?: Entity) => {
    const values = other && { other: other.text, label: other.label };
    report.add({ kind: 'lost', code, document: name, ...about(entity), values });
    return false;
  };
  // The entities that are open at a place, the outermost first.
  const open: Entity[] = [];
  return entities.filter((entity) => {
    if (entity.broken) return lose(entity, 'place-unknown');
    if (entity.parts && !discontinuous) return lose(entity, 'discontinuous');
    if (overlap === 'any') return true;
    while (open.length > 0 && open.at(-1)!.end <= entity.start) open.pop();
    const last = open.at(-1);
    if (last && overlap === 'none') return lose(entity, 'overlap', last);
    if (last && entity.end > last.end) return lose(entity, 'crossing', last);
    open.push(entity);
    return true;
  });
}
