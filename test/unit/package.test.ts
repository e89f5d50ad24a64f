import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { packVsix, zipNames } from '../support/vsix.ts';

const shipped = [
  /^dist\/((web\/)?extension|merge-driver|formats)\.js$/,
  /^dist\/webview\/[a-z-]+\.(js|css)$/,
  /^(syntaxes|schemas|l10n)\/[^/]+\.json$/,
  /^media\/[^/]+\.(png|svg|gif|md)$/,
  /^(package|package\.nls[^/]*|language-configuration)\.json$/,
  /^(readme\.md|changelog\.md|license\.txt)$/i,
];

describe('the package', () => {
  it('holds what users need and nothing else, in less than 700 KB', () => {
    const file = packVsix('contents');
    const names = zipNames(file)
      .filter((name) => name.startsWith('extension/'))
      .map((name) => name.slice('extension/'.length));
    assert.deepEqual(
      names.filter((name) => !shipped.some((pattern) => pattern.test(name))),
      [],
    );
    const { size } = fs.statSync(file);
    console.log(`  ${names.length} files, ${(size / 1024).toFixed(1)} KB`);
    assert.ok(size < 700 * 1024, `${size} bytes`);

    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Record<string, string>;
    const files = [manifest.main, manifest.browser, manifest.icon, 'dist/merge-driver.js', 'dist/formats.js'];
    for (const path of files) {
      assert.ok(path && names.includes(path.replace('./', '')), `${path} is in the package`);
    }
  }).timeout(60_000);

  it('of the command line for npm holds that and nothing else', () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const shell = process.platform === 'win32';
    const [packed] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe', shell })) as {
      files: { path: string }[];
    }[];
    assert.deepEqual(packed!.files.map(({ path }) => path).sort(), [
      'LICENSE',
      'README.md',
      'dist/cli.js',
      'package.json',
    ]);
    const { bin } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    assert.deepEqual(bin, { 'corpus-annotator': './dist/cli.js' });
  }).timeout(60_000);
});
