import assert from 'node:assert/strict';
import { CliFolder, sidecarOf } from './support.ts';

const ARTICLES = 600;
const LABELS = ['PER', 'ORG', 'GPE'];

/** Articles in which a name is tagged differently, or not at all; some are broken in one way or another. */
function corpus(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < ARTICLES; i++) {
    const stem = `corpus/${Math.floor(i / 50)}/${i}`;
    const name = `Name${i % 40}`;
    const text = ` date 2022-0${1 + (i % 9)}-01 It was ${name} who came, and 😀 ${name}.\n`;
    const start = Array.from(text.slice(0, text.indexOf(name))).length;
    const entity = `label: ${LABELS[i % 7 === 0 ? 1 : 0]}, start: ${start}, end: ${start + name.length}`;
    const more = [', reviewed: true', ', link: "wikidata:Q1"', ', note: mine', ''][i % 4]!;
    files[`${stem}.txt`] = text;
    const sidecar = sidecarOf(`${i}.txt`, text, [`id: aaa${1000 + i}, ${entity}, text: ${name}${more}`]);
    if (i % 5 > 0) files[`${stem}.ann.yaml`] = i % 90 === 1 ? sidecar.slice(0, -9) : sidecar;
    if (i % 100 === 7) files[`${stem}.txt`] = `Other. ${text}`;
  }
  return files;
}

describe('two threads', () => {
  let folder: CliFolder;
  before(() => (folder = new CliFolder(corpus())));
  after(() => folder.remove());

  for (const args of [
    ['stats', '--format', 'json', 'corpus'],
    ['validate', '--format', 'sarif', 'corpus'],
    ['validate', '--no-git', 'corpus', 'corpus/3/161.txt', 'corpus/11/574.ann.yaml'],
  ])
    it(`say what one says: ${args.join(' ')}`, async () => {
      const [alone, shared] = [await folder.run(...args), folder.start('', ...args)];
      assert.equal(shared.stdout, alone.stdout);
      assert.deepEqual([shared.status, shared.stderr], [alone.status, alone.stderr]);
      assert.ok(alone.stdout.length > 0);
    });
});
