// Bundles the extension: `dist/extension.js`, which loads `dist/program.js` when a window needs it. The program is one
// for both hosts; what differs between the Node host (desktop, remote) and the web worker host is in `dist/host.js` and
// `dist/web/host.js`: `#disk`, `#formats`, `#git` and `#worker` (package.json "imports"), of which the "browser"
// condition picks those without `node:`, as it does for `#load-program` in `dist/web/extension.js`.
// `dist/formats.js` is a part that is read when it is needed, `dist/yaml.js` one that the program and the formats share;
// `dist/learning.js` runs in a thread, in either host.
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
 * What differs between the hosts is a bundle of its own.
 * @type {esbuild.Plugin}
 */
const hostApart = {
  name: 'host-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^#(disk|formats|git|worker)$/ }, () => ({ path: './host.js', external: true }));
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
  entryPoints: ['src/extension.ts', { in: 'src/workspace/host/index.ts', out: 'host' }],
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

/**
 * What runs in a browser's worker runs in Node, too.
 * @type {esbuild.BuildOptions}
 */
const forBoth = { ...shared, platform: 'browser', target: ['node20', 'es2022'] };

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
    plugins: [vscodeOnce, bundlesApart],
    // `require` finds it beside this file in every version of the host.
    supported: { 'dynamic-import': false },
    outdir: 'dist',
  },
  { ...shared, platform: 'browser', target: 'es2022', outdir: 'dist/web' },
  {
    ...forBoth,
    entryPoints: ['src/program.ts'],
    plugins: [vscodeOnce, hostApart, yamlApart],
    outfile: 'dist/program.js',
  },
  {
    ...forBoth,
    entryPoints: ['src/formats/index.ts'],
    plugins: [boundedRuns],
    outfile: 'dist/formats.js',
  },
  { ...forBoth, entryPoints: ['yaml'], outfile: 'dist/yaml.js' },
  {
    ...forBoth,
    entryPoints: ['src/workspace/learning/thread.ts'],
    format: 'iife',
    plugins: [boundedRuns],
    outfile: 'dist/learning.js',
  },
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
