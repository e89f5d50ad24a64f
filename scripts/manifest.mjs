// npm run manifest: writes what the rows in manifest/ make into package.json ("contributes") and package.nls.json.
// With --check it writes nothing, and fails where they are not that.
import fs from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

const { outputFiles } = await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['manifest/index.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  logLevel: 'warning',
});
const { manifest } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const { contributes, sentences } = manifest();

/** Where two values differ first, as a path; undefined where they are the same, in the order of members, too. */
function differsAt(a, b, at) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? undefined : at;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  for (const [i, name] of names.entries()) {
    if (name !== others[i]) return `${at}.${name}`;
    const inside = differsAt(a[name], b[name], `${at}.${name}`);
    if (inside) return inside;
  }
  return names.length < others.length ? `${at}.${others[names.length]}` : undefined;
}

function read(name) {
  const file = path.join(root, name);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
}

const before = read('package.json');
for (const [name, wanted] of Object.entries({
  'package.json': { ...before, contributes },
  'package.nls.json': sentences,
})) {
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(path.join(root, name), JSON.stringify(wanted, null, 2) + '\n');
    continue;
  }
  const at = differsAt(read(name), wanted, name);
  if (at === undefined) continue;
  console.error(`${at} is not what the rows in manifest/ make. Change them, then: npm run manifest`);
  process.exitCode = 1;
}
