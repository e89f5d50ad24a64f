import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findVersion } from '../../../src/node/git-versions.ts';
import { planMerging, setUpMerging } from '../../../src/workspace/host/git-merging.node.ts';
import { installDriver } from '../../../src/workspace/host/merge-driver.node.ts';

/** Settings of a repository that make git run a program, by what the program is for. */
const TRAPS: Readonly<Record<string, readonly string[]>> = {
  'a monitor of files': ['core.fsmonitor'],
  'a pager': ['core.pager', 'pager.log', 'pager.config', 'pager.cat-file'],
  'a check of signatures': ['gpg.program', 'gpg.openpgp.program', 'gpg.ssh.program', 'gpg.x509.program'],
  'another diff': ['diff.external', 'diff.trap.command'],
  'a text of what is binary': ['diff.trap.textconv'],
  'a filter': ['filter.trap.clean', 'filter.trap.smudge', 'filter.trap.process'],
  'a merge': ['merge.trap.driver'],
  'what asks or edits': ['core.editor', 'core.askPass', 'credential.helper', 'sequence.editor'],
  'a way to another machine': ['core.sshCommand', 'core.gitProxy', 'remote.origin.uploadpack'],
};

const ALIASES = ['log', 'cat-file', 'ls-files', 'config', 'check-attr', 'rev-parse'];

describe('a repository whose settings name programs', function () {
  before(function () {
    if (process.platform === 'win32') this.skip(); // The trap is for `sh`.
  });

  let own: string;
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (name: string, content: string) => fs.writeFileSync(path.join(folder, name), content);
  /** A program of its own for a setting, which leaves its name in a file and fails. */
  const trap = (name: string): string => {
    const file = path.join(own, `${name}.trap`);
    fs.writeFileSync(file, `#!/bin/sh\necho '${name}' >> '${own}/sprung'\nexit 1\n`, { mode: 0o755 });
    return file;
  };
  /** The settings whose programs ran since this was asked last. */
  const sprung = (): string[] => {
    const traces = path.join(own, 'sprung');
    if (!fs.existsSync(traces)) return [];
    const lines = fs.readFileSync(traces, 'utf8').trim().split('\n');
    fs.rmSync(traces);
    return [...new Set(lines)].sort();
  };
  const find = (wanted: string) =>
    findVersion(path.join(folder, 'a.txt'), (bytes) => new TextDecoder().decode(bytes) === wanted);

  beforeEach(() => {
    own = fs.mkdtempSync(path.join(tmpdir(), 'corpus-trap-'));
    folder = path.join(own, 'corpus');
    fs.mkdirSync(folder);
    git('init', '-q', '-b', 'main');
    for (const text of ['first', 'second']) {
      write('a.txt', text);
      git('add', '-A');
      git('commit', '-q', '-m', text);
    }
    signLastCommit();
    write('.gitattributes', '* diff=trap filter=trap merge=trap\n');
  });
  afterEach(() => fs.rmSync(own, { recursive: true }));

  /** Gives the last commit a signature, which nobody has checked. */
  function signLastCommit(): void {
    const signature = ['-----BEGIN PGP SIGNATURE-----', '', 'AAAA', '-----END PGP SIGNATURE-----'];
    const commit = git('cat-file', 'commit', 'HEAD');
    const signed = commit.replace(/\n\n/, `\ngpgsig ${signature.join('\n ')}\n\n`) + '\n';
    write('../commit', signed);
    git('update-ref', 'HEAD', git('hash-object', '-t', 'commit', '-w', path.join(own, 'commit')));
  }

  function setTraps(names: readonly string[]): void {
    if (names.some((name) => name.startsWith('gpg.'))) git('config', 'log.showSignature', 'true');
    for (const name of names) git('config', name, trap(name));
    sprung();
  }

  function setAllTraps(): void {
    for (const name of ALIASES) git('config', `alias.${name}`, `!${trap(`alias.${name}`)}`);
    const hooks = path.join(own, 'hooks');
    fs.mkdirSync(hooks);
    for (const name of ['post-index-change', 'reference-transaction'])
      fs.renameSync(trap(name), path.join(hooks, name));
    git('config', 'core.hooksPath', hooks);
    setTraps(Object.values(TRAPS).flat());
  }

  async function askEverything(): Promise<void> {
    assert.equal(new TextDecoder().decode(await find('first')), 'first');
    assert.equal(await find('never'), undefined);
    const storage = path.join(own, 'storage');
    await installDriver(process.cwd(), storage);
    const plan = await planMerging(folder, storage);
    if ('refusal' in plan) throw new Error(plan.detail);
    assert.equal(await setUpMerging(plan), true);
  }

  for (const [purpose, names] of Object.entries(TRAPS))
    it(`is asked without running ${purpose}`, async () => {
      setTraps(names);
      await askEverything();
      assert.deepEqual(sprung(), []);
    });

  it('is asked without running any, hooks and aliases neither', async () => {
    setAllTraps();
    await askEverything();
    assert.deepEqual(sprung(), []);
  });

  for (const [name, ...args] of [
    ['core.fsmonitor', 'status'],
    ['gpg.openpgp.program', 'log'],
    ['diff.trap.command', 'diff', 'HEAD~1', 'HEAD'],
    ['diff.trap.textconv', 'diff', 'HEAD~1', 'HEAD'],
    ['alias.lg', 'lg'],
  ] as const)
    it(`would run ${name} if it were asked in the usual way`, () => {
      if (name === 'alias.lg') git('config', name, `!${trap(name)}`);
      else setTraps([name]);
      try {
        git(...args);
      } catch {
        // The program fails.
      }
      assert.deepEqual(sprung(), [name]);
    });

  it('fetches no version that is not there, by whatever program', async () => {
    const blob = git('rev-parse', 'HEAD~1:a.txt');
    fs.rmSync(path.join(folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    for (const [name, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${trap('ext')}`],
      ['protocol.ext.allow', 'always'],
      ['protocol.allow', 'always'],
    ] as const)
      git('config', name, value);
    assert.equal(await find('first'), undefined);
    assert.deepEqual(sprung(), []);
    assert.throws(() => git('cat-file', 'blob', blob));
    assert.deepEqual(sprung(), ['ext'], 'git itself runs it');
  });

  it('is not looked at where it is bare, among the files of a corpus', async () => {
    setTraps(['core.fsmonitor']);
    const bare = path.join(own, 'bare');
    fs.cpSync(path.join(folder, '.git'), bare, { recursive: true });
    fs.writeFileSync(path.join(bare, 'a.txt'), 'third');
    await assert.rejects(
      findVersion(path.join(bare, 'a.txt'), () => true),
      /bare repository/,
    );
    assert.deepEqual(sprung(), []);
  });
});
