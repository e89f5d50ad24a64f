import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import { brat } from '../../../src/formats/brat';
import { fit } from '../../../src/formats/shared/limits';
import { Report } from '../../../src/formats/shared/report';
import { receive, toDocument } from '../../../src/formats/shared/sidecars';
import { readSidecar } from '../../../src/core/sidecar/read';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { hashText, TextIndex } from '../../../src/core/text';
import { proseText } from './documents';
import { parse, serialize, told } from './support';

const TEXT = 'Ada met Bob in New York.\nBob left 😀 Ada.\n';
const MARK = '\ufeff';

const read = async (ann: string, text: string) => {
  const { documents, notes } = await parse(brat, { 'a.ann': ann, 'a.txt': text });
  return { document: documents[0]!, notes };
};

/** A document as it is once it was in a sidecar. */
async function throughSidecar(document: AnnotatedDocument): Promise<AnnotatedDocument> {
  const { name, index } = document;
  const into = { article: 'a.txt', textHash: await hashText(index.raw), index };
  const { sidecar } = receive(document, into, new Report());
  const { sidecar: again, problems } = readSidecar(writeSidecar(sidecar));
  assert.deepEqual(problems, []);
  return toDocument(name, index, again);
}

/** What becomes of a file by way of a sidecar. */
const again = async (ann: string, text = TEXT) => {
  const { document, notes } = await read(ann, text);
  const written = await serialize(brat, [await throughSidecar(document)]);
  return { ann: written.files['a.ann']!, text: written.files['a.txt']!, notes: [...notes, ...written.notes] };
};

