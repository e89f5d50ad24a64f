import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = 'Ada met Bob in Rome. Bob left.\n';
const ENTITIES = [
  'id: k, label: PER, start: 0, end: 3, text: Ada, reviewed: true',
  'id: m, label: PER, start: 21, end: 24, text: Bob, before: "in Rome. ", after: " left.\\n"',
];
const NEW = `Once ${TEXT}`;

describe('corpus-annotator repair', () => {
  let folder: CliFolder;
  beforeEach(() => {
    folder = new CliFolder({ 'a.txt': NEW, 'a.ann.yaml': sidecarOf('a.txt', TEXT, ENTITIES) });
  });
  afterEach(() => folder.remove());

  it('writes new places and the hash of the text', async () => {
    const { status, stdout, stderr } = await folder.run('repair', '.');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^a\.txt: PER “Ada” \[0, 3\) → \[5, 8\)$/m);
    assert.equal(stderr, 'Repaired 1 sidecar: 2 entities moved. Left to place: 0.\n');
    const moved = [
      ENTITIES[0]!.replace('start: 0, end: 3', 'start: 5, end: 8'),
      ENTITIES[1]!.replace('start: 21, end: 24', 'start: 26, end: 29'),
    ];
    assert.equal(folder.read('a.ann.yaml'), sidecarOf('a.txt', NEW, moved));
    assert.equal(
      (await folder.run('repair', '.')).stderr,
      'Repaired 0 sidecars: 0 entities moved. Left to place: 0.\n',
    );
  });

  it('moves comments on spans as it moves entities', async () => {
    const comment = (start: number, text: string) =>
      `comments:\n  - {id: k1, start: ${start}, end: ${start + 4}, text: ${text}, thread: []}\n`;
    folder.write('a.ann.yaml', sidecarOf('a.txt', TEXT, ENTITIES) + comment(15, 'Rome'));
    const { stdout, stderr } = await folder.run('repair', '.');
    assert.match(stdout, /^a\.txt: comment “Rome” \[15, 19\) → \[20, 24\)$/m);
    assert.equal(stderr, 'Repaired 1 sidecar: 2 entities, 1 comment moved. Left to place: 0.\n');
    assert.ok(folder.read('a.ann.yaml').endsWith(comment(20, 'Rome')));
    folder.write('a.ann.yaml', sidecarOf('a.txt', TEXT, ENTITIES) + comment(15, 'Oslo'));
    const { status, stdout: left } = await folder.run('repair', '.');
    assert.deepEqual([status, /^a\.txt: to place: comment “Oslo” \[15, 19\)$/m.test(left)], [1, true]);
    assert.ok(folder.read('a.ann.yaml').endsWith(comment(15, 'Oslo')));
  });

  it('shows what would move with --dry-run', async () => {
    const before = folder.files;
    const { status, stdout, stderr } = await folder.run('repair', '--dry-run', '.');
    assert.equal(status, 0);
    assert.match(stdout, /→ \[26, 29\)$/m);
    assert.match(stderr, /^Would repair 1 sidecar/);
    assert.deepEqual(folder.files, before);
  });

  it('does not guess: what has no certain place is left to a person', async () => {
    folder.write('a.txt', 'Eve met Ada and Ada.\n');
    const { status, stdout, stderr } = await folder.run('repair', '.');
    assert.equal(status, 1);
    assert.match(stdout, /^a\.txt: to place: PER “Bob” \[21, 24\)$/m);
    assert.match(stderr, /Left to place: 2\.$/m);
    assert.match(folder.read('a.ann.yaml'), /id: k, label: PER, start: 0, end: 3, text: Ada/);
    assert.equal((await folder.run('repair', '.')).status, 1);
  });

  const bob = (start: number, end = start + 3, text = 'Bob') =>
    `id: m, label: PER, start: ${start}, end: ${end}, text: ${text}`;
  const unsaid = (text: string, entity: string) =>
    sidecarOf('a.txt', text, [entity]).replace(/^text_hash:.*\n/m, '');
  const short = 'Ada met Bob .\n';
  const offs: [title: string, before: string, move: string, after: string][] = [
    ['without a hash', unsaid(short, bob(0)), '[0, 3) → [8, 11)', bob(8)],
    [
      'with the hash of its article',
      sidecarOf('a.txt', short, [bob(8, 11, '"Bob "')]),
      '[8, 11) → [8, 12)',
      bob(8, 12, '"Bob "'),
    ],
  ];
  for (const [title, before, move, after] of offs)
    it(`writes each move that it prints, also in a sidecar ${title}`, async () => {
      folder.write('a.txt', short);
      folder.write('a.ann.yaml', before);
      const { status, stdout, stderr } = await folder.run('repair', '.');
      assert.equal(status, 0, stderr);
      assert.ok(stdout.includes(move), stdout);
      assert.equal(stderr, 'Repaired 1 sidecar: 1 entity moved. Left to place: 0.\n');
      assert.equal(folder.read('a.ann.yaml'), sidecarOf('a.txt', short, [after]));
      assert.equal((await folder.run('repair', '.')).stdout, '');
    });

  it('places what a hand has put elsewhere in the same text, where that is certain', async () => {
    const two = 'Ada met Bob. Bob and Adam left.\n';
    const ada = (start: number) => `id: k, label: PER, start: ${start}, end: ${start + 3}, text: Ada`;
    folder.write('a.txt', two);
    folder.write('a.ann.yaml', sidecarOf('a.txt', two, [bob(2), ada(5)]));
    const told = (await folder.run('validate', '--severity', 'error', '.')).stdout;
    assert.match(told, /PER "Bob" is not in the article where this says, nor at one other place/);
    // There is "Ada" in "Adam", too.
    assert.match(told, /PER "Ada" is not in the article where this says, nor at one other place/);
    folder.write('a.txt', short);
    folder.write('a.ann.yaml', sidecarOf('a.txt', short, [bob(2), ada(5)]));
    assert.match(
      (await folder.run('validate', '--severity', 'error', '.')).stdout,
      /PER "Bob" is not in the article where the sidecar says, but at one other place for certain/,
    );
    const { status, stdout } = await folder.run('repair', '.');
    assert.equal(status, 0);
    assert.match(stdout, /^a\.txt: PER “Bob” \[2, 5\) → \[8, 11\)$/m);
    assert.equal(folder.read('a.ann.yaml'), sidecarOf('a.txt', short, [ada(0), bob(8)]));
  });

  it('does not move later what it left to a person as the text changed', async () => {
    folder.write('a.txt', 'Eve met Ann. Ada came.\n');
    folder.write(
      'a.ann.yaml',
      sidecarOf('a.txt', TEXT, [
        'id: k, label: PER, start: 0, end: 3, text: Ada, before: "x", after: " met Bob in"',
      ]),
    );
    for (const run of [1, 2]) {
      const { status } = await folder.run('repair', '--no-git', '.');
      assert.equal(status, 1, `run ${run}`);
      assert.match(folder.read('a.ann.yaml'), /start: 0, end: 3, text: Ada/);
    }
  });

  it('leaves a sidecar without a hash alone where nothing moves', async () => {
    folder.write('a.txt', TEXT);
    folder.write('a.ann.yaml', unsaid(TEXT, bob(21)));
    assert.equal((await folder.run('repair', '.')).status, 0);
    assert.equal(folder.read('a.ann.yaml'), unsaid(TEXT, bob(21)));
  });

  it('takes the old text from git', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
        cwd: folder.path,
        stdio: 'pipe',
      });
    folder.write('a.txt', TEXT);
    folder.write(
      'a.ann.yaml',
      sidecarOf('a.txt', TEXT, ['id: m, label: PER, start: 21, end: 24, text: Bob']),
    );
    git('init', '-q');
    git('add', 'a.txt');
    git('commit', '-qm', 'old');
    folder.write('a.txt', NEW);
    assert.equal((await folder.run('repair', '--dry-run', '--no-git', '.')).status, 1);
    const { status, stderr } = await folder.run('repair', '.');
    assert.equal(status, 0, stderr);
    assert.match(folder.read('a.ann.yaml'), /start: 26, end: 29, text: Bob/);
  });

  it('is not needed for others to find the old text: they ask git, too', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
        cwd: folder.path,
        stdio: 'pipe',
      });
    const bob = 'id: m, label: PER, start: 21, end: 24, text: Bob';
    folder.write('a.txt', TEXT);
    folder.write('a.ann.yaml', sidecarOf('a.txt', TEXT, [bob]));
    git('init', '-q');
    git('add', 'a.txt');
    git('commit', '-qm', 'old');
    folder.write('a.txt', NEW);
    const before = folder.files;
    const stats = async (...args: string[]) =>
      JSON.parse((await folder.run('stats', '--format', 'json', ...args, '.')).stdout) as { toPlace: number };
    assert.equal((await stats('--no-git')).toPlace, 1);
    assert.equal((await stats()).toPlace, 0);
    const validate = async (...args: string[]) =>
      (await folder.run('validate', '--severity', 'error', ...args, '.')).stdout;
    assert.match(await validate('--no-git'), /entity-not-found/);
    assert.doesNotMatch(await validate(), /entity-not-found/);
    const exported = (...args: string[]) => folder.run('export', '--to', 'conll2003', ...args, '.', '-');
    assert.match((await exported('--no-git')).stderr, /lost: PER “Bob” has no place that is certain/);
    assert.match((await exported()).stdout, /^Bob .*B-PER$/m);
    assert.deepEqual(Object.keys(folder.files), Object.keys(before));
  });

  const K = [ENTITIES[0]!];
  const moved = {
    'new/b.txt': TEXT,
    'old/x.ann.yaml': sidecarOf('x.txt', TEXT, K),
    'old/x.ada.ann.yaml': sidecarOf('x.txt', 'older', ENTITIES),
    'old/x.y.ann.yaml': sidecarOf('x.y.txt', 'another', []),
  };

  describe('of annotators’ layers', () => {
    const layered = () => {
      folder.write('a.ada.ann.yaml', sidecarOf('a.txt', TEXT, ENTITIES));
      folder.write('a.bo.ann.yaml', 'version: 1\nentities: [\n');
      return folder.files;
    };
    const placed = [
      ENTITIES[0]!.replace('start: 0, end: 3', 'start: 5, end: 8'),
      ENTITIES[1]!.replace('start: 21, end: 24', 'start: 26, end: 29'),
    ];

    it('writes their sidecars, too, and tells which cannot be used', async () => {
      layered();
      const { status, stdout, stderr } = await folder.run('repair', '.');
      assert.equal(status, 1);
      assert.match(stdout, /^a\.txt: PER “Ada” \[0, 3\) → \[5, 8\)$/m);
      assert.match(stdout, /^a\.ada\.ann\.yaml: PER “Bob” \[21, 24\) → \[26, 29\)$/m);
      assert.match(stderr, /^a\.bo\.ann\.yaml:3:1: /m);
      assert.match(stderr, /^Repaired 2 sidecars: 4 entities moved/m);
      assert.equal(folder.read('a.ada.ann.yaml'), sidecarOf('a.txt', NEW, placed));
      assert.equal(folder.read('a.bo.ann.yaml'), 'version: 1\nentities: [\n');
    });

    it('writes those of one layer only, or the shared ones, where that is asked for', async () => {
      const before = layered();
      assert.equal((await folder.run('repair', '--layer', 'ada', '.')).status, 0);
      const ada = { 'a.ada.ann.yaml': sidecarOf('a.txt', NEW, placed) };
      assert.deepEqual(folder.files, { ...before, ...ada });
      assert.equal((await folder.run('repair', '--layer', '', '.')).status, 0);
      assert.equal(folder.read('a.ann.yaml').includes('start: 26, end: 29'), true);
      const { status, stderr } = await folder.run('repair', '--layer', 'eve', '.');
      assert.deepEqual([status, /No article has a layer eve\./.test(stderr)], [2, true]);
    });

    it('leaves a sidecar without its article where it is, with its layers, unless all are meant', async () => {
      folder.remove();
      folder = new CliFolder({ ...moved, 'new/b.eve.ann.yaml': sidecarOf('b.txt', TEXT, []) });
      const before = folder.files;
      assert.equal((await folder.run('repair', '--layer', 'eve', '.')).status, 0);
      assert.deepEqual(folder.files, before);
    });

    it('asks each article of one stem, and tells one that cannot be read once', async () => {
      layered();
      folder.write('corpus.yaml', 'version: 1\narticles: ["*.txt", "*.md"]\n');
      folder.write('a.md', 'Another.\n');
      await folder.run('repair', '--layer', 'ada', '.');
      assert.equal(folder.read('a.ada.ann.yaml'), sidecarOf('a.txt', NEW, placed));
      fs.rmSync(path.join(folder.path, 'a.md'));
      folder.write('a.txt', Uint8Array.from([0x41, 0xe9]));
      const { status, stderr } = await folder.run('repair', '.');
      assert.equal(status, 1);
      assert.equal(stderr.split('\n').filter((line) => line.startsWith('a.txt:1:2: ')).length, 1);
    });
  });

  it('moves a sidecar, in all layers, to where its article was moved without it', async () => {
    folder.remove();
    folder = new CliFolder(moved);
    const before = folder.files;
    const dry = await folder.run('repair', '--dry-run', '.');
    assert.match(dry.stderr, /^Would move 2 sidecars to where the article is\.$/m);
    assert.deepEqual(folder.files, before);
    const { status, stdout, stderr } = await folder.run('repair', '.');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^old\/x\.ann\.yaml → new\/b\.ann\.yaml$/m);
    assert.match(stderr, /^Moved 2 sidecars to where the article is\.$/m);
    assert.deepEqual(folder.files, {
      'new/': '',
      'new/b.ada.ann.yaml': sidecarOf('b.txt', 'older', ENTITIES),
      'new/b.ann.yaml': sidecarOf('b.txt', TEXT, K),
      'new/b.txt': TEXT,
      'old/': '',
      'old/x.y.ann.yaml': moved['old/x.y.ann.yaml'],
    });
  });

  const unsure: [title: string, files: Record<string, string>][] = [
    ['two articles have its text', { 'b.txt': TEXT, 'c.txt': TEXT, 'x.ann.yaml': moved['old/x.ann.yaml'] }],
    [
      'another sidecar is about it, too',
      { 'b.txt': TEXT, 'x.ann.yaml': sidecarOf('x.txt', TEXT, K), 'y.ann.yaml': sidecarOf('y.txt', TEXT, K) },
    ],
    ['a layer is there', { ...moved, 'new/b.ada.ann.yaml': sidecarOf('b.txt', TEXT, []) }],
  ];
  for (const [title, files] of unsure)
    it(`leaves a sidecar without an article where ${title}`, async () => {
      folder.remove();
      folder = new CliFolder(files);
      const before = folder.files;
      const { status, stderr } = await folder.run('repair', '.');
      assert.equal(status, 1);
      assert.match(stderr, /x\.(ada\.)?ann\.yaml: has no article; its text is that of .*b\.txt/);
      assert.deepEqual(folder.files, before);
    });

  it('leaves a sidecar alone whose article is a file that is no article of the corpus', async () => {
    folder.remove();
    const files = {
      'corpus.yaml': 'version: 1\narticles: ["texts/*.txt"]\n',
      'drafts/x.txt': TEXT,
      'drafts/x.ann.yaml': sidecarOf('x.txt', TEXT, K),
      'texts/x.txt': TEXT,
    };
    folder = new CliFolder(files);
    const before = folder.files;
    assert.equal((await folder.run('repair', '.')).status, 0);
    assert.deepEqual(folder.files, before);
  });

  it('leaves a sidecar alone that has lost its article, and is about no text that is there', async () => {
    folder.write('b.txt', 'New.\n');
    folder.write('x.ann.yaml', sidecarOf('x.txt', TEXT, K));
    assert.equal((await folder.run('repair', '.')).status, 0);
    assert.equal(folder.read('x.ann.yaml'), sidecarOf('x.txt', TEXT, K));
  });

  it('does not take a sidecar of an article that is gone for that of another with its stem', async () => {
    folder.write('b.txt', 'Bob and Ada.\n');
    const source = sidecarOf('b.md', TEXT, K);
    folder.write('b.ann.yaml', source);
    const { status, stderr } = await folder.run('repair', '.');
    assert.equal(status, 1);
    assert.match(stderr, /^b\.txt:1:1: .*belongs to "b\.md", which is gone, .*"article: b\.txt"/m);
    assert.equal(folder.read('b.ann.yaml'), source);
    const { stdout } = await folder.run('validate', '.');
    assert.match(stdout, /^b\.txt:1:1: error: .*sidecar-of-gone-article/m);
    // The same text is the same article, under a new name.
    folder.write('b.txt', TEXT);
    assert.equal((await folder.run('repair', '.')).status, 0);
    assert.doesNotMatch((await folder.run('validate', '.')).stdout, /sidecar-of/);
  });

  it('leaves a sidecar alone that it cannot read', async () => {
    folder.write('b.txt', TEXT);
    folder.write('b.ann.yaml', 'version: 1\nentities:\n  - {id: k}\n');
    const { status, stderr } = await folder.run('repair', '.');
    assert.equal(status, 1);
    assert.match(stderr, /^b\.ann\.yaml:3:\d+: The key/m);
    assert.equal(folder.read('b.ann.yaml'), 'version: 1\nentities:\n  - {id: k}\n');
    assert.match(folder.read('a.ann.yaml'), /start: 5, end: 8/);
  });
});

