import fc from 'fast-check';
import type { Edit } from '../../../../src/core/model/edit.ts';
import { compareEntities, type Entity } from '../../../../src/core/model/entity.ts';
import {
  idsOf,
  isAnchored,
  KINDS,
  recordsOf,
  referencesOf,
  type Annotations,
  type AnyRecord,
  type Comment,
  type Kind,
  type Records,
} from '../../../../src/core/model/records.ts';

/** So few, that two sides often make the same. */
const PLACES = 6;

/** Numbers that a choice is made by. */
export type Numbers = Iterator<number>;

const below = (numbers: Numbers, limit: number) => (numbers.next().value as number) % limit;
const oneOf = <T>(numbers: Numbers, items: readonly T[]): T => items[below(numbers, items.length)]!;

/** A record of a kind that names only what is there; `undefined` where nothing is there to name. */
function makeRecord(kind: Kind, annotations: Annotations, numbers: Numbers): AnyRecord | undefined {
  const id = `${kind[0]}${below(numbers, 40)}`;
  const entities = annotations.entities.map((entity) => entity.id);
  const note = below(numbers, 3) === 0 ? { note: oneOf(numbers, ['one, two', '“#”', '']) } : {};
  if (kind === 'entities') {
    const start = below(numbers, PLACES);
    const entity: Entity = {
      id,
      label: oneOf(numbers, ['PER', 'ORG']),
      start,
      end: start + 2,
      text: 'xy',
      ...note,
    };
    return below(numbers, 4) > 0 ? entity : { ...entity, end: start + 4, parts: [[start, start + 1], [start + 3, start + 4]] }; // prettier-ignore
  }
  if (kind === 'comments' && below(numbers, 2) === 0) {
    const start = below(numbers, PLACES);
    const more = [{}, { broken: true }, { before: 'a ', after: ' b' }][below(numbers, 3)];
    return {
      id,
      start,
      end: start + below(numbers, 3),
      text: oneOf(numbers, ['xy', 'x: "y"']),
      ...more,
      thread: [],
    };
  }
  if (entities.length === 0) return undefined;
  const some = () => oneOf(numbers, entities);
  switch (kind) {
    case 'relations': {
      const more =
        below(numbers, 2) === 0 ? { undirected: true, attributes: { sure: [1, null, 'a: b'] } } : {};
      return { id, label: oneOf(numbers, ['met', 'of']), from: some(), to: some(), ...more, ...note };
    }
    case 'events': {
      const others = recordsOf(annotations, 'events').map((event) => event.id);
      const roles = {
        Who: [...new Set([some(), some()])],
        Of: others.length > 0 ? [oneOf(numbers, others)] : [some()],
      };
      return { id, label: 'Meeting', trigger: some(), roles, ...note };
    }
    case 'chains':
      return { id, mentions: [...new Set([some(), some(), some()])], link: 'wikidata:Q1' };
    default: {
      const all = KINDS.flatMap((one) => (one === 'comments' ? [] : recordsOf(annotations, one)));
      return {
        id,
        about: oneOf(numbers, all).id,
        thread: [{ by: 'ada', text: oneOf(numbers, ['Sure?', 'Yes: "so"']) }],
      };
    }
  }
}

/** Annotations in which nothing names what is not there. @param count of records at most */
export function makeAnnotations(numbers: Numbers, count: number, status: Annotations['status']): Annotations {
  let annotations: Annotations = { status, entities: [] };
  for (let i = 0; i < count; i++) {
    const kind = i < count / 2 ? 'entities' : oneOf(numbers, KINDS);
    annotations = added(annotations, kind, makeRecord(kind, annotations, numbers));
  }
  return annotations;
}

export function annotationsOf(size = 12): fc.Arbitrary<Annotations> {
  return fc
    .tuple(fc.infiniteStream(fc.nat()), fc.nat(size), fc.constantFrom('open' as const, 'done' as const))
    .map(([numbers, count, status]) => makeAnnotations(numbers, count, status));
}

/** The ids that are named and are not there. */
export function danglingIn(annotations: Annotations): string[] {
  const ids = idsOf(annotations);
  return KINDS.flatMap((kind) =>
    recordsOf(annotations, kind).flatMap((record) => referencesOf(kind, record).filter((id) => !ids.has(id))),
  );
}

function added(annotations: Annotations, kind: Kind, record: AnyRecord | undefined): Annotations {
  if (!record || KINDS.some((one) => recordsOf(annotations, one).some(({ id }) => id === record.id)))
    return annotations;
  const records = [...recordsOf(annotations, kind), record];
  if (kind === 'entities') (records as Entity[]).sort(compareEntities);
  return { ...annotations, [kind]: records };
}

/** A comment that was answered, or put elsewhere, be that on what another is about. */
function changedComment(comment: Comment, numbers: Numbers, entities: readonly Entity[]): Comment {
  const { id, thread } = comment;
  if (isAnchored(comment) && entities.length > 0 && below(numbers, 3) === 0)
    return { id, about: oneOf(numbers, entities).id, thread };
  if (below(numbers, 2) === 0)
    return { ...comment, thread: [...thread, { by: oneOf(numbers, ['ada', 'bo']) }] };
  const start = below(numbers, PLACES);
  const text = oneOf(numbers, ['xy', 'z']);
  if (isAnchored(comment) || below(numbers, 2) === 0) return { id, start, end: start + 2, text, thread };
  return { ...comment, thread: [] };
}

/** Edits such as a person makes of annotations, each of what the ones before have left. */
export function someEdits(annotations: Annotations, numbers: Numbers): Edit[] {
  const edits: Edit[] = [];
  const touched = new Set<string>();
  for (let i = below(numbers, 5); i >= 0; i--) {
    const kind = oneOf(numbers, KINDS);
    const free = recordsOf(annotations, kind).filter(({ id }) => !touched.has(id));
    const record = free.length > 0 ? oneOf<Records[Kind]>(numbers, free) : undefined;
    const what = below(numbers, 3);
    if (what === 0 || !record) {
      const left: Annotations = {
        ...annotations,
        entities: annotations.entities.filter(({ id }) => !touched.has(id)),
      };
      const made = makeRecord(kind, { ...left, events: [], relations: [], chains: [] }, numbers);
      const isNew =
        made && KINDS.every((one) => recordsOf(annotations, one).every(({ id }) => id !== made.id));
      if (isNew && !touched.has(made.id)) edits.push({ kind: 'add', of: kind, record: made } as Edit);
      if (made) touched.add(made.id);
    } else if (what === 1) {
      edits.push({ kind: 'remove', of: kind, record } as Edit);
    } else if ('label' in record) {
      edits.push({
        kind: 'change',
        of: kind,
        before: record,
        after: { ...record, label: oneOf(numbers, ['A', 'B']) },
      } as Edit);
    } else if ('thread' in record) {
      edits.push({
        kind: 'change',
        of: 'comments',
        before: record,
        after: changedComment(
          record,
          numbers,
          annotations.entities.filter(({ id }) => !touched.has(id)),
        ),
      });
    }
    if (record) touched.add(record.id);
  }
  if (below(numbers, 4) === 0)
    edits.push({
      kind: 'status',
      before: annotations.status,
      after: annotations.status === 'open' ? 'done' : 'open',
    });
  return edits;
}
