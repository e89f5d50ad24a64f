import assert from 'node:assert/strict';
import fc from 'fast-check';
import { articleMatcher, DEFAULT_ARTICLES } from '../../../src/core/articles';
import { isHexColor, nextColor, withAlpha, withContrast } from '../../../src/core/color';
import {
  addLabelsToYaml,
  BUILT_IN,
  PRESETS,
  readCorpusYaml,
  writeCorpusYaml,
  writeLabelSet,
  type Label,
  type Preset,
} from '../../../src/core/labels';
import { isLabelName, newLabel, newLabels } from '../../../src/core/new-label';
import { processorTime } from '../../support/processor-time';
import { yamlText } from './arbitraries';

const NEW: Label = { name: 'NEW', key: 'n', color: '#123456', description: 'What is new' };
const NEW_LINE = 'NEW: {key: "n", color: "#123456", description: What is new}';
const names = (source: string) => readCorpusYaml(source).labelSet?.labels.map(({ name }) => name);
/** The 1st, 13th, 301st and 2,401st colour that labels ever got: corpora have them. */
const FIRST_COLORS = ['#3b82f6', '#ab2b2b', '#ab302b', '#cc3833'];
const BUILT_IN_NAMES = BUILT_IN.labels.map(({ name }) => name);

describe('reading corpus.yaml', () => {
  it('takes what it says', () => {
    const { labelSet, problems } = readCorpusYaml(
      [
        'version: 1',
        'articles: ["a/*.txt", b.txt]',
        'labels:',
        '  ORG: {key: O, color: "#3B82F6", description: Companies}',
        '  PER:',
        '    key: 1',
        '    color: "#abc"',
        '  12: {}',
        '  no:',
        '',
      ].join('\n'),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(labelSet!.articles, ['a/*.txt', 'b.txt']);
    const [org, per, number, no] = labelSet!.labels;
    assert.deepEqual(org, { name: 'ORG', key: 'o', color: '#3B82F6', description: 'Companies' });
    assert.deepEqual([per!.key, per!.color], ['1', '#abc']);
    assert.deepEqual([number!.name, no!.name], ['12', 'no']);
  });

  it('takes numbers for names and texts as they are written', () => {
    const written = ['1.10', '1.1', '0x1F', '31', '007', '1_000', '1e3', '.5', '+1', 'true', 'True', '~'];
    const lines = written.map((name) => `  ${name}: {key: 1.10, description: 1.10}`);
    const { labelSet, problems } = readCorpusYaml(['labels:', ...lines, ''].join('\n'));
    assert.deepEqual(
      new Set(problems.map(({ code, values }) => `${code} ${values.key}`)),
      new Set(['label-key-not-one-letter 1.10']),
    );
    assert.deepEqual(
      labelSet!.labels.map(({ name }) => name),
      written,
    );
    assert.ok(labelSet!.labels.every(({ description }) => description === '1.10'));
  });

  it('takes 1 and "1" for one name', () => {
    assert.equal(readCorpusYaml('labels: {1: {}, "1": {}}\n').problems[0]?.code, 'key-duplicate');
  });

  const articles = (globs: string) => {
    const { labelSet, problems } = readCorpusYaml(`articles: ${globs}\n`);
    const files = ['a.txt', 'texts/b.txt', 'texts/skip1.txt', 'texts/more/skip2.txt', 'c.md', 'corpus.yaml'];
    return {
      taken: files.filter(articleMatcher(labelSet!.articles)),
      problems: problems.map(({ code }) => code),
    };
  };
  for (const [globs, ...taken] of [
    ["['**/*.txt', '!texts/skip*']", 'a.txt', 'texts/b.txt', 'texts/more/skip2.txt'],
    ["['!texts/skip*', '**/*.txt']", 'a.txt', 'texts/b.txt', 'texts/more/skip2.txt'],
    ["['**/*.txt', '!**/skip*']", 'a.txt', 'texts/b.txt'],
    ["['**', '!**/*.txt']", 'c.md'],
    ["'!texts/**'", 'a.txt'],
    ["['texts/!(skip*).txt']", 'texts/b.txt'],
  ] as const)
    it(`takes away what a glob with ! matches: ${globs}`, () => {
      assert.deepEqual(articles(globs), { taken, problems: [] });
    });

  it('takes no glob with ! that leads out of the corpus', () => {
    assert.deepEqual(articles("['!../a.txt', '!/b', '**/*.md']"), {
      taken: ['c.md'],
      problems: ['glob-malformed', 'glob-malformed'],
    });
  });

  const served: [title: string, source: string][] = [
    ['an empty file', ''],
    ['only comments', '# soon\n'],
    ['no labels', 'version: 1\n'],
    ['only articles', 'articles: "**/*.txt"\n'],
  ];
  for (const [title, source] of served) {
    it(`gives the built-in labels for ${title}`, () => {
      assert.deepEqual(readCorpusYaml(source), { labelSet: BUILT_IN, problems: [] });
    });
  }

  it('gives no labels where there are none on purpose', () => {
    assert.deepEqual(names('labels: {}\n'), []);
  });

  it('gives 100 labels 100 colours, as said or else different ones', () => {
    const lines = Array.from({ length: 100 }, (_, i) =>
      i === 50 ? '  L50: {color: "#3B82F6"}' : `  L${i}:`,
    );
    const { labelSet } = readCorpusYaml(['labels:', ...lines].join('\n'));
    const colors = labelSet!.labels.map(({ color }) => color.toLowerCase());
    assert.equal(new Set(colors).size, 100);
    assert.ok(colors.every(isHexColor));
    assert.equal(colors[50], '#3b82f6');
  });

  /** Problems by code, each with what stands where it is reported. */
  function problemsOf(source: string): string[] {
    return readCorpusYaml(source).problems.map(
      ({ code, severity, start16, end16 }) => `${severity} ${code} ${source.slice(start16, end16)}`,
    );
  }
  const problems: [title: string, source: string, expected: string[], labels: string[] | undefined][] = [
    ['a list', '- a\n', ['error root-not-a-map - a\n'], undefined],
    ['a newer version', 'version: 2\n', ['error version-unknown 2'], undefined],
    ['labels that are a list', 'labels: [a]\n', ['warning wrong-type [a]'], BUILT_IN_NAMES],
    ['labels without a value', 'labels:\n', ['warning wrong-type '], BUILT_IN_NAMES],
    ['a label that is text', 'labels: {A: text, B: }\n', ['warning wrong-type text'], ['A', 'B']],
    ['a label without a name', 'labels: {"": {}, B: }\n', ['warning wrong-type ""'], ['B']],
    ['a key of two letters', 'labels: {A: {key: ab}}\n', ['warning label-key-not-one-letter ab'], ['A']],
    ['a key that is a sign', 'labels: {A: {key: "."}}\n', ['warning label-key-not-one-letter "."'], ['A']],
    ['a key twice', 'labels: {A: {key: a}, B: {key: A}}\n', ['warning label-key-duplicate A'], ['A', 'B']],
    ['a colour by name', 'labels: {A: {color: red}}\n', ['warning label-color-malformed red'], ['A']],
    ['a description that is a list', 'labels: {A: {description: [x]}}\n', ['warning wrong-type [x]'], ['A']],
    ['an alias', 'x: &x {key: a}\nlabels: {A: *x}\n', ['warning wrong-type *x'], ['A']],
    ['articles that are a map', 'articles: {a: b}\n', ['warning wrong-type {a: b}'], BUILT_IN_NAMES],
    [
      'articles above the corpus',
      'articles: ["../*.txt", ok]\n',
      ['warning glob-malformed "../*.txt"'],
      BUILT_IN_NAMES,
    ],
    ['articles from the root', 'articles: /etc\n', ['warning glob-malformed /etc'], BUILT_IN_NAMES],
  ];
  for (const [title, source, expected, labels] of problems) {
    it(`reports ${title}`, () => {
      assert.deepEqual(problemsOf(source), expected);
      assert.deepEqual(names(source), labels);
    });
  }

  it('reports a key twice, and nothing is read', () => {
    assert.equal(readCorpusYaml('labels: {A: }\nlabels: {B: }\n').problems[0]?.code, 'key-duplicate');
    assert.equal(names('labels: {A: }\nlabels: {B: }\n'), undefined);
  });

  it('never throws', () => {
    const source = fc.array(fc.oneof(yamlText, fc.constantFrom('labels:', '  A: {key: a}', 'articles: x')));
    fc.assert(
      fc.property(source, (lines) => {
        const text = lines.join('\n');
        const reading = readCorpusYaml(text);
        assert.ok(reading.labelSet ?? reading.problems.length > 0);
        const added = addLabelsToYaml(text, [NEW]);
        if (added !== undefined) assert.ok(names(added)!.includes('NEW'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a label set of any size', () => {
  const many = (count: number) =>
    newLabels(
      Array.from({ length: count }, (_, i) => `LABEL${i}`),
      [],
    );

  it('is written so that it can be read, with the same colours', () => {
    let written = '';
    let labels: readonly Label[] = [];
    const ms = processorTime(() => {
      labels = many(20_000);
      written = writeLabelSet(labels);
    });
    assert.ok(ms < 1000, `${ms} ms`);
    assert.deepEqual(colorsOf(readCorpusYaml(written).labelSet!.labels), colorsOf(labels));
  });

  it('keeps colours that are not those which labels have by themselves', () => {
    const labels = many(1500).map((label, i) => (i === 1200 ? { ...label, color: '#123456' } : label));
    assert.deepEqual(colorsOf(readCorpusYaml(writeLabelSet(labels)).labelSet!.labels), colorsOf(labels));
  });

  it('takes more', () => {
    const labels = many(3000);
    const [before, added] = [labels.slice(0, 1500), labels.slice(1500)];
    const source = addLabelsToYaml(writeLabelSet(before), added)!;
    assert.deepEqual(colorsOf(readCorpusYaml(source).labelSet!.labels), colorsOf(labels));
  });

  function colorsOf(labels: readonly Label[]): string[] {
    return labels.map(({ name, color }) => `${name} ${color}`);
  }
});

describe('presets', () => {
  for (const preset of Object.keys(PRESETS) as Preset[]) {
    it(`${preset} reads as what it is`, () => {
      const { labelSet, problems } = readCorpusYaml(writeCorpusYaml(preset));
      assert.deepEqual(problems, []);
      const expected: readonly (readonly string[])[] = PRESETS[preset];
      assert.deepEqual(
        labelSet!.labels.map(({ name, key, description }) => [name, key, description]),
        expected,
      );
      assert.deepEqual(labelSet!.articles, [DEFAULT_ARTICLES]);
    });
  }

  it('basic is the built-in set', () => {
    assert.deepEqual(readCorpusYaml(writeCorpusYaml('basic')).labelSet, BUILT_IN);
  });
});

describe('adding a label to corpus.yaml', () => {
  const tables: [title: string, before: string, after: string | undefined][] = [
    ['flow maps', 'labels:\n  A: {key: a}\n', `labels:\n  A: {key: a}\n  ${NEW_LINE}\n`],
    ['no last line ending', 'labels:\n  A: {key: a}', `labels:\n  A: {key: a}\n  ${NEW_LINE}\n`],
    ['another indentation', 'labels:\n    A: {}\n', `labels:\n    A: {}\n    ${NEW_LINE}\n`],
    [
      'comments everywhere',
      '# c1\nlabels: # c2\n  # c3\n  A: {} # c4\n  # c5\n\n# c6\nother: 1 # c7\n# c8\n',
      `# c1\nlabels: # c2\n  # c3\n  A: {} # c4\n  ${NEW_LINE}\n  # c5\n\n# c6\nother: 1 # c7\n# c8\n`,
    ],
    [
      'block maps',
      'labels:\n  A:\n    key: a\n    description: x # c\n\nother: 1\n',
      `labels:\n  A:\n    key: a\n    description: x # c\n  ${NEW_LINE}\n\nother: 1\n`,
    ],
    [
      'a last label with a text on several lines',
      'labels:\n  A:\n    description: |\n      one\n\n      two\nother: 1\n',
      `labels:\n  A:\n    description: |\n      one\n\n      two\n  ${NEW_LINE}\nother: 1\n`,
    ],
    [
      'a last label on several lines',
      'labels:\n  A: {key: a,\n    description: x\n  } # c\nother: 1\n',
      `labels:\n  A: {key: a,\n    description: x\n  } # c\n  ${NEW_LINE}\nother: 1\n`,
    ],
    [
      'a last label without a value',
      'labels:\n  A: # c\nother: 1\n',
      `labels:\n  A: # c\n  ${NEW_LINE}\nother: 1\n`,
    ],
    [
      'windows line endings',
      'labels:\r\n  A:\r\n    key: a\r\n\r\nother: 1\r\n',
      `labels:\r\n  A:\r\n    key: a\r\n  ${NEW_LINE}\r\n\r\nother: 1\r\n`,
    ],
    [
      'a flow map of labels',
      'labels: {A: {key: a}, B: } # c\n',
      `labels: {A: {key: a}, B: , ${NEW_LINE}} # c\n`,
    ],
    [
      'a flow map of labels on several lines',
      'labels: {\n  A: {key: a}, # c1\n  B: {key: b}, # c2\n}\n',
      `labels: {\n  A: {key: a}, # c1\n  B: {key: b}, ${NEW_LINE}, # c2\n}\n`,
    ],
    ['an empty flow map', 'labels: {} # c\n', `labels: {${NEW_LINE}} # c\n`],
    ['JSON', '{"labels": {"A": {"key": "a"}}}\n', `{"labels": {"A": {"key": "a"}, ${NEW_LINE}}}\n`],
    ['syntax that is wrong', 'labels: {\n', undefined],
    ['labels that are a list', 'labels: [A]\n', undefined],
    ['a file that is a list', '- A\n', undefined],
    ['a label that is there', 'labels:\n  NEW: {}\n', undefined],
  ];
  for (const [title, before, after] of tables) {
    it(`keeps ${title}`, () => assert.equal(addLabelsToYaml(before, [NEW]), after));
  }

  const fresh: [title: string, before: string, start: string][] = [
    ['an empty file', '', 'version: 1\nlabels:\n  PER: '],
    ['only comments', '# mine', '# mine\nversion: 1\nlabels:\n  PER: '],
    ['no labels', 'version: 1 # v\narticles: a.txt\n', 'version: 1 # v\narticles: a.txt\nlabels:\n  PER: '],
    ['no labels, windows line endings', 'version: 1\r\n', 'version: 1\r\nlabels:\r\n  PER: '],
    ['labels without a value', 'labels: # null\nx: 1\n', 'labels: # null\n  PER: '],
    ['labels that are null', 'labels: null # c\nx: 1\n', 'labels: # c\n  PER: '],
    ['labels that are null, at the end', 'labels: ~', 'labels:\n  PER: '],
  ];
  for (const [title, before, start] of fresh) {
    it(`writes out the built-in ones beside it where there are ${title}`, () => {
      const after = addLabelsToYaml(before, [NEW])!;
      assert.equal(after.slice(0, start.length), start);
      assert.deepEqual(names(after), [...BUILT_IN_NAMES, 'NEW']);
      assert.equal(/(^|[^\r])\n/.test(after), !before.includes('\r'));
      if (before.includes('x: 1')) assert.ok(after.endsWith('\nx: 1\n'));
    });
  }

  it('takes any name', () => {
    for (const name of ['南京', 'no', '12', 'a: b', 'A B', '"', '# x']) {
      for (const source of ['labels:\n  A: {}\n', 'labels: {}\n', '']) {
        assert.equal(names(addLabelsToYaml(source, [{ ...NEW, name }])!)!.at(-1), name);
      }
    }
  });

  it('to every preset leaves the rest as it is', () => {
    for (const preset of Object.keys(PRESETS) as Preset[]) {
      const source = writeCorpusYaml(preset);
      const added = addLabelsToYaml(source, [{ ...NEW, key: undefined }])!;
      assert.deepEqual(names(added), [...names(source)!, 'NEW']);
    }
  });
});

describe('a new label', () => {
  it('has a colour of its own and the first free letter of its name', () => {
    const label = newLabel('Person', BUILT_IN.labels);
    assert.deepEqual([label.name, label.key], ['Person', 'r']);
    assert.ok(BUILT_IN.labels.every(({ color }) => color !== label.color));
    assert.equal(newLabel('南京', BUILT_IN.labels).key, 'a');
  });

  it('has a name that is the same everywhere', () => {
    for (const name of ['ORG', 'Work of art', '南京', 'A/B']) assert.ok(isLabelName(name), name);
    for (const name of ['', ' A', 'no', '1', 'a: b', 'a\nb', 'x'.repeat(61)])
      assert.ok(!isLabelName(name), name);
  });
});

describe('colours', () => {
  it('are found with enough contrast on every background', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => '#' + n.toString(16).padStart(6, '0'));
    fc.assert(
      fc.property(
        hex,
        fc.constantFrom('#ffffff', '#000000', '#1e1e1e', '#f3f3f3', '#808080'),
        (color, back) => {
          const found = withContrast(color, back, 4.5);
          assert.ok(isHexColor(found));
          assert.ok(contrast(found, back) >= 4.5, `${found} on ${back}`);
          assert.equal(withContrast(found, back, 4.5), found, 'enough is left as it is');
        },
      ),
    );
  });

  it('do not repeat, however many there are', () => {
    const taken = new Set<string>();
    const ms = processorTime(() => {
      for (let i = 0; i < 20_000; i++) taken.add(nextColor(taken));
    });
    assert.equal(taken.size, 20_000);
    assert.ok(
      [...taken].every((color) => /^#[0-9a-f]{6}$/.test(color)),
      'all are whole',
    );
    assert.ok(ms < 1000, `${ms} ms`);
    const colors = [...taken];
    assert.deepEqual([colors[0], colors[12], colors[300], colors[2400]], FIRST_COLORS, 'the first ones stay');
  });

  it('are found where most are taken already', () => {
    const taken = new Set(Array.from({ length: 20_000 }, (_, i) => `#${i.toString(16).padStart(6, '0')}`));
    for (let i = 0; i < 5000; i++) taken.add(nextColor(taken));
    assert.equal(taken.size, 25_000);
  });

  it('take an alpha', () => {
    assert.equal(withAlpha('#abc', 0.5), '#aabbcc80');
    assert.equal(withAlpha('#000000', 1), '#000000ff');
  });
});

/** Contrast by WCAG 2.1, written down a second time. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, blue] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4)) as [
      number,
      number,
      number,
    ];
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
