import fc from 'fast-check';
import { compareEntities, withFields, type Entity } from '../../../src/core/model/entity';
import type { AnnotatedDocument, Relation } from '../../../src/formats/shared/document';
import { TextIndex } from '../../../src/core/text';
import { hostileText } from '../core/arbitraries';

const WORDS = [
  'Ada',
  'met',
  'Bob',
  'in',
  'New York',
  '北京市',
  '👩‍👩‍👧',
  'Zoe\u0308',
  '𠮷野',
  'a\tb',
  '“quoted”',
  'x<y&z',
  '{"a": 1}',
  '#no',
  'O',
  'B-PER',
  '-',
  '\\n',
  "'",
  '"',
];
const GAPS = [' ', ' ', ' ', '\n', '\n\n', '\r\n', ', ', '. ', ''];

/** A text of words, signs and line endings as formats must stand them. */
export const proseText = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 20 })
  .map((pairs) => pairs.flat().join(''));

export interface DocumentOptions {
  readonly text?: fc.Arbitrary<string>;
  /** Which of the fields entities may have. */
  readonly fields?: readonly ('note' | 'link' | 'reviewed' | 'attributes' | 'suggestedBy')[];
  readonly overlap?: 'any' | 'nested' | 'none';
  readonly discontinuous?: boolean;
  readonly relations?: boolean;
  readonly label?: fc.Arbitrary<string>;
}

const someLabel = fc.constantFrom('PER', 'ORG', 'GPE', 'Work_of_art', 'Ünï-code');
const someText = fc.oneof(
  fc.constantFrom('a note', 'two\nlines', 'tab\there', '“q” <b> & \'x\' "y"', '{a: [1]}'),
  hostileText,
);

/** Documents, without white space at the edges of entities, as random as the options allow: nesting and crossing spans, emoji, CJK, marks, line endings in spans. */
export function documents({
  text = proseText,
  fields = [],
  overlap = 'any',
  discontinuous = false,
  relations = false,
  label = someLabel,
}: DocumentOptions = {}): fc.Arbitrary<AnnotatedDocument> {
  return text.chain((raw) => {
    const index = new TextIndex(raw);
    const offset = fc.nat(index.length);
    const span = fc.tuple(offset, offset).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    const entity = fc.record({
      span,
      label,
      note: fc.option(someText, { nil: undefined }),
      link: fc.option(fc.constantFrom('wikidata:Q148', 'https://example.org/a?b=c&d'), { nil: undefined }),
      reviewed: fc.option(fc.boolean(), { nil: undefined }),
      suggestedBy: fc.option(fc.constantFrom('model-1'), { nil: undefined }),
      attributes: fc.option(
        fc.dictionary(fc.constantFrom('Negation', 'level'), fc.oneof(fc.constant(true), someText), {
          minKeys: 1,
        }),
        { nil: undefined },
      ),
      cut: fc.option(fc.nat(1000), { nil: undefined }),
    });
    return fc
      .tuple(fc.array(entity, { maxLength: 8 }), fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 3 }))
      .map(([drawn, pairs]) => {
        const entities = drawn.flatMap(({ span: place, label: name, cut, ...values }, i): Entity[] => {
          const said = index.slice(place);
          if (said === '' || said.trim() !== said) return [];
          const own = Object.fromEntries(fields.map((field) => [field, values[field]]));
          const entity = withFields({ id: `id${i}`, label: name, ...place, text: said }, own);
          return [discontinuous && cut !== undefined ? inParts(entity, cut) : entity];
        });
        const kept = keepOverlap(entities.sort(compareEntities), overlap);
        return {
          name: 'a',
          index,
          entities: kept,
          relations: relations ? relate(kept, pairs) : [],
          carried: {},
        };
      });
  });
}

/** Without the character in the middle. */
function inParts(entity: Entity, cut: number): Entity {
  const { start, end } = entity;
  if (end - start < 3) return entity;
  const at = start + 1 + (cut % (end - start - 2));
  return {
    ...entity,
    parts: [
      [start, at],
      [at + 1, end],
    ],
  };
}

function keepOverlap(entities: readonly Entity[], overlap: 'any' | 'nested' | 'none'): Entity[] {
  const kept: Entity[] = [];
  for (const entity of entities) {
    const isFree = kept.every(({ start, end }) => {
      if (entity.start >= end || entity.end <= start) return true;
      return overlap === 'nested' ? entity.start >= start && entity.end <= end : overlap === 'any';
    });
    if (isFree) kept.push(entity);
  }
  return kept;
}

function relate(entities: readonly Entity[], pairs: readonly (readonly [number, number])[]): Relation[] {
  return pairs.flatMap(([a, b], i) => {
    const [from, to] = [entities[a], entities[b]];
    return from && to ? [{ id: `rel${i}`, label: 'Located', from: from.id, to: to.id }] : [];
  });
}

/** Without entities that are at the place of another with its label: which of them comes first, only ids tell. */
export function withoutTwins(document: AnnotatedDocument): AnnotatedDocument {
  const firsts = new Map<string, Entity>();
  for (const entity of document.entities) {
    const key = `${entity.start} ${entity.end} ${entity.label}`;
    if (!firsts.has(key)) firsts.set(key, entity);
  }
  const ids = new Set([...firsts.values()].map(({ id }) => id));
  const relations = document.relations.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { ...document, entities: [...firsts.values()], relations };
}

/** What of entities and relations must come back, ids apart: they are made anew. */
export function essence({ entities, relations }: AnnotatedDocument, fields: readonly (keyof Entity)[] = []) {
  const place = new Map(
    entities.map((entity) => [entity.id, `${entity.start} ${entity.end} ${entity.label}`]),
  );
  return {
    entities: entities
      .map((entity) => {
        const { label, start, end, text, parts } = entity;
        const own = Object.fromEntries(fields.map((field) => [field, entity[field]]));
        return JSON.stringify({ label, start, end, text, parts, ...own });
      })
      .sort(),
    relations: relations.map(({ label, from, to }) => `${label} ${place.get(from)} ${place.get(to)}`).sort(),
  };
}
