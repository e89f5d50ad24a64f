import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { FORMATS } from '../../../src/formats/index.ts';
import { readCorpusYaml } from '../../../src/core/labels.ts';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = 'Ada met Bob in Rome.\n';
const ANN = 'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nT3\tRIVER 15 19\tRome\n';
const YAML = 'version: 1\nlabels:\n  PER: {key: p, color: "#3b82f6"} # people\n';

describe('corpus-annotator import', () => {
  let folder: CliFolder;
  beforeEach(() => (folder = new CliFolder({ 'in/n/a.txt': TEXT, 'in/n/a.ann': ANN })));
  afterEach(() => folder.remove());

  const run = (...args: string[]) => folder.run('import', '--from', 'brat', ...args);
  const labels = () =>
    readCorpusYaml(folder.read('corpus/corpus.yaml')).labelSet!.labels.map(({ name }) => name);

  it('makes a corpus: articles, sidecars, and the labels that are used', async () => {
    const { status, stderr } = await run('in', 'corpus');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Imported 1 document, 3 entities\.$/m);
    assert.deepEqual(
      Object.keys(folder.files).filter((name) => name.startsWith('corpus/')),
      ['corpus/', 'corpus/corpus.yaml', 'corpus/n/', 'corpus/n/a.ann.yaml', 'corpus/n/a.txt'],
    );
    assert.equal(folder.read('corpus/n/a.txt'), TEXT);
    assert.match(
      folder.read('corpus/n/a.ann.yaml'),
      /label: PER, start: 0, end: 3, text: Ada, external_id: T1\}/,
    );
    assert.deepEqual(labels(), ['PER', 'RIVER']);
    assert.equal((await folder.run('validate', '--severity', 'error', 'corpus')).status, 0);
  });

  it('changes nothing the second time', async () => {
    await run('in', 'corpus');
    const before = folder.files;
    assert.equal((await run('in', 'corpus')).status, 0);
    assert.deepEqual(folder.files, before);
  });

  it('adds to a sidecar that is there, and to its label set, and leaves the rest of both', async () => {
    const own = 'id: k, label: PER, start: 0, end: 3, text: Ada, reviewed: true';
    folder.write('corpus/corpus.yaml', YAML);
    folder.write('corpus/n/a.txt', TEXT);
    folder.write('corpus/n/a.ann.yaml', `# mine\n${sidecarOf('a.txt', TEXT, [own], 'done')}`);
    const { status, stderr } = await run('in', 'corpus');
    assert.equal(status, 0, stderr);
    const source = folder.read('corpus/n/a.ann.yaml');
    assert.match(source, /^# mine\n[^]*status: done\n[^]*\{id: k, .*reviewed: true\}\n/);
    assert.equal(source.match(/ - \{/g)?.length, 3);
    assert.ok(folder.read('corpus/corpus.yaml').startsWith(YAML));
    assert.deepEqual(labels(), ['PER', 'RIVER']);
  });

  it('places entities in an article that has another text by now, old ones and new ones', async () => {
    const now = `Once ${TEXT}`;
    folder.write('corpus/n/a.txt', now);
    const own = 'id: k, label: PLACE, start: 15, end: 19, text: Rome';
    folder.write('corpus/n/a.ann.yaml', sidecarOf('a.txt', TEXT, [own]));
    assert.equal((await run('in', 'corpus')).status, 0);
    assert.equal(folder.read('corpus/n/a.txt'), now);
    const source = folder.read('corpus/n/a.ann.yaml');
    assert.match(source, /label: PER, start: 5, end: 8, text: Ada/);
    assert.match(source, /id: k, label: PLACE, start: 20, end: 24, text: Rome/);
    assert.equal((await folder.run('repair', 'corpus')).status, 0);
    assert.equal(folder.read('corpus/n/a.ann.yaml'), source);
  });

  it('never overwrites a sidecar that it cannot read, and writes nothing else then', async () => {
    folder.write('corpus/n/a.txt', TEXT);
    folder.write('corpus/n/a.ann.yaml', 'version: 1\nentities:\n  - {id: k, label: }\n');
    folder.write('in/b.txt', TEXT);
    folder.write('in/b.ann', ANN);
    const before = folder.files;
    const { status, stderr } = await run('in', 'corpus');
    assert.equal(status, 1);
    assert.match(stderr, /^corpus-annotator: corpus\/n\/a\.ann\.yaml:3:\d+: .+ Nothing was written\.$/m);
    assert.deepEqual(folder.files, before);
  });

  for (const [what, files, said] of [
    [
      'a label set that is broken',
      { 'corpus/corpus.yaml': 'labels: [' },
      /corpus\/corpus\.yaml:1:\d+: This is not valid YAML/,
    ],
    [
      'an article that is not UTF-8',
      { 'corpus/n/a.txt': Uint8Array.from([0xff]) },
      /corpus\/n\/a\.txt:1:1: .*not UTF-8/,
    ],
    [
      'a sidecar without its article',
      { 'corpus/n/a.ann.yaml': sidecarOf('a.txt', TEXT, []) },
      /is there without its article a\.txt/,
    ],
    [
      'a file where a folder must be',
      { 'corpus/n': 'a file' },
      /corpus\/n is no folder; nothing was written/,
    ],
    [
      'globs that take in no such article',
      { 'corpus/corpus.yaml': 'version: 1\narticles: "texts/*"\n' },
      /b\.txt would be no article/,
    ],
  ] as const)
    it(`writes nothing over ${what}`, async () => {
      for (const [name, content] of Object.entries<string | Uint8Array>(files)) folder.write(name, content);
      folder.write('in/b.txt', TEXT);
      folder.write('in/b.ann', ANN);
      const before = folder.files;
      const { status, stderr } = await run('in', 'corpus');
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.deepEqual(folder.files, before);
    });

  for (const [what, globs, files, wanted] of [
    ['the label set says', "'**/*.md'", {}, 'corpus/b.md'],
    ['the label set says, the first of several', "['!no/**', '**/*.{md,rst}']", {}, 'corpus/b.md'],
    [
      'the articles end that are there',
      "'texts/**'",
      { 'corpus/texts/b.tex': TEXT },
      'corpus/texts/b.ann.yaml',
    ],
  ] as const)
    // prettier-ignore
    it(`calls an article as ${what}`, async () => {
      folder.write('corpus/corpus.yaml', `version: 1\narticles: ${globs}\n`);
      for (const [name, content] of Object.entries(files)) folder.write(name, content);
      folder.write('in/b.txt', TEXT);
      folder.write('in/b.ann', ANN);
      const into = wanted.includes('texts/') ? ['--into', 'texts'] : [];
      const { status, stderr } = await run(...into, 'in', 'corpus');
      assert.equal(status, 0, stderr);
      assert.ok(wanted in folder.files);
      assert.equal('corpus/b.txt' in folder.files || 'corpus/texts/b.txt' in folder.files, false);
    });

  it('puts all back where one file cannot be moved to its place', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    folder.write('corpus/a.txt', 'x');
    folder.write('corpus/z/a.txt', 'x');
    folder.write('in/z/b.txt', TEXT);
    folder.write('in/z/b.ann', ANN);
    const before = folder.files;
    fs.chmodSync(path.join(folder.path, 'corpus/z'), 0o555);
    const { status } = await run('in', 'corpus');
    fs.chmodSync(path.join(folder.path, 'corpus/z'), 0o755);
    assert.equal(status, 1);
    assert.deepEqual(folder.files, before);
  });

  it('only says what it would do with --dry-run', async () => {
    const before = folder.files;
    const { status, stderr } = await run('--dry-run', 'in', 'corpus');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Would import 1 document, 3 entities\.$/m);
    assert.match(stderr, /2 changed: new labels/);
    assert.deepEqual(folder.files, before);
  });

  it('writes nothing with --strict where a line is malformed', async () => {
    folder.write('in/n/a.ann', `${ANN}T9 what\n`);
    const before = folder.files;
    const { status, stderr } = await run('--strict', 'in', 'corpus');
    assert.equal(status, 1);
    assert.match(stderr, /n\/a\.ann:4:1: invalid/);
    assert.deepEqual(folder.files, before);
    assert.equal((await run('in', 'corpus')).status, 1);
    assert.match(folder.read('corpus/n/a.ann.yaml'), /text: Rome/);
  });

  it('goes into a folder of the corpus, from a pipe', () => {
    const conll = '-DOCSTART- -X- O O\n\nAda -X- -X- B-PER\n\n-DOCSTART- -X- O O\n\nBob -X- -X- B-PER\n';
    const { status, stderr } = folder.start(
      conll,
      'import',
      '--from',
      'conll2003',
      '--into',
      'news',
      '-',
      'corpus',
    );
    assert.equal(status, 0, stderr);
    const names = Object.keys(folder.files).filter(
      (name) => name.startsWith('corpus/news/') && name.endsWith('.txt'),
    );
    assert.equal(names.length, 2);
  });

  it('takes the labels of the format that it recognises, too', async () => {
    folder.write('in/annotation.conf', '[entities]\nPER\nRIVER\nSHIP\n');
    const { status, stderr } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 0, stderr);
    assert.deepEqual(labels(), ['PER', 'RIVER', 'SHIP']);
  });

  it('takes articles that lie beside their annotations', async () => {
    const { status, stderr } = await run('in', 'in');
    assert.equal(status, 0, stderr);
    assert.deepEqual(Object.keys(folder.files), [
      'in/',
      'in/corpus.yaml',
      'in/n/',
      'in/n/a.ann',
      'in/n/a.ann.yaml',
      'in/n/a.txt',
    ]);
  });

  it('adds any number of labels, which are there when it is read again', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => `T${i + 1}\tCHAIN${i} 0 3\tAda\n`).join('');
    folder.write('in/n/a.ann', many(3000));
    assert.equal((await run('--quiet', 'in', 'corpus')).status, 0);
    assert.equal(labels().length, 3000);
    folder.write('in/n/a.ann', many(4000));
    assert.equal((await run('--quiet', 'in', 'corpus')).status, 0);
    assert.equal(labels().length, 4000);
    const { stdout } = await folder.run('validate', 'corpus');
    assert.doesNotMatch(stdout, /unknown-label|corpus\.yaml/);
  });

  it('does not write a label set that is too big to be read', async () => {
    const name = (i: number) => `${'L'.repeat(50)}${i}`;
    const lines = Array.from({ length: 10_000 }, (_, i) => `T${i + 1}\t${name(i)} 0 3\tAda\n`);
    folder.write('in/n/a.ann', lines.join(''));
    const before = Object.keys(folder.files);
    const { status, stderr } = await run('--quiet', 'in', 'corpus');
    assert.equal(status, 1);
    assert.match(stderr, /^corpus-annotator: corpus\/corpus\.yaml cannot hold 10,000 labels/m);
    assert.deepEqual(Object.keys(folder.files), before);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`leaves nothing behind after ${signal}, however many labels there are`, async () => {
      const line = (i: number) => JSON.stringify({ text: TEXT, label: [[0, 3, `CHAIN${i}`]] });
      folder.write('many.jsonl', Array.from({ length: 20_000 }, (_, i) => `${line(i)}\n`).join(''));
      const before = Object.keys(folder.files);
      const isBegun = () => fs.existsSync(path.join(folder.path, 'new'));
      const args = ['import', '--from', 'doccano', 'many.jsonl', 'new/corpus'];
      assert.equal(await folder.interrupt(signal, isBegun, ...args), signal === 'SIGINT' ? 130 : 143);
      assert.deepEqual(Object.keys(folder.files), before);
    });
});

