import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot } from './paths.ts';

/** What tests open where `seeds/` has no article. */
const fallback: Record<string, string> = {
  '000_example.txt':
    ' date 2020-05-01 The Communist Party of China met in Beijing.\n\nAda Lovelace was not there.\n',
  '001_example.txt': ' date 2020-05-02 The United Nations met in New York City.\n',
};

/** An empty folder with a short name (sockets are made below it), for one run. */
export function temporaryFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'ca-')));
}

/**
 * Writes a corpus that a run may change into `folder`: a copy of `source` (by default `seeds/`; nothing for
 * false), and over it `files`, by relative path.
 */
export function writeCorpus(
  folder: string,
  source: string | false = fromRoot('seeds'),
  files: Record<string, string> = {},
): void {
  fs.mkdirSync(folder, { recursive: true });
  if (source !== false && fs.existsSync(source)) fs.cpSync(source, folder, { recursive: true });
  const missing = source !== false && fs.readdirSync(folder).length === 0;
  for (const [name, text] of Object.entries({ ...(missing ? fallback : {}), ...files })) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}
