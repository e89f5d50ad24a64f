import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
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
    // In the layer of an annotator, other labels are the common ones.
    if (i % 3 === 0)
      files[`${stem}.ada.ann.yaml`] = sidecar.replace(/label: \w+/, `label: ${LABELS[i % 11 === 0 ? 0 : 2]}`);
    if (i % 100 === 7) files[`${stem}.txt`] = `Other. ${text}`;
  }
  return files;
}

/** Articles that two annotators have, who do not always agree; some sidecars are broken. */
function annotated(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < ARTICLES; i++) {
    const stem = `annotated/${Math.floor(i / 50)}/${i}`;
    const text = `It was Name${i % 40} who came.\n`;
    const span = `start: 7, end: ${11 + String(i % 40).length}, text: Name${i % 40}`;
    files[`${stem}.txt`] = text;
    for (const [n, annotator] of ['ada', 'bob'].entries()) {
      const label = LABELS[(i % 7) * n === 6 ? 1 : i % 3]!;
      const sidecar = sidecarOf(`${i}.txt`, text, [`id: aaa${1000 + i}, label: ${label}, ${span}`]);
      files[`${stem}.${annotator}.ann.yaml`] = i % 90 === n ? sidecar.slice(0, -9) : sidecar;
    }
  }
  return files;
}

/** A collection of brat standoff, in which this and that is wrong, or is lost in columns. */
function collection(): Record<string, string | Uint8Array> {
  const files: Record<string, string | Uint8Array> = {};
  for (let i = 0; i < ARTICLES; i++) {
    const stem = `brat/${Math.floor(i / 70)}/${i}`;
    const text = `It was Name${i} Smith who came, and 😀 Bob.\nName${i} left.\n`;
    const end = `Name${i}`.length + 7;
    const lines = [`T1\tPER 7 ${end}\tName${i}`, `T2\tPER 7 ${end + 6}\tName${i} Smith`];
    if (i % 60 === 3) lines.push('#1\tAnnotatorNotes T2\tsure', 'T3 PER', `T4\tPER 900 903\tBob`);
    files[`${stem}.ann`] = lines.join('\n') + '\n';
    if (i % 150 !== 149) files[`${stem}.txt`] = text;
    if (i % 200 === 19) files[`${stem}.txt`] = new Uint8Array([0xff, 0xfe, 0xff]);
    if (i % 100 === 50) files[`${stem}.jpg`] = 'no text';
  }
  return files;
}

describe('two threads', () => {
  let folder: CliFolder;
  before(() => (folder = new CliFolder({ ...corpus(), ...annotated() })));
  after(() => folder.remove());

  for (const args of [
    ['stats', '--format', 'json', '--layer', 'all', 'corpus'],
    ['agreement', '--format', 'json', 'annotated'],
    ['validate', '--format', 'sarif', 'corpus'],
    ['validate', '--no-git', 'corpus', 'corpus/3/161.txt', 'corpus/11/574.ann.yaml'],
  ])
    it(`say what one says: ${args.join(' ')}`, async () => {
      const [alone, shared] = [await folder.run(...args), folder.start('', ...args)];
      assert.equal(shared.stdout, alone.stdout);
      assert.deepEqual([shared.status, shared.stderr], [alone.status, alone.stderr]);
      assert.ok(alone.stdout.length > 0);
    });

  describe('write what one writes:', () => {
    before(() => {
      for (const [name, content] of Object.entries(collection())) folder.write(name, content);
    });

    it('a corpus that is imported', async () => {
      const [alone, shared] = ['one', 'two'].map(
        (name) => ['import', '--from', 'brat', 'brat', name] as const,
      );
      const [first, second] = [await folder.run(...alone!), folder.start('', ...shared!)];
      assert.deepEqual(second, first);
      assert.equal(first.status, 1);
      const below = (name: string) =>
        Object.entries(folder.files).flatMap(([file, content]) =>
          file.startsWith(`${name}/`) ? [[file.slice(name.length), content]] : [],
        );
      // Ids and all.
      assert.deepEqual(below('two'), below('one'));
      assert.ok(below('one').length > 2 * (ARTICLES - 20));
      // Into what is there: nothing is to be written.
      const again = folder.start('', ...shared!);
      assert.equal(again.status, 1);
      assert.deepEqual(below('two'), below('one'));
    });

    it('nothing of an import of which the disk refuses one file', async () => {
      const documentOf = (id: string) => `# newdoc id = ${id}\n1\tAda\t_\t_\t_\t_\t_\t_\t_\tname=B-PER\n\n`;
      const nameOf = (i: number) => (i === 350 ? '😀'.repeat(80) : `document ${i}`);
      folder.write('many.conllu', Array.from({ length: 400 }, (_, i) => documentOf(nameOf(i))).join(''));
      const args = ['import', '--from', 'conllu', 'many.conllu', 'made'];
      const ended = [await folder.run(...args), folder.start('', ...args)];
      assert.deepEqual(ended[1], ended[0]);
      assert.equal(ended[0]!.status, 1);
      assert.match(ended[0]!.stderr, /its name is too long/);
      assert.ok(!fs.existsSync(path.join(folder.path, 'made')));
    });
  });
});
