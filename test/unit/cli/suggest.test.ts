import assert from 'node:assert/strict';
import { LIKELY } from '../../../src/core/learn/learner.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import { CliFolder, sidecarOf } from './support.ts';

const TOWNS = ['Harwich', 'Dover', 'Poole', 'Whitby', 'Margate', 'Bideford'];
const NAMES = ['Ada Holt', 'Bob Reed', 'Eve Marsh', 'Joan Pike', 'Tom Vane'];

/** A text with six towns and six people, and the lines of their entities. */
function taught(n: number): { text: string; entities: string[] } {
  let text = '';
  const entities: string[] = [];
  const put = (label: string, mention: string) => {
    const id = `${label === 'GPE' ? 'g' : 'p'}aaaa${entities.length}`;
    entities.push(
      `id: ${id}, label: ${label}, start: ${text.length}, end: ${text.length + mention.length}, text: ${mention}`,
    );
    text += mention;
  };
  TOWNS.forEach((_, i) => {
    text += 'In the evening ';
    put('PER', NAMES[(i + n) % 5]!);
    text += ' left the port of ';
    put('GPE', TOWNS[(i * 5 + n) % 6]!);
    text += '.\n\n';
  });
  return { text, entities };
}

const NEW =
  'In the evening Ann Shaw left the port of Padstow.\n\nIn the evening Ada Holt left the port of Fowey.\n';
const SHAW = { label: 'PER', start: 15, end: 23, text: 'Ann Shaw' };
const PADSTOW = { label: 'GPE', start: 41, end: 48, text: 'Padstow' };
const HOLT = { label: 'PER', start: 66, end: 74, text: 'Ada Holt' };
const FOWEY = { label: 'GPE', start: 92, end: 97, text: 'Fowey' };

function corpus(status: 'open' | 'done', more: Record<string, string> = {}): Record<string, string> {
  const files = Array.from({ length: 8 }, (_, n) => {
    const { text, entities } = taught(n);
    return { [`a${n}.txt`]: text, [`a${n}.ann.yaml`]: sidecarOf(`a${n}.txt`, text, entities, status) };
  });
  return Object.assign({ 'new.txt': NEW, ...more }, ...files) as Record<string, string>;
}

