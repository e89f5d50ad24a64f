import assert from 'node:assert/strict';
import * as esbuild from 'esbuild';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readManifest } from '../support/manifest.ts';
import { packVsix, zipNames, zipText } from '../support/vsix.ts';

const shipped = [
  /^dist\/((web\/)?(extension|host)|program|merge-driver|formats|yaml|learning)\.js$/,
  /^dist\/webview\/[a-z-]+\.(js|css)$/,
  /^dist\/THIRD_PARTY_NOTICES\.txt$/,
  /^(syntaxes|schemas|l10n)\/[^/]+\.json$/,
  /^media\/(walkthrough\/)?[^/]+\.(png|svg)$/,
  /^(package|package\.nls[^/]*|language-configuration)\.json$/,
  /^(readme\.md|changelog\.md|license\.txt)$/i,
];

const NOTICES = 'dist/THIRD_PARTY_NOTICES.txt';

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
    const readme = zipText(file, 'extension/readme.md');
    const targets = [...readme.matchAll(/\]\(([^)\s]*)\)/g)].map(([, target = '']) => target);
    assert.deepEqual(
      targets.filter((target) => !/^(?:https:\/\/|data:image\/png;base64,)/.test(target)),
      [],
      'links and pictures of the page of the installed extension',
    );
    assert.ok(
      targets.some((target) => target.startsWith('data:')),
      'a picture',
    );

    const files = [
      manifest.main,
      manifest.browser,
      manifest.icon,
      'dist/merge-driver.js',
      'dist/formats.js',
      'dist/yaml.js',
      'dist/learning.js',
      'dist/program.js',
      'dist/host.js',
      'dist/web/host.js',
      NOTICES,
    ];
    for (const path of files) {
      assert.ok(path && names.includes(path.replace('./', '')), `${path} is in the package`);
    }
  });

  it('is described for a shop, with no address that is made up', () => {
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    assert.deepEqual(manifest.categories, ['Data Science', 'Machine Learning', 'Other']);
    assert.match((manifest.galleryBanner as { color: string }).color, /^#[0-9a-f]{6}$/);
    for (const key of ['repository', 'bugs', 'homepage']) assert.equal(manifest[key], undefined, key);
    const icon = fs.readFileSync(manifest.icon as string);
    const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
    assert.ok(width >= 128 && width === height, `${width} × ${height}`);
  });

  it('of the command line for npm holds that and nothing else', () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const shell = process.platform === 'win32';
    const [packed] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe', shell })) as {
      files: { path: string }[];
    }[];
    assert.deepEqual(packed!.files.map(({ path }) => path).sort(), [
      'LICENSE',
      'README.md',
      'dist/THIRD_PARTY_NOTICES.txt',
      'dist/cli.js',
      'package.json',
    ]);
    const { bin } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    assert.deepEqual(bin, { 'corpus-annotator': './dist/cli.js' });
  });
});

describe('the notices of third parties', () => {
  let notices: string;
  before(() => (notices = fs.readFileSync(NOTICES, 'utf8')));

  it('name each package that a source imports', () => {
    const imported = fs
      .readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...fs
          .readFileSync(`src/${name}`, 'utf8')
          .matchAll(/^(?:import|export|\}) (?!type\b).*?from '(@[^/']+\/[^/']+|[\w-]+)(?:\/[^']*)?';$/gm),
      ])
      .map(([, name = '']) => name);
    const packages = [...new Set(imported)].filter((name) => name !== 'vscode');
    assert.ok(packages.length >= 8, packages.join());
    for (const name of packages)
      assert.match(notices, new RegExp(`^${name} \\d\\S* \\([\\w-]+\\)$`, 'm'), name);
  });

  it('are of the packages that are in the bundles, in the versions that are there, and of no others', async () => {
    const { metafile } = await esbuild.build({
      entryPoints: [
        'src/extension.ts',
        'src/program.ts',
        'src/formats/index.ts',
        'src/cli/main.ts',
        'src/cli/merge-driver.ts',
        'src/features/concordance/webview/main.ts',
      ],
      ...{ bundle: true, write: false, metafile: true, outdir: 'out', logLevel: 'error' },
      ...{ platform: 'node', format: 'cjs', mainFields: ['module', 'main'], external: ['vscode'] },
    });
    const bundled = new Set<string>();
    for (const input of Object.keys(metafile.inputs)) {
      const [folder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
      if (folder === undefined) continue;
      const { version } = JSON.parse(fs.readFileSync(`${folder}/package.json`, 'utf8')) as {
        version: string;
      };
      bundled.add(`${name} ${version}`);
    }
    const noticed = [...notices.matchAll(/^(\S+) (\d\S*) \([\w-]+\)$/gm)].map(
      ([, name, version]) => `${name} ${version}`,
    );
    assert.ok(bundled.size >= 8);
    assert.deepEqual(noticed.sort(), [...bundled].sort());
  });

  it('hold the terms of each, also of packages that these need', () => {
    assert.match(
      notices,
      /^xmlchars \S+ \(MIT\)\nCopyright Louis-Dominique Dubeau and contributors to xmlchars$/m,
    );
    for (const terms of ['Permission is hereby granted, free of charge', 'Permission to use, copy, modify'])
      assert.equal(notices.split(terms).length - 1, 1, terms);
    // Those of one licence share its words, whole: nothing of them is taken for a line of whose it is.
    assert.match(notices, /IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM/);
    assert.match(notices, /Redistributions of source code must retain/);
  });
});

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly when: string;
      readonly args?: { readonly commands?: readonly (string | { readonly command: string })[] };
    }[];
    readonly configuration: { readonly properties: Record<string, { readonly default: unknown }> };
  };
}

