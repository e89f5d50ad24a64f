import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CliFolder, sidecarOf } from './support.ts';

const DOC = fs.readFileSync('docs/agreement.md', 'utf8');
const blocks = [...DOC.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, kind, text = '']) => ({ kind, text }));

describe('docs/agreement.md', () => {
  let folder: CliFolder;
  afterEach(() => folder.remove());

  it('has an example whose figures are those that a student gets', async () => {
    folder = new CliFolder();
    fs.cpSync('seeds', folder.path, { recursive: true });
    const [commands, ...told] = blocks.filter(({ text }) => !text.startsWith('git '));
    const { status } = spawnSync('sh', ['-e', '-c', commands!.text], { cwd: folder.path });
    assert.equal(status, 0);
    const [bob] = Object.keys(folder.files).filter((name) => name.endsWith('.bob.ann.yaml'));
    const source = folder.read(bob!);
    const changed = source
      .replace('label: GPE, start: 993', 'label: LOC, start: 993')
      .replace('start: 1086, end: 1114, text: about 1.5', 'start: 1092, end: 1114, text: 1.5')
      .replace(/^.*Baltimore.*\n/m, '');
    assert.equal(
      changed.length,
      source.length - source.match(/^.*Baltimore.*\n/m)![0].length - 'about '.length,
    );
    folder.write(bob!, changed);
    const { stdout } = await folder.run('agreement', '.');
    assert.equal(told.length, 2);
    for (const { text } of told) assert.ok(stdout.includes(text), `${text} is not in\n${stdout}`);
  });

  it('has a way for a team with git, on which nobody conflicts', async () => {
    folder = new CliFolder();
    const sh = (where: string, ...lines: readonly string[]) => {
      const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
      const cwd = path.join(folder.path, where);
      const script = [
        'export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org',
        ...lines,
      ].join('\n');
      const { status, stderr } = spawnSync('sh', ['-e', '-c', script], { cwd, env, encoding: 'utf8' });
      assert.equal(status, 0, `${lines.join('; ')}: ${stderr}`);
    };
    const way = blocks
      .find(({ text }) => text.startsWith('git '))!
      .text.trimEnd()
      .split('\n');
    assert.equal(way.length, 10, 'in ten lines');
    const text = 'Ada met Bob in Rome.\n';
    const sidecar = (...said: readonly string[]) =>
      sidecarOf(
        'a.txt',
        text,
        said.map((one, n) => {
          const [word, label] = one.split(' ');
          const start = text.indexOf(word!);
          return `id: a${n}aaaa, label: ${label}, start: ${start}, end: ${start + word!.length}, text: ${word}`;
        }),
      );
    folder.write('first/a.txt', text);
    sh(
      'first',
      'git init -q -b main',
      'git add .',
      'git commit -q -m Texts',
      'git clone -q --bare . ../origin.git',
    );
    for (const who of ['ada', 'bob']) sh('.', `git clone -q origin.git ${who}`);
    folder.write('ada/a.ann.yaml', sidecar('Ada PER', 'Bob PER', 'Rome GPE'));
    folder.write('bob/a.ann.yaml', sidecar('Ada PER', 'Bob PER', 'Rome LOC'));
    // Who has tagged gives her sidecars her name, commits, pulls and pushes.
    for (const who of ['ada', 'bob']) sh(who, ...way.slice(1, 4).map((line) => line.replaceAll('ada', who)));
    sh('ada', 'git pull -q --rebase');
    assert.deepEqual(
      Object.keys(folder.files).filter((name) => /^ada\/a/.test(name)),
      ['ada/a.ada.ann.yaml', 'ada/a.bob.ann.yaml', 'ada/a.txt'],
    );
    const inCi = await folder.run('agreement', '--layers', 'ada,bob', '--min-f1', '0.8', 'ada');
    assert.equal(inCi.status, 1);
    assert.match(inCi.stderr, /is 0\.6667; --min-f1 asks for 0\.8/);
    // A third adjudicates on a branch, and merges.
    sh('.', 'git clone -q origin.git third');
    sh('third', ...way.slice(5, 9));
    sh('bob', 'git pull -q --rebase');
    const { stdout } = await folder.run('agreement', '--format', 'csv', '--layers', 'shared,ada,bob', 'bob');
    assert.match(stdout, /^f1,exact,shared ada,,span,1,/m);
    assert.match(stdout, /^f1,exact,shared bob,,span,0\.66/m);
  });
});