describe('a brat file by way of a sidecar', () => {
  const SAME: [what: string, ann: string, text?: string][] = [
    ['line endings of Windows', 'T1\tPER 0 3\tAda\r\nA1\tNegation T1\r\n'],
    ['some of them', 'T1\tPER 0 3\tAda\r\nT2\tPER 8 11\tBob\nA1\tNegation T1\r\n\r\n\n'],
    ['no line ending at the end', 'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob'],
    ['… of Windows', 'T1\tPER 0 3\tAda\r\nT2\tPER 8 11\tBob'],
    ['a byte-order mark', `${MARK}T1\tPER 0 3\tAda\n`],
    ['nothing', ''],
    ['white space where none belongs', 'T1\tPER 0 3 \tAda\nT2\tPER  8 11\tBob\t\nT3\tX 29 33\tleft \n'],
    ['nothing but a mark', MARK],
    ['an empty line', '\n'],
    ['empty lines of Windows', '\r\n\r\n'],
    ['white space', ' \n\t\n  '],
    ['empty lines', '\nT1\tPER 0 3\tAda\n\n\nT2\tPER 8 11\tBob\n\n'],
    ['text-bound annotations in another order', 'T2\tPER 8 11\tBob\nT1\tPER 0 3\tAda\n'],
    ['spaces for tabs', 'T1 PER 0 3 Ada\n'],
    ['zeros before numbers', 'T1\tPER 00 03\tAda\n'],
    ['ids that look like a run', 'T1-T9\tPER 0 3\tAda\nT3\tPER 8 11\tBob\n'],
    ['fragments in another order', 'T1\tPER 36 39;25 28\tAda Bob\n'],
    ['fragments that touch', 'T1\tPER 0 2;2 3\tAd a\n'],
    ['a space for a line ending', 'T1\tX 19 28\tYork. Bob\n'],
    ['a mention cut where lines end', 'T1\tX 19 24;25 28\tYork. Bob\n'],
    ['two attributes of a name', 'T1\tPER 0 3\tAda\nA1\tLevel T1 L1\nA2\tLevel T1 L2\nA3\tLevel T1 L1\n'],
    [
      'attributes that come before',
      'A1\tLevel R1 L1\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPER 8 11\tBob\nT1\tPER 0 3\tAda\n',
    ],
    [
      'two links and two notes',
      'T1\tPER 0 3\tAda\nN1\tReference T1 W:1\tx\nN2\tReference T1 U:2\n#1\tAnnotatorNotes T1\ta\n#2\tAnnotatorNotes T1\tb\n',
    ],
    [
      'an event that is called otherwise than its trigger',
      'E1\tMeet:T1 Who:T2\nT2\tPER 0 3\tAda\nT1\tMeeting 4 7\tmet\n',
    ],
    ['a text with line endings of Windows', 'T1\tPER 26 29\tBob\n', TEXT.replaceAll('\n', '\r\n')],
    ['a text with a mark', 'T1\tPER 8 11\tBob\n', MARK + TEXT],
    ['a text of nothing but a mark', '', MARK],
    ['a text of nothing', '', ''],
  ];
  for (const [what, ann, text = TEXT] of SAME)
    it(`comes back: ${what}`, async () => assert.deepEqual(await again(ann, text), { ann, text, notes: [] }));

  it('comes back where fragments overlap, which is told', async () => {
    const ann = 'T1\tPER 0 3;2 7\tAda a met\n';
    const { notes, ...files } = await again(ann, TEXT);
    assert.deepEqual(files, { ann, text: TEXT });
    assert.deepEqual(told(notes), ['changed parts-merged line 1']);
  });

  it('comes back where offsets count the mark of the text, which is told', async () => {
    const [ann, text] = ['T1\tMeet 5 8\tmet\nT2\tPER 9 12\tBob\nE1\tMet:T1 Who:T2\n', MARK + TEXT];
    const { notes, ...files } = await again(ann, text);
    assert.deepEqual(files, { ann, text });
    assert.deepEqual(told(notes), ['changed span-moved line 1', 'changed span-moved line 2']);
  });

  it('is no loss to other formats by how it looked', async () => {
    const { document } = await read(`${MARK}\r\nT2\tPER 8 11\tBob\r\nT1 PER 0 3 Ada`, MARK + TEXT);
    const report = new Report();
    fit(document, { id: 'other', limits: { ...brat.limits } }, report);
    assert.deepEqual(report.totals, []);
  });

  it('… nor by lines of what the model has', async () => {
    const lost = async (...lines: string[]) => {
      const ann = ['T1\tPER 0 3\tAda', 'T2\tPER 8 11\tBob', ...lines, ''].join('\n');
      const report = new Report();
      fit((await read(ann, TEXT)).document, { id: 'other', limits: brat.limits }, report);
      return report.totals.map(({ code }) => code);
    };
    assert.deepEqual(
      await lost(
        'R1\tMet Arg1:T1 Arg2:T2',
        'A1\tNeg T1',
        'N1\tReference T1 W:1\tAda',
        '#1\tAnnotatorNotes T1\tx',
      ),
      [],
    );
    for (const more of [
      'R1\tMet Left:T1 Right:T2',
      'N1\tReference T1 W:1\tCountess',
      '#1\tHint T1\tx',
      'E1\tPER:T1',
      '*\tEquiv T1 T2',
    ])
      assert.deepEqual(await lost(more), ['carried'], more);
    assert.deepEqual(await lost('R1\tMet Arg1:T1 Arg2:T2', 'A1\tSure R1'), ['carried']);
    assert.deepEqual(await lost('A1\tLevel T1 L1', 'A2\tLevel T1 L2'), ['carried']);
  });

  it('leaves out a relation that is there twice, which is told', async () => {
    const ann = 'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nR1\tMet Arg1:T1 Arg2:T2\nR1\tSaw Arg1:T1 Arg2:T2\n';
    const { ann: written, notes } = await again(ann);
    assert.equal(written, ann.replace(/R1\tSaw.*\n/, ''));
    assert.deepEqual(told(notes), ['invalid duplicate line 4']);
  });

  it('has other names where brat takes none such, which is told', async () => {
    const ann =
      'T1\tMy.Type 0 3\tAda\nT2\tMy.Event 4 7\tmet\nE1\tMy.Event:T2 Who:T1\nR1\tto.o Arg1:T1 Arg2:T2\nA1\tLev.el T1 L1\n';
    const { ann: written, notes } = await again(ann);
    assert.equal(written, ann.replaceAll('My.', 'My_').replace('to.o', 'to_o').replace('Lev.el', 'Lev_el'));
    assert.deepEqual(told(notes).sort(), [
      'changed attribute-name',
      ...Array<string>(3).fill('changed label-name'),
    ]);
  });

  it('has in one line, and in its place, what went on in the next, which is told', async () => {
    const { ann, notes } = await again('T1\tX 19 28\tYork.\r\nBob\r\nT2\tPER 0 3\tAda\r\n');
    assert.equal(ann, 'T1\tX 19 24;25 28\tYork. Bob\r\nT2\tPER 0 3\tAda\r\n');
    assert.deepEqual(told(notes), ['changed line-joined line 1']);
  });

  it('keeps empty lines apart from a text that seems too short', async () => {
    // In bytes, so that the text is shorter than its span.
    const { document, notes } = await read('T1\tX 0 6\t北京\n\nT2\tY 6 9\t市\n', '北京市');
    assert.deepEqual(told(notes), ['changed span-moved line 1', 'changed span-moved line 3']);
    assert.deepEqual(
      document.entities.map(({ text }) => text),
      ['北京', '市'],
    );
  });
});

