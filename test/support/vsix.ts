import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Packs the extension as `npm run package` does; returns the file. */
export function packVsix(name: string): string {
  const file = path.resolve('out/test', `${name}.vsix`);
  fs.rmSync(file, { force: true });
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return file;
}

/** The names of the files in a zip, from its central directory. */
export function zipNames(file: string): string[] {
  const data = fs.readFileSync(file);
  const end = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error(`${file} is no zip`);
  const names: string[] = [];
  for (let at = data.readUInt32LE(end + 16); data.readUInt32LE(at) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    names.push(data.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
