import assert from 'node:assert/strict';
import { checkSidecar, type SidecarFacts } from '../../../src/core/sidecar/check.ts';
import { SidecarPlaces } from '../../../src/core/sidecar/locate.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';

const FORMS = {
  canonical: `version: 1
article: a.txt # mine
text_hash: sha256:00
entities: # all of them
  # the first
  - {id: aaaaaa, label: PER, start: 0, end: 3, text: Ada}

  - {id: "bbbbbb", label: "P, Q", start: 8, end: 11, text: "Bob, }", note: x} # note
notes: none
`,
  block: `version: 1
article: a.txt
entities:
- id: aaaaaa
  label: PER
  start: 0
  end: 3
  text: Ada
- label: "P, Q"
  id: bbbbbb
  note: x
  start: 8
  end: 11
  text: |-
    Bob, }
`,
  json: '{"version": 1, "article": "a.txt", "entities": [{"id": "aaaaaa", "label": "PER", "start": 0, "end": 3, "text": "Ada"}, {"id": "bbbbbb", "label": "P, Q", "start": 8, "end": 11, "text": "Bob, }", "note": "x"}]}',
  'of several lines': `version: 1
entities:
  - {id: aaaaaa, label: PER,
     start: 0, end: 3, text: Ada}
  - {label: "P, Q", id: bbbbbb, start: 8, end: 11, text: "Bob, }", note: x}
article: a.txt
`,
};

describe('places in a sidecar', () => {
  for (const [form, lf] of Object.entries(FORMS)) {
    for (const source of [lf, lf.replaceAll('\n', '\r\n')]) {
      const places = new SidecarPlaces(source);
      const at = (range: { start16: number; end16: number } | undefined) =>
        range && source.slice(range.start16, range.end16);

      it(`are found in a ${form} one with ${source === lf ? 'LF' : 'CRLF'}`, () => {
        assert.ok(readSidecar(source).sidecar, 'the example is valid');
        assert.equal(at(places.entity('aaaaaa', 'label'))!.replaceAll('"', ''), 'PER');
        assert.equal(at(places.entity('bbbbbb', 'label')), '"P, Q"');
        assert.equal(at(places.entity('bbbbbb', 'note'))!.replaceAll('"', ''), 'x');
        assert.equal(at(places.key('article'))!.replaceAll('"', ''), 'a.txt');
        assert.equal(places.key('status'), undefined);
        assert.equal(places.entity('cccccc'), undefined);
        const whole = at(places.entity('bbbbbb'))!;
        assert.match(whole, form === 'block' ? /^label: "P, Q"$/ : /^\{.*bbbbbb.*x"?\}$/);
        assert.equal(at(places.entity('bbbbbb', 'link')), whole, 'a field that is not there is the entity');
        assert.doesNotMatch(at(places.entity('aaaaaa'))!, /[\r\n]/);
      });
    }
  }

  it('are not taken from what only looks like an entity', () => {
    const source =
      'version: 1\nentities:\n  - {id: aaaaaa, label: PER, start: 0, end: 3, text: Ada}\nnotes:\n  - {id: bbbbbb, label: X}\n';
    assert.equal(new SidecarPlaces(source).entity('bbbbbb'), undefined);
  });
});

describe('checks of a sidecar', () => {
  const facts: SidecarFacts = {
    article: 'a.txt',
    hasLabel: () => true,
    broken: [],
    moved: 0,
    isStale: false,
  };
  const check = (changed: Partial<SidecarFacts>) => {
    const source = FORMS.canonical;
    const { sidecar } = readSidecar(source);
    const problems = checkSidecar(sidecar!, new SidecarPlaces(source), { ...facts, ...changed });
    return problems.map(({ code, start16, end16 }) => `${code} ${source.slice(start16, end16)}`);
  };

  it('find nothing where nothing is wrong', () => {
    assert.deepEqual(check({}), []);
    assert.deepEqual(check({ article: 'A.txt' }), []);
  });

  it('stand at what they are about', () => {
    const { sidecar } = readSidecar(FORMS.canonical);
    assert.deepEqual(
      check({
        article: 'b.txt',
        isStale: true,
        hasLabel: (name) => name === 'PER',
        broken: sidecar!.entities.slice(0, 1),
      }),
      [
        'article-mismatch a.txt',
        'text-hash-stale sha256:00',
        'entity-not-found {id: aaaaaa, label: PER, start: 0, end: 3, text: Ada}',
        'label-unknown "P, Q"',
      ],
    );
  });

  it('are no more than a person can read', () => {
    const item = (i: number) =>
      `  - {id: a${String(i).padStart(5, 'b')}, label: X, start: ${i}, end: ${i + 1}, text: a}\n`;
    const source = 'version: 1\nentities:\n' + Array.from({ length: 5000 }, (_, i) => item(i)).join('');
    const { sidecar } = readSidecar(source);
    const problems = checkSidecar(sidecar!, new SidecarPlaces(source), { ...facts, hasLabel: () => false });
    assert.equal(problems.length, 100);
  });
});

describe('a sidecar that is very large', () => {
  const item = (i: number) =>
    `  - {id: a${String(i).padStart(6, '0')}, label: X, start: ${i}, end: ${i + 1}, text: a}\n`;
  const source = 'version: 1\nentities:\n' + Array.from({ length: 80_000 }, (_, i) => item(i)).join('');

  it('is read in the form that the program writes', () => {
    assert.equal(readSidecar(source).sidecar?.entities.length, 80_000);
  });

  it('is not given to yaml as a whole in another form, and says which line stands in the way', () => {
    const broken: [line: string, code: string, place: string][] = [
      ['  - {id: x, label: X, start: -1, end: 2, text: a}', 'wrong-type', '-1'],
      ['  - {id: x, label: X, start: 1, end: 2}', 'key-missing', '{id: x, label: X, start: 1, end: 2}'],
      ['  - {id: a000007, label: X, start: 1, end: 2, text: a}', 'entity-id-duplicate', ''],
      ['  - id: x', 'line-not-canonical', ''],
      ['x: [', 'line-not-canonical', ''],
      ['  - {id: "x', 'yaml-syntax', ''],
    ];
    for (const [line, code, place] of broken) {
      for (const eol of ['\n', '\r\n']) {
        const whole = `\ufeff${source}  # a comment\n${line}\n${item(90_000)}`.replaceAll('\n', eol);
        const { sidecar, problems } = readSidecar(whole);
        const [{ code: found, start16, end16 } = {}] = problems;
        assert.deepEqual([sidecar, found], [undefined, code], line);
        const line16 = whole.indexOf(line + eol);
        if (code !== 'yaml-syntax') assert.equal(whole.slice(start16, end16), place || line);
        assert.ok(line16 <= start16! && end16! <= line16 + line.length);
      }
    }
    assert.equal(readSidecar(source.slice(0, -1)).sidecar?.entities.length, 80_000, 'no last line ending');
  });
});
