import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isLeftoverName } from '../../../src/core/skipped.ts';
import type { Turn } from '../../../src/workspace/host/disk.ts';
import { leftLockListeners, removeLock, withLock } from '../../../src/node/lock.ts';

describe('the lock on a file', () => {
  let folder: string;
  let target: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ca-'));
    target = path.join(folder, 'a.ann.yaml');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const files = () => readdirSync(folder);
  const lockNow = () => path.join(folder, files()[0]!);

  /** The lock of a process like this one that has ended. */
  async function lockOfTheDead(): Promise<string> {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const content = await withLock(target, () => Promise.resolve(readFileSync(lockNow(), 'utf8')));
    return content.replace(/^\d+/, String(pid));
  }

  /** The name of the lock. */
  const nameOfLock = () => withLock(target, () => Promise.resolve(files()[0]!));

  it('lets one after the other in', async () => {
    let inside = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
    };
    await Promise.all(Array.from({ length: 20 }, () => withLock(target, task)));
    assert.equal(most, 1);
    assert.deepEqual(files(), []);
  });

  it('is a hidden file that is known for ours, with a short name, and says whose it is', async () => {
    const long = path.join(folder, 'x'.repeat(255));
    await withLock(long, async ({ isHeld }) => {
      assert.ok(isLeftoverName(files()[0]!), files()[0]);
      assert.match(readFileSync(lockNow(), 'utf8'), new RegExp(`^${process.pid} \\S+ \\S+$`));
      assert.equal(await isHeld(), true);
    });
    assert.ok(!isLeftoverName('a.lock') && !isLeftoverName('.corpus-annotator-1234567.tmp'));
  });

  it('is gone when the task fails', async () => {
    await assert.rejects(
      withLock(target, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(files(), []);
  });

  it('tells where it cannot be made', async () => {
    await assert.rejects(
      withLock(path.join(folder, 'none/a'), () => Promise.resolve()),
      { code: 'ENOENT' },
    );
  });

  it('is taken over at once from a process that has ended, by one of all who want it', async () => {
    const [name, dead] = [await nameOfLock(), await lockOfTheDead()];
    for (let round = 0; round < 20; round++) {
      writeFileSync(path.join(folder, name), dead);
      let inside = 0;
      const task = async ({ isHeld }: Turn) => {
        assert.equal(++inside, 1);
        assert.equal(await isHeld(), true);
        inside--;
      };
      await Promise.all(Array.from({ length: 5 }, () => withLock(target, task)));
      assert.deepEqual(files(), []);
    }
  });

  it('is taken over also where who took it over before has ended in the middle', async () => {
    const [name, dead] = [await nameOfLock(), await lockOfTheDead()];
    writeFileSync(path.join(folder, name), dead);
    const lockOnLock = await withLock(`${path.join(folder, name)} ${dead.replaceAll('/', '-')}`, () =>
      Promise.resolve(files().find((file) => file !== name)!),
    );
    writeFileSync(path.join(folder, lockOnLock), dead);
    await withLock(target, () => Promise.resolve());
    assert.deepEqual(files(), []);
  });

  it('is taken over after a second where its owner ended before it said who it is', async () => {
    writeFileSync(path.join(folder, await nameOfLock()), '');
    await withLock(target, () => Promise.resolve());
    assert.deepEqual(files(), []);
  });

  it('is taken over after two seconds from a process out of sight, which is told; not from one that is there', async () => {
    const name = await nameOfLock();
    const dead = await lockOfTheDead();
    const told: string[] = [];
    const tell = (file: string) => void told.push(file);
    leftLockListeners.add(tell);
    writeFileSync(path.join(folder, name), '4242 another-machine/pid:[1] 0-0-0');
    const other = path.join(folder, 'b.ann.yaml');
    const nameOfOther = await withLock(other, () => Promise.resolve(files().find((file) => file !== name)!));
    const alive = `${process.ppid} ${dead.split(' ').slice(1).join(' ')}`;
    writeFileSync(path.join(folder, nameOfOther), alive);
    let isOtherIn = false;
    const waiting = withLock(other, () => Promise.resolve((isOtherIn = true)));
    const begin = performance.now();
    try {
      await withLock(target, async ({ isHeld }) => assert.equal(await isHeld(), true));
      const took = performance.now() - begin;
      assert.ok(took >= 2000 && took < 10_000, `${took} ms`);
      assert.deepEqual(told, [target]);
      assert.equal(isOtherIn, false);
      assert.equal(readFileSync(path.join(folder, nameOfOther), 'utf8'), alive);
    } finally {
      leftLockListeners.delete(tell);
      await removeLock(path.join(folder, nameOfOther));
      await waiting;
    }
    assert.deepEqual(files(), []);
  });

  it('waits for one that is held by a living process, and leaves the lock of another alone', async () => {
    const name = await nameOfLock();
    const alive = `${process.ppid} ${(await lockOfTheDead()).split(' ').slice(1).join(' ')}`;
    await withLock(target, async ({ isHeld }) => {
      // Another has lost patience.
      writeFileSync(path.join(folder, name), alive);
      assert.equal(await isHeld(), false);
    });
    assert.equal(readFileSync(path.join(folder, name), 'utf8'), alive);
    let isIn = false;
    const waiting = withLock(target, () => Promise.resolve((isIn = true)));
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(isIn, false);
    await removeLock(path.join(folder, name));
    await waiting;
    assert.deepEqual(files(), []);
  });
});
