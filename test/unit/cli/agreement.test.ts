import assert from 'node:assert/strict';
import { CliFolder, sidecarOf } from './support.ts';

interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
}
interface F1 {
  readonly micro: Figure & { readonly precision: number | null; readonly recall: number | null };
  readonly by_label: Readonly<Record<string, Figure>>;
  readonly pairs: readonly (Figure & { readonly annotators: readonly string[] })[];
}
interface Told {
  readonly annotators: readonly string[];
  readonly articles: number;
  readonly articles_left_out: number;
  readonly spans: Readonly<Record<'read' | 'used' | 'to_place', Readonly<Record<string, number>>>>;
  readonly measures: Readonly<Record<string, Figure>> & {
    readonly f1: Readonly<Record<string, F1>>;
    readonly gamma: Figure & { readonly disorder: number };
  };
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly confusion_pairs?: readonly unknown[];
}

/** What annotators have tagged in an article: words of its text with labels, `Ada PER, Rome GPE`. */
function layers(
  name: string,
  text: string,
  tagged: Readonly<Record<string, string>>,
): Record<string, string> {
  const files = Object.entries(tagged).map(([annotator, said]) => {
    const entities = said.split(', ').flatMap((one, n) => {
      const [, word = '', label = ''] = /^(.*) (\S+)$/.exec(one) ?? [];
      const start = text.indexOf(word);
      return word
        ? [`id: a${n}aaaa, label: ${label}, start: ${start}, end: ${start + word.length}, text: ${word}`]
        : [];
    });
    const layer = annotator === 'shared' ? '' : `.${annotator}`;
    return [`${name}${layer}.ann.yaml`, sidecarOf(`${name.split('/').at(-1)}.txt`, text, entities)] as const;
  });
  return { [`${name}.txt`]: text, ...Object.fromEntries(files) };
}

const MEETING = 'Ada Byron met Charles in London.\n';
const FERRY = 'The ferry to Harwich was late.\n';

/** Lines with one label each, a coding study. */
function coding(rows: readonly (readonly (string | undefined)[])[]): Record<string, string> {
  const lines = rows.map((_, n) => `item${n}`);
  const text = `${lines.join('\n')}\n`;
  const said = rows[0]!.map((_, who) => {
    const tagged = rows.flatMap((row, n) => {
      const [line, label] = [lines[n]!, row[who]];
      const start = lines.slice(0, n).reduce((sum, one) => sum + one.length + 1, 0);
      if (label === undefined) return [];
      return [
        `id: a${10_000 + n}, label: ${label}, start: ${start}, end: ${start + line.length}, text: ${line}`,
      ];
    });
    return [`study.who${who}.ann.yaml`, sidecarOf('study.txt', text, tagged)] as const;
  });
  return { 'study.txt': text, ...Object.fromEntries(said) };
}