describe('corpus-annotator export', () => {
  let folder: CliFolder;
  const entities = [
    'id: k, label: PER, start: 0, end: 3, text: Ada, reviewed: true',
    'id: m, label: PER, start: 8, end: 11, text: Bob',
    'id: n, label: GPE, start: 15, end: 19, text: Rome, reviewed: true',
  ];
  beforeEach(() => {
    folder = new CliFolder({
      'corpus/a.txt': TEXT,
      'corpus/a.ann.yaml': sidecarOf('a.txt', TEXT, entities, 'done'),
      'corpus/n/b.txt': TEXT,
    });
  });
  afterEach(() => folder.remove());
  const run = (...args: string[]) => folder.run('export', '--to', 'brat', ...args, 'corpus', 'out');
  /** What was written, without the files of the format's labels. */
  const out = () => Object.keys(folder.files).filter((name) => /^out\/.*\.(?:ann|txt)$/.test(name));

  it('writes all articles', async () => {
    const { status, stderr } = await run();
    assert.equal(status, 0, stderr);
    assert.deepEqual(out(), ['out/a.ann', 'out/a.txt', 'out/n/b.ann', 'out/n/b.txt']);
    assert.match(folder.read('out/a.ann'), /^T1\tPER 0 3\tAda$/m);
  });

  it('writes what is asked for, and says what it left out', async () => {
    const { status, stderr } = await run('--status', 'done', '--only', 'reviewed', '--label', 'PER,ORG');
    assert.equal(status, 0, stderr);
    assert.deepEqual(out(), ['out/a.ann', 'out/a.txt']);
    assert.equal(folder.read('out/a.ann'), 'T1\tPER 0 3\tAda\n');
    assert.match(stderr, /^Left out as asked: 1 article, 2 entities\.$/m);
  });

  it('goes into a pipe', async () => {
    const { status, stdout, stderr } = await folder.run('export', '--to', 'conll2003', 'corpus', '-');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Rome\b.*B-GPE$/m);
  });

  it('tells of entities without a certain place, and of sidecars that cannot be read', async () => {
    folder.write('corpus/a.txt', 'Ada met nobody.\n');
    folder.write('corpus/n/b.ann.yaml', 'version: 1\nentities:\n  - {id: k}\n');
    const { status, stderr } = await run('--strict');
    assert.equal(status, 1);
    assert.match(stderr, /^a \[15, 19\): lost: GPE “Rome” has no place that is certain$/m);
    assert.match(stderr, /^corpus\/n\/b\.ann\.yaml:3:\d+: invalid: Left out: The key "label" is missing$/m);
    assert.deepEqual(out(), []);
  });

  it('is 1 where an entity without a certain place was left out, also from what is read', async () => {
    folder.write('corpus/a.txt', 'Ada met nobody.\n');
    const { status, stderr } = await run();
    assert.equal(status, 1);
    assert.match(stderr, /^a \[15, 19\): lost: GPE “Rome” has no place that is certain$/m);
    assert.match(
      stderr,
      /^What has no certain place was left out; the rest is whole\. Place it, and do it again/m,
    );
    assert.ok(out().includes('out/a.ann'));
    const quiet = await folder.run('export', '--quiet', '--force', '--to', 'brat', 'corpus', 'out');
    assert.equal(quiet.status, 1);
    assert.match(quiet.stderr, /^a \[15, 19\): lost: GPE “Rome”/m);
    // The hyphen differs, and the text is there twice.
    folder.write('in/x.txt', 'A well-known club. Another well-known club.\n');
    folder.write('in/x.ann', 'T1\tORG 2 17\twell known club\nT2\tORG 27 42\twell-known club\n');
    const imported = await folder.run('import', '--from', 'brat', 'in', 'new');
    assert.equal(imported.status, 0, 'it is there, to be placed');
    assert.match(folder.read('new/x.ann.yaml'), /well known club/);
    for (const { id, layout } of FORMATS) {
      const target = layout === 'one-file' ? `one/${id}` : `many/${id}`;
      for (const args of [
        ['export', 'new'],
        ['convert', '--from', 'brat', 'in'],
      ]) {
        const [command = '', ...rest] = args;
        const { status, stderr } = await folder.run(command, '--force', '--to', id, ...rest, target);
        assert.equal(status, 1, `${command} ${id}`);
        assert.match(stderr, /lost: ORG “well known club” has no place that is certain/, id);
      }
    }
  });

  it('gives back what was imported', async () => {
    folder.write('in/x.txt', TEXT);
    folder.write(
      'in/x.ann',
      `${ANN}R1\tMet Arg1:T1 Arg2:T2\t\n#1\tAnnotatorNotes T1\ta note\nE1\tGo:T3 Who:T1\n`,
    );
    await folder.run('import', '--from', 'brat', 'in', 'new');
    const { status, stderr } = await folder.run('export', '--to', 'brat', 'new', 'back');
    assert.equal(status, 0, stderr);
    assert.equal(folder.read('back/x.ann'), folder.read('in/x.ann'));
    assert.equal(folder.read('back/x.txt'), TEXT);
  });
});
