import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = 'Ada met Bob in Rome.\n';
const ANN = 'T1\tPER 0 3\tAda\n';
const ADA = 'id: aaaaaa, label: PER, start: 0, end: 3, text: Ada';

describe('symbolic links', () => {
  let folder: CliFolder;
  beforeEach(() => (folder = new CliFolder({ 'far/a.txt': TEXT, 'far/a.ann': ANN })));
  afterEach(() => folder.remove());

  /** @param to from the folder of the link */
  const link = (name: string, to: string) => {
    const file = path.join(folder.path, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.symlinkSync(to, file);
  };
  const names = (out: string) =>
    fs
      .readdirSync(path.join(folder.path, out), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ann') || name.endsWith('.ann.yaml'))
      .sort();

  describe('in a folder that is read', () => {
    const convert = (...more: string[]) =>
      folder.run('convert', '--from', 'brat', '--to', 'brat', ...more, 'in', 'out');

    it('are followed, to files and to folders', async () => {
      folder.write('in/b.txt', TEXT);
      folder.write('in/b.ann', ANN);
      link('in/a.txt', '../far/a.txt');
      link('in/a.ann', '../far/a.ann');
      link('in/below', '../far');
      const { status, stderr } = await convert('--strict');
      assert.equal(status, 0, stderr);
      assert.match(stderr, /^Converted 3 documents, 3 entities\./);
      assert.deepEqual(names('out'), ['a.ann', 'b.ann', 'below/a.ann']);
      const imported = await folder.run('import', '--from', 'brat', 'in', 'corpus');
      assert.equal(imported.status, 0, imported.stderr);
      assert.deepEqual(names('corpus'), ['a.ann.yaml', 'b.ann.yaml', 'below/a.ann.yaml']);
    });

    it('are told where they lead nowhere', async () => {
      link('in/a.txt', '../far/a.txt');
      link('in/a.ann', '../far/a.ann');
      link('in/gone.ann', '../far/gone.ann');
      const { status, stderr } = await convert();
      assert.equal(status, 1);
      assert.match(stderr, /^gone\.ann: invalid: .*there is no such file or folder/m);
      assert.match(stderr, /^Converted 1 document, /m);
      assert.equal((await convert('--strict', '--force')).status, 1);
    });

    it('do not go round in a circle, which is told', async () => {
      folder.write('in/b.txt', TEXT);
      folder.write('in/b.ann', ANN);
      link('in/far', '../far');
      link('far/back', '../in');
      link('in/self', 'self');
      const { status, stderr } = await convert();
      assert.equal(status, 1);
      assert.match(stderr, /^far\/back: invalid: .*links lead in a circle/m);
      assert.match(stderr, /^self: invalid: .*links lead in a circle/m);
      assert.deepEqual(names('out'), ['b.ann', 'far/a.ann']);
    });

    it('to a folder above are followed once', async () => {
      fs.renameSync(path.join(folder.path, 'far'), path.join(folder.path, 'in'));
      folder.write('in/sub/b.txt', TEXT);
      folder.write('in/sub/b.ann', ANN);
      link('in/sub/up', '..');
      const run = await folder.run('convert', '--from', 'brat', '--to', 'brat', 'in/sub', 'out');
      assert.match(run.stderr, /^up\/sub: invalid: .*links lead in a circle/m);
      assert.deepEqual(names('out'), ['b.ann', 'up/a.ann']);
    });
  });

  describe('in a corpus', () => {
    beforeEach(() => {
      folder.write('corpus/b.txt', TEXT);
      folder.write('corpus/b.ann.yaml', sidecarOf('b.txt', TEXT, [ADA]));
      link('corpus/a.txt', '../far/a.txt');
      link('corpus/below', '../far');
      link('corpus/gone.txt', '../far/gone.txt');
    });

    it('to files are articles; others are passed over, which is told', async () => {
      const told = /^2 links were passed over \(corpus\/below and others\): to folders, or to nothing\.$/m;
      const counted = await folder.run('stats', '--format', 'json', 'corpus');
      assert.equal((JSON.parse(counted.stdout) as { articles: number }).articles, 2);
      assert.match(counted.stderr, told);
      assert.match((await folder.run('validate', 'corpus')).stderr, told);
      assert.match((await folder.run('repair', 'corpus')).stderr, told);
      const exported = await folder.run('export', '--to', 'brat', 'corpus', 'out');
      assert.match(exported.stderr, told);
      assert.deepEqual(names('out'), ['a.ann', 'b.ann']);
      fs.rmSync(path.join(folder.path, 'out'), { recursive: true });
      assert.equal((await folder.run('export', '--quiet', '--to', 'brat', 'corpus', 'out')).stderr, '');
    });

    it('lead no writing out of it', async () => {
      const stale = sidecarOf('a.txt', 'A Ada', ['id: aaaaaa, label: PER, start: 2, end: 5, text: Ada']);
      folder.write('far/a.yaml', stale);
      link('corpus/a.ann.yaml', '../far/a.yaml');
      const { status, stderr } = await folder.run('repair', 'corpus');
      assert.equal(status, 0, stderr);
      assert.equal(folder.read('far/a.yaml'), stale);
      assert.match(folder.read('corpus/a.ann.yaml'), /start: 0, end: 3/);
    });
  });
});
