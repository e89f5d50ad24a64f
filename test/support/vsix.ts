import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** Packs the extension as `npm run package` does; returns the file. */
export function packVsix(name: string): string {
  const file = path.resolve('out/test', `${name}.vsix`);
  fs.rmSync(file, { force: true });
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return file;
}

/** The names of the files in a zip. */
export function zipNames(file: string): string[] {
  return [...zipEntries(file).keys()];
}

/** The text of a file in a zip. */
export function zipText(file: string, name: string): string {
  const data = fs.readFileSync(file);
  const entry = zipEntries(file).get(name);
  if (!entry) throw new Error(`${name} is not in ${file}`);
  const { at, size, isDeflated } = entry;
  const from = at + 30 + data.readUInt16LE(at + 26) + data.readUInt16LE(at + 28);
  const content = data.subarray(from, from + size);
  return (isDeflated ? zlib.inflateRawSync(content) : content).toString('utf8');
}

interface ZipEntry {
  /** Where its local header is. */
  readonly at: number;
  /** As it is stored. */
  readonly size: number;
  readonly isDeflated: boolean;
}

/** What the central directory of a zip lists. */
function zipEntries(file: string): Map<string, ZipEntry> {
  const data = fs.readFileSync(file);
  const end = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error(`${file} is no zip`);
  const entries = new Map<string, ZipEntry>();
  for (let at = data.readUInt32LE(end + 16); data.readUInt32LE(at) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.set(data.toString('utf8', at + 46, at + 46 + name), {
      at: data.readUInt32LE(at + 42),
      size: data.readUInt32LE(at + 20),
      isDeflated: data.readUInt16LE(at + 10) === 8,
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}
