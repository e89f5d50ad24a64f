// npm run bench [-- part…]: packs a production build, measures it in a real VS Code, prints a table, and,
// where no part is named (activation, index, huge, corpus, tagall, convert, agreement, formats, matcher, learn, presses, tagging, keys, sizes), writes bench/results.json. Takes some
// minutes; wants a quiet machine.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'out/bench');
const vsix = path.join(out, 'corpus-annotator.vsix');

const packed = spawnSync(process.execPath, ['scripts/package.mjs', '--out', vsix], {
  cwd: root,
  stdio: 'inherit',
});
if (packed.status !== 0) process.exit(1);

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
};
await esbuild.build({
  ...shared,
  entryPoints: ['bench/in-host.ts'],
  format: 'cjs',
  outfile: path.join(out, 'in-host.cjs'),
});
await esbuild.build({
  ...shared,
  entryPoints: ['bench/main.ts'],
  // Node asks for the ending where a package does not say what it exports.
  alias: { 'picomatch/posix': 'picomatch/posix.js' },
  format: 'esm',
  outfile: path.join(out, 'main.mjs'),
});

// Broken off, it ends like any other process, so that nothing it started is left behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const { main } = await import('../out/bench/main.mjs');
process.exit(await main(vsix, process.argv.slice(2)));
