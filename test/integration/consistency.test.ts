import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const HEAD = (article: string) => `version: 1\narticle: ${article}\nentities:\n`;

describe('consistency', () => {
  let scratch: Scratch;
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  const entities = async (name: string) =>
    (await scratch.api.getEntities(scratch.uri(name))).map(({ label, text }) => `${label} ${text}`);

  async function open(name: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(await scratch.article(name));
    await vscode.window.showTextDocument(document);
    return document;
  }

  async function fixesFor(
    name: string,
    diagnostic: Pick<vscode.Diagnostic, 'range'>,
  ): Promise<vscode.CodeAction[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      scratch.uri(name),
      diagnostic.range,
    );
    return found.filter(({ command }) => command?.command.startsWith('corpusAnnotator.'));
  }

  async function fix(name: string, rule: string, title: RegExp): Promise<void> {
    const diagnostic = scratch.diagnostics(name).find(({ code }) => code === rule)!;
    const actions = await fixesFor(name, diagnostic);
    const action = actions.find((one) => title.test(one.title));
    assert.ok(action?.command, `${String(title)} among ${actions.map((one) => one.title).join(' | ')}`);
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments as unknown[]));
  }

  it('shows what the rules find in an open article, and mends it by quick fixes, each as one step', async () => {
    scratch = await Scratch.make({
      'a.txt': 'The German met 👩‍🚀 Ada, and Ada left.\r\n',
      'a.ann.yaml':
        HEAD('a.txt') +
        '  - {id: aaaaaa, label: GPE, start: 4, end: 8, text: Germ}\n' +
        '  - {id: bbbbbb, label: PER, start: 19, end: 23, text: "Ada,", reviewed: true}\n',
    });
    await open('a.txt');
    const [cut, edge] = await scratch.untilCodes('a.txt', 'cut-word', 'span-edge');
    assert.equal(cut!.message, 'GPE "Germ" cuts a word: "German".');
    assert.equal(cut!.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(
      [edge!.range.start.character, edge!.range.end.character],
      ['The German met 👩‍🚀 '.length, 'The German met 👩‍🚀 Ada,'.length],
    );
    await fix('a.txt', 'cut-word', /^Widen “Germ” to “German”$/);
    await fix('a.txt', 'span-edge', /^Take white space and punctuation out of “Ada,”$/);
    assert.deepEqual(await entities('a.txt'), ['GPE German', 'PER Ada']);
    // The reviewed "Ada" has a twin now, which is suggested and no problem.
    const twin = { range: new vscode.Range(0, 31, 0, 31) };
    await until(async () => (await fixesFor('a.txt', twin)).length > 0, 'the suggestion');
    await scratch.untilCodes('a.txt');
    const tag = (await fixesFor('a.txt', twin)).find(({ title }) => title === 'Tag “Ada” as PER')!.command!;
    await vscode.commands.executeCommand(tag.command, ...(tag.arguments as unknown[]));
    await scratch.untilCodes('a.txt');
    assert.deepEqual(await entities('a.txt'), ['GPE German', 'PER Ada', 'PER Ada']);
    await run('undo');
    await run('undo');
    assert.deepEqual(await entities('a.txt'), ['GPE German', 'PER Ada,']);
    await scratch.untilCodes('a.txt', 'span-edge');
  });

  it('lets one entity be right as it is, in its sidecar, and a rule be set in corpus.yaml', async () => {
    scratch = await Scratch.make({
      'a.txt': 'The German met Italians.\n',
      'a.ann.yaml':
        HEAD('a.txt') +
        '  - {id: aaaaaa, label: GPE, start: 4, end: 8, text: Germ}\n' +
        '  - {id: bbbbbb, label: GPE, start: 15, end: 20, text: Itali}\n',
    });
    await open('a.txt');
    await scratch.untilCodes('a.txt', 'cut-word', 'cut-word');
    await fix('a.txt', 'cut-word', /^Right as it is: ignore “cut-word” for this entity$/);
    const [left] = await scratch.untilCodes('a.txt', 'cut-word');
    assert.match(left!.message, /Itali/);
    assert.match(await scratch.read('a.ann.yaml'), /id: aaaaaa, .*text: Germ, ignore: \[cut-word\]\}/);
    const labels = 'labels:\n  GPE: {}\n';
    await scratch.write('corpus.yaml', `version: 1\nrules: {cut-word: error}\n${labels}`);
    await until(
      () => scratch.diagnostics('a.txt')[0]?.severity === vscode.DiagnosticSeverity.Error,
      'the error',
    );
    await scratch.write('corpus.yaml', `version: 1\nrules: {cut-word: off}\n${labels}`);
    await scratch.untilCodes('a.txt');
  });

  it('tells an open article what another one has, as soon as it has it', async () => {
    scratch = await Scratch.make({ 'a.txt': 'Zorania won.\n', 'b.txt': 'In Zorania and in Zorania.\n' });
    await scratch.article('b.txt');
    await open('a.txt');
    await scratch.tag('a.txt', 'Zorania', 'PER');
    await scratch.untilCodes('a.txt');
    await scratch.tag('b.txt', 'Zorania', 'GPE');
    const [even] = await scratch.untilCodes('a.txt', 'inconsistent-label');
    assert.equal(even!.message, '"Zorania" is PER here (1 in the corpus), and GPE elsewhere (1).');
    assert.ok(!(await fixesFor('a.txt', even!)).some(({ title }) => /to GPE/.test(title)));
    const document = await vscode.workspace.openTextDocument(scratch.uri('b.txt'));
    await scratch.api.addEntities(document.uri, [{ label: 'GPE', range: new vscode.Range(0, 18, 0, 25) }]);
    await until(() => scratch.diagnostics('a.txt')[0]?.message.endsWith('elsewhere (2).'), 'the new count');
    await fix('a.txt', 'inconsistent-label', /^Relabel “Zorania” to GPE$/);
    await scratch.untilCodes('a.txt');
  });

  it('checks articles that nobody opened when it is asked for, and follows them from then on @web', async () => {
    scratch = await Scratch.make({
      '2022-09-08_a.txt': 'date: 2022-09-09\n\nZoranians left.\n',
      '2022-09-08_a.ann.yaml':
        HEAD('2022-09-08_a.txt').replace('entities', 'status: done\nentities') +
        '  - {id: aaaaaa, label: GPE, start: 18, end: 25, text: Zorania}\n',
      'gone.ann.yaml': HEAD('gone.txt') + '  - {id: bbbbbb, label: PER, start: 0, end: 3, text: Ada}\n',
      '2022-09-08_a.ada.ann.yaml': HEAD('2022-09-08_a.txt'),
    });
    const name = '2022-09-08_a.txt';
    await scratch.article(name);
    assert.ok(((await run('checkCorpus')) as number) >= 4);
    await scratch.untilCodes(name, 'date-mismatch', 'cut-word', 'done-unreviewed');
    await scratch.untilCodes('gone.ann.yaml', 'orphan-sidecar');
    assert.deepEqual(scratch.diagnostics('2022-09-08_a.ada.ann.yaml'), []);
    await scratch.write('2022-09-08_a.ann.yaml', HEAD(name));
    await scratch.untilCodes(name, 'date-mismatch');
    await scratch.write(name, 'date: 2022-09-08\n\nZoranians left.\n');
    await scratch.untilCodes(name);
  });

  it('changes the date of an article to that of its file', async () => {
    scratch = await Scratch.make({ '2022-09-08_a.txt': 'date: 2022-09-09\n\nAda left.\n' });
    const document = await open('2022-09-08_a.txt');
    const [problem] = await scratch.untilCodes('2022-09-08_a.txt', 'date-mismatch');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem!.range,
    );
    const action = actions.find(({ title }) => title === 'Change the date to 2022-09-08')!;
    await vscode.workspace.applyEdit(action.edit!);
    assert.match(document.getText(), /^date: 2022-09-08\n/);
    await scratch.untilCodes('2022-09-08_a.txt');
    await document.save();
  });

  it('fixes all that a rule finds in the corpus as one step, open or not @web', async () => {
    const sidecar = (name: string) =>
      HEAD(name) + '  - {id: aaaaaa, label: PER, start: 4, end: 8, text: "Ada,"}\n';
    scratch = await Scratch.make({
      'a.txt': 'Hey Ada, go.\n',
      'a.ann.yaml': sidecar('a.txt'),
      'b.txt': 'Hey Ada, stay.\n',
      'b.ann.yaml': sidecar('b.txt'),
    });
    await scratch.article('b.txt');
    await open('a.txt');
    await scratch.untilCodes('a.txt', 'span-edge');
    const article = scratch.uri('a.txt').toString();
    await run('fixAllInCorpus', { article, rule: 'span-edge', preview: false });
    assert.match(await scratch.read('a.ann.yaml'), /start: 4, end: 7, text: Ada[,}]/);
    assert.match(await scratch.read('b.ann.yaml'), /start: 4, end: 7, text: Ada[,}]/);
    await scratch.untilCodes('a.txt');
    await run('undoBulk');
    assert.match(await scratch.read('b.ann.yaml'), /end: 8, text: "Ada,"/);
    await scratch.untilCodes('a.txt', 'span-edge');
  });

  /** Articles in which nobody is, and one that is open. */
  const zorania = {
    'a.txt': 'Zorania won, and Zorania was glad.\n',
    'b.txt': 'In Zorania.\n',
    'b.ann.yaml': HEAD('b.txt') + '  - {id: aaaaaa, label: PER, start: 3, end: 10, text: Zorania}\n',
    'c.txt': 'Beyond Zorania lies the sea.\n',
  };

  it('fixes all headers, labels and sidecars without an article, too, and leaves what a person must choose', async () => {
    const sidecar = (name: string, start: number, label = 'PER') =>
      HEAD(name) + `  - {id: aaaaaa, label: ${label}, start: ${start}, end: ${start + 3}, text: Ada}\n`;
    scratch = await Scratch.make({
      '2022-09-08_a.txt': 'date: 2022-09-9\n\nAda left. 😀\n',
      '2022-09-08_a.ann.yaml': sidecar('2022-09-08_a.txt', 17, 'ROBOT'),
      '2022-09-08_b.txt': 'date: 2022-10-10\ntitle: A\ntitle: B\n\nAda 😀 came.\n',
      '2022-09-08_b.ann.yaml': sidecar('2022-09-08_b.txt', 36, 'ROBOT'),
      '2022-09-08_c.txt': 'date: 2022-10-10\n\nAda.\n',
      'gone.ann.yaml': sidecar('gone.txt', 0),
    });
    const article = (await scratch.article('2022-09-08_c.txt')).toString();
    await until(async () => (await scratch.api.findEntities({ label: 'ROBOT' })).length === 2, 'the index');
    const fixAll = (rule: string) => run('fixAllInCorpus', { article, rule, preview: false });
    await fixAll('date-mismatch');
    assert.equal(await scratch.read('2022-09-08_c.txt'), 'date: 2022-09-08\n\nAda.\n');
    await fixAll('header-malformed');
    assert.equal(await scratch.read('2022-09-08_b.txt'), 'date: 2022-09-08\ntitle: A\n\nAda 😀 came.\n');
    // Is it the 8th, as the file has it, or the 9th, as the header means?
    assert.equal(await scratch.read('2022-09-08_a.txt'), 'date: 2022-09-9\n\nAda left. 😀\n');
    await until(async () => (await scratch.read('2022-09-08_b.ann.yaml')).includes('start: 27,'), 'the span');
    const [labels, orphan] = [await scratch.read('corpus.yaml'), await scratch.read('gone.ann.yaml')];
    await fixAll('unknown-label');
    assert.match(await scratch.read('corpus.yaml'), /^ {2}ROBOT:/m);
    await fixAll('orphan-sidecar');
    assert.ok(!(await scratch.exists('gone.ann.yaml')));
    await run('undoBulk');
    assert.equal(await scratch.read('gone.ann.yaml'), orphan);
    await run('undoBulk');
    assert.equal(await scratch.read('corpus.yaml'), labels);
    await run('redoBulk');
    await run('redoBulk');
    assert.match(await scratch.read('corpus.yaml'), /^ {2}ROBOT:/m);
    assert.ok(!(await scratch.exists('gone.ann.yaml')));
  });

  it('finds twins of what is reviewed anywhere in the corpus, and none that is refused', async () => {
    scratch = await Scratch.make({
      ...zorania,
      'b.ann.yaml': zorania['b.ann.yaml'].replace('}', ', reviewed: true}'),
      'corpus.yaml': 'version: 1\nlabels:\n  PER: {}\n  GPE: {}\n',
    });
    await scratch.article('c.txt');
    await run('checkCorpus');
    await scratch.untilCodes('c.txt');
    await scratch.write(
      'corpus.yaml',
      'version: 1\nrules: {untagged-mention: info}\nlabels:\n  PER: {}\n  GPE: {}\n',
    );
    await run('checkCorpus');
    const [twin] = await scratch.untilCodes('c.txt', 'untagged-mention');
    assert.equal(twin!.message, '"Zorania" is tagged as PER elsewhere in the corpus, and not here.');
    assert.equal(twin!.severity, vscode.DiagnosticSeverity.Information);
    await open('a.txt');
    await scratch.untilCodes('a.txt', 'untagged-mention', 'untagged-mention');
    await fix('a.txt', 'untagged-mention', /^Never as PER here: refuse “Zorania”$/);
    await scratch.untilCodes('a.txt', 'untagged-mention');
    await run('fixAllInCorpus', {
      article: scratch.uri('a.txt').toString(),
      rule: 'untagged-mention',
      preview: false,
    });
    assert.match(await scratch.read('c.ann.yaml'), /label: PER, start: 7, end: 14, text: Zorania/);
    assert.deepEqual(await entities('a.txt'), ['PER Zorania']);
    await scratch.untilCodes('a.txt');
    await scratch.untilCodes('c.txt');
    await run('undoBulk');
    await scratch.untilCodes('c.txt', 'untagged-mention');
    await scratch.write('refused.yaml', 'version: 1\nrefused:\n  - {text: Zorania, label: PER}\n');
    await scratch.untilCodes('c.txt');
    await scratch.untilCodes('a.txt');
  });

  it('follows in articles that nobody opened what is said of their words elsewhere', async () => {
    scratch = await Scratch.make(zorania);
    await scratch.article('b.txt');
    await run('checkCorpus');
    await scratch.untilCodes('b.txt');
    await open('a.txt');
    await scratch.tag('a.txt', 'Zorania', 'GPE');
    const [even] = await scratch.untilCodes('b.txt', 'inconsistent-label');
    assert.match(even!.message, /elsewhere \(1\)\.$/);
    await run('undo');
    await scratch.untilCodes('b.txt');
    assert.equal(await run('checkCorpus'), (await run('checkCorpus')) as number);
  });

  it('keeps a person’s choice where several labels are reviewed, or spans cross', async () => {
    scratch = await Scratch.make({
      'a.txt': 'Bank of Zorania Tower, Nadir.\n',
      'a.ann.yaml':
        HEAD('a.txt') +
        '  - {id: aaaaaa, label: GPE, start: 0, end: 15, text: Bank of Zorania}\n' +
        '  - {id: bbbbbb, label: GPE, start: 8, end: 21, text: Zorania Tower}\n',
      'b.txt': 'Nadir, Nadir.\n',
      'b.ann.yaml':
        HEAD('b.txt') +
        '  - {id: aaaaaa, label: PER, start: 0, end: 5, text: Nadir, reviewed: true}\n' +
        '  - {id: bbbbbb, label: GPE, start: 7, end: 12, text: Nadir, reviewed: true}\n',
      'corpus.yaml':
        'version: 1\nrules: {crossing: error, inconsistent-label: off, untagged-mention: info}\nlabels:\n  PER: {}\n  GPE: {}\n',
    });
    await scratch.article('b.txt');
    await open('a.txt');
    const [, nadir] = await scratch.untilCodes('a.txt', 'crossing', 'untagged-mention');
    assert.equal(nadir!.message, '"Nadir" is tagged elsewhere in the corpus, as GPE, PER, and not here.');
    await fix('a.txt', 'untagged-mention', /^Tag “Nadir” as PER$/);
    await fix('a.txt', 'crossing', /^Shorten GPE “Zorania Tower” to “Tower”$/);
    await scratch.untilCodes('a.txt');
    assert.deepEqual(await entities('a.txt'), ['GPE Bank of Zorania', 'GPE Tower', 'PER Nadir']);
    // Everywhere, where it was said what is to be done.
    await run('undo');
    const article = scratch.uri('a.txt').toString();
    const strategy = { kind: 'widen', isSecond: false };
    await run('fixAllInCorpus', { article, rule: 'crossing', strategy, preview: false });
    assert.deepEqual(await entities('a.txt'), [
      'GPE Bank of Zorania Tower',
      'GPE Zorania Tower',
      'PER Nadir',
    ]);
  });

  it('weighs what the readers find, too: malformed headers and unknown labels', async () => {
    const labels = 'labels:\n  PER: {}\n';
    scratch = await Scratch.make({
      'a.txt': 'date: 2022/9/8\ntitle: A\ntitle: B\n\nAda met Bob.\n',
      'a.ann.yaml':
        HEAD('a.txt') +
        '  - {id: aaaaaa, label: XYZ, start: 34, end: 37, text: Ada}\n' +
        '  - {id: bbbbbb, label: XYZ, start: 42, end: 45, text: Bob, ignore: [unknown-label]}\n',
      'corpus.yaml': `version: 1\n${labels}`,
    });
    const document = await open('a.txt');
    await scratch.untilCodes('a.txt', 'header-malformed', 'header-malformed', 'unknown-label');
    await scratch.untilCodes('a.ann.yaml', 'unknown-label');
    await scratch.write(
      'corpus.yaml',
      `version: 1\nrules: {header-malformed: off, unknown-label: error}\n${labels}`,
    );
    await scratch.untilCodes('a.txt', 'unknown-label');
    for (const name of ['a.txt', 'a.ann.yaml']) {
      await until(
        () => scratch.diagnostics(name)[0]?.severity === vscode.DiagnosticSeverity.Error,
        `the error in ${name}`,
      );
    }
    await scratch.write('corpus.yaml', `version: 1\nrules: {unknown-label: off}\n${labels}`);
    await scratch.untilCodes('a.ann.yaml');
    const [, duplicate] = await scratch.untilCodes('a.txt', 'header-malformed', 'header-malformed');
    const edit = async (diagnostic: vscode.Diagnostic, title: string) => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        diagnostic.range,
      );
      const action = actions.find((one) => one.title === title);
      assert.ok(action?.edit, `${title} among ${actions.map((one) => one.title).join(' | ')}`);
      await vscode.workspace.applyEdit(action.edit);
    };
    await edit(duplicate!, 'Delete the second “title”');
    const [date] = await scratch.untilCodes('a.txt', 'header-malformed');
    await edit(date!, 'Change the date to 2022-09-08');
    await scratch.untilCodes('a.txt');
    assert.equal(document.getText(), 'date: 2022-09-08\ntitle: A\n\nAda met Bob.\n');
    assert.deepEqual(await entities('a.txt'), ['XYZ Ada', 'XYZ Bob']);
    await document.save();
  });

  it('gives a sidecar without an article to one that has none', async () => {
    scratch = await Scratch.make({
      'b.txt': 'Hey Ada.\n',
      'gone.ann.yaml': HEAD('gone.txt') + '  - {id: aaaaaa, label: PER, start: 4, end: 7, text: Ada}\n',
    });
    await scratch.article('b.txt');
    await run('checkCorpus');
    await scratch.untilCodes('gone.ann.yaml', 'orphan-sidecar');
    await vscode.commands.executeCommand(
      'corpusAnnotator.attachOrphan',
      scratch.uri('gone.ann.yaml').toString(),
      scratch.uri('b.txt').toString(),
    );
    assert.match(await scratch.read('b.ann.yaml'), /article: b\.txt\n[^]*id: aaaaaa, label: PER, start: 4/);
    assert.deepEqual(await entities('b.txt'), ['PER Ada']);
    await scratch.untilCodes('gone.ann.yaml');
  });
});
