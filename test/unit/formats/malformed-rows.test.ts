import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Format } from '../../../src/formats/shared/format';
import { brat } from '../../../src/formats/brat';
import { conllu } from '../../../src/formats/conllu';
import { tableCsv } from '../../../src/formats/table';
import { webanno } from '../../../src/formats/webanno';
import { parse } from './support';

const TOKENS = ['Ada', 'Ray', 'Lee', 'met', 'Bob', 'Roy', 'in', 'New', 'York', 'Town'];
const TEXT = TOKENS.join(' ');
const NE = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';

/** Entities as tokens `[first, last]`, one behind the other. */
interface Said {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

const said = fc
  .array(fc.tuple(fc.nat(2), fc.nat(2), fc.constantFrom('PER', 'GPE')), { minLength: 1, maxLength: 6 })
  .map((runs) => {
    const all: Said[] = [];
    let at = 0;
    for (const [gap, length, label] of runs) {
      const [first, last] = [at + gap, at + gap + length];
      if (last < TOKENS.length) all.push({ first, last, label });
      at = last + 1;
    }
    return all;
  });

const start = (token: number) => TOKENS.slice(0, token).join(' ').length + (token > 0 ? 1 : 0);
const end = (token: number) => start(token) + TOKENS[token]!.length;
const textOf = ({ first, last }: Said) => TOKENS.slice(first, last + 1).join(' ');
const tagOf = (all: readonly Said[], i: number) => {
  const own = all.find(({ first, last }) => first <= i && i <= last);
  return own ? `${own.first === i ? 'B' : 'I'}-${own.label}` : 'O';
};

/** A format with rows: its file, by the lines above and the cells of each row. */
interface Rows {
  readonly format: Format;
  readonly path: string;
  readonly head: readonly string[];
  readonly separator: string;
  readonly cells: (all: readonly Said[]) => (readonly string[])[];
}

const tokens = (cells: (i: number) => string[]) => TOKENS.map((_, i) => cells(i));

const FORMATS: readonly Rows[] = [
  {
    format: webanno,
    path: 'a.tsv',
    head: ['#FORMAT=WebAnno TSV 3.3', `#T_SP=${NE}|identifier|value`, '', '', `#Text=${TEXT}`],
    separator: '\t',
    cells: (all) =>
      tokens((i) => {
        const n = all.findIndex(({ first, last }) => first <= i && i <= last);
        const { first, last, label } = all[n] ?? { first: 0, last: 0, label: '' };
        const number = last > first ? `[${n + 1}]` : '';
        const values = n < 0 ? ['_', '_'] : [`*${number}`, label + number];
        return [`1-${i + 1}`, `${start(i)}-${end(i)}`, TOKENS[i]!, ...values, ''];
      }),
  },
  {
    format: conllu,
    path: 'a.conllu',
    head: ['# newdoc id = a'],
    separator: '\t',
    cells: (all) =>
      tokens((i) => [String(i + 1), TOKENS[i]!, 'l', 'X', 'x', '_', '0', 'r', '_', `NER=${tagOf(all, i)}`]),
  },
  {
    format: conllu,
    path: 'b.conllu',
    head: ['# newdoc id = b', '# global.Entity = eid-etype'],
    separator: '\t',
    cells: (all) =>
      tokens((i) => {
        const n = all.findIndex(({ first, last }) => first <= i && i <= last);
        const own = all[n];
        const chunk = own && `${own.first === i ? `(e${n}-${own.label}` : own.last === i ? `e${n}` : ''}`;
        const bracket = chunk && chunk + (own.last === i ? ')' : '');
        return [
          String(i + 1),
          TOKENS[i]!,
          'l',
          'X',
          'x',
          '_',
          '0',
          'r',
          '_',
          bracket ? `Entity=${bracket}` : '_',
        ];
      }),
  },
  {
    format: tableCsv,
    path: 't.csv',
    head: ['article,id,label,start,end,text'],
    separator: ',',
    cells: (all) =>
      all.map((one, i) => {
        return ['a', `x${i}`, one.label, String(start(one.first)), String(end(one.last)), textOf(one)];
      }),
  },
  {
    format: brat,
    path: 'a.ann',
    head: [],
    separator: '\t',
    cells: (all) =>
      all.map((one, i) => {
        return [`T${i + 1}`, `${one.label} ${start(one.first)} ${end(one.last)}`, textOf(one)];
      }),
  },
];

async function read({ format, path, head, separator }: Rows, rows: readonly (readonly string[])[]) {
  const lines = [...head, ...rows.map((cells) => cells.join(separator)), ''];
  return parse(format, { [path]: lines.join('\n'), 'a.txt': TEXT }, path);
}

const essence = ({ documents }: Awaited<ReturnType<typeof read>>) =>
  documents.flatMap(({ entities }) =>
    entities.map(({ label, text, broken }) => [label, text, broken ?? false].join(' ')),
  );

/** Rows of which each has some cells more, or fewer. */
const damage = fc.array(
  fc.record({
    row: fc.nat(20),
    at: fc.nat(20),
    // Nothing is taken away together with what is added: that would be a row of as many cells.
    cells: fc.oneof(
      fc.constant(undefined),
      fc.array(fc.constantFrom('', '_', '*', 'x', 'PER', 'B-PER', '4-7'), { minLength: 1, maxLength: 2 }),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

describe('rows with cells added or taken away', () => {
  for (const rows of FORMATS)
    it(`give no entity that whole rows do not give, and are told: ${rows.format.id}, ${rows.path}`, async () => {
      await fc.assert(
        fc.asyncProperty(said, damage, async (all, places) => {
          fc.pre(all.length > 0);
          const whole = rows.cells(all);
          const expected = essence(await read(rows, whole));
          assert.equal(expected.length, all.length);
          const damaged = whole.map((cells) => [...cells]);
          const touched = new Set<number>();
          for (const { row, at, cells } of places) {
            const own = damaged[row % damaged.length]!;
            if (touched.has(row % damaged.length)) continue;
            touched.add(row % damaged.length);
            if (cells) own.splice(at % (own.length + 1), 0, ...cells);
            else own.splice(at % own.length, 1);
          }
          const { found, notes } = await read(rows, damaged).then(
            (parsed) => ({ found: essence(parsed), notes: parsed.notes }),
            (error: unknown) => {
              // Where no row is left, it is no such file.
              assert.equal((error as { code?: string }).code, 'file-not-format');
              return { found: [], notes: [] };
            },
          );
          const left = [...expected];
          for (const entity of found) {
            const at = left.indexOf(entity);
            assert.ok(at >= 0, `${entity} of ${JSON.stringify(damaged)}`);
            left.splice(at, 1);
          }
          if (left.length > 0 && found.length > 0) assert.ok(notes.some(({ kind }) => kind === 'invalid'));
        }),
        { numRuns: 300 },
      );
    });
});
