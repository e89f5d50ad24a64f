import assert from 'node:assert/strict';
import { CliFolder } from './support.ts';

const LAYER = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';

/** A file of WebAnno TSV with one label on the first word. */
function tsv(label: string, text = 'Ada met'): string {
  const [first = '', second = ''] = text.split(' ');
  const end = first.length;
  return [
    '#FORMAT=WebAnno TSV 3.3',
    `#T_SP=${LAYER}|identifier|value`,
    ...['', '', `#Text=${text}`],
    `1-1\t0-${end}\t${first}\t_\t${label}\t`,
    `1-2\t${end + 1}-${end + 1 + second.length}\t${second}\t_\t_\t`,
    '',
  ].join('\n');
}

const xmi = (label: string, text = 'Ada met') =>
  `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/><ner:NamedEntity xmi:id="2" sofa="1" begin="0" end="3" value="${label}"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="${text}"/><cas:View sofa="1" members="2"/></xmi:XMI>`;

describe('two folders of the same documents, of an annotator each', () => {
  it('become one corpus with a layer for each, and none is taken for the other', async () => {
    const folder = new CliFolder({
      'ada/a.txt': 'Ada met',
      'ada/a.ann': 'T1\tPER 0 3\tAda\n',
      'bob/a.txt': 'Ada met',
      'bob/a.ann': 'T1\tORG 0 3\tAda\nT2\tX 4 7\tmet\n',
    });
    try {
      for (const name of ['ada', 'bob']) {
        const { status, stderr } = await folder.run(
          'import',
          '--from',
          'brat',
          '--layer',
          name,
          name,
          'corpus',
        );
        assert.equal(status, 0, stderr);
        assert.match(stderr, /^Imported 1 document,/m);
      }
      const files = Object.keys(folder.files).filter((name) => /^corpus\/a\./.test(name));
      assert.deepEqual(files, ['corpus/a.ada.ann.yaml', 'corpus/a.bob.ann.yaml', 'corpus/a.txt']);
      assert.match(folder.read('corpus/a.ada.ann.yaml'), /label: PER, start: 0, end: 3, text: Ada\b.*\n$/);
      assert.match(folder.read('corpus/a.bob.ann.yaml'), /label: ORG, start: 0[^]*label: X, start: 4/);
      const wrong = await folder.run('import', '--layer', '../x', 'ada', 'corpus');
      assert.equal(wrong.status, 2);
      assert.match(wrong.stderr, /--layer takes a name without points and slashes, not \.\.\/x/);
    } finally {
      folder.remove();
    }
  });
});