describe('corpus-annotator stats', () => {
  const dated = ` date 2020-05-01 ${TEXT}`;
  let folder: CliFolder;
  before(() => {
    folder = new CliFolder({
      'corpus.yaml': 'version: 1\nlabels: {ORG: {}, PER: {}}\n',
      'a.txt': dated,
      'a.ann.yaml': sidecarOf(
        'a.txt',
        dated,
        [
          'id: k, label: PER, start: 17, end: 20, text: Ada, reviewed: true',
          'id: m, label: ORG, start: 25, end: 28, text: Bub',
        ],
        'done',
      ),
      'b.txt': '😀',
    });
  });
  after(() => folder.remove());

  it('counts for programs', async () => {
    const { status, stdout } = await folder.run('stats', '--format', 'json', '.');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), {
      ...{ articles: 2, characters: dated.length + 1, annotated: 1, done: 1, invalid: 0 },
      ...{ entities: 2, reviewed: 1, toPlace: 1 },
      labels: {
        ORG: { entities: 1, reviewed: 0, toPlace: 1 },
        PER: { entities: 1, reviewed: 1, toPlace: 0 },
      },
      months: { '2020-05': { articles: 1, done: 1, entities: 2 } },
    });
  });

  it('counts a layer of an annotator, or each layer for itself', async () => {
    const dated2 = sidecarOf('a.txt', dated, ['id: z, label: PER, start: 17, end: 20, text: Ada']);
    folder.write('a.ada.ann.yaml', dated2);
    folder.write('b.bo.ann.yaml', sidecarOf('b.txt', '😀', []));
    const counted = async (...args: string[]) => {
      const { stdout } = await folder.run('stats', '--format', 'json', ...args, '.');
      const { articles, annotated, entities, reviewed } = JSON.parse(stdout) as Record<string, number>;
      return [articles, annotated, entities, reviewed];
    };
    assert.deepEqual(await counted(), [2, 1, 2, 1]);
    assert.deepEqual(await counted('--layer', 'ada'), [1, 1, 1, 0]);
    assert.deepEqual(await counted('--layer', 'bo'), [1, 0, 0, 0]);
    assert.deepEqual(await counted('--layer', 'all'), [4, 2, 3, 1]);
    const { status, stderr } = await folder.run('stats', '--layer', 'eve', '.');
    assert.equal(status, 2);
    assert.match(stderr, /No article has a layer eve\./);
    const exported = async (layer: string) => {
      const { stdout } = await folder.run('export', '--to', 'doccano', '--layer', layer, '.', '-');
      return stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { label: unknown[] }).label);
    };
    assert.deepEqual(await exported('ada'), [[[17, 20, 'PER']]]);
    // One of the shared ones is to be placed.
    assert.deepEqual(await exported('all'), [[[17, 20, 'PER']], [], [[17, 20, 'PER']], []]);
    fs.rmSync(path.join(folder.path, 'a.ada.ann.yaml'));
    fs.rmSync(path.join(folder.path, 'b.bo.ann.yaml'));
  });

  it('counts for people, in columns', async () => {
    const { stdout } = await folder.run('stats', '.');
    assert.match(stdout, /^articles +2\n {2}annotated +1\n {2}done +1\ncharacters +49\nentities +2\n/);
    assert.match(stdout, /^label {2}entities {2}reviewed {2}to place\nORG +1 +0 +1\nPER +1 +1 +0\n/m);
    assert.match(stdout, /^month +articles {2}done {2}entities\n2020-05 +1 +1 +2\n$/m);
  });
});
