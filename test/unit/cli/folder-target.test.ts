import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { FolderTarget, stampOf } from '../../../src/cli/folder-target.ts';
import { withLock } from '../../../src/node/lock.ts';
import { until } from '../../support/until.ts';
import { CliFolder } from './support.ts';

describe('a folder that a command writes into', () => {
  let folder: CliFolder;
  beforeEach(
    () => (folder = new CliFolder({ 'a.ann.yaml': 'a\n', 'b.ann.yaml': 'b\n', 'c.ann.yaml': 'c\n' })),
  );
  afterEach(() => folder.remove());

  const at = (name: string) => path.join(folder.path, name);
  /** A target that replaces all three. */
  const replacing = () => {
    const target = new FolderTarget(folder.path, false);
    for (const name of ['a', 'b', 'c']) {
      const file = `${name}.ann.yaml`;
      target.replace(file, `${name.toUpperCase()}\n`, stampOf(at(file))!);
    }
    return target;
  };
  it('leaves what another program changed between the first file and that one, and tells it', async () => {
    const target = replacing();
    let committed: Promise<readonly string[]>;
    await withLock(at('b.ann.yaml'), async () => {
      committed = target.commit();
      await until(() => folder.read('a.ann.yaml') === 'A\n', 'the first file');
      folder.write('b.ann.yaml', 'b, and theirs\n');
    });
    assert.deepEqual(await committed!, [at('b.ann.yaml')]);
    const files = { 'a.ann.yaml': 'A\n', 'b.ann.yaml': 'b, and theirs\n', 'c.ann.yaml': 'C\n' };
    assert.deepEqual(folder.files, files);
  });

  it('puts back what it moved where it fails, but for what another program has changed since', async () => {
    const target = replacing();
    target.write({ path: 'd.txt', content: 'D\n' });
    let committed: Promise<readonly string[]>;
    await withLock(at('c.ann.yaml'), async () => {
      committed = target.commit();
      await until(() => folder.read('b.ann.yaml') === 'B\n', 'the second file');
      folder.write('a.ann.yaml', 'A, and theirs\n');
      // Made since it was looked for: it is not written over.
      folder.write('d.txt', 'theirs\n');
    });
    await assert.rejects(committed!, /d\.txt is there already; nothing was written/);
    const files = {
      'a.ann.yaml': 'A, and theirs\n',
      'b.ann.yaml': 'b\n',
      'c.ann.yaml': 'c\n',
      'd.txt': 'theirs\n',
    };
    assert.deepEqual(folder.files, files);
  });

  it('never shows a place without a file while that is replaced', async () => {
    let isOver = false;
    let missing = 0;
    const looking = (async () => {
      while (!isOver) {
        if (!fs.existsSync(at('a.ann.yaml'))) missing++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 20; round++) assert.deepEqual(await replacing().commit(), []);
    isOver = true;
    await looking;
    assert.equal(missing, 0);
  });

  it('writes nothing where a file is read-only, keeps the mode of the others', async () => {
    fs.chmodSync(at('b.ann.yaml'), 0o444);
    await assert.rejects(replacing().commit(), /b\.ann\.yaml is read-only; nothing was written/);
    assert.equal(folder.read('a.ann.yaml'), 'a\n');
    fs.chmodSync(at('b.ann.yaml'), 0o640);
    assert.deepEqual(await replacing().commit(), []);
    assert.equal(folder.read('b.ann.yaml'), 'B\n');
    assert.equal(fs.statSync(at('b.ann.yaml')).mode & 0o777, 0o640);
  });

  describe('that was not there', () => {
    const written = () => {
      const target = new FolderTarget(at('new/out'), false);
      for (const name of ['x/a.txt', 'b.txt']) target.write({ path: name, content: `${name}\n` });
      return target;
    };
    const own = { 'new/out/b.txt': 'b.txt\n', 'new/out/x/a.txt': 'x/a.txt\n' };
    const filesBelow = (name: string) =>
      Object.fromEntries(
        Object.entries(folder.files).filter(([path]) => path.startsWith(name) && !path.endsWith('/')),
      );

    it('is what was written, all at once, and nothing is left beside it', async () => {
      const target = written();
      const [staged] = fs.readdirSync(at('new/out'));
      const { ino } = fs.statSync(at(`new/out/${staged}`));
      assert.deepEqual(await target.commit(), []);
      assert.equal(fs.statSync(at('new/out')).ino, ino);
      assert.deepEqual(filesBelow('new'), own);
    });

    it('keeps what another program put into it meanwhile', async () => {
      const target = written();
      folder.write('new/out/theirs.txt', 'theirs\n');
      assert.deepEqual(await target.commit(), []);
      assert.deepEqual(filesBelow('new'), { ...own, 'new/out/theirs.txt': 'theirs\n' });
    });

    it('stays without what was written where another program has put a file in its place', async () => {
      const target = written();
      folder.write('new/out/b.txt', 'theirs\n');
      await assert.rejects(target.commit(), /b\.txt is there already; nothing was written/);
      assert.deepEqual(filesBelow('new'), { 'new/out/b.txt': 'theirs\n' });
    });
  });
});
