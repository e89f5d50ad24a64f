import assert from 'node:assert/strict';
import { CliFolder } from './support.ts';

const TOWNS = ['Harwich', 'Dover', 'Poole', 'Whitby'];

/** An article that names two towns, and its sidecar. */
function files(n: number, status: string): Record<string, string> {
  const [one, other] = [TOWNS[n % 4]!, TOWNS[(n + 1) % 4]!];
  const text = `The ferry to ${one} was late.\n\nNobody in ${other} minded.\n`;
  const entity = (id: string, town: string) =>
    `  - {id: ${id}, label: GPE, start: ${text.indexOf(town)}, end: ${text.indexOf(town) + town.length}, text: ${town}}\n`;
  const head = `version: 1\narticle: a${n}.txt\nstatus: ${status}\nentities:\n`;
  return {
    [`a${n}.txt`]: text,
    [`a${n}.ann.yaml`]: head + entity('aaaaaa', one) + entity('bbbbbb', other),
  };
}

describe('learn --report', () => {
  let folder: CliFolder;
  afterEach(() => folder.remove());
  const all = (status: (n: number) => string) =>
    Object.assign(
      { 'z.txt': 'Nothing is tagged in Dover.\n' },
      ...Array.from({ length: 9 }, (_, n) => files(n, status(n))),
    ) as Record<string, string>;
  const lines = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('tells of each article that has entities how well it was predicted, in the order of their names', async () => {
    folder = new CliFolder(all(() => 'open'));
    const { status, stdout } = await folder.run('learn', '--report', '--format', 'json', '.');
    assert.equal(status, 0);
    const told = lines(stdout);
    assert.deepEqual(
      told.map(({ article }) => article),
      Array.from({ length: 9 }, (_, n) => `a${n}.txt`),
    );
    assert.deepEqual(told[0], {
      article: 'a0.txt',
      gold: 2,
      predicted: 0,
      correct: 0,
      sure: 0,
      sure_correct: 0,
      bins: [],
    });
    assert.deepEqual(Object.keys(told[8]!), [
      'article',
      'gold',
      'predicted',
      'correct',
      'sure',
      'sure_correct',
      'bins',
    ]);
    assert.equal(told[8]!.correct, 2);
    assert.equal(
      (await folder.run('learn', '--report', '--format', 'json', '.')).stdout,
      stdout,
      'the same again',
    );
    const table = (await folder.run('learn', '--report', '.')).stdout;
    assert.match(table, /^articles +precision +recall +F1 +sure: precision +recall +calibration\n1–9 /);
  });

  it('takes only those that are done where some are', async () => {
    folder = new CliFolder(all((n) => (n % 4 === 1 ? 'done' : 'open')));
    const { stdout } = await folder.run('learn', '--report', '--format', 'json', '.');
    assert.deepEqual(
      lines(stdout).map(({ article }) => article),
      ['a1.txt', 'a5.txt'],
    );
  });

  it('names what it left out, and why, and tells of the rest', async () => {
    folder = new CliFolder({
      ...all(() => 'open'),
      'a2.ann.yaml': 'version: 1\nentities: [1]\n',
      'latin.txt': Uint8Array.of(0x41, 0xe4, 0x2e),
    });
    const { status, stdout, stderr } = await folder.run('learn', '--report', '--format', 'json', '.');
    assert.equal(status, 1);
    assert.equal(lines(stdout).length, 8);
    assert.match(stderr, /^a2\.ann\.yaml:2:12: .+$/m);
    assert.match(stderr, /^latin\.txt:1:2: .+UTF-8.+$/m);
    assert.equal(stderr.trimEnd().split('\n').length, 2);
  });

  it('learns nothing from what was suggested, and nobody has accepted', async () => {
    folder = new CliFolder(all(() => 'open'));
    const before = (await folder.run('learn', '--report', '--format', 'json', '.')).stdout;
    const sidecar = folder.read('a0.ann.yaml').replaceAll('a0.txt', 'z.txt').split('\n').slice(0, 4);
    const entity =
      'id: aaaaaa, label: GPE, start: 21, end: 26, text: Dover, suggested_by: learned, score: 0.9';
    folder.write('z.ann.yaml', [...sidecar, `  - {${entity}}`, ''].join('\n'));
    assert.equal((await folder.run('learn', '--report', '--format', 'json', '.')).stdout, before);
    folder.write('z.ann.yaml', [...sidecar, `  - {${entity}, reviewed: true}`, ''].join('\n'));
    const { stdout } = await folder.run('learn', '--report', '--format', 'json', '.');
    assert.equal(lines(stdout).at(-1)!.article, 'z.txt');
  });

  it('says what it needs', async () => {
    folder = new CliFolder({ 'a.txt': 'Ada.\n' });
    const { status, stderr } = await folder.run('learn', '.');
    assert.equal(status, 2);
    assert.match(stderr, /learn needs --report/);
    assert.match((await folder.run('learn', '--report', '.')).stderr, /No article has entities/);
  });
});