describe('a project of INCEpTION or WebAnno', () => {
  let folder: CliFolder;
  beforeEach(() => (folder = new CliFolder()));
  afterEach(() => folder.remove());

  const below = (prefix: string) =>
    Object.keys(folder.files).filter((name) => name.startsWith(prefix) && !name.endsWith('/'));
  const labels = (name: string) => folder.read(name).match(/(?<=label: )\w+(?=, start)/g);

  it('is an article for each document, with a sidecar for each annotator', async () => {
    folder.write('in/annotation/a.txt/ada.tsv', tsv('ORG'));
    folder.write('in/annotation/a.txt/b.o@x.tsv', tsv('MISC'));
    folder.write('in/annotation/a.txt/INITIAL_CAS.tsv', tsv('LOC'));
    folder.write('in/annotation/b.txt/ada.tsv', tsv('LOC', 'Bo left'));
    folder.write('in/curation/a.txt/CURATION_USER.tsv', tsv('PER'));
    folder.write('in/source/b.tsv', tsv('X', 'Bo left'));
    folder.write('in/exportedproject.json', '{}');
    const { status, stderr } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Imported 2 documents, 4 entities\.$/m);
    assert.match(stderr, /1 changed: files from before anybody annotated, passed over/);
    assert.match(stderr, /1 changed: files of a project that are none of an annotator, passed over/);
    assert.deepEqual(below('corpus/'), [
      'corpus/a.ada.ann.yaml',
      'corpus/a.ann.yaml',
      'corpus/a.b_o@x.ann.yaml',
      'corpus/a.txt',
      'corpus/b.ada.ann.yaml',
      'corpus/b.txt',
      'corpus/corpus.yaml',
    ]);
    assert.equal(folder.read('corpus/a.txt'), 'Ada met');
    assert.deepEqual(labels('corpus/a.ada.ann.yaml'), ['ORG']);
    assert.deepEqual(labels('corpus/a.b_o@x.ann.yaml'), ['MISC']);
    assert.deepEqual(labels('corpus/a.ann.yaml'), ['PER']);
    assert.match(folder.read('corpus/a.ada.ann.yaml'), /^article: a\.txt$/m);
    const before = folder.files;
    assert.equal((await folder.run('import', 'in', 'corpus')).status, 0);
    assert.deepEqual(folder.files, before);
    assert.equal((await folder.run('validate', 'corpus')).status, 0);
  });

  it('is one wherever it is named, and of XMI as well', async () => {
    folder.write('in/annotation/a.txt/ada.xmi', xmi('ORG'));
    folder.write('in/annotation/a.txt/CURATION_USER.xmi', xmi('PER'));
    for (const named of ['in', 'in/annotation', 'in/annotation/a.txt', '.']) {
      const { status } = await folder.run('import', '--from', 'uima-xmi', named, `corpus-${named.length}`);
      assert.equal(status, 0);
      const made = below(`corpus-${named.length}/`).filter((name) => !name.endsWith('corpus.yaml'));
      const prefix = named === '.' ? 'in/' : '';
      assert.deepEqual(
        made.map((name) => name.replace(/^corpus-\d+\//, '')),
        ['a.ada.ann.yaml', 'a.ann.yaml', 'a.txt'].map((name) => prefix + name),
        named,
      );
      folder.remove();
      folder = new CliFolder({ 'in/annotation/a.txt/ada.xmi': xmi('ORG') });
      folder.write('in/annotation/a.txt/CURATION_USER.xmi', xmi('PER'));
    }
  });

  it('tells documents apart whose names differ by their endings only', async () => {
    folder.write('in/annotation/a.pdf/ada.tsv', tsv('LOC', 'Bo left'));
    folder.write('in/annotation/a.txt/ada.tsv', tsv('ORG'));
    folder.write('in/curation/a.pdf/CURATION_USER.tsv', tsv('PER', 'Bo left'));
    const { status } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 0);
    assert.deepEqual(below('corpus/a'), [
      'corpus/a.ada.ann.yaml',
      'corpus/a.ann.yaml',
      'corpus/a.txt',
      'corpus/a.txt.ada.ann.yaml',
      'corpus/a.txt.txt',
    ]);
    assert.equal(folder.read('corpus/a.txt'), 'Bo left');
    assert.equal(folder.read('corpus/a.txt.txt'), 'Ada met');
  });

  it('leaves out an annotator whose text is another one, and says so', async () => {
    folder.write('in/annotation/a.txt/ada.tsv', tsv('ORG'));
    folder.write('in/annotation/a.txt/bo.tsv', tsv('PER', 'Eda met'));
    const { status, stderr } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 1);
    assert.match(stderr, /^a: invalid: bo: left out, as its text is another/m);
    assert.deepEqual(below('corpus/a.'), ['corpus/a.ada.ann.yaml', 'corpus/a.txt']);
    assert.equal(folder.read('corpus/a.txt'), 'Ada met');
  });

  it('never writes the sidecar of another article', async () => {
    folder.write('corpus/a.ada.txt', 'Another.\n');
    folder.write('in/annotation/a.txt/ada.tsv', tsv('ORG'));
    folder.write('in/annotation/a.txt/bo.tsv', tsv('PER'));
    const { status, stderr } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^a: invalid: ada: left out, as its sidecar would be that of the article a\.ada\.txt/m,
    );
    assert.deepEqual(below('corpus/a.'), ['corpus/a.ada.txt', 'corpus/a.bo.ann.yaml', 'corpus/a.txt']);
  });

  it('has what was curated once', async () => {
    folder.write('in/annotation/a.txt/CURATION_USER.tsv', tsv('PER'));
    folder.write('in/curation/a.txt/CURATION_USER.tsv', tsv('ORG'));
    const { status, stderr } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 1);
    assert.match(
      stderr,
      /CURATION_USER\.tsv is left out: there is a file of this annotator and document already/,
    );
    assert.deepEqual(labels('corpus/a.ann.yaml'), ['PER']);
  });

  it('is a document for each annotator where it is converted, which is told', async () => {
    folder.write('in/annotation/a.txt/ada.tsv', tsv('ORG'));
    folder.write('in/annotation/a.txt/CURATION_USER.tsv', tsv('PER'));
    const { status, stderr } = await folder.run('convert', '--to', 'brat', 'in', 'out');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /1 changed: documents of one annotator each/);
    assert.deepEqual(
      below('out/').filter((name) => name.endsWith('.ann')),
      ['out/a.ada.ann', 'out/a.ann'],
    );
    assert.equal(folder.read('out/a.ada.ann'), 'T1\tORG 0 3\tAda\n');
  });

  it('is none where folders only look so', async () => {
    folder.write('in/annotation/news/a.tsv', tsv('ORG'));
    folder.write('in/annotation/news/b.tsv', tsv('PER', 'Bo left'));
    const { status } = await folder.run('import', 'in', 'corpus');
    assert.equal(status, 0);
    assert.deepEqual(
      below('corpus/annotation').filter((name) => name.endsWith('.txt')),
      ['corpus/annotation/news/a.txt', 'corpus/annotation/news/b.txt'],
    );
  });
});
