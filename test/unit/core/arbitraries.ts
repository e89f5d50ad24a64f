import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity';

/** Pieces in which the two counts of a text part, or YAML and its readers: everything that can hurt. */
const PIECES = [
  ...['a', 'b', ' ', 'word', 'Ä', 'n\u0303', '\u0301', '中', '文字', 'ﷺ', '\u200d', '\ufe0f'],
  ...['👩‍👩‍👧', '🇨🇳', '🇩', '😀', '𠮷', '\ud83d', '\ude00', '\udc00\ud800'],
  ...[
    '\r\n',
    '\r',
    '\n',
    '\n\n',
    '\r\r\n',
    '\ufeff',
    '\u2028',
    '\u2029',
    '\u0085',
    '\0',
    '\t',
    '\x7f',
    '\ufffe',
  ],
];
const YAML_PIECES = [
  ...[
    '# ',
    ' #',
    ': ',
    ':',
    '- ',
    ', ',
    ',',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\\',
    '\\n',
    '\\u0041',
    '|',
    '>',
    '%',
  ],
  ...['@', '`', '&a', '*a', '!t', '~', '?', '? ', '---', '...', '<<', '=', 'true', 'No', 'y', 'null', 'on'],
  ...['1', '0x1F', '1e5', '1.5', '.inf', '.nan', '-1', '1_000', '12:30', '2022-09-09', 'sha256:', '  '],
];

export const hostileText = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join(''));
export const yamlText = fc
  .array(
    fc.oneof(fc.constantFrom(...YAML_PIECES), fc.constantFrom(...PIECES), fc.string({ unit: 'binary' })),
    {
      maxLength: 6,
    },
  )
  .map((all) => all.join(''));

/** What is left of a text once offsets count it: one string a code point. */
export function naive(raw: string): string[] {
  return Array.from((raw.startsWith('\ufeff') ? raw.slice(1) : raw).replace(/\r\n|\r/g, '\n'));
}

/** Two places in a text, in order. */
export function spanIn(length: number): fc.Arbitrary<{ start: number; end: number }> {
  return fc
    .tuple(fc.nat(length), fc.nat(length))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
}

export const entityId = fc.stringMatching(/^[a-z][a-z0-9]{5}$/);

const attributeValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    yamlText,
    fc.integer(),
    fc.double({ noNaN: true }).filter((n) => !Object.is(n, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(yamlText, tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
})).value;

/** An entity as a sidecar may hold it. */
export const anyEntity: fc.Arbitrary<Entity> = fc
  .record(
    {
      id: fc.oneof(entityId, yamlText.filter(Boolean)),
      label: fc.oneof(fc.constantFrom('PER', 'ORG'), yamlText.filter(Boolean)),
      text: yamlText,
      start: fc.nat(9999),
      length: fc.nat(99),
      reviewed: fc.boolean(),
      suggestedBy: yamlText,
      score: fc.oneof(
        fc.nat(1000).map((n) => n / 1000),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
      note: yamlText,
      link: fc.oneof(fc.constant('wikidata:Q148'), yamlText),
      conflict: fc.oneof(entityId, yamlText),
      broken: fc.boolean(),
      ignore: fc.array(yamlText, { maxLength: 2 }),
      attributes: fc.dictionary(yamlText, attributeValue, { maxKeys: 2, noNullPrototype: true }),
      before: yamlText,
      after: yamlText,
    },
    { requiredKeys: ['id', 'label', 'text', 'start', 'length'] },
  )
  .map(({ length, ...fields }) => ({ ...fields, end: fields.start + length }) as unknown as Entity);

export function entity(fields: Partial<Entity> = {}): Entity {
  return { id: 'a2b3c4', label: 'ORG', start: 0, end: 4, text: 'text', ...fields };
}
