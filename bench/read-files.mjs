// What the files of a folder cost without being converted: opens, reads and closes each, and does nothing else.
import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';

const buffer = Buffer.allocUnsafe(2 ** 20);
for (const entry of fs.readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = fs.openSync(path.join(entry.parentPath, entry.name));
  while (fs.readSync(file, buffer) === buffer.length);
  fs.closeSync(file);
}
