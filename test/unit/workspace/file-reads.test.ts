import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileTooBig, LARGEST_FILE } from '../../../src/workspace/host/disk.ts';
import { FileReads } from '../../../src/workspace/host/file-reads.node.ts';

/** How many files are asked for at once: some are read alone, many in the thread. */
for (const count of [1, 300]) {
  describe(`reading ${count} ${count === 1 ? 'file' : 'files'} at once`, () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ca-reads-'));
    const reads = new FileReads();
    const file = (name: string) => path.join(folder, name);
    /** What a file gives, asked for in the middle of many others. */
    async function among<T>(task: () => Promise<T>): Promise<T> {
      const others = Array.from({ length: count - 1 }, (_, n) => reads.read(file(`${n}.txt`)));
      const wanted = task();
      await Promise.allSettled([...others, wanted]);
      return wanted;
    }

    before(() => {
      for (let n = 0; n < count; n++) fs.writeFileSync(file(`${n}.txt`), `Text ${n}, Zürich\n`);
      fs.writeFileSync(file('empty.txt'), '');
      fs.writeFileSync(file('long.txt'), 'x'.repeat(300_000));
      fs.mkdirSync(file('folder'));
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it('gives each its own bytes', async () => {
      const names = Array.from({ length: count }, (_, n) => `${n}.txt`);
      const all = await Promise.all(names.map((name) => reads.read(file(name))));
      for (const [n, bytes] of all.entries())
        assert.equal(new TextDecoder().decode(bytes), `Text ${n}, Zürich\n`);
    });

    it('gives bytes of no other kind than a browser would', async () => {
      const bytes = await among(() => reads.read(file('0.txt')));
      assert.equal(Object.getPrototypeOf(bytes), Uint8Array.prototype);
    });

    it('gives the whole, the beginning, or nothing where there is nothing', async () => {
      assert.equal((await among(() => reads.read(file('long.txt')))).length, 300_000);
      assert.equal((await among(() => reads.read(file('long.txt'), 1000))).length, 1000);
      assert.equal((await among(() => reads.read(file('empty.txt'), 1000))).length, 0);
      assert.equal((await among(() => reads.read(file('empty.txt')))).length, 0);
    });

    it('tells the times and the sizes, and of what there is none', async () => {
      const names = ['gone.txt', 'long.txt', 'empty.txt', 'long.txt/gone.txt'];
      const found = await reads.stats(Array.from({ length: count }, () => names.map(file)).flat());
      const stat = (name: string) => {
        const { mtimeMs, size } = fs.statSync(file(name));
        return { mtimeMs, size };
      };
      const wanted = [undefined, stat('long.txt'), stat('empty.txt'), undefined];
      assert.deepEqual(found, Array.from({ length: count }, () => wanted).flat());
    });

    it('does not bring more at once than a host has room for', async () => {
      const larges = Array.from({ length: Math.min(count, 20) }, (_, n) => file(`large ${n}.txt`));
      for (const [n, name] of larges.entries()) fs.writeFileSync(name, new Uint8Array(2 ** 21 + n));
      const all = await among(() => Promise.all(larges.map((name) => reads.read(name))));
      assert.deepEqual(
        all.map(({ length }) => length),
        larges.map((_, n) => 2 ** 21 + n),
      );
      const buffers = new Set(all.map(({ buffer }) => buffer));
      for (const { byteLength } of buffers) assert.ok(byteLength < 2 ** 24 + 2 ** 22, `${byteLength}`);
      for (const name of larges) fs.rmSync(name);
    });

    it('says what cannot be read, and reads the others', async () => {
      await assert.rejects(
        among(() => reads.read(file('gone.txt'))),
        { code: 'ENOENT' },
      );
      await assert.rejects(
        among(() => reads.read(file('folder'))),
        { code: 'EISDIR' },
      );
      const [gone, there] = await Promise.allSettled([
        among(() => reads.read(file('gone.txt'))),
        reads.read(file('0.txt')),
      ]);
      assert.deepEqual([gone.status, there.status], ['rejected', 'fulfilled']);
    });

    it('reads no more than a host can hold', async () => {
      fs.truncateSync(file('empty.txt'), LARGEST_FILE * 2 ** 20 + 1);
      await assert.rejects(
        among(() => reads.read(file('empty.txt'))),
        FileTooBig,
      );
      assert.equal((await among(() => reads.read(file('empty.txt'), 10))).length, 10);
      fs.truncateSync(file('empty.txt'));
    });

    it('does not wait for a pipe that nobody writes to', async function () {
      if (spawnSync('mkfifo', [file('pipe')]).status !== 0) this.skip();
      await assert.rejects(
        among(() => reads.read(file('pipe'))),
        { code: 'EISDIR' },
      );
    });
  });
}
