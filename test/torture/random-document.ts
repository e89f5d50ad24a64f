import { compareEntities, withFields, type Entity } from '../../src/core/model/entity.ts';
import type { AnnotatedDocument, Relation } from '../../src/formats/shared/document.ts';
import type { Limits } from '../../src/formats/shared/format.ts';
import { TextIndex } from '../../src/core/text.ts';
import type { Below } from './random.ts';

/** Words of several scripts: with marks, of several code units, drawn from right to left, like what formats write. */
const WORDS = [
  ...[
    'Ada',
    'Lovelace',
    'met',
    'the',
    'Duke',
    'of',
    'Zürich',
    'o’clock',
    'Zoe\u0308',
    'x<y&z',
    '“so”',
    '#5',
    '12,5',
  ],
  ...[
    'Αθήνα',
    'είδε',
    'Москва',
    'река',
    'القاهرة',
    'مدينة',
    'ירושלים',
    'דרך',
    'दिल्ली',
    'नदी',
    'กรุงเทพ',
    'แม่น้ำ',
  ],
  ...[
    '서울',
    '강',
    '東京',
    'ひかり',
    '北京市',
    '长江',
    '𠮷野',
    '👩‍👩‍👧',
    '😀',
    'O',
    'B-PER',
    '{"a":',
    "it's",
    '\\n',
    '- no:',
  ],
];
/** Scripts that put no blank between words run on, and some words have signs behind them. */
const GAPS = [' ', ' ', ' ', ' ', ' ', ', ', '. ', '.\n', '\n\n', '\r\n', ''];
const LABELS = ['PER', 'ORG', 'GPE', 'Work_of_art', 'Ünï-code'];
const NOTES = [
  'a note',
  'two\nlines',
  'tab\there',
  '“q” <b> & \'x\' "y"',
  '{a: [1]}',
  '北京 # no comment: - x',
  '\\',
];
const LINKS = ['wikidata:Q148', 'https://example.org/a?b=c&d', 'orcid:0000-0001'];

/** A word in the text, in code points. */
type Place = readonly [start: number, end: number];

/**
 * A document as random as a format allows: of words, some of which are annotated, alone or several together, nested,
 * crossing, in parts, with relations, notes, links and attributes.
 * @param words how many
 */
export function randomDocument(name: string, words: number, limits: Limits, below: Below): AnnotatedDocument {
  const one = <T>(values: readonly T[]) => values[below(values.length)]!;
  const pieces: string[] = [];
  const places: Place[] = [];
  let length = 0;
  for (let i = 0; i < words; i++) {
    const [word, gap] = [one(WORDS), one(GAPS)];
    pieces.push(word, gap);
    const end = length + Array.from(word).length;
    places.push([length, end]);
    // A line ending counts one.
    length = end + Array.from(gap.replace('\r', '')).length;
  }
  const index = new TextIndex(pieces.join(''));
  const entities: Entity[] = [];
  const taken = new Set<string>();
  const add = (first: number, last: number, isWhole = true) => {
    const [start, end] = [places[first]![0], places[last]![1]];
    const label = one(LABELS);
    const key = `${start} ${end} ${label}`;
    if (taken.has(key)) return;
    taken.add(key);
    const id = `e${entities.length}`;
    const entity = { id, label, start, end, text: index.slice({ start, end }) };
    const [left, right] = [places[first]!, places[last]!];
    entities.push(withFields(isWhole ? entity : { ...entity, parts: [left, right] }, fieldsOf()));
  };
  const fieldsOf = () => {
    const has = (field: Limits['fields'][number]) => limits.fields.includes(field) && below(4) === 0;
    return {
      ...(has('reviewed') && { reviewed: true as const }),
      ...(has('suggestedBy') && { suggestedBy: 'model-1' }),
      ...(has('note') && { note: one(NOTES) }),
      ...(has('link') && { link: one(LINKS) }),
      ...(has('attributes') && { attributes: { Negation: true, Level: one(['high', 'low']) } }),
    };
  };
  for (let i = 0; i + 4 < words; i += 2 + below(6)) {
    const last = i + below(3);
    add(i, last);
    if (limits.overlap !== 'none' && below(3) === 0) add(i + below(last - i + 1), last);
    if (limits.overlap === 'any' && below(6) === 0) add(last, last + 1 + below(2));
    if (limits.discontinuous && below(6) === 0) add(i, i + 2 + below(2), false);
    if (limits.overlap !== 'any') i = last;
  }
  const relations: Relation[] = [];
  if (limits.relations)
    for (let i = 1; i < entities.length; i += 1 + below(6)) {
      const [from, to] = [entities[i]!.id, entities[Math.max(0, i - 1 - below(5))]!.id];
      relations.push({ id: `r${relations.length}`, label: 'Located', from, to });
    }
  return { name, index, entities: entities.sort(compareEntities), relations, carried: {} };
}
