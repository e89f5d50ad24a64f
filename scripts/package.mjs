// npm run package: a production build, packed into corpus-annotator-<version>.vsix, or into `--out FILE`.
// It is made in a folder of its own below out/package, so that the build in dist/ stays the one for development.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { packagedReadme } from './packaged-readme.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** What the build reads, and what .vscodeignore lets into the package. */
const needed = [
  'src',
  'esbuild.js',
  'scripts/bounded-runs.cjs',
  'scripts/third-party-notices.cjs',
  'tsconfig.json',
  'package.json',
  'package.nls.json',
  'l10n',
  '.vscodeignore',
  'syntaxes',
  'schemas',
  'media',
  'language-configuration.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Packs the extension into `file` and returns the package's size. */
function packageExtension(file) {
  fs.rmSync(stage, { recursive: true, force: true });
  fs.mkdirSync(stage, { recursive: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (const name of needed) {
    const from = path.join(root, name);
    if (fs.existsSync(from)) fs.cpSync(from, path.join(stage, name), { recursive: true });
  }
  // These are for the npm package of the command line, and vsce has a list of its own.
  const manifest = JSON.parse(fs.readFileSync(path.join(stage, 'package.json'), 'utf8'));
  delete manifest.files;
  delete manifest.bin;
  fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest));
  const sentences = JSON.parse(fs.readFileSync(path.join(stage, 'package.nls.json'), 'utf8'));
  fs.writeFileSync(path.join(stage, 'package.nls.json'), JSON.stringify(sentences));
  const readme = path.join(stage, 'README.md');
  fs.writeFileSync(readme, packagedReadme(fs.readFileSync(readme, 'utf8'), root));
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(stage, 'node_modules'), 'junction');
  run('esbuild.js', '--production');
  // The project is not bound to one host of repositories: no link is made an address of one.
  run(
    path.join(root, 'node_modules/@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  );
  return fs.statSync(file).size;
}

function run(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: stage,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path.basename(script)} failed\n${stdout}${stderr}`);
}

const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const at = process.argv.indexOf('--out');
const file = path.resolve(
  at > 0 ? process.argv[at + 1] : path.join(root, `corpus-annotator-${version}.vsix`),
);
const stage = path.join(root, 'out/package', path.basename(file, '.vsix'));
console.log(`${path.relative(process.cwd(), file)}  ${(packageExtension(file) / 1024).toFixed(1)} KB`);
