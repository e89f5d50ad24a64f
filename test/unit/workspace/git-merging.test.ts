import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { splitConflict } from '../../../src/core/sidecar/conflict-markers.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import type { MergingPlan } from '../../../src/workspace/host/git-merging.ts';
import { planMerging, setUpMerging } from '../../../src/workspace/host/git-merging.node.ts';
import { installDriver, refreshDriver } from '../../../src/workspace/host/merge-driver.node.ts';

const HEAD = 'version: 1\narticle: a.txt\nstatus: open\nentities:\n';
const ADA = '  - {id: aaaaaa, label: PER, start: 16, end: 19, text: Ada}\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 24, end: 27, text: Bob}\n';
const ROME = '  - {id: rrrrrr, label: GPE, start: 31, end: 35, text: Rome}\n';
const LINE = '*.ann.yaml merge=corpus-annotator';

describe('setting up git to merge sidecars', () => {
  let own: string;
  let folder: string;
  let storage: string;
  beforeEach(() => {
    own = fs.mkdtempSync(path.join(tmpdir(), 'corpus-git-'));
    folder = path.join(own, 'my corpus');
    // What a path may hold where the system lets it.
    const name = process.platform === 'win32' ? "it's 50%O $HOME" : 'it\'s "50%O" $HOME `pwd` \\ back\\slash';
    storage = path.join(own, name);
    fs.mkdirSync(folder);
  });
  afterEach(() => fs.rmSync(own, { recursive: true }));

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
  const write = (name: string, content: string) => fs.writeFileSync(path.join(folder, name), content);
  const commit = (branch: string, sidecar: string, name = 'a.ann.yaml') => {
    git('checkout', '-q', '-B', branch);
    write(name, sidecar);
    git('add', '-A');
    git('commit', '-q', '-m', branch);
  };
  const refusal = async () => {
    const plan = await planMerging(folder, storage);
    return 'refusal' in plan ? plan.refusal : undefined;
  };

  async function planned(corpus = folder): Promise<MergingPlan> {
    const plan = await planMerging(corpus, storage);
    if ('refusal' in plan) throw new Error(`${plan.refusal}: ${plan.detail}`);
    return plan;
  }

  async function setUp(): Promise<boolean> {
    await installDriver(process.cwd(), storage);
    return setUpMerging(await planned());
  }

  /** What is merged, and whether git takes it for settled. */
  function merge(
    base: string,
    ours: string,
    theirs: string,
    name = 'a.ann.yaml',
  ): { source: string; isClean: boolean } {
    commit('main', base, name);
    commit('theirs', theirs, name);
    git('checkout', '-q', 'main');
    commit('main', ours, name);
    try {
      git('merge', '-q', '-m', 'merge', 'theirs');
      return { source: read(name), isClean: git('status', '--porcelain') === '' };
    } catch {
      return { source: read(name), isClean: false };
    }
  }

  describe('in a repository', () => {
    beforeEach(() => void git('init', '-q', '-b', 'main'));

    it('lets git merge what two branches tagged on neighbouring lines, which it could not before', async () => {
      const three = [HEAD + BOB, HEAD + ADA + BOB.replace('PER', 'ORG'), HEAD + BOB + ROME] as const;
      assert.equal(merge(...three).isClean, false);
      git('merge', '--abort');
      assert.equal(await setUp(), true);
      const merged = HEAD + ADA + BOB.replace('PER', 'ORG') + ROME;
      assert.deepEqual(merge(...three), { source: merged, isClean: true });
    });

    it('lets git merge a sidecar whose name begins with a hyphen', async () => {
      await setUp();
      const merged = HEAD + ADA + BOB + ROME;
      const three = [HEAD + BOB, HEAD + ADA + BOB, HEAD + BOB + ROME] as const;
      assert.deepEqual(merge(...three, '--force.ann.yaml'), { source: merged, isClean: true });
    });

    it('keeps both versions of an entity that both branches changed, in a valid sidecar', async () => {
      await setUp();
      const [ours, theirs] = ['ORG', 'GPE'].map((label) => HEAD + BOB.replace('PER', label));
      const { source, isClean } = merge(HEAD + BOB, ours!, theirs!);
      const entities = readSidecar(source).sidecar?.entities ?? [];
      assert.deepEqual(entities.map(({ label }) => label).sort(), ['GPE', 'ORG']);
      assert.ok(entities.every(({ conflict }) => conflict !== undefined));
      assert.ok(isClean);
    });

    for (const [what, broken] of [
      ['is no longer there', () => fs.rmSync(storage, { recursive: true })],
      ['fails', () => fs.writeFileSync(path.join(storage, 'corpus-annotator.cjs'), 'process.exit(1)')],
    ] as const) {
      it(`has both sides with git’s own markers where the driver ${what}`, async () => {
        await setUp();
        broken();
        const { source, isClean } = merge(HEAD + BOB, HEAD + ADA, HEAD + ROME);
        assert.equal(isClean, false);
        const sides = splitConflict(source);
        assert.deepEqual([sides?.ours, sides?.theirs], [HEAD + ADA, HEAD + ROME]);
      });
    }

    it('says all that it is going to do, and changes nothing before', async () => {
      const before = git('config', '--local', '--list');
      const plan = await planned();
      assert.deepEqual(fs.readdirSync(folder), ['.git']);
      assert.equal(git('config', '--local', '--list'), before);
      await setUpMerging(plan);
      assert.equal(read('.gitattributes'), plan.line + '\n');
      const after = git('config', '--local', '--list').slice(before.length);
      const said = plan.settings.map(({ name, value }) => `${name}=${value}\n`).join('');
      assert.equal(after, said);
      assert.match(fs.readFileSync(plan.config, 'utf8'), /\[merge "corpus-annotator"\]/);
    });

    it('does it once', async () => {
      await setUp();
      const { line, settings } = await planned();
      assert.deepEqual([line, settings], [undefined, []]);
      await setUp();
      assert.equal(read('.gitattributes'), LINE + '\n');
    });

    for (const [what, before, after] of [
      ['at its end', '# mine\n*.png binary\n', `# mine\n*.png binary\n${LINE}\n`],
      ['with its line endings', '*.png binary\r\n', `*.png binary\r\n${LINE}\r\n`],
      ['after a last line without an ending', '*.txt text', `*.txt text\n${LINE}\n`],
      ['after one that another merge belongs to', '* merge=union\n', `* merge=union\n${LINE}\n`],
      ['nowhere where it is already', `*.png binary\n${LINE}  \n* text`, `*.png binary\n${LINE}  \n* text`],
    ] as const) {
      it(`adds its line to .gitattributes ${what}`, async () => {
        write('.gitattributes', before);
        assert.equal(await setUp(), true);
        assert.equal(read('.gitattributes'), after);
      });
    }

    it('adds it in the folder of the corpus, where that is within the repository', async () => {
      const corpus = path.join(folder, 'texts', 'news');
      fs.mkdirSync(corpus, { recursive: true });
      const plan = await planned(corpus);
      assert.equal(await setUpMerging(plan), true);
      assert.equal(read('texts/news/.gitattributes'), LINE + '\n');
      assert.equal(plan.config, path.join(folder, '.git', 'config'));
      assert.equal(fs.existsSync(path.join(folder, '.gitattributes')), false);
    });

    it('says so where another line stands against it', async () => {
      fs.mkdirSync(path.join(folder, '.git', 'info'), { recursive: true });
      write('.git/info/attributes', '*.yaml merge=union\n');
      assert.equal(await setUp(), false);
    });

    it('does not run what the repository’s configuration names, nor follow another git’s environment', async () => {
      const trap = path.join(own, 'trap');
      fs.writeFileSync(trap, `#!/bin/sh\ntouch '${own}/sprung'\n`, { mode: 0o755 });
      git('config', 'core.fsmonitor', trap);
      git('config', 'alias.config', `!${trap}`);
      git('config', 'core.hooksPath', own);
      process.env.GIT_DIR = path.join(own, 'elsewhere');
      try {
        assert.equal(await setUp(), true);
      } finally {
        delete process.env.GIT_DIR;
      }
      assert.equal(fs.existsSync(path.join(own, 'sprung')), false);
    });

    it('refuses a read-only .gitattributes, and changes nothing', async () => {
      write('.gitattributes', '');
      fs.chmodSync(path.join(folder, '.gitattributes'), 0o444);
      const before = read('.git/config');
      assert.equal(await refusal(), 'read-only');
      assert.equal(read('.git/config'), before);
    });
  });

  it('refuses a folder without a repository', async () => {
    assert.equal(await refusal(), 'no-repository');
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('refuses a bare repository', async () => {
    git('init', '-q', '--bare');
    assert.equal(await refusal(), 'no-work-tree');
  });

  it('refuses where there is no git', async () => {
    const { PATH } = process.env;
    process.env.PATH = own;
    try {
      assert.equal(await refusal(), 'no-git');
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('keeps a driver that was set up the one of the extension that runs', async () => {
    await refreshDriver(process.cwd(), storage);
    assert.equal(fs.existsSync(storage), false, 'it was never set up');
    await installDriver(process.cwd(), storage);
    const files = fs.readdirSync(storage).map((name) => path.join(storage, name));
    const contents = files.map((file) => fs.readFileSync(file, 'utf8'));
    for (const file of files) fs.writeFileSync(file, 'an older one');
    await refreshDriver(process.cwd(), storage);
    assert.deepEqual(
      fs.readdirSync(storage).map((name) => fs.readFileSync(path.join(storage, name), 'utf8')),
      contents,
    );
  });
});
