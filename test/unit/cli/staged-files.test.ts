import assert from 'node:assert/strict';
import { StagedFiles } from '../../../src/cli/staged-files';
import { TargetError } from '../../../src/cli/system-error';
import { FormatError } from '../../../src/formats/shared/format';
import { CliFolder, sidecarOf } from './support';

describe('files that are written one after the other', () => {
  let folder: CliFolder;
  let files: StagedFiles;
  beforeEach(() => {
    folder = new CliFolder();
    files = new StagedFiles(folder.path, 'out');
  });
  afterEach(() => {
    files.close();
    folder.remove();
  });

  it('grow piece by piece, in folders that are made', () => {
    const sidecar = sidecarOf('c.txt', 'Ada\n', ['id: aaaaaa, label: PER, start: 0, end: 3, text: Ada']);
    files.writeAll([
      { path: 'a/b.txt', content: 'one ' },
      { path: 'a/b.txt', content: new TextEncoder().encode('two\n') },
      { path: 'a/c.ann.yaml', content: sidecar, sidecarOf: 'c' },
    ]);
    assert.deepEqual(folder.files, { 'a/': '', 'a/b.txt': 'one two\n', 'a/c.ann.yaml': sidecar });
  });

  it('are not written twice, nor elsewhere', () => {
    files.writeAll([{ path: 'a.txt', content: 'a' }]);
    assert.throws(
      () => files.writeAll([{ path: 'a.txt', content: 'b' }]),
      (error) => error instanceof TargetError && /a\.txt would be written twice/.test(error.message),
    );
    for (const path of ['../a.txt', '/a.txt', 'b\\..\\..\\a.txt'])
      assert.throws(() => files.write({ path, content: '' }), /would leave the folder/);
    assert.deepEqual(folder.files, { 'a.txt': 'a' });
  });

  it('are no sidecars that cannot be read again', () => {
    const output = { path: 'a.ann.yaml', content: 'entities: [\n', sidecarOf: 'a' };
    assert.throws(
      () => files.write(output),
      (error) => error instanceof FormatError && error.code === 'sidecar-unreadable',
    );
    // What another thread can be told is a sentence.
    assert.throws(
      () => files.writeAll([output]),
      (error) => error instanceof TargetError && !error.message.includes('sidecar-unreadable'),
    );
    assert.deepEqual(folder.files, {});
  });
});