describe('agreement', () => {
  let folder: CliFolder;
  afterEach(() => folder.remove());
  const json = async (...args: string[]) => {
    const { status, stdout, stderr } = await folder.run('agreement', '--format', 'json', ...args, '.');
    assert.equal(status, 0, stderr);
    return { told: JSON.parse(stdout) as Told, stderr };
  };

  it('tells all figures of the articles that two annotators have, and how many were left out', async () => {
    folder = new CliFolder({
      ...layers('a', MEETING, {
        ada: 'Ada Byron PER, Charles PER, London GPE',
        bob: 'Ada PER, Charles PER, London LOC',
      }),
      ...layers('sub/b', FERRY, { ada: 'Harwich GPE', bob: 'Harwich GPE' }),
      ...layers('c', FERRY, { ada: 'Harwich GPE' }),
      'd.txt': 'Nobody has this.\n',
    });
    const { told, stderr } = await json();
    assert.equal(stderr, '');
    assert.deepEqual(told.annotators, ['ada', 'bob']);
    assert.deepEqual([told.articles, told.articles_left_out], [2, 1]);
    assert.deepEqual(told.spans.read, { ada: 4, bob: 4 });
    assert.deepEqual(told.spans.used, told.spans.read);
    const values = Object.entries(told.measures.f1).map(([match, { micro }]) => [match, micro.value]);
    assert.deepEqual(Object.fromEntries(values), {
      exact: 0.5,
      same_edges: 0.75,
      overlap: 1,
      same_label: 0.75,
    });
    assert.deepEqual(told.measures.f1.exact!.by_label.GPE!.value, 2 / 3);
    assert.deepEqual(told.measures.f1.exact!.pairs[0]!.annotators, ['ada', 'bob']);
    assert.deepEqual(told.confusion, { PER: { PER: 2 }, GPE: { GPE: 1, LOC: 1 } });
    assert.equal(told.confusion_pairs, undefined);
    const names = [
      'cohen_kappa',
      'scott_pi',
      'fleiss_kappa',
      'krippendorff_alpha',
      'krippendorff_alpha_u',
      'gamma',
    ];
    for (const name of names) {
      const { value, low, high, unit } = told.measures[name]!;
      assert.ok(
        value! > 0 && value! < 1 && low! <= value! && value! <= high!,
        `${name} ${value} ${low} ${high}`,
      );
      assert.match(unit, /^(token|character)$/);
    }
    assert.equal(told.measures.relations!.value, undefined);
    assert.equal((await json()).told.measures.gamma.value, told.measures.gamma.value, 'the same again');
  });

  it('gives the published figures of coding studies, a line an item', async () => {
    const table = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ];
    const rows = table.flatMap((row, a) =>
      row.flatMap((count, b) => Array.from({ length: count }, () => [`L${a}`, `L${b}`])),
    );
    folder = new CliFolder(coding(rows));
    const cohen = await json('--unit', 'line', '--measure', 'cohen_kappa');
    assert.deepEqual(Object.keys(cohen.told.measures), ['cohen_kappa']);
    assert.equal(cohen.told.measures.cohen_kappa!.value!.toFixed(3), '0.492');
    assert.equal(cohen.told.measures.cohen_kappa!.unit, 'line');
    folder.remove();
    // Krippendorff 2011: with missing values.
    const data =
      '1 1 . 1|2 2 3 2|3 3 3 3|3 3 3 3|2 2 2 2|1 2 3 4|4 4 4 4|1 1 2 1|2 2 2 2|. 5 5 5|. . 1 1|. . 3 .';
    const values = data
      .split('|')
      .map((row) => row.split(' ').map((one) => (one === '.' ? undefined : `L${one}`)));
    folder = new CliFolder(coding(values));
    const { told } = await json('--unit', 'line');
    assert.equal(told.measures.krippendorff_alpha!.value!.toFixed(3), '0.743');
  });

  it('compares the layers that are named, the shared one first', async () => {
    folder = new CliFolder(
      layers('a', MEETING, {
        ada: 'Ada PER, London GPE',
        bob: 'Ada PER',
        shared: 'Ada PER, London GPE, Charles PER',
      }),
    );
    const { told } = await json('--layers', 'ada,shared', '--measure', 'f1');
    assert.deepEqual(told.annotators, ['shared', 'ada']);
    const { precision, recall } = told.measures.f1.exact!.micro;
    assert.deepEqual([precision, recall], [1, 2 / 3]);
    const three = await json('--layers', 'bob,shared,ada', '--measure', 'f1,scott_pi');
    assert.deepEqual(three.told.annotators, ['shared', 'ada', 'bob']);
    assert.equal(three.told.measures.f1.exact!.pairs.length, 3);
    assert.equal(three.told.confusion_pairs!.length, 3);
  });

  it('says what is undefined, and is never 0 or 1 for it', async () => {
    folder = new CliFolder(layers('a', FERRY, { ada: '', bob: '' }));
    const { told } = await json();
    for (const [name, { value, low, high }] of Object.entries(told.measures))
      if (!['f1', 'relations', 'attributes'].includes(name))
        assert.deepEqual([value, low, high], [null, null, null], name);
    assert.equal(told.measures.f1.exact!.micro.value, null);
    const text = await folder.run('agreement', '.');
    assert.match(text.stdout, /^exact +undefined/m);
    assert.equal((await folder.run('agreement', '--min-f1', '0', '.')).status, 1);
  });

  it('leaves spans out whose place is not certain, and sidecars that cannot be used, and says so', async () => {
    folder = new CliFolder({
      ...layers('a', MEETING, { ada: 'Ada PER, London GPE', bob: 'Ada PER, London GPE' }),
      ...layers('b', FERRY, { ada: 'Harwich GPE', bob: 'Harwich GPE' }),
    });
    folder.write('b.bob.ann.yaml', 'entities: [');
    folder.write('a.bob.ann.yaml', folder.read('a.bob.ann.yaml').replace('text: Ada', 'text: Eve'));
    const { told, stderr } = await json();
    assert.match(stderr, /^b\.bob\.ann\.yaml:\d+:\d+: not compared: /);
    assert.deepEqual([told.articles, told.articles_left_out], [1, 1]);
    assert.deepEqual(told.spans.read, { ada: 3, bob: 2 });
    assert.deepEqual(told.spans.used, { ada: 2, bob: 1 });
    assert.deepEqual(told.spans.to_place, { ada: 0, bob: 1 });
  });

  it('ends with 1 where the F1 of exact matches is less than is asked for', async () => {
    folder = new CliFolder(layers('a', MEETING, { ada: 'Ada PER, London GPE', bob: 'Ada PER, London LOC' }));
    const run = (...args: string[]) => folder.run('agreement', ...args, '.');
    assert.equal((await run('--min-f1', '0.5')).status, 0);
    const failed = await run('--min-f1', '0.8', '--measure', 'scott_pi');
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /^The F1 of exact matches is 0\.5000; --min-f1 asks for 0\.8\.\n$/);
  });

  it('prints tables for people, and a line a figure for spreadsheets', async () => {
    folder = new CliFolder({
      ...layers('a', MEETING, { ada: 'Ada PER, London GPE', bob: 'Ada PER, London LOC' }),
      ...layers('b', FERRY, { ada: 'Harwich GPE', bob: 'Harwich GPE' }),
      ...layers('c', FERRY, { bob: 'Harwich GPE' }),
    });
    const { stdout } = await folder.run('agreement', '.');
    assert.match(stdout, /^ada, bob: 2 articles that two or more of them have; 1 that only one of them has/);
    assert.match(stdout, /^ada +3 +3 +0$/m);
    assert.match(stdout, /^exact +0\.667 +\d\.\d{3} – \d\.\d{3} +0\.750 /m);
    assert.match(stdout, /^GPE +LOC +1$/m);
    assert.match(stdout, /^gamma is that of the disorder \d\.\d{3}, where \d\.\d{3} is expected/m);
    assert.match(stdout, /19 times of 20/);
    const csv = (await folder.run('agreement', '--format', 'csv', '--measure', 'f1', '.')).stdout.split('\n');
    assert.match(csv[0]!, /^measure,part,annotators,label,unit,value,low,high,/);
    assert.match(csv[1]!, /^f1,exact,,,span,0\.66/);
    assert.match(csv[2]!, /^f1,exact,ada bob,,span,0\.66/);
    assert.ok(csv.some((line) => line.startsWith('f1,same_edges,,LOC,span,')));
  });

  for (const [args, said] of [
    [
      [],
      /two layers or more, and there is ada only\. To compare it with the shared layer: --layers shared,ada\./,
    ],
    [['--layers', 'ada'], /--layers takes two names or more, not ada/],
    [['--layers', 'ada,shard'], /No article has a layer shard\. Did you mean shared\?/],
    [['--layers', 'ada,shared'], /No article has two of the layers shared, ada\./],
    [['--measure', 'kappa'], /--measure takes f1, cohen_kappa, .*, not kappa\./],
    [['--min-f1', '80'], /--min-f1 takes a number from 0 to 1, not 80/],
    [['--gamma-weights', '0,1'], /--gamma-weights takes two numbers/],
    [['--unit', 'word'], /--unit takes token, character, line, not word/],
  ] as const)
    it(`refuses: ${args.join(' ') || 'one layer'}`, async () => {
      folder = new CliFolder({
        ...layers('a', MEETING, { ada: 'Ada PER' }),
        ...layers('b', FERRY, { shared: 'Harwich GPE' }),
      });
      const { status, stdout, stderr } = await folder.run('agreement', ...args, '.');
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, said);
    });
});