describe('a brat file of which something was changed', () => {
  const ANN = [
    'T1\tPER 0 3\tAda',
    'T2\tMeet 4 7\tmet',
    'T3\tPER 8 11\tBob',
    'N1\tReference T1 W:1\tx',
    'N2\tReference T1 U:2\ty',
    '#1\tAnnotatorNotes T1\tone',
    '#2\tAnnotatorNotes T1\ttwo',
    'A1\tLevel T1 L1',
    'A2\tLevel T1 L2',
    'E1\tMeet:T2 Who:T1',
    'R1\tMet Left:T1 Right:T3',
    'A3\tSure R1',
    '',
  ];
  const changed = async (fields: Partial<Entity>, id = 'T1') => {
    const { document } = await read(ANN.join('\r\n'), TEXT);
    const entities = document.entities.map((entity) =>
      entity.externalId === id ? { ...entity, ...fields } : entity,
    );
    const { files, notes } = await serialize(brat, [{ ...document, entities }]);
    const lines = files['a.ann']!.split('\r\n');
    const [now, was] = [
      lines.filter((line) => !ANN.includes(line)),
      ANN.filter((line) => !lines.includes(line)),
    ];
    return { now, was, notes: told(notes), lines };
  };

  it('has the other links, notes and values', async () => {
    assert.deepEqual(await changed({ link: 'W:3', note: 'new', attributes: { Level: 'L3' } }), {
      was: ['N1\tReference T1 W:1\tx', '#1\tAnnotatorNotes T1\tone', 'A1\tLevel T1 L1'],
      now: ['N3\tReference T1 W:3\tW:3', '#3\tAnnotatorNotes T1\tnew', 'A4\tLevel T1 L3'],
      notes: [],
      // Where the old ones were, so that they are the first again when they are read.
      lines: ANN.map(
        (line) =>
          ({ N1: 'N3\tReference T1 W:3\tW:3', '#1': '#3\tAnnotatorNotes T1\tnew', A1: 'A4\tLevel T1 L3' })[
            line.split('\t')[0]!
          ] ?? line,
      ),
    });
    const { was, now } = await changed({ link: undefined, note: undefined, attributes: undefined });
    assert.deepEqual(
      [was, now],
      [['N1\tReference T1 W:1\tx', '#1\tAnnotatorNotes T1\tone', 'A1\tLevel T1 L1'], []],
    );
  });

  it('calls an event as its trigger is called now', async () => {
    const { was, now } = await changed({ label: 'See' }, 'T2');
    assert.deepEqual(was, ['T2\tMeet 4 7\tmet', 'E1\tMeet:T2 Who:T1']);
    assert.deepEqual(now, ['T2\tSee 4 7\tmet', 'E1\tSee:T2 Who:T1']);
  });

  it('keeps the roles of a relation that has another label, and what is said of it', async () => {
    const { document } = await read(ANN.join('\n'), TEXT);
    const [relation] = document.relations;
    assert.deepEqual(relation?.attributes, { Sure: true });
    const write = async (attributes = {}) => {
      const relations = [{ ...relation, label: 'Saw', attributes }];
      return (await serialize(brat, [{ ...document, relations }])).files['a.ann']!;
    };
    assert.equal(await write({ Sure: true }), ANN.join('\n').replace('R1\tMet', 'R1\tSaw'));
    assert.match(await write({ How: 'well' }), /R1\tSaw Left:T1 Right:T3\nA4\tHow R1 well\n$/);
  });

  it('tells of values that are written as others', async () => {
    const { now, notes } = await changed({
      link: 'a b',
      note: 'two\nlines',
      attributes: { Level: 'L1', Count: 3, Text: 'a b', Empty: '', Is: true, Not: false },
    });
    assert.deepEqual(now, [
      'N3\tReference T1 link:a_b\ta b',
      '#3\tAnnotatorNotes T1\ttwo lines',
      'A4\tCount T1 3',
      'A5\tText T1 a_b',
      'A6\tEmpty T1',
      'A7\tIs T1',
    ]);
    assert.deepEqual(notes, Array<string>(5).fill('changed value-as-text [0, 3)'));
  });
});

