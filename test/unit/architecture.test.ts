import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a source file imports: packages by name, files by their path from the root of the project. */
interface Source {
  readonly file: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|(?:import|require)\s*\(\s*'([^']+)'|(?:^|\n)import '([^']+)'/g;

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, from, called, bare]) =>
    resolve(file, from ?? called ?? bare ?? ''),
  );
  return { file, lines: text.trimEnd().split('\n').length, imports };
}

const { imports: SEAMS } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  imports: Record<string, { default: string }>;
};

function resolve(file: string, name: string): string {
  // What the host picks; the types of it stand in the file without `.node` and `.browser`.
  if (name.startsWith('#')) return SEAMS[name]!.default.replace(/^\.\/|\.node\.ts$/g, '');
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name;
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readSource('src/' + name.split(path.sep).join('/')));

/** The part of the project that a file belongs to: `core`, `formats`, `wording`, `node`, `workspace`, `cli`, `entry`, or one feature. */
function partOf(file: string): string {
  const [, folder = '', name = ''] = file.split('/');
  if (folder === 'features') return `features/${name.replace(/\.ts$/, '')}`;
  return ['core', 'formats', 'wording', 'node', 'workspace', 'cli'].includes(folder) ? folder : 'entry';
}

/** `features/shared` holds what features have in common; it is no feature. */
const SHARED = 'features/shared';

function mayImport(file: string, name: string): boolean {
  const part = partOf(file);
  if (name.startsWith('node:')) return false;
  if (!name.startsWith('src/')) {
    const packages: Record<string, string[]> = {
      core: ['yaml', 'diff', 'picomatch', 'color-name'],
      formats: ['diff', 'saxes', 'fzstd', 'hyparquet', 'hyparquet-writer'],
      wording: [],
      cli: [],
      node: [],
      workspace: ['vscode'],
    };
    return (packages[part] ?? ['vscode']).includes(name.split('/')[0]!);
  }
  const target = partOf(name);
  if (target === part || target === 'core') return true;
  if (target === 'formats') return !['core', 'node'].includes(part);
  if (target === 'wording') return !['core', 'formats', 'workspace', 'node'].includes(part);
  if (target === 'node') return mayUseNode(file);
  if (['core', 'formats', 'wording', 'node', 'cli', 'workspace'].includes(part)) return false;
  if (part === 'entry') return true;
  return target === 'workspace' || (target === SHARED && part !== SHARED);
}

/** The only files that may ask for Node: those of the Node host, which the seams alone lead to, and the command line. */
function mayUseNode(file: string): boolean {
  return /^src\/(?:workspace\/host\/[\w-]+\.node\.ts$|(?:cli|node)\/)/.test(file);
}

describe('the architecture', () => {
  it('is read from the sources', () => {
    assert.ok(
      sources.some(({ file, imports }) => file === 'src/core/place.ts' && imports.includes('src/core/text')),
    );
    assert.ok(sources.some(({ imports }) => imports.includes('yaml')));
    const missing = sources.flatMap(({ file, imports }) =>
      imports
        .filter((name) => name.startsWith('src/'))
        .filter((name) => ![name, `${name}.ts`, `${name}/index.ts`].some((one) => existsSync(one)))
        .map((name) => `${file} → ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('has imports that run one way: entry → features → workspace → formats → core ← formats ← cli', () => {
    const wrong = sources.flatMap(({ file, imports }) =>
      imports
        .filter((name) => !mayImport(file, name))
        .filter((name) => !(name.startsWith('node:') && mayUseNode(file)))
        .map((name) => `${file} → ${name}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('reaches what is for the Node host only through its seams', () => {
    const wrong = sources
      .filter(({ file }) => !file.endsWith('.node.ts'))
      .flatMap(({ file, imports }) =>
        imports.filter((name) => name.endsWith('.node')).map((name) => `${file} → ${name}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('starts a program in one place, which asks git and lets it start no other', () => {
    const starters = sources.filter(({ imports }) => imports.includes('node:child_process'));
    assert.deepEqual(
      starters.map(({ file }) => file),
      ['src/node/run-git.ts'],
    );
  });

  it('has no cycles', () => {
    const byName = new Map(sources.map((source) => [source.file.replace(/\.ts$/, ''), source]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (name: string, above: readonly string[]) => {
      if (above.includes(name)) cycles.push([...above.slice(above.indexOf(name)), name].join(' → '));
      if (done.has(name) || above.includes(name)) return;
      for (const next of byName.get(name)?.imports ?? []) visit(next, [...above, name]);
      done.add(name);
    };
    for (const name of byName.keys()) visit(name, []);
    assert.deepEqual(cycles, []);
  });

  it('has no file of more than 400 lines', () => {
    const long = sources.filter(({ lines }) => lines > 400).map(({ file, lines }) => `${file}: ${lines}`);
    assert.deepEqual(long, []);
  });

  it('has a test of every feature in the web worker host, too', () => {
    const untested = readdirSync('test/integration')
      .filter((name) => name.endsWith('.test.ts'))
      .filter(
        (name) => !/\b(?:it|describe)\(['`].*@web['`]/.test(readFileSync(`test/integration/${name}`, 'utf8')),
      );
    assert.deepEqual(untested, []);
  });
});
