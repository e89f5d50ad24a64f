import assert from 'node:assert/strict';
import { formatById } from '../../../src/formats';
import { parse, serialize, shown, told } from './support';

/** 😀 is one code point, and two units of UTF-16. */
const TEXT = '😀 Ada met 𠮷 Bob';
const ENTITIES = ['PER [2, 5) "Ada"', 'PER [12, 15) "Bob"'];
const CODE_POINTS = { 'code-points': [2, 5, 12, 15], 'utf-16': [3, 6, 14, 17] } as const;

type Unit = keyof typeof CODE_POINTS;

function spansIn(unit: Unit, more: (text: string) => object = () => ({})) {
  const [a, b, c, d] = CODE_POINTS[unit];
  return [
    { start: a, end: b, label: 'PER', ...more('Ada') },
    { start: c, end: d, label: 'PER', ...more('Bob') },
  ];
}

/** Words, as a Python or a JavaScript program places them. */
function tokensIn(unit: Unit) {
  const length = (text: string) => (unit === 'utf-16' ? text.length : Array.from(text).length);
  return Array.from(TEXT.matchAll(/\S+/g), ([text], id) => {
    const at16 = TEXT.indexOf(text);
    const start = length(TEXT.slice(0, at16));
    return { text, start, end: start + length(text), id, ws: true };
  });
}

async function read(id: string, record: unknown, options: Record<string, string> = {}) {
  const format = formatById(id)!;
  const { documents, notes } = await parse(format, { 'a.jsonl': JSON.stringify(record) }, undefined, options);
  const written = await serialize(format, documents);
  return {
    entities: shown(documents[0]!),
    notes: told(notes),
    written: JSON.parse(written.files['']!) as never,
  };
}

describe('records whose offsets are UTF-16 units, not code points', () => {
  const texts = (text: string) => ({ text });
  const tuples = (unit: Unit) => spansIn(unit).map(Object.values);
  const FILES: readonly [what: string, id: string, record: (unit: Unit) => object, note?: string][] = [
    ['end behind the text', 'spacy', (unit) => ({ text: TEXT, entities: tuples(unit) })],
    ['end behind the text, in groups', 'spacy', (unit) => ({ text: TEXT, spans: { sc: tuples(unit) } })],
    [
      'are not where their texts are',
      'spacy',
      (unit) => ({ text: `${TEXT} left`, spans: spansIn(unit, texts) }),
    ],
    [
      'end behind the text',
      'spacy-doc',
      (unit) => ({
        text: TEXT,
        ents: spansIn(unit),
        tokens: tokensIn(unit).map(({ id, start, end }) => ({ id, start, end })),
      }),
    ],
    [
      'are not at the edges of tokens',
      'prodigy',
      (unit) => ({ text: `${TEXT} left`, tokens: tokensIn('code-points'), spans: spansIn(unit) }),
    ],
    [
      'do not make the texts of tokens',
      'prodigy',
      (unit) => ({ text: `${TEXT} left`, tokens: tokensIn(unit), spans: spansIn(unit) }),
    ],
  ];
  for (const [what, id, record] of FILES)
    it(`are read so where they ${what}: ${id}`, async () => {
      const right = await read(id, record('code-points'));
      assert.deepEqual([right.entities, right.notes], [ENTITIES, []]);
      const { entities, notes, written } = await read(id, record('utf-16'));
      assert.deepEqual(entities, ENTITIES);
      assert.deepEqual(notes, ['changed offsets-proved line 1']);
      // They are written as the format counts.
      assert.deepEqual(written, right.written);
    });

  for (const [id, key] of [
    ['spacy', 'spans'],
    ['spacy-doc', 'ents'],
    ['prodigy', 'spans'],
  ] as const)
    it(`are told where they only look so, and read so where that is chosen: ${id}`, async () => {
      const record = { text: `${TEXT} left us`, [key]: spansIn('utf-16') };
      const { entities, notes } = await read(id, record);
      assert.deepEqual(entities, ['PER [3, 6) "da "', 'PER [14, 17) "b l"']);
      assert.deepEqual(notes, ['changed offsets-doubtful line 1']);
      const chosen = await read(id, record, { offsets: 'utf-16' });
      assert.deepEqual([chosen.entities, chosen.notes], [ENTITIES, []]);
    });
});