interface Drawn {
  readonly ann: string;
  readonly text: string;
}

/** Valid files with lines of all kinds, in any order. */
const files: fc.Arbitrary<Drawn> = proseText.chain((text) => {
  const index = new TextIndex(text);
  const characters = Array.from(text);
  const pick = fc.nat(1000);
  const line = fc.record({
    kind: fc.constantFrom(...'TTTTREEAAMNNN##*', ''),
    a: pick,
    b: pick,
    c: pick,
    d: pick,
  });
  return fc
    .record({
      drawn: fc.array(line, { maxLength: 24 }),
      order: fc.infiniteStream(fc.nat()),
      isShuffled: fc.boolean(),
      ending: fc.constantFrom('\n', '\n', '\r\n'),
      isOpen: fc.boolean(),
      marks: fc.tuple(fc.boolean(), fc.boolean()),
    })
    .map(({ drawn, order, isShuffled, ending, isOpen, marks: [mark, textMark] }) => {
      const ids: Record<string, string[]> = { T: [], E: [], R: [] };
      const labels = new Map<string, string>();
      const of = (kinds: string, n: number) => {
        const all = Array.from(kinds).flatMap((kind) => ids[kind] ?? []);
        return all.length > 0 ? all[n % all.length] : undefined;
      };
      let lines = drawn.flatMap(({ kind, a, b, c, d }, i): string[] => {
        const own = `${kind}${i + 1}`;
        const [one, two] = [of(kind === 'R' || kind === '*' ? 'TE' : 'TER', a), of('TE', b)];
        switch (kind) {
          case '':
            return [['', ' ', '\t'][a % 3]!];
          case 'T': {
            const [start, end] = [a % (characters.length + 1), b % (characters.length + 1)].sort(
              (x, y) => x - y,
            );
            const said = characters.slice(start, end).join('');
            // Without line endings, which brat does not have in a mention, and white space at its edges.
            if (said === '' || /^\s|\s$|[\n\r]/.test(said)) return [];
            const label = ['PER', 'ORG', 'Meet'][c % 3]!;
            ids.T!.push(own);
            labels.set(own, label);
            const cut = start! + 1 + (d % 5);
            if (d % 3 > 0 || cut + 1 >= end!) return [`${own}\t${label} ${start} ${end}\t${said}`];
            const pieces = [characters.slice(start, cut), characters.slice(cut + 1, end)].map((all) =>
              all.join(''),
            );
            if (pieces.some((piece) => /^\s|\s$/.test(piece)))
              return [`${own}\t${label} ${start} ${end}\t${said}`];
            return [`${own}\t${label} ${start} ${cut};${cut + 1} ${end}\t${pieces.join(' ')}`];
          }
          case 'E': {
            const trigger = of('T', a);
            if (trigger === undefined) return [];
            ids.E!.push(own);
            const roles = two === undefined || d % 4 === 0 ? '' : ` Who:${two}${d % 2 ? '' : ' '}`;
            return [`${own}\t${d % 7 === 0 ? 'Other' : labels.get(trigger)}:${trigger}${roles}`];
          }
          case 'R':
            if (one === undefined || two === undefined) return [];
            ids.R!.push(own);
            return [`${own}\tMet ${d % 3 ? 'Arg1' : 'Left'}:${one} ${d % 3 ? 'Arg2' : 'Right'}:${two}`];
          case '*':
            return one === undefined || two === undefined ? [] : [`*\tEquiv ${one} ${two}`];
          case 'A':
          case 'M':
            return one === undefined
              ? []
              : [`${own}\t${['Neg', 'Level'][b % 2]} ${one}${['', ' L1', ' L2'][c % 3]}`];
          case 'N':
            return one === undefined
              ? []
              : [`${own}\t${['Reference', 'Same'][b % 2]} ${one} W:${c % 3}${d % 2 ? '' : '\tx y'}`];
          default:
            return one === undefined
              ? []
              : [
                  `#${i + 1}\t${['AnnotatorNotes', 'Hint'][b % 2]} ${one}\t${['a', 'b  c', 'é "😀"', ''][c % 4]}`,
                ];
        }
      });
      if (isShuffled) {
        const keys = new Map(lines.map((one) => [one, order.next().value]));
        lines = [...lines].sort((x, y) => keys.get(x)! - keys.get(y)!);
      }
      // One that is not ended is no line if it is empty.
      const ended = lines.length > 0 && !(isOpen && lines.at(-1) !== '') ? ending : '';
      return {
        ann: (mark ? MARK : '') + lines.join(ending) + ended,
        text: (textMark ? MARK : '') + index.raw,
      };
    });
});

