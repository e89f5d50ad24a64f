import assert from 'node:assert/strict';
import fs from 'node:fs';
import { CLI, CliFolder } from './support.ts';

const COMMANDS = [
  ...['validate', 'import', 'export', 'convert', 'stats', 'agreement', 'repair', 'learn', 'suggest'],
  'merge-driver',
];

describe('corpus-annotator', () => {
  let folder: CliFolder;
  before(() => (folder = new CliFolder()));
  after(() => folder.remove());

  it('lists its commands', async () => {
    for (const args of [['--help'], ['help']]) {
      const { status, stdout, stderr } = await folder.run(...args);
      assert.deepEqual([status, stderr], [0, '']);
      for (const name of COMMANDS) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
    }
  });

  it('teaches each by example, with options that there are', async () => {
    for (const name of COMMANDS) {
      const { status, stdout, stderr } = await folder.run(name, '--help');
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, new RegExp(`^Usage: corpus-annotator ${name} `));
      assert.match(stdout, new RegExp(`\nExamples\n  corpus-annotator ${name} .+\n      \\S`));
      assert.match(stdout, /\nExit codes: 0 /);
      const long = stdout
        .split('\n')
        .filter((line) => line.length > 100 && !line.startsWith('  corpus-annotator'));
      assert.deepEqual(long, []);
      const [examples = '', options = ''] = stdout.slice(stdout.indexOf('\nExamples')).split('\nOptions\n');
      for (const line of examples.split('\n').filter((one) => one.startsWith('  corpus-annotator')))
        for (const [option] of line.split('|')[0]!.matchAll(/--[a-z-]+/g))
          assert.ok(options.includes(`  ${option}`), `${name}: ${option}`);
    }
  });

  it('says its version', async () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(await folder.run('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
  });

  for (const [args, said] of [
    [[], /Which command\?/],
    [['frobnicate'], /no command frobnicate\.\n/],
    [['validat'], /Did you mean validate\?/],
    [['--what'], /The command stands first\./],
    [['convert', '--form', 'brat'], /no option --form\. Did you mean --from\?/],
    [['convert', '--from'], /--from needs a value: --from FORMAT/],
    [['convert', '--from', '--strict', 'a', 'b'], /--from needs a value/],
    [['convert', '--strict=yes', 'a', 'b'], /--strict takes no value/],
    [
      ['convert', '--from', 'brad', '--to', 'brat', 'a', 'b'],
      /--from takes one of .*, not brad\. Did you mean brat\?/,
    ],
    [['convert', '--to', 'brat', '--shard', '5/4', 'a', 'b'], /--shard takes .+, not 5\/4\.\n/],
    [['convert', 'a', 'b'], /needs --to/],
    [
      ['convert', '--from', 'brat', '--to', 'brat', '--scheme', 'bioes', 'a', 'b'],
      /brat has no option --scheme; it is for conll2003, .*\.\n/,
    ],
    [
      ['convert', '--from', 'brat', '--to', 'spacy', '--scheme', 'bioes', 'a', 'b'],
      /brat and spacy have no option --scheme/,
    ],
    [['import', '--from', 'brat', '--scheme', 'bioes', 'a', 'b'], /brat has no option --scheme/],
    [
      ['convert', '--from', 'brat', '--to', 'brat', '--report', '-', 'a', 'b'],
      /--report takes a file, not -/,
    ],
    [['import', '--from', 'brat', '--report', '-', 'a', 'b'], /--report takes a file, not -/],
    [['convert', '--to', 'brat', 'a'], /too few arguments/],
    [['import', 'a', 'b', 'c'], /too many arguments/],
    [['import', '--from', 'brat', '--into', '../x', 'a', 'b'], /--into takes a folder in the corpus/],
    [['export', 'a', 'b'], /needs --to/],
    [
      ['export', '--to', 'brat', '--status', 'finished', 'a', 'b'],
      /There is no folder a|--status takes done, open/,
    ],
    [['validate'], /needs the folder of a corpus/],
    [['validate', 'nowhere'], /There is no folder nowhere/],
    [['validate', '.'], /There are no articles/],
    [['validate', '--format', 'xml', '.'], /--format takes text, json, sarif, github, not xml/],
    [['stats'], /too few arguments/],
    [['repair', '.'], /There are no articles/],
    [['merge-driver', 'a', 'b'], /needs three files/],
  ] as const)
    it(`refuses: ${args.join(' ') || 'nothing'}`, async () => {
      const { status, stdout, stderr } = await folder.run(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, said);
      assert.match(stderr, /^corpus-annotator: .+\n(\nUsage: |See corpus-annotator [a-z-]+ --help\.\n)/);
      assert.deepEqual(folder.files, {});
    });

  it('is the same as a process, which ends with the exit code', () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(folder.start('', '--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
    const refused = folder.start('', 'validate', 'nowhere');
    assert.deepEqual([refused.status, refused.stdout], [2, '']);
    assert.match(refused.stderr, /^corpus-annotator: There is no folder nowhere/);
    folder.write('a.txt', '');
    folder.write('a.ann.yaml', 'entities: [');
    assert.equal(folder.start('', 'validate', '.').status, 1);
    for (const name of ['a.txt', 'a.ann.yaml']) fs.rmSync(`${folder.path}/${name}`);
  });

  it('begins so that a shell runs it', () => {
    assert.match(fs.readFileSync(CLI, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });
});
