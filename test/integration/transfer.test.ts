import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

interface Summary {
  readonly documents: number;
  readonly entities: number;
  readonly lost: number;
  readonly changed: number;
  readonly invalid: number;
  readonly failed: number;
  readonly report: vscode.Uri;
}

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand<Summary | undefined>(`corpusAnnotator.${name}`, argument);

const TOUR = 'Zora 😀 met Tor in Rome.\n';
const BRAT = {
  'in/tour.txt': TOUR,
  'in/tour.ann': 'T1\tPER 0 4\tZora\nT2\tPER 11 14\tTor\nT3\tCITY 18 22\tRome\nR1\tmet Arg1:T1 Arg2:T2\n',
  'in/deep/low.txt': 'Tor left.\n',
  'in/deep/low.ann': 'T1\tPER 0 3\tTor\nthis is no line\n',
};

describe('import and export', () => {
  let scratch: Scratch;
  /** Files of the other tool are outside of the corpus, as they mostly are. */
  let outside: vscode.Uri;

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': 'Zora met Tor.\n' });
    const name = `transfer-${Math.random().toString(36).slice(2, 8)}`;
    outside = vscode.Uri.joinPath(scratch.folder, '..', '.' + name);
    for (const [path, text] of Object.entries(BRAT)) await write(outside, path, text);
    await scratch.article('a.txt');
  });

  afterEach(async () => {
    await scratch.remove();
    await vscode.workspace.fs.delete(outside, { recursive: true });
  });

  async function write(folder: vscode.Uri, path: string, text: string): Promise<void> {
    const uri = vscode.Uri.joinPath(folder, path);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }

  async function readAll(folder: vscode.Uri, prefix = ''): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory) Object.assign(found, await readAll(uri, `${prefix}${name}/`));
      else found[prefix + name] = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    }
    return found;
  }

  const importAll = (more: object = {}) =>
    run('import', {
      files: [vscode.Uri.joinPath(outside, 'in')],
      folder: scratch.folder,
      preview: false,
      ...more,
    });

  const entities = async (name: string) =>
    (await scratch.api.getEntities(scratch.uri(name))).map(({ label, start, text }) => [label, start, text]);

  it('brings articles, entities and relations of a brat folder, and says what was malformed @web', async () => {
    const summary = await importAll({ addLabels: true });
    const { documents, entities: count, invalid, failed } = summary!;
    assert.deepEqual([documents, count, invalid, failed], [2, 4, 1, 0]);
    assert.equal(await scratch.read('tour.txt'), TOUR);
    const sidecar = await scratch.read('tour.ann.yaml');
    assert.match(sidecar, /^version: 1\narticle: tour\.txt\ntext_hash: sha256:[0-9a-f]{64}\nstatus: open\n/);
    assert.match(sidecar, /label: PER, start: 0, end: 4, text: Zora/);
    assert.match(sidecar, /relations:\n {2}- \{id: \w+, label: met/);
    assert.deepEqual(await entities('tour.txt'), [
      ['PER', 0, 'Zora'],
      ['PER', 11, 'Tor'],
      ['CITY', 18, 'Rome'],
    ]);
    assert.deepEqual(await entities('deep/low.txt'), [['PER', 0, 'Tor']]);
    const found = await scratch.api.findEntities({ text: 'Rome' });
    assert.ok(found.some(({ article }) => article.toString() === scratch.uri('tour.txt').toString()));
    assert.match(await scratch.read('corpus.yaml'), /CITY/);
    assert.deepEqual(scratch.problems('tour.ann.yaml'), []);
    const report = await vscode.workspace.openTextDocument(summary!.report);
    assert.match(report.getText(), /deep\/low\.ann:2:1 {2}.*malformed/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      summary!.report,
    );
    const link = links.find(({ range }) => report.getText(range) === 'deep/low.ann:2:1')!;
    assert.ok(link.target!.path.endsWith('in/deep/low.ann'));
    assert.equal(link.target!.fragment, 'L2,1');
  });

  it('is taken back with the articles and labels that it made, but for those that were changed since', async () => {
    const before = await readAll(scratch.folder);
    await importAll({ addLabels: true });
    assert.equal(await scratch.read('tour.txt'), TOUR);
    assert.match(await scratch.read('corpus.yaml'), /CITY/);
    await run('undoBulk');
    assert.deepEqual(await readAll(scratch.folder), before);
    assert.equal(await scratch.exists('deep'), false, 'its folder');
    // Files that were read meanwhile are read again, as the watcher tells of them.
    const found = () => scratch.api.findEntities({ text: 'Zora' });
    await until(async () => (await found()).length === 0, 'the index to know of it');
    await importAll();
    const sidecar = await scratch.read('tour.ann.yaml');
    await scratch.write('tour.ann.yaml', sidecar.replace('label: PER', 'label: GPE'));
    const changed = await readAll(scratch.folder);
    await run('undoBulk');
    assert.deepEqual(await readAll(scratch.folder), changed, 'all or nothing, until that is asked for');
    await run('redoBulk');
    assert.deepEqual(await readAll(scratch.folder), changed);
  });

  it('makes one article of what several annotators did, with a sidecar each, and takes all back @web', async () => {
    const tsv = (label: string, text = 'Zora met') =>
      `#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n#Text=${text}\n1-1\t0-4\t${text.slice(0, 4)}\t${label}\t\n1-2\t5-8\tmet\t_\t\n`;
    const folder = 'project/annotation';
    await write(outside, `${folder}/x.txt/ada.tsv`, tsv('ORG'));
    await write(outside, `${folder}/x.txt/bo.tsv`, tsv('PER', 'Tora met'));
    await write(outside, `${folder}/x.txt/INITIAL_CAS.tsv`, tsv('LOC'));
    await write(outside, `${folder}/y.txt/ada.tsv`, tsv('GPE'));
    await write(outside, 'project/curation/y.txt/CURATION_USER.tsv', tsv('PER'));
    // An article that is there gets a layer, too.
    await write(outside, `${folder}/a.txt/ada.tsv`, tsv('ORG'));
    const before = await readAll(scratch.folder);
    const files = [vscode.Uri.joinPath(outside, 'project')];
    const summary = await importAll({ files });
    assert.deepEqual(
      [summary!.documents, summary!.entities, summary!.invalid, summary!.failed],
      [3, 4, 1, 0],
    );
    const labels = async (name: string) => (await scratch.read(name)).match(/(?<=label: )\w+(?=, start)/g);
    assert.equal(await scratch.read('x.txt'), 'Zora met');
    assert.deepEqual(await labels('x.ada.ann.yaml'), ['ORG']);
    assert.equal(await scratch.exists('x.bo.ann.yaml'), false, 'its text is another one');
    assert.equal(await scratch.exists('x.ann.yaml'), false, 'nobody has a shared one');
    assert.deepEqual(await labels('y.ada.ann.yaml'), ['GPE']);
    assert.deepEqual(await labels('y.ann.yaml'), ['PER']);
    assert.deepEqual(await labels('a.ada.ann.yaml'), ['ORG']);
    assert.equal(await scratch.read('a.txt'), before['a.txt']);
    const made = await readAll(scratch.folder);
    const again = await importAll({ files });
    assert.deepEqual([again!.documents, again!.entities, again!.failed], [3, 0, 0]);
    assert.deepEqual(await readAll(scratch.folder), made);
    await run('undoBulk');
    const { 'a.ada.ann.yaml': layer, ...left } = await readAll(scratch.folder);
    assert.ok(layer, 'of an article that was there');
    assert.deepEqual(left, before);
  });

  it('changes nothing when it is done again', async () => {
    await importAll({ addLabels: true });
    const before = await readAll(scratch.folder);
    const summary = await importAll({ addLabels: true });
    assert.deepEqual([summary!.documents, summary!.entities, summary!.failed], [2, 0, 0]);
    assert.deepEqual(await readAll(scratch.folder), before);
  });

  it('adds entities to an open article, which undo takes back, and finds their places in its text', async () => {
    await scratch.write('tour.txt', 'News: ' + TOUR);
    const uri = await scratch.article('tour.txt');
    await vscode.window.showTextDocument(uri);
    await until(() => scratch.api.getEntities(uri).then(() => true), 'the live article');
    await scratch.tag('tour.txt', 'Rome', 'GPE');
    await importAll();
    assert.deepEqual(await entities('tour.txt'), [
      ['PER', 6, 'Zora'],
      ['PER', 17, 'Tor'],
      ['CITY', 24, 'Rome'],
      ['GPE', 24, 'Rome'],
    ]);
    assert.match(await scratch.read('tour.ann.yaml'), /label: PER, start: 6, end: 10, text: Zora/);
    assert.match(await scratch.read('tour.ann.yaml'), /\nrelations:\n {2}- \{id: \w+, label: met/);
    await run('undo');
    assert.deepEqual(await entities('tour.txt'), [['GPE', 24, 'Rome']]);
    assert.doesNotMatch(await scratch.read('tour.ann.yaml'), /relations:/);
    await run('redo');
    assert.match(await scratch.read('tour.ann.yaml'), /\nrelations:\n {2}- \{id: \w+, label: met/);
  });

  it('reads a table of entities, which has no texts, into the articles that are there', async () => {
    await scratch.write('news/tour.txt', TOUR);
    await scratch.article('news/tour.txt');
    const table = vscode.Uri.joinPath(outside, 'table.csv');
    const write = (...rows: string[]) =>
      vscode.workspace.fs.writeFile(
        table,
        new TextEncoder().encode(['article,label,start,end,text', ...rows, ''].join('\n')),
      );
    await write('news/tour,PER,0,4,Zora', 'news/tour,GPE,18,22,Rome');
    const { documents, entities: count, failed } = (await importAll({ files: [table] }))!;
    assert.deepEqual([documents, count, failed], [1, 2, 0]);
    assert.deepEqual(await entities('news/tour.txt'), [
      ['PER', 0, 'Zora'],
      ['GPE', 18, 'Rome'],
    ]);
    assert.equal(await scratch.read('news/tour.txt'), TOUR);
    await write('../tour,PER,0,4,Zora');
    const outsideIt = (await importAll({ files: [table] }))!;
    assert.deepEqual([outsideIt.documents, outsideIt.failed], [0, 1]);
    const report = await vscode.workspace.openTextDocument(outsideIt.report);
    assert.match(report.getText(), /table\.csv:2.*\.\.\/tour, which is no article of the corpus/);
  });

  it('makes articles that end as corpus.yaml says', async () => {
    await scratch.write('corpus.yaml', "version: 1\narticles: '**/*.md'\nlabels: {PER: , CITY: }\n");
    await scratch.write('known.md', 'Known.\n');
    await scratch.article('known.md');
    const { documents, failed } = (await importAll())!;
    assert.deepEqual([documents, failed], [2, 0]);
    assert.equal(await scratch.read('tour.md'), TOUR);
  });

  it('reads JSON of no tool, and says what was guessed of it, asked, or lacking @web', async () => {
    const record = { sentence: TOUR, ner: [{ type: 'PER', from: 0, to: 4, text: 'Zora' }] };
    await write(outside, 'own/tour.json', JSON.stringify([record]));
    await write(outside, 'own/two.json', JSON.stringify({ ...record, document: TOUR }));
    const importOne = async (name: string, more: object = {}) => {
      const summary = (await importAll({ files: [vscode.Uri.joinPath(outside, 'own', name)], ...more }))!;
      const report = await vscode.workspace.openTextDocument(summary.report);
      return { ...summary, text: report.getText() };
    };
    const read = await importOne('tour.json');
    assert.deepEqual([read.documents, read.entities, read.failed], [1, 1, 0]);
    assert.match(read.text, /tour\.json:1:1 {2}.*Guessed: texts are in “sentence”.*spans in “ner”/);
    assert.deepEqual(await entities('tour.txt'), [['PER', 0, 'Zora']]);
    const asked = await importOne('two.json');
    assert.deepEqual([asked.documents, asked.failed], [0, 1]);
    assert.match(asked.text, /the text may be in sentence, document; say which by --text-field/);
    const other = await importOne('tour.json', { from: 'labelstudio' });
    assert.deepEqual([other.documents, other.failed], [0, 1]);
    assert.match(other.text, /is not Label Studio JSON: it lacks “result” \/ “data”/);
  });

  it('leaves an invalid sidecar as it is, and says so', async () => {
    await scratch.write('tour.txt', TOUR);
    await scratch.write('tour.ann.yaml', 'entities: {not: a list\n');
    await scratch.article('tour.txt');
    await scratch.untilCodes('tour.ann.yaml', 'yaml-syntax');
    const summary = await importAll();
    assert.deepEqual([summary!.documents, summary!.failed], [1, 1]);
    assert.equal(await scratch.read('tour.ann.yaml'), 'entities: {not: a list\n');
    const report = await vscode.workspace.openTextDocument(summary!.report);
    assert.match(report.getText(), /tour\.txt {2}The sidecar .*tour\.ann\.yaml has errors/);
  });

  it('writes nothing where the preview is left', async () => {
    const before = await readAll(scratch.folder);
    const done = run('import', { files: [vscode.Uri.joinPath(outside, 'in')], folder: scratch.folder });
    // The preview comes some time after the files were read; until then there is nothing to close.
    let isDone = false;
    void done.then(() => (isDone = true));
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isDone;
    }, 'the end of the import');
    assert.equal(await done, undefined);
    assert.deepEqual(await readAll(scratch.folder), before);
  });

  it('goes on where a file lacks the one beside it, and says so', async () => {
    await write(outside, 'in/lone.ann', 'T1\tPER 0 4\tZora\n');
    const summary = await importAll({ from: 'brat' });
    assert.deepEqual([summary!.documents, summary!.failed], [2, 1]);
    const report = await vscode.workspace.openTextDocument(summary!.report);
    assert.match(report.getText(), /lone\.ann {2}.*needs lone\.txt beside it/);
  });

  it('makes no file that corpus.yaml does not take for an article', async () => {
    await scratch.write('below/known.txt', 'Known.\n');
    const entity = '{id: aaaaaa, label: PER, start: 0, end: 5, text: Known}';
    const sidecar = `version: 1\narticle: known.txt\nentities:\n  - ${entity}\n`;
    await scratch.write('below/known.ann.yaml', sidecar);
    const isKnown = async () =>
      (await scratch.api.findEntities({ text: 'Known' })).some(({ article }) =>
        article.path.endsWith('/below/known.txt'),
      );
    await until(isKnown, 'an article below');
    await scratch.write('corpus.yaml', 'version: 1\narticles: "*.txt"\nlabels:\n  PER: {key: p}\n');
    await until(async () => !(await isKnown()), 'the globs');
    const summary = await importAll();
    assert.deepEqual([summary!.documents, summary!.failed], [1, 1]);
    assert.equal(await scratch.exists('deep'), false);
  });

  it('writes nothing where it is stopped while files are read', async () => {
    const before = await readAll(scratch.folder);
    const source = new vscode.CancellationTokenSource();
    const bytes = new TextEncoder();
    const stop = () => {
      source.cancel();
      return Promise.resolve(bytes.encode(BRAT['in/tour.ann']));
    };
    const files = [
      { name: 'tour.ann', data: stop },
      { name: 'tour.txt', data: () => Promise.resolve(bytes.encode(TOUR)) },
    ];
    const { token } = source;
    const argument = { from: 'brat', files, folder: scratch.folder, preview: false, token };
    assert.equal(await run('import', argument), undefined);
    assert.deepEqual(await readAll(scratch.folder), before);
  });

  it('leaves whole articles where it is stopped while they are written, tells the others, and is taken back', async () => {
    const before = await readAll(scratch.folder);
    for (let n = 10; n < 40; n++) {
      await write(outside, `many/${n}.txt`, TOUR);
      await write(outside, `many/${n}.ann`, BRAT['in/tour.ann']);
    }
    const source = new vscode.CancellationTokenSource();
    let stages = 0;
    const token: vscode.CancellationToken = {
      isCancellationRequested: false,
      // Asked when the files are looked at, when they are read, and when articles are written.
      onCancellationRequested: (listener: (event: unknown) => unknown) => {
        if (++stages === 3) setTimeout(() => source.cancel());
        return source.token.onCancellationRequested(listener);
      },
    };
    const files = [vscode.Uri.joinPath(outside, 'many')];
    const summary = await importAll({ files, token });
    assert.equal(summary!.documents + summary!.failed, 30);
    assert.ok(summary!.failed >= 10, `${summary!.failed} were not come to`);
    const after = Object.keys(await readAll(scratch.folder)).filter((name) => !(name in before));
    assert.equal(after.length, 2 * summary!.documents);
    const report = await vscode.workspace.openTextDocument(summary!.report);
    assert.match(report.getText(), /^Import of .*\nIt was cancelled:/);
    assert.match(report.getText(), /39\.txt {2}Not come to: it was cancelled before/);
    const { documents } = summary!;
    const byLabel = documents === 0 ? '' : `\nBy label: PER ${2 * documents}, CITY ${documents}\n`;
    assert.ok(report.getText().includes(byLabel), report.getText());
    await run('undoBulk');
    assert.deepEqual(await readAll(scratch.folder), before);
  });

  it('exports what the filter of the Articles view shows', async () => {
    await importAll({ from: 'brat', files: [vscode.Uri.joinPath(outside, 'in')] });
    const target = vscode.Uri.joinPath(outside, 'filtered.jsonl');
    const exportFiltered = () => run('export', { to: 'doccano', target, scope: 'filtered', replace: true });
    await run('articles.filter', { text: 'deep/low' });
    try {
      assert.equal((await exportFiltered())!.documents, 1);
      const lines = (await readAll(outside))['filtered.jsonl']!.trim().split('\n');
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { text: string }).text),
        [BRAT['in/deep/low.txt']],
      );
    } finally {
      await run('articles.clearFilter');
    }
    assert.ok((await exportFiltered())!.documents > 1);
  });

  it('leaves nothing of an export that is stopped @web', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const before = await readAll(outside);
    const articles = [scratch.uri('a.txt')];
    for (const [to, name] of [
      ['conll2003', 'a.conll'],
      ['brat', 'new/folder'],
    ] as const) {
      const target = vscode.Uri.joinPath(outside, name);
      assert.equal(await run('export', { to, target, articles, token: source.token }), undefined);
    }
    assert.deepEqual(await readAll(outside), before);
    assert.deepEqual((await vscode.workspace.fs.readDirectory(outside)).length, 1);
  });

  it('tells of files that were named and are of another format', async () => {
    await write(outside, 'd.jsonl', '{"text": "Zora.", "label": [[0, 4, "PER"]]}\n');
    const files = ['in/tour.ann', 'in/tour.txt', 'd.jsonl'].map((name) => vscode.Uri.joinPath(outside, name));
    const summary = await importAll({ from: 'brat', files });
    assert.deepEqual([summary!.documents, summary!.failed], [1, 1]);
    const report = await vscode.workspace.openTextDocument(summary!.report);
    assert.match(report.getText(), /d\.jsonl {2}It is not of the format that was chosen/);
  });

  it('takes what a browser drops, which has a content only @web', async () => {
    const data = (text: string) => () => Promise.resolve(new TextEncoder().encode(text));
    const files = [
      { name: 'tour.ann', data: data(BRAT['in/tour.ann']) },
      { name: 'tour.txt', data: data(TOUR) },
    ];
    const summary = await run('import', { files, folder: scratch.folder, preview: false });
    assert.deepEqual([summary!.documents, summary!.entities], [1, 3]);
  });

  it('exports to brat what came from it, byte for byte', async () => {
    await importAll();
    const target = vscode.Uri.joinPath(outside, 'out');
    const articles = ['tour.txt', 'deep/low.txt'].map((name) => scratch.uri(name));
    const summary = await run('export', { to: 'brat', target, articles });
    assert.deepEqual([summary!.documents, summary!.entities, summary!.failed], [2, 4, 0]);
    const { 'annotation.conf': labels, ...others } = await readAll(target);
    assert.match(labels ?? '', /^\[entities\]\n(?:.*\n)*PER\n/);
    assert.match(labels ?? '', /^\[relations\]\n(?:.+\n)*met\t/m);
    const documents = Object.entries(others).filter(([name]) => !name.endsWith('.conf'));
    assert.deepEqual(Object.fromEntries(documents), {
      'tour.txt': TOUR,
      'tour.ann': BRAT['in/tour.ann'],
      'deep/low.txt': BRAT['in/deep/low.txt'],
      'deep/low.ann': 'T1\tPER 0 3\tTor\n',
    });
  });

  it('exports events, chains of equals and mentions in parts as they came, after edits that were undone', async () => {
    const text = 'Zora and her sister met Tor in Rome. She left.\n';
    const annotations = [
      'T1\tPER 0 4\tZora',
      'T2\tPER 9 19\ther sister',
      'T3\tPER 24 27\tTor',
      'T4\tCITY 31 35\tRome',
      'T5\tMeeting 20 23\tmet',
      'T6\tGROUP 0 4;13 19\tZora sister',
      'T7\tPER 37 40\tShe',
      'R1\tsister_of Arg1:T2 Arg2:T1',
      'R2\tknows Arg1:T1 Arg2:T3',
      'R3\tknows Arg1:T3 Arg2:T1',
      'E1\tMeeting:T5 Who:T1 Who2:T3 Place:T4',
      '*\tEquiv T1 T7',
      'A1\tSure E1',
      '#1\tAnnotatorNotes T3\tWho?',
      '',
    ].join('\n');
    await write(outside, 'in/met.txt', text);
    await write(outside, 'in/met.ann', annotations);
    await importAll();
    const article = scratch.uri('met.txt');
    await vscode.window.showTextDocument(article);
    const all = await scratch.api.getEntities(article);
    const before = await scratch.read('met.ann.yaml');
    const idOf = (label: string, of: string) => all.find((one) => one.label === label && one.text === of)!.id;
    await run('relabel', { article, id: idOf('PER', 'Tor'), label: 'ORG' });
    for (const name of ['Zora', 'Tor']) await run('deleteEntity', { article, id: idOf('PER', name) });
    assert.doesNotMatch(await scratch.read('met.ann.yaml'), /label: (?:knows|sister_of)/);
    for (let i = 0; i < 3; i++) await run('undo');
    assert.equal(await scratch.read('met.ann.yaml'), before);
    const target = vscode.Uri.joinPath(outside, 'out');
    const summary = await run('export', { to: 'brat', target, articles: [article] });
    assert.deepEqual([summary!.documents, summary!.entities, summary!.failed], [1, 7, 0]);
    const { 'met.txt': exported, 'met.ann': lines } = await readAll(target);
    assert.deepEqual([exported, lines], [text, annotations]);
  });

  it('brings the labels of the tool with their colours, also those that no entity has', async () => {
    await write(
      outside,
      'in/annotation.conf',
      '[entities]\nPER\nCITY\nSHIP\n[relations]\n[events]\n[attributes]\n',
    );
    await write(outside, 'in/visual.conf', '[labels]\n[drawing]\nSHIP\tbgColor:#0f766e\n');
    await importAll({ addLabels: true });
    const yaml = await scratch.read('corpus.yaml');
    assert.match(yaml, /SHIP: \{.*color: "#0f766e"/);
    assert.match(yaml, /CITY: \{/);
  });

  it('writes the labels beside a file of all documents, and replaces none of them unasked', async () => {
    await scratch.tag('a.txt', 'Zora');
    const target = vscode.Uri.joinPath(outside, 'tasks.json');
    const articles = [scratch.uri('a.txt')];
    await run('export', { to: 'labelstudio', target, articles });
    const { 'tasks.json': tasks, ...beside } = await readAll(outside);
    assert.match(tasks ?? '', /"Zora"/);
    const [name, config] = Object.entries(beside).find(([path]) => path.endsWith('.xml'))!;
    assert.match(config, /<Label value="PER"/);
    await write(outside, name, '<View/>');
    assert.equal(await run('export', { to: 'labelstudio', target, articles }), undefined);
    assert.equal((await readAll(outside))[name], '<View/>');
  });

  it('exports to CoNLL-2003, says what it cannot hold, and replaces no file unasked @web', async () => {
    await importAll();
    await scratch.tag('tour.txt', 'Zora 😀', 'GPE');
    const target = vscode.Uri.joinPath(outside, 'out.conll');
    const articles = [scratch.uri('tour.txt')];
    const summary = await run('export', { to: 'conll2003', target, articles });
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(text, /^Zora .*B-GPE$/m);
    assert.match(text, /^Rome .*B-CITY$/m);
    const report = (await vscode.workspace.openTextDocument(summary!.report)).getText();
    assert.match(report, /tour\.txt:1:1-1:5 {2}PER “Zora” overlaps GPE/);
    assert.match(report, /relation/);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode('mine'));
    assert.equal(await run('export', { to: 'conll2003', target, articles }), undefined);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(target)), 'mine');
    assert.ok(await run('export', { to: 'conll2003', target, articles, replace: true }));
    const names = await vscode.workspace.fs.readDirectory(outside);
    assert.deepEqual(names.map(([name]) => name).sort(), ['in', 'out.conll'], 'nothing is left over');
  });

  it('exports reviewed entities only, and leaves out an article whose sidecar is invalid', async () => {
    await importAll();
    await scratch.tag('a.txt', 'Zora');
    await scratch.write('bad.txt', 'Bad.\n');
    await scratch.write('bad.ann.yaml', 'entities: {not: a list\n');
    await scratch.article('bad.txt');
    const target = vscode.Uri.joinPath(outside, 'out.conll');
    const articles = ['tour.txt', 'bad.txt'].map((name) => scratch.uri(name));
    const summary = await run('export', { to: 'conll2003', target, articles, only: 'reviewed' });
    assert.deepEqual([summary!.documents, summary!.entities, summary!.failed], [1, 0, 1]);
  });
});