/** What a key runs: of several commands, the last one. */
function commandOf({ command, args }: Manifest['contributes']['keybindings'][number]): string {
  const last = args?.commands?.at(-1) ?? command;
  return typeof last === 'string' ? last : last.command;
}

describe('the documents', () => {
  it('link to files that there are', () => {
    const docs = fs.readdirSync('docs').map((name) => `docs/${name}`);
    const texts = ['README.md', 'seeds/README.md', 'test/README.md', ...docs].filter((name) =>
      name.endsWith('.md'),
    );
    const missing = texts.flatMap((name) =>
      [...fs.readFileSync(name, 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].flatMap(([, target = '']) =>
        fs.existsSync(path.join(path.dirname(name), target)) ? [] : [`${name}: ${target}`],
      ),
    );
    assert.deepEqual(missing, []);
  });

  it('let nobody run a package of a name that is not published', () => {
    const sources = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`);
    const docs = fs.readdirSync('docs').map((name) => `docs/${name}`);
    const texts = ['README.md', ...docs, ...sources].filter((name) => /\.(?:md|ts)$/.test(name));
    const wrong = texts.filter((name) =>
      /\bnpx\b[^\n`]*corpus-annotator|npm (?:i|install)\b[^\n`]* corpus-annotator/.test(
        fs.readFileSync(name, 'utf8'),
      ),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('the README', () => {
  const readme = fs.readFileSync('README.md', 'utf8');
  const { contributes } = readManifest<Manifest>();
  const rows = readme.split('\n').flatMap((line) => {
    const [, ...cells] = line.split('|').map((cell) => cell.trim());
    return cells.length > 0 ? [cells] : [];
  });

  it('lists all settings with their defaults, and no others', () => {
    const listed = rows.filter(([name = '']) => name.startsWith('`corpusAnnotator.'));
    const settings = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      Object.fromEntries(listed.map(([name, value]) => [name, value])),
      Object.fromEntries(
        settings.map(([name, setting]) => [
          `\`${name}\``,
          setting.default === '' ? '' : `\`${String(setting.default)}\``,
        ]),
      ),
    );
  });

  it('names commands as the palette does', () => {
    const titles = new Set(contributes.commands.map(({ title }) => title));
    for (const [, title = ''] of readme.matchAll(/_Corpus: ([^_]+)_/g)) assert.ok(titles.has(title), title);
  });

  it('lets the palette show a key that works everywhere, which is the last that a command has', () => {
    const isOfMode = ({ when }: { readonly when: string }) => /\bcorpusAnnotator\.mode\b/.test(when);
    for (const { command } of contributes.keybindings) {
      const keys = contributes.keybindings.filter((one) => one.command === command);
      assert.equal(isOfMode(keys.at(-1)!), keys.every(isOfMode), command);
    }
  });

  it('says which keys commands have', () => {
    // Commands of the editor and of a view may have one title.
    const commandsOf = (title: string) => contributes.commands.filter((one) => one.title === title);
    const named = rows.filter(([title = '']) => commandsOf(title).length > 0);
    assert.ok(named.length > 15);
    for (const [title = '', inEditor = ''] of named) {
      const commands = commandsOf(title).map(({ command }) => command);
      const keys = contributes.keybindings.filter((one) => commands.includes(commandOf(one)));
      for (const [, key] of inEditor.matchAll(/`([^`]+)`/g))
        assert.ok(
          keys.some((one) => one.key === key),
          `${title}: ${key}`,
        );
    }
  });
});
