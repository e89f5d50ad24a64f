import assert from 'node:assert/strict';
import { RULE_IDS } from '../../../src/core/rules/rule.ts';
import { ruleTitle } from '../../../src/wording/rules.ts';
import { inEnglish } from '../../../src/wording/translate.ts';
import type { PlacedFinding, Summary } from '../../../src/cli/findings.ts';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';
const YAML = 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n';
const ADA = 'id: k, label: PER, start: 17, end: 20, text: Ada, reviewed: true';
const ROME = 'id: n, label: GPE, start: 32, end: 36, text: Rome, reviewed: true';

interface Sarif {
  runs: {
    tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
      }[];
    }[];
  }[];
}

describe('corpus-annotator validate', () => {
  let folder: CliFolder;
  afterEach(() => folder.remove());

  const make = (files: Record<string, string | Uint8Array>) => {
    folder = new CliFolder({
      'c/corpus.yaml': YAML,
      'c/a.txt': TEXT,
      'c/a.ann.yaml': sidecarOf('a.txt', TEXT, [ADA, ROME], 'done'),
      ...files,
    });
  };
  const run = (...args: string[]) => folder.run('validate', ...args);
  const found = async (...args: string[]) => {
    const { stdout } = await run('--format', 'json', ...args);
    const { findings } = JSON.parse(stdout) as { findings: PlacedFinding[] };
    return findings.map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
  };

  it('finds nothing in what is in order', async () => {
    make({});
    assert.deepEqual(await run('c'), { status: 0, stdout: '', stderr: 'Nothing was found in 1 article.\n' });
  });

  it('finds labels that are unlikely by the other articles, the surest first, only where it is asked', async () => {
    const ports = ['Harwich', 'Dover', 'Poole', 'Whitby', 'Margate', 'Bideford'];
    const names = ['Ada Holt', 'Bob Reed', 'Eve Marsh', 'Joan Pike', 'Tom Vane'];
    const files: Record<string, string> = {};
    for (let n = 0; n < 12; n++) {
      let text = '';
      const entities: string[] = [];
      const put = (label: string, mention: string) => {
        const [start, end] = [text.length, text.length + mention.length];
        text += mention;
        // What is wrong: an entity that is not tagged, and a label.
        if (n === 3 && entities.length === 4) return void entities.push('');
        const own = n === 7 && entities.length === 5 ? 'PER' : label;
        entities.push(
          `id: e${n}aaa${entities.length}, label: ${own}, start: ${start}, end: ${end}, text: ${mention}, reviewed: true`,
        );
      };
      for (let i = 0; i < 6; i++) {
        text += 'In the evening ';
        put('PER', names[(i + n) % 5]!);
        text += ' left the port of ';
        put('GPE', ports[(i * 5 + n) % 6]!);
        text += '.\n\n';
      }
      files[`${n}.txt`] = text;
      files[`${n}.ann.yaml`] = sidecarOf(`${n}.txt`, text, entities.filter(Boolean));
    }
    folder = new CliFolder({ ...files, 'corpus.yaml': YAML });
    const unlikely = (stdout: string) =>
      stdout.split('\n').filter((line) => line.includes('[unlikely-label]'));
    assert.deepEqual(unlikely((await run('.')).stdout), []);
    const { status, stdout } = await run('--rule', 'unlikely-label', '.');
    assert.equal(status, 1);
    const lines = stdout.trimEnd().split('\n').sort();
    assert.equal(lines.length, 2, stdout);
    assert.match(lines[0]!, /^3\.txt:5:16: warning: "\w+ \w+" is not tagged, and almost certainly PER /);
    assert.match(
      lines[1]!,
      /^7\.txt:5:\d+: warning: "\w+" is PER here \(probability 0\.0\d\), and more likely GPE /,
    );
    const certainties = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Number(/(\d\.\d\d)\)\. \[/.exec(line)![1]));
    assert.deepEqual(
      certainties,
      [...certainties].sort((a, b) => b - a),
    );
    // As corpus.yaml says, and of the files that are named.
    folder.write('corpus.yaml', `${YAML}rules: {unlikely-label: info}\n`);
    const named = unlikely((await run('.', '7.ann.yaml')).stdout);
    assert.deepEqual(named, [lines[1]!.replace('warning', 'info')]);
    // In the layer of an annotator, by the line in her sidecar.
    folder.write('7.ada.ann.yaml', folder.read('7.ann.yaml'));
    assert.equal(unlikely((await run('--layer', 'ada', '.')).stdout).length, 0, 'nothing to learn from');
    for (let n = 0; n < 12; n++) folder.write(`${n}.ada.ann.yaml`, folder.read(`${n}.ann.yaml`));
    const hers = unlikely((await run('--layer', 'ada', '.')).stdout).sort();
    assert.equal(hers.length, 2);
    assert.match(hers[1]!, /^7\.ada\.ann\.yaml:\d+:\d+: info: "\w+" is PER here/);
    assert.equal((await run('--rule', 'no-rule', '.')).status, 2);
  });

  it('finds what each rule looks for, and what is wrong in the files, at their places', async () => {
    const other = TEXT.replace('Ada', 'Adam');
    make({
      'c/b.txt': other,
      'c/b.ann.yaml': sidecarOf(
        'b.txt',
        other,
        [
          'id: a, label: PER, start: 17, end: 20, text: Ada',
          'id: b, label: ORG, start: 26, end: 29, text: Bob',
          'id: d, label: PER, start: 33, end: 37, text: Rome',
        ],
        'done',
      ),
      'c/no-date.txt': 'Ada went to Rome.',
      'c/orphan.ann.yaml': sidecarOf('orphan.txt', '', []),
      // A layer of an annotator.
      'c/b.ada.ann.yaml': sidecarOf('b.txt', '', []),
      'c/stale.txt': TEXT.replace('Ada', 'Eve'),
      'c/stale.ann.yaml': sidecarOf('stale.txt', TEXT, [ADA]),
      'c/broken.txt': TEXT,
      'c/broken.ann.yaml': 'version: 1\nentities:\n  - {id: k, label: PER, start: 17, text: Ada}\n',
      'c/latin.txt': Uint8Array.from([0x41, 0xe9]),
      'c/corpus.yaml': `${YAML}rules: {date-mismatch: loud}\n`,
      'c/inner/corpus.yaml': 'not: [of this corpus',
    });
    const all = await found('c');
    for (const one of [
      'c/b.ann.yaml:7:20 unknown-label',
      'c/b.txt:1:18 cut-word',
      'c/b.txt:1:34 inconsistent-label',
      'c/b.txt:1:18 done-unreviewed',
      'c/no-date.txt:1:1 header-missing',
      'c/no-date.txt:1:1 untagged-mention',
      'c/orphan.ann.yaml:1:1 orphan-sidecar',
      'c/stale.ann.yaml:3:12 text-hash-stale',
      'c/stale.ann.yaml:6:5 entity-not-found',
      'c/broken.ann.yaml:3:5 key-missing',
      'c/latin.txt:1:2 file-not-utf8',
      'c/corpus.yaml:5:24 severity-unknown',
    ])
      assert.ok(all.includes(one), `${one} in\n${all.join('\n')}`);
    assert.equal(all.filter((one) => one.includes('orphan-sidecar')).length, 1);
    assert.ok(!all.some((one) => one.includes('inner')));
    assert.equal(new Set(all).size, all.length, all.join('\n'));
  });

  it('finds what records name that is not there, and what is no record', async () => {
    const records = [
      'relations:',
      '  - {id: r1, label: met, from: k, to: n}',
      '  - {id: r2, label: met, from: k, to: gone}',
      '  - {id: r3, label: met, from: k}',
      'chains:',
      '  - {id: c1, mentions: [k, left]}',
      'comments:',
      '  - {id: k1, start: 0, end: 3, text: Eve, thread: [{text: Who?}]}',
      '  - {id: k2, start: 0, end: 3, thread: []}',
    ];
    make({ 'c/a.ann.yaml': sidecarOf('a.txt', TEXT, [ADA, ROME], 'done') + records.join('\n') + '\n' });
    const { stdout } = await run('c');
    const lines = stdout.split('\n').filter((line) => line.includes('a.ann.yaml'));
    assert.deepEqual(lines, [
      'c/a.ann.yaml:15:5: warning: The comment "k1" is about "Eve", which is not in the article where this says, nor at one other place for certain. Write its new start and end, or delete it. [comment-not-found]',
      'c/a.ann.yaml:9:3: warning: Under "relations", 1 of the items cannot be used: each needs id, label, from, to, and an id of its own. They stay as they are. [record-malformed]',
      'c/a.ann.yaml:15:3: warning: Under "comments", 1 of the items cannot be used: each needs id, about (or start, end, text), thread, and an id of its own. They stay as they are. [record-malformed]',
      'c/a.ann.yaml:10:5: warning: Under "relations", "r2" names "gone", which is not there. [reference-unknown]',
      'c/a.ann.yaml:13:5: warning: Under "chains", "c1" names "left", which is not there. [reference-unknown]',
    ]);
  });

  it('fails from the severity on that is asked for', async () => {
    make({ 'c/b.txt': ' date 2020-05-02 Ada again.\n' });
    const { status, stdout, stderr } = await run('c');
    assert.equal(status, 0);
    assert.match(stdout, /^c\/b\.txt:1:18: info: "Ada" is tagged as PER .+ \[untagged-mention\]$/m);
    assert.equal(stderr, '0 errors, 0 warnings, 1 note in 2 articles.\n');
    assert.equal((await run('--severity', 'info', 'c')).status, 1);
    folder.write('c/corpus.yaml', `${YAML}rules: {untagged-mention: error}\n`);
    assert.equal((await run('--severity', 'error', 'c')).status, 1);
    folder.write('c/corpus.yaml', `${YAML}rules: {untagged-mention: off}\n`);
    assert.equal((await run('--severity', 'info', 'c')).stdout, '');
  });

  it('looks at the files that are named, in the light of the whole corpus', async () => {
    make({
      'c/b.txt': ' date 2020-05-02 Ada again.\n',
      'c/d.txt': ' date 2020-05-02 Ada again.\n',
      'c/d.ann.yaml': sidecarOf('d.txt', '', []),
      'README.md': '',
    });
    assert.deepEqual(await found('c', 'c/b.txt', 'README.md'), ['c/b.txt:1:18 untagged-mention']);
    assert.deepEqual(
      (await found('c', 'c/d.ann.yaml')).filter((one) => one.includes('untagged')),
      ['c/d.txt:1:18 untagged-mention'],
    );
    const { status, stderr } = await run('c', 'c/e.txt');
    assert.equal(status, 2);
    assert.match(stderr, /There is no file c\/e\.txt/);
  });

  it('tells what is wrong in the sidecars of annotators’ layers', async () => {
    make({
      'c/a.ada.ann.yaml': 'version: 1\narticle: a.txt\nentities: [\n',
      'c/a.bob.ann.yaml': sidecarOf('a.txt', TEXT, ['id: x, label: XYZ, start: 25, end: 28, text: Bob']),
      'c/a.eve.ann.yaml': sidecarOf('a.txt', TEXT, [ADA]),
      // An article of its own, whose sidecar looks like that of a layer.
      'c/a.b.txt': TEXT,
      'c/a.b.ann.yaml': sidecarOf('a.b.txt', TEXT, [ADA, ROME]),
    });
    assert.deepEqual(await found('c'), [
      'c/a.ada.ann.yaml:4:1 yaml-syntax',
      'c/a.bob.ann.yaml:6:20 unknown-label',
    ]);
    assert.equal((await run('c')).status, 1);
    assert.deepEqual(await found('c', 'c/a.eve.ann.yaml'), []);
    assert.deepEqual(await found('c', 'c/a.ada.ann.yaml'), ['c/a.ada.ann.yaml:4:1 yaml-syntax']);
  });

  describe('of annotators’ layers', () => {
    const B = ' date 2020-05-02 Ada met Rome and Rome.\n';
    const b = (...entities: string[]) => sidecarOf('b.txt', B, entities);
    const ada = (label: string) => `id: k, label: ${label}, start: 17, end: 20, text: Ada, reviewed: true`;
    const rome = (start: number) =>
      `id: r${start}, label: GPE, start: ${start}, end: ${start + 4}, text: Rome, reviewed: true`;
    const layered = (files: Record<string, string> = {}) =>
      make({
        'c/b.txt': B,
        'c/b.ann.yaml': b(ADA, rome(25), rome(34)),
        // In her layer, Ada is a place, and so it is wherever she has been.
        'c/a.ada.ann.yaml': sidecarOf('a.txt', TEXT, [ada('GPE'), ROME]),
        'c/b.ada.ann.yaml': b(ada('GPE'), rome(25), rome(34)),
        ...files,
      });

    it('never holds what one annotator does against another', async () => {
      layered();
      assert.deepEqual(await found('c'), []);
    });

    it('finds what is inconsistent within a layer, at the line of its sidecar', async () => {
      layered({
        'c/b.ada.ann.yaml': sidecarOf(
          'b.txt',
          B,
          [ada('PER'), 'id: x, label: GPE, start: 25, end: 28, text: Rom', rome(34)],
          'done',
        ),
      });
      assert.deepEqual(await found('c'), [
        'c/a.ada.ann.yaml:6:5 inconsistent-label',
        'c/b.ada.ann.yaml:6:5 inconsistent-label',
        'c/b.ada.ann.yaml:4:9 done-unreviewed',
        'c/b.ada.ann.yaml:7:5 cut-word',
      ]);
      assert.equal((await run('c')).status, 1);
      assert.deepEqual((await found('--layer', '', 'c')).length, 0);
      assert.deepEqual((await found('--layer', 'ada', 'c')).length, 4);
      assert.deepEqual(await found('c', 'c/a.ada.ann.yaml'), ['c/a.ada.ann.yaml:6:5 inconsistent-label']);
    });

    it('says where words are that an annotator left untagged', async () => {
      layered({ 'c/b.ada.ann.yaml': b(ada('GPE'), rome(34)) });
      const { stdout } = await run('c');
      assert.equal(
        stdout,
        'c/b.ada.ann.yaml:5:1: info: c/b.txt:1:26: "Rome" is tagged as GPE elsewhere in the corpus, and not here. [untagged-mention]\n',
      );
    });

    it('tells what is wrong with an article once', async () => {
      layered({
        'c/2020-01-01.txt': TEXT,
        'c/2020-01-01.ada.ann.yaml': sidecarOf('2020-01-01.txt', TEXT, [ada('GPE'), ROME]),
        'c/latin.txt': Uint8Array.from([0x41, 0xe9]) as never,
        'c/latin.ada.ann.yaml': sidecarOf('latin.txt', TEXT, []),
        'c/latin.bo.ann.yaml': sidecarOf('latin.txt', TEXT, []),
      });
      assert.deepEqual(await found('--layer', 'ada', 'c'), ['c/latin.txt:1:2 file-not-utf8']);
      const all = await found('c');
      assert.equal(all.filter((one) => one.includes('date-mismatch')).length, 1);
      assert.equal(all.filter((one) => one.includes('file-not-utf8')).length, 1);
    });

    it('is of one layer where that is asked for', async () => {
      layered({
        'c/a.bo.ann.yaml': 'version: 1\nentities: [\n',
        'c/gone.ada.ann.yaml': sidecarOf('gone.txt', '', []),
        'c/gone.bo.ann.yaml': sidecarOf('gone.txt', '', []),
      });
      assert.deepEqual(await found('--layer', 'ada', 'c'), ['c/gone.ada.ann.yaml:1:1 orphan-sidecar']);
      assert.deepEqual(await found('--layer', 'bo', 'c'), [
        'c/a.bo.ann.yaml:3:1 yaml-syntax',
        'c/gone.bo.ann.yaml:1:1 orphan-sidecar',
      ]);
      assert.deepEqual(await found('--layer', 'all', 'c'), await found('c'));
      const { status, stdout, stderr } = await run('--format', 'json', '--layer', 'eve', 'c');
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, /No article has a layer eve\./);
    });

    it('asks each article of one stem', async () => {
      layered({
        'c/corpus.yaml': `${YAML}articles: ["*.txt", "*.md"]\n`,
        'c/b.md': B,
        'c/a.md': TEXT,
      });
      assert.ok(!(await found('c')).some((one) => one.includes('ada')));
    });
  });

  it('marks lines for GitHub, whatever files are called', async () => {
    make({ 'c/odd, 100%: name.txt': ' date 2020-05-02 Ada again.\n' });
    const { stdout } = await run('--format', 'github', 'c');
    assert.equal(
      stdout,
      '::notice file=c/odd%2C 100%25%3A name.txt,line=1,endLine=1,col=18,endColumn=21,title=untagged-mention::' +
        '"Ada" is tagged as PER elsewhere in the corpus, and not here.\n',
    );
  });

  it('prints JSON with its sums, also where nothing is found', async () => {
    make({});
    const { findings, summary } = JSON.parse((await run('--format', 'json', 'c')).stdout) as {
      findings: PlacedFinding[];
      summary: Summary;
    };
    assert.deepEqual([findings, summary], [[], { articles: 1, error: 0, warning: 0, info: 0 }]);
  });

  it('prints SARIF whose results name their rules', async () => {
    make({ 'c/b ü.txt': ' date 2020-05-02 Ada, Rome and Ada.\n', 'c/orphan.ann.yaml': '' });
    const sarif = JSON.parse((await run('--format', 'sarif', 'c')).stdout) as Sarif;
    const [{ tool, results }] = sarif.runs as [Sarif['runs'][number]];
    assert.equal(results.length, 4);
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]!.id, ruleId);
    assert.deepEqual(
      tool.driver.rules.map(({ id, shortDescription }) => [id, shortDescription.text]),
      [
        ['untagged-mention', ruleTitle(inEnglish, 'untagged-mention')],
        ['orphan-sidecar', ruleTitle(inEnglish, 'orphan-sidecar')],
      ],
    );
    const { artifactLocation, region } = results[0]!.locations[0]!.physicalLocation;
    assert.deepEqual(artifactLocation, { uri: 'c/b%20%C3%BC.txt', uriBaseId: '%SRCROOT%' });
    assert.deepEqual(region, { startLine: 1, startColumn: 18, endLine: 1, endColumn: 21 });
    assert.deepEqual(new Set(results.map(({ level }) => level)), new Set(['note', 'warning']));
    assert.ok(RULE_IDS.every((id) => ruleTitle(inEnglish, id) !== ''));
    folder.remove();
    make({});
    const empty = JSON.parse((await run('--format', 'sarif', 'c')).stdout) as Sarif;
    assert.deepEqual(empty.runs[0]!.results, []);
  });

  it('says which corpora are below a folder that is none', async () => {
    make({});
    const { status, stderr } = await run('.');
    assert.equal(status, 2);
    assert.match(stderr, /There are no articles \(\*\*\/\*\.txt\) in \.\. Other corpora are below it: c\//);
  });
});
