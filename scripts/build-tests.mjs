// Bundles the tests and what runs them into out/test/. One bundle a suite, made of its *.test.ts files.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { boundedRuns } from './bounded-runs.cjs';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const out = path.join(root, 'out/test');

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  sourcemap: true,
  sourcesContent: false,
};

/** @type {esbuild.BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20', format: 'esm', packages: 'external' };

/** Every test file below test/<folder>, as an import path. */
function testFiles(folder) {
  return fs
    .readdirSync(path.join(root, 'test', folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `./test/${folder}/${name.replaceAll('\\', '/')}`);
}

/** An entry that calls `call` with a function that loads the tests of a folder. */
function entry(runner, folder, call) {
  const loads = testFiles(folder).map((file) => `await import(${JSON.stringify(file)});`);
  const contents = `import { ${runner[1]} as runner } from './test/support/${runner[0]}.ts';
const load = async () => { ${loads.join('\n')} };
${call}`;
  return { stdin: { contents, resolveDir: root, sourcefile: `${folder}-tests.ts`, loader: 'ts' } };
}

/**
 * Tests in a Node process are one bundle with what they import, so that packages mean in it what they mean to
 * the type checker and in the extension's own bundle. These packages must find their own files.
 * @type {esbuild.BuildOptions}
 */
const inNode = {
  ...node,
  packages: 'bundle',
  external: [
    'mocha',
    'esbuild',
    'typescript',
    'prettier',
    'playwright-core',
    '@vscode/*',
    '@duckdb/*',
    'notatrix',
  ],
  plugins: [boundedRuns],
  define: { 'process.env.CORPUS_ANNOTATOR_VERSION': JSON.stringify(version) },
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
};

const inProcess = ['in-process', 'runInProcess'];

/** @type {Record<string, () => esbuild.BuildOptions>} */
const bundles = {
  hosts: () => ({ ...node, entryPoints: ['test/hosts/index.ts'], outfile: path.join(out, 'hosts.mjs') }),
  standIn: () => ({
    ...node,
    entryPoints: ['test/hosts/stand-in.ts'],
    banner: { js: '#!/usr/bin/env node' },
    outfile: path.join(out, 'vscode-stand-in.mjs'),
  }),
  unit: () => ({
    ...inNode,
    ...entry(inProcess, 'unit', 'await runner(load, { timeout: 60_000 });'),
    outfile: path.join(out, 'unit.mjs'),
  }),
  torture: () => ({
    ...inNode,
    entryPoints: ['test/torture/main.ts'],
    outfile: path.join(out, 'torture.mjs'),
  }),
  writer: () => ({
    ...inNode,
    entryPoints: ['test/torture/writer/main.ts'],
    alias: { vscode: './test/torture/writer/vscode.ts' },
    // What is never called without an editor is not there.
    logOverride: { 'import-is-undefined': 'silent' },
    outfile: path.join(out, 'writer.mjs'),
  }),
  tagger: () => ({
    ...node,
    entryPoints: ['test/torture/tagger/main.ts'],
    format: 'cjs',
    external: ['vscode'],
    outfile: path.join(out, 'tagger.cjs'),
  }),
  e2e: () => ({
    ...inNode,
    ...entry(
      inProcess,
      'e2e',
      // Once again, and told, where it fails: a window may be so slow that what is typed goes elsewhere.
      "await runner(async () => { await import('./test/hosts/picture-failures.ts'); await load(); }, { timeout: 120_000, retries: 1 });",
    ),
    outfile: path.join(out, 'e2e.mjs'),
  }),
  node: () => ({
    ...node,
    ...entry(['in-node-host', 'runInNodeHost'], 'integration', 'export const run = () => runner(load);'),
    format: 'cjs',
    external: ['vscode'],
    outfile: path.join(out, 'integration.cjs'),
  }),
  web: () => ({
    ...shared,
    ...entry(
      ['in-web-host', 'runInWebHost'],
      'integration',
      "export const run = () => (require('mocha/mocha'), runner(load));",
    ),
    platform: 'browser',
    target: 'es2022',
    format: 'cjs',
    external: ['vscode'],
    alias: { 'node:assert/strict': './test/support/assert.web.ts' },
    define: {
      'process.env.GREP': JSON.stringify(process.env.GREP ?? ''),
      'process.env.VERBOSE': JSON.stringify(process.env.VERBOSE ?? ''),
      'process.env.ALL': JSON.stringify(process.env.ALL ?? ''),
      'process.env.TIMES': JSON.stringify(process.env.TIMES ?? ''),
    },
    outfile: path.join(out, 'integration.web.js'),
  }),
};

/** Builds the bundles that the named suites need, and the hosts. */
export async function buildTests(suites) {
  const isTorture = suites.some((name) => name === 'unit' || name === 'torture');
  const names = [
    'hosts',
    ...suites,
    ...(suites.includes('node') ? ['standIn'] : []),
    ...(isTorture ? ['writer'] : []),
    ...(suites.some((name) => name === 'e2e' || name === 'torture') ? ['tagger'] : []),
  ];
  await Promise.all(names.map((name) => esbuild.build(bundles[name]())));
  if (names.includes('standIn')) fs.chmodSync(path.join(out, 'vscode-stand-in.mjs'), 0o755);
}

/** An entry whose process is asked for tests, of files that it loads when they are wanted. */
function mutantsEntry() {
  const files = testFiles('unit').map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(file)})`,
  );
  const contents = `import { answer } from './test/support/mutants.ts';\nawait answer({ ${files.join(',\n')} });`;
  return { stdin: { contents, resolveDir: root, sourcefile: 'mutants.ts', loader: 'ts' } };
}

/** Builds the unit tests with other sources in place of those on disk: what `scripts/mutate.mjs` asks. @param contents by path */
export async function buildMutants(contents) {
  const mutated = {
    name: 'mutated',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: name }) =>
        contents.has(name) ? { contents: contents.get(name), loader: 'ts' } : undefined,
      );
    },
  };
  await Promise.all([
    esbuild.build({
      ...inNode,
      ...mutantsEntry(),
      plugins: [...inNode.plugins, mutated],
      outfile: path.join(out, 'mutants.mjs'),
    }),
    esbuild.build(bundles.writer()),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildTests(['unit', 'node', 'web', 'e2e']);
}