describe('corpus-annotator suggest', () => {
  let folder: CliFolder;
  afterEach(() => folder.remove());
  const run = (...args: string[]) => folder.run('suggest', ...args);
  const suggested = async (...args: string[]) => {
    const { status, stdout, stderr } = await run('--format', 'json', ...args);
    assert.equal(status, 0, stderr);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const spans = (lines: readonly Record<string, unknown>[]) =>
    lines.map(({ label, start, end, text }) => ({ label, start, end, text }));
  const entitiesOf = (name: string) => readSidecar(folder.read(name)).sidecar!.entities;

  it('prints what is learned from the articles that are done, and how sure, and writes nothing', async () => {
    folder = new CliFolder(corpus('done', { 'b.txt': 'Nobody was there.\n' }));
    const before = folder.files;
    const lines = await suggested('.');
    assert.deepEqual(spans(lines), [SHAW, PADSTOW, HOLT, FOWEY]);
    for (const { article, score, sure } of lines) {
      assert.equal(article, 'new.txt');
      assert.ok((score as number) >= LIKELY && (score as number) <= 1, String(score));
      assert.equal(typeof sure, 'boolean');
    }
    const { stdout, stderr } = await run('.');
    assert.match(
      stdout,
      /^article +span +label +score +sure +text\nnew\.txt +\[15, 23\) +PER +[01]\.\d\d .*“Ann Shaw”\n/,
    );
    assert.equal(stderr, 'Learned from 8 articles. Would write 4 suggestions into 1 sidecar.\n');
    assert.deepEqual(folder.files, before);
    const sure = await suggested('--sure', '.');
    assert.deepEqual(
      sure,
      lines.filter((line) => line.sure),
    );
    assert.ok(sure.length > 0);
  });

  it('writes them as entities to review, and a second time nothing', async () => {
    folder = new CliFolder(corpus('done'));
    const lines = await suggested('.');
    const { status, stderr } = await run('--write', '--quiet', '.');
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(
      entitiesOf('new.ann.yaml').map(({ label, start, end, text, reviewed, suggestedBy, score }) => ({
        label,
        start,
        end,
        text,
        reviewed,
        suggestedBy,
        score,
      })),
      lines.map(({ label, start, end, text, score }) => ({
        label,
        start,
        end,
        text,
        reviewed: undefined,
        suggestedBy: 'learned',
        score,
      })),
    );
    const after = folder.files;
    assert.match(folder.read('new.ann.yaml'), /text: Padstow, suggested_by: learned, score: 0\.\d+\}/);
    assert.equal(
      (await run('--write', '.')).stderr,
      'Learned from 8 articles. Wrote 0 suggestions into 0 sidecars.\n',
    );
    assert.deepEqual(folder.files, after);
    assert.equal((await folder.run('validate', '--severity', 'error', '.')).status, 0);
  });

  it('writes nothing a second time where no article is done, either: it does not learn from itself', async () => {
    folder = new CliFolder(corpus('open'));
    assert.deepEqual(spans(await suggested('.')), [SHAW, PADSTOW, HOLT, FOWEY]);
    await run('--write', '.');
    const after = folder.files;
    assert.equal(
      (await run('--write', '.')).stderr,
      'Learned from 8 articles. Wrote 0 suggestions into 0 sidecars.\n',
    );
    assert.deepEqual(folder.files, after);
  });

  it('keeps to what a person said: entities that are there, what is refused, what is done', async () => {
    const entity = 'id: kkkkkk, label: ORG, start: 15, end: 32, text: Ann Shaw left the';
    const other = { label: 'GPE', text: 'Fowey' };
    const { text, entities } = taught(9);
    folder = new CliFolder(
      corpus('done', {
        'new.ann.yaml': `${sidecarOf('new.txt', NEW, [entity])}# of a person\n`,
        'refused.yaml': `version: 1\nrefused:\n  - {text: Padstow, label: GPE}\n  - {text: Ada Holt, label: PER, article: other.txt}\n`,
        'part.txt': text,
        'part.ann.yaml': sidecarOf('part.txt', text, entities.slice(1), 'done'),
      }),
    );
    assert.deepEqual(spans(await suggested('.')), [HOLT, { ...FOWEY, ...other }]);
    await run('--write', '.');
    assert.match(folder.read('new.ann.yaml'), /- \{id: kkkkkk, label: ORG[^}]+\}\n[^]+# of a person\n$/);
    const { stdout, stderr } = await run('.', 'part.txt');
    assert.deepEqual([stdout, stderr.split('\n')[0]], ['', 'part.txt is done: nothing is suggested in it.']);
    folder.write('refused.yaml', 'refused: [\n');
    const broken = await run('--write', '.');
    assert.equal(broken.status, 1);
    assert.match(broken.stderr, /refused\.yaml:\d+:\d+: .+Nothing was written/);
  });

  it('predicts an article that is named from all others, and only that', async () => {
    const { text, entities } = taught(8);
    folder = new CliFolder(
      corpus('open', { 'part.txt': text, 'part.ann.yaml': sidecarOf('part.txt', text, entities.slice(2)) }),
    );
    assert.deepEqual(
      spans(await suggested('.', 'part.txt')).map(({ text }) => text),
      entities.slice(0, 2).map((line) => /text: (.+)$/.exec(line)![1]),
    );
    assert.equal((await run('.', 'none.txt')).status, 2);
  });

  it('leaves out what it cannot use, or what changed, says so, and writes the rest', async () => {
    folder = new CliFolder(
      corpus('done', {
        'bad.txt': NEW,
        'bad.ann.yaml': 'version: 1\nentities: 5\n',
        'old.txt': NEW,
        'old.ann.yaml': sidecarOf('old.txt', 'Another text.\n', []),
      }),
    );
    const { status, stderr } = await run('--no-git', '--write', '.');
    assert.equal(status, 1);
    assert.match(stderr, /^bad\.ann\.yaml:2:11: /m);
    assert.match(stderr, /^old\.txt was changed since its sidecar was written: run repair/m);
    assert.match(stderr, /Wrote 4 suggestions into 1 sidecar\.\n$/);
    assert.equal(folder.read('bad.ann.yaml'), 'version: 1\nentities: 5\n');
  });

  it('learns from the layer of an annotator, and writes into it', async () => {
    const { text, entities } = taught(0);
    folder = new CliFolder({
      ...corpus('open'),
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_, n) => [
          `a${n}.ada.ann.yaml`,
          sidecarOf(`a${n}.txt`, taught(n).text, taught(n).entities, 'done').replaceAll('GPE', 'PORT'),
        ]),
      ),
      'b.txt': text,
      'b.ada.ann.yaml': sidecarOf(
        'b.txt',
        text,
        entities.slice(1).map((line) => line.replace('GPE', 'PORT')),
      ),
    });
    const before = folder.files;
    const lines = await suggested('--layer', 'ada', '--write', '.');
    assert.deepEqual(
      spans(lines).map(({ label, text }) => [label, text]),
      [['PER', 'Ada Holt']],
    );
    const changed = Object.entries(folder.files).filter(([name, content]) => before[name] !== content);
    assert.deepEqual(
      changed.map(([name]) => name),
      ['b.ada.ann.yaml'],
    );
    assert.equal((await run('--layer', 'bob', '.')).status, 2);
  });
});
