// Bundles the extension twice from one source: `dist/extension.js` and `dist/program.js`, which that loads when a window
// needs it, for the Node host (desktop, remote), and the same in `dist/web/` for the web worker host. `#disk`,
// `#formats`, `#git`, `#load-program` and `#worker` (package.json "imports") are the only modules that differ: the
// "browser" condition picks those without `node:`. `dist/formats.js` is a part of both that is read when it is needed,
// `dist/yaml.js` one that the program and the formats share; `dist/learning.js` runs in a thread, in either.
// `dist/cli.js` is the command line for npm, over the same core;
// `dist/merge-driver.js` is what of it comes with the extension, for git; `dist/webview/` has the pages of panels,
// `dist/THIRD_PARTY_NOTICES.txt` the licences of what is bundled.
const fs = require('node:fs');
const esbuild = require('esbuild');
const { version } = require('./package.json');
const { boundedRuns } = require('./scripts/bounded-runs.cjs');
const { thirdPartyNotices } = require('./scripts/third-party-notices.cjs');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * One module of the bundle imports `vscode`, all others import that. Else esbuild copies the whole API
 * for each `import * as vscode`, which costs a quarter of the time that loading the bundle takes.
 * @type {esbuild.Plugin}
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-once'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'vscode-once' },
    );
    onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => ({
      contents: "export * from 'vscode';",
      resolveDir: __dirname,
    }));
  },
};

/**
 * What `import()` names is a bundle of its own, which is read when it is first asked for: in the Node host by
 * `require`, in the web worker host by `src/workspace/host/bundle.browser.ts`.
 * @type {esbuild.Plugin}
 */
const bundlesApart = {
  name: 'bundles-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/(formats|program)$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path.split('/').at(-1)}.js`, external: true } : undefined,
    );
  },
};

/**
 * The library for YAML is a bundle of its own, which the others of the extension share.
 * @type {esbuild.Plugin}
 */
const yamlApart = {
  name: 'yaml-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^yaml$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './yaml.js', external: true },
    );
  },
};

/** @type {esbuild.BuildOptions} */
const shared = {
  entryPoints: ['src/extension.ts', 'src/program.ts'],
  bundle: true,
  format: 'cjs',
  plugins: [vscodeOnce],
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  // Licences are in THIRD_PARTY_NOTICES.txt.
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** @type {esbuild.BuildOptions} */
const commandLine = {
  ...shared,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [boundedRuns],
  define: { 'process.env.CORPUS_ANNOTATOR_VERSION': JSON.stringify(version) },
  banner: { js: '#!/usr/bin/env node' },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...shared,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [vscodeOnce, bundlesApart, yamlApart],
    // `require` finds it beside this file in every version of the host.
    supported: { 'dynamic-import': false },
    outdir: 'dist',
  },
  {
    ...shared,
    entryPoints: ['src/formats/index.ts'],
    // What runs in a browser's worker runs in Node, too.
    platform: 'browser',
    target: ['node20', 'es2022'],
    plugins: [boundedRuns],
    outfile: 'dist/formats.js',
  },
  {
    ...shared,
    entryPoints: ['yaml'],
    platform: 'browser',
    target: ['node20', 'es2022'],
    outfile: 'dist/yaml.js',
  },
  {
    ...shared,
    entryPoints: ['src/workspace/learning/thread.ts'],
    platform: 'browser',
    format: 'iife',
    target: ['node20', 'es2022'],
    plugins: [boundedRuns],
    outfile: 'dist/learning.js',
  },
  { ...shared, platform: 'browser', target: 'es2022', plugins: [vscodeOnce, yamlApart], outdir: 'dist/web' },
  { ...commandLine, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js' },
  {
    ...commandLine,
    entryPoints: ['src/cli/merge-driver.ts'],
    plugins: [yamlApart],
    outfile: 'dist/merge-driver.js',
  },
  {
    ...shared,
    entryPoints: [
      { in: 'src/features/concordance/webview/main.ts', out: 'concordance' },
      { in: 'src/features/concordance/webview/style.css', out: 'concordance' },
    ],
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    plugins: [],
    outdir: 'dist/webview',
  },
];

async function main() {
  const inputs = [];
  for (const options of builds) {
    if (watch) {
      await (await esbuild.context(options)).watch();
      continue;
    }
    const { metafile } = await esbuild.build(options);
    inputs.push(...Object.keys(metafile.inputs));
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (/\.(js|css)$/.test(file)) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KB`);
    }
  }
  if (!watch) fs.writeFileSync('dist/THIRD_PARTY_NOTICES.txt', thirdPartyNotices(inputs));
}

main().catch(() => process.exit(1));
