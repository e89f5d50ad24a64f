import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { DeathPoint } from './options.ts';

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** From now on counts the calls of the file system, and kills this process at the one that is named. */
export async function dieAt({ call, when }: DeathPoint): Promise<void> {
  const { writeSync } = fs;
  let calls = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');

  const count = (holder: object, names: readonly string[]) => {
    const methods = holder as Methods;
    for (const name of names) {
      const real = methods[name]!;
      methods[name] = function (this: unknown, ...args: unknown[]) {
        if (++calls !== call) return real.apply(this, args);
        if (when === 'in' && name === 'writeFile') {
          const bytes = args[0] as Uint8Array;
          writeSync((this as promises.FileHandle).fd, bytes.subarray(0, bytes.length / 2));
        }
        if (when !== 'after') die();
        const result = real.apply(this, args);
        return result instanceof Promise ? result.finally(die) : die();
      };
    }
  };

  const handle = await promises.open(process.execPath);
  await handle.close();
  count(Object.getPrototypeOf(handle) as object, [
    'writeFile',
    'readFile',
    'datasync',
    'sync',
    'stat',
    'close',
  ]);
  count(promises, ['open', 'access', 'realpath', 'stat', 'rename', 'unlink', 'mkdir', 'rm']);
  count(fs, ['openSync', 'writeSync', 'closeSync']);
  syncBuiltinESMExports();
}
