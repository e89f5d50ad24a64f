import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CLI, CliFolder } from './support.ts';

const HEAD = 'version: 1\narticle: a.txt\nstatus: open\nentities:\n';
const ADA = '  - {id: aaaaaa, label: PER, start: 16, end: 19, text: Ada}\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 24, end: 27, text: Bob}\n';
const ROME = '  - {id: rrrrrr, label: GPE, start: 31, end: 35, text: Rome}\n';

const DOCS = fs.readFileSync('docs/command-line.md', 'utf8');

let folder: CliFolder;
beforeEach(() => void (folder = new CliFolder()));
afterEach(() => folder.remove());

const read = (name: string) => folder.read(name);
const write = (name: string, content: string | Uint8Array) => folder.write(name, content);

describe('corpus-annotator merge-driver', () => {
  const merge = async (base: string | Uint8Array, ours: string | Uint8Array, theirs: string | Uint8Array) => {
    for (const [name, content] of Object.entries({ base, ours, theirs })) write(name, content);
    return await folder.run('merge-driver', 'base', 'ours', 'theirs', 'texts/a.ann.yaml');
  };

  it('writes the merge over ours and leaves nothing else behind', async () => {
    assert.deepEqual(await merge(HEAD + BOB, HEAD + ADA + BOB, HEAD + BOB + ROME), {
      status: 0,
      stdout: '',
      stderr: '',
    });
    assert.equal(read('ours'), HEAD + ADA + BOB + ROME);
    assert.equal(read('theirs'), HEAD + BOB + ROME);
    assert.deepEqual(fs.readdirSync(folder.path).sort(), ['base', 'ours', 'theirs']);
  });

  it('keeps both versions of what both changed, says so, and succeeds', async () => {
    const { status, stderr } = await merge(
      HEAD + BOB,
      HEAD + BOB.replace('PER', 'ORG'),
      HEAD + BOB.replace('PER', 'GPE'),
    );
    assert.equal(status, 0);
    assert.match(stderr, /^corpus-annotator: texts\/a\.ann\.yaml: 1 entity was changed on both sides;.*\n$/);
    assert.match(read('ours'), /label: GPE.*conflict: \w+\}\n.*label: ORG.*conflict: \w+\}\n$/);
  });

  it('takes an empty base for none', async () => {
    assert.equal((await merge('', HEAD + ADA, HEAD + ROME)).status, 0);
    assert.equal(read('ours'), HEAD + ADA + ROME);
  });

  for (const [what, broken] of [
    ['is no valid sidecar', HEAD + BOB + '  - {id: x}\n'],
    ['is empty', ''],
    ['is not UTF-8', Uint8Array.from([0xc5, 0x73])],
  ] as const) {
    it(`leaves ours alone where theirs ${what}`, async () => {
      const { status, stderr } = await merge(HEAD + BOB, HEAD + ADA + BOB, broken);
      assert.equal(status, 1);
      assert.match(
        stderr,
        /^corpus-annotator: texts\/a\.ann\.yaml: Their version is .*\. Nothing was merged, and our version is left as it is; .*\n$/,
      );
      assert.equal(read('ours'), HEAD + ADA + BOB);
    });
  }

  it('says in which line a version is broken', async () => {
    assert.match(
      (await merge(HEAD, HEAD + BOB + '  - {id: x}\n', HEAD)).stderr,
      /Our version is no valid sidecar at line 6, column 5: The key "label" is missing\. /,
    );
  });

  it('says which version cannot be read, and why', async () => {
    write('ours', HEAD);
    const { status, stderr } = await folder.run('merge-driver', 'ours', 'ours', 'gone', 'a.ann.yaml');
    assert.equal(status, 1);
    assert.match(
      stderr,
      /a\.ann\.yaml: Their version, gone, cannot be read \(there is no such file or folder\)\. Nothing was merged/,
    );
  });

  it('says where a version is not UTF-8', async () => {
    const { stderr } = await merge(
      HEAD,
      HEAD,
      Buffer.concat([Buffer.from(`${HEAD}# `), Buffer.from([0xe9])]),
    );
    assert.match(stderr, /Their version is not UTF-8 at line 5, column 3\./);
  });

  it('is the same in the bundle that comes with the extension', () => {
    const driver = path.resolve('dist/merge-driver.js');
    for (const [name, content] of Object.entries({ base: HEAD, ours: HEAD + ADA, theirs: HEAD + ROME }))
      write(name, content);
    execFileSync(process.execPath, [driver, 'merge-driver', 'base', 'ours', 'theirs'], { cwd: folder.path });
    assert.equal(read('ours'), HEAD + ADA + ROME);
    assert.ok(fs.statSync(driver).size < fs.statSync(CLI).size);
  });
});