describe('any brat file', () => {
  it('comes back byte for byte by way of a sidecar', async () => {
    await fc.assert(
      fc.asyncProperty(files, async ({ ann, text }) => {
        assert.deepEqual(await again(ann, text), { ann, text, notes: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('is the same but for what is about a changed entity, and tells what else is left out', async () => {
    const change = fc.record({ at: fc.nat(), how: fc.constantFrom('relabel', 'move', 'delete') });
    await fc.assert(
      fc.asyncProperty(files, change, async ({ ann, text }, { at, how }) => {
        const { document: given } = await read(ann, text);
        const document = await throughSidecar(given);
        const { entities, index } = document;
        if (entities.length === 0) return;
        const entity = entities[at % entities.length]!;
        const span = { start: 0, end: 1 };
        const changes: Record<string, readonly Entity[]> = {
          relabel: [{ ...entity, label: 'New' }],
          move: [{ ...entity, ...span, text: index.slice(span), parts: undefined }],
          delete: [],
        };
        const all = [...entities.filter((other) => other !== entity), ...changes[how]!].sort(compareEntities);
        const isThere = (id: string) => all.some((other) => other.id === id);
        const relations = document.relations.filter(({ from, to }) => isThere(from) && isThere(to));
        const gone = document.relations.filter((relation) => !relations.includes(relation));
        const written = await serialize(brat, [{ ...document, entities: all, relations }]);
        const linesOf = (content: string) => content.replace(MARK, '').split(/\r?\n/);
        const [before, after] = [linesOf(ann), linesOf(written.files['a.ann']!)];
        const toldOf = written.notes.map(({ values }) => values?.source);
        /** What the model has of the changed one, which goes or is other with it. */
        const ids = [entity, ...gone].map(({ externalId }) => externalId!);
        const isAbout = (line: string) => ids.some((id) => line.split(/[\t :]/).includes(id));
        for (const line of before)
          assert.ok(
            after.includes(line) || toldOf.includes(line) || isAbout(line),
            `${JSON.stringify(line)} is gone`,
          );
        if (how !== 'delete') {
          const other = before.filter((line, i) => line !== after[i]);
          assert.equal(after.length, before.length);
          assert.ok(
            other.every((line) => new RegExp(`^(?:${ids[0]}\t|E\\d+\t\\w+:${ids[0]}(?: |$))`).test(line)),
            other.join('\n'),
          );
        }
        // What was left out is about something that is gone, and what is written is whole.
        const twice = await read(written.files['a.ann']!, written.files['a.txt']!);
        assert.deepEqual(told(twice.notes), []);
      }),
      { numRuns: 500 },
    );
  });
});
