import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { git } from '../../../src/workspace/host/git.node';

describe('git, asked for an old version of a file', () => {
  let folder: string;
  const run = (...args: string[]) => {
    const own = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...own, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  };
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const commit = (name: string, text: string) => {
    write(name, text);
    run('add', '--all');
    run('commit', '--quiet', '--message', text);
  };
  const find = async (name: string, wanted: string) => {
    const looked: string[] = [];
    const uri = { scheme: 'file', fsPath: path.join(folder, name) };
    const bytes = await git.findVersion(uri as Parameters<typeof git.findVersion>[0], (bytes) => {
      looked.push(new TextDecoder().decode(bytes));
      return Promise.resolve(looked.at(-1) === wanted);
    });
    return { found: bytes && new TextDecoder().decode(bytes), looked };
  };

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-git-'));
    run('init', '--quiet', '--initial-branch=main');
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('finds what is committed, the newest first, each once', async () => {
    for (const text of ['first', 'second', 'first', 'third']) commit('a.txt', text);
    write('a.txt', 'not committed');
    assert.deepEqual(await find('a.txt', 'first'), { found: 'first', looked: ['third', 'first'] });
    assert.deepEqual((await find('a.txt', 'nowhere')).looked.sort(), ['first', 'second', 'third']);
  });

  it('finds what is staged, and what the file was before it was renamed', async () => {
    const text = 'a text that is long enough to be known again\n'.repeat(5);
    commit('old name *.txt', text);
    run('mv', 'old name *.txt', 'new.txt');
    run('commit', '--quiet', '--message', 'rename');
    commit('new.txt', text + 'more\n');
    write('new.txt', 'staged');
    run('add', 'new.txt');
    assert.equal((await find('new.txt', 'staged')).found, 'staged');
    assert.equal((await find('new.txt', text)).found, text);
  });

  it('finds what both sides of a merge had', async () => {
    commit('a.txt', 'base');
    run('checkout', '--quiet', '-b', 'side');
    commit('a.txt', 'side');
    run('checkout', '--quiet', 'main');
    commit('a.txt', 'main');
    run('merge', '--quiet', '--strategy=ours', 'side');
    for (const text of ['base', 'side', 'main']) assert.equal((await find('a.txt', text)).found, text);
  });

  it('finds nothing where there is no such file, no repository, and before the first commit', async () => {
    write('a.txt', 'here');
    assert.deepEqual(await find('a.txt', 'here'), { found: undefined, looked: [] });
    fs.rmSync(path.join(folder, '.git'), { recursive: true });
    assert.deepEqual(await find('a.txt', 'here'), { found: undefined, looked: [] });
    assert.deepEqual(await find('no/folder.txt', 'here'), { found: undefined, looked: [] });
  });
});