describe('git with the merge driver', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const commit = (branch: string, files: Record<string, string>) => {
    git('checkout', '-q', '-B', branch);
    for (const [name, content] of Object.entries(files)) write(name, content);
    git('add', '-A');
    git('commit', '-q', '-m', branch);
  };

  const DRIVER = `"${process.execPath}" "${CLI}" merge-driver %O %A %B %P`;

  /** Merges a sidecar that both branches changed. @returns it, and whether git takes it for settled */
  function mergeBoth(name: string, driver: string): { source: string; isClean: boolean } {
    git('init', '-q', '-b', 'main');
    git('config', 'merge.corpus-annotator.driver', driver);
    commit('main', { '.gitattributes': '*.ann.yaml merge=corpus-annotator\n', [name]: HEAD + BOB });
    commit('theirs', { [name]: HEAD + BOB + ROME });
    git('checkout', '-q', 'main');
    commit('main', { [name]: HEAD + ADA + BOB });
    try {
      git('merge', '-q', 'theirs', '-m', 'merge');
    } catch {
      // A conflict is seen by the status.
    }
    return { source: read(name), isClean: git('status', '--porcelain') === '' };
  }

  for (const name of ['-a.ann.yaml', '--help.ann.yaml', '--.ann.yaml', '-x y/-h.ann.yaml'])
    it(`merges ${name}, as it was told before names could begin so`, () => {
      assert.deepEqual(mergeBoth(name, DRIVER), { source: HEAD + ADA + BOB + ROME, isClean: true });
    });

  it('merges as it does by itself where the driver of the documents is not there', () => {
    const [, line = ''] = /merge\.corpus-annotator\.driver \\\n {2}"([^"\n]+)"/.exec(DOCS) ?? [];
    assert.match(line, /^corpus-annotator merge-driver %O %A %B %P \|\| /);
    const merged = mergeBoth('-a.ann.yaml', line.replace('corpus-annotator', './not-there'));
    assert.deepEqual(merged, { source: HEAD + ADA + BOB + ROME, isClean: true });
  });

  it('merges two branches that tagged the same place', () => {
    git('init', '-q', '-b', 'main');
    git('config', 'merge.corpus-annotator.driver', DRIVER);
    commit('main', {
      '.gitattributes': '*.ann.yaml merge=corpus-annotator\n',
      'a.txt': ' date 2020-05-01 Ada met Bob in Rome.\n',
      'a.ann.yaml': HEAD + BOB,
    });
    commit('theirs', { 'a.ann.yaml': HEAD + ADA + BOB.replace('}', ', reviewed: true}') });
    git('checkout', '-q', 'main');
    commit('ours', {
      'a.ann.yaml': HEAD + ADA.replace('aaaaaa', 'zzzzzz') + BOB.replace('PER', 'ORG') + ROME,
    });
    git('merge', '-q', 'theirs', '-m', 'merge');
    assert.equal(
      read('a.ann.yaml'),
      HEAD + ADA + BOB.replace('PER', 'ORG').replace('}', ', reviewed: true}') + ROME,
    );
    assert.equal(git('status', '--porcelain'), '');
  });
});
