import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { explainWaiting } from '../../src/features/shared/reviewed-on-tagging.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const sidecar = (article: string, ...entities: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${entities.map((entity) => `  - {${entity}}\n`).join('')}`;

describe('suggestions', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    scratch = await Scratch.make({
      'a.txt': 'Zora met Tor in 😀 Oslo. Zora left Oslo City.\n',
      'b.txt': 'Tor and Zora.\n',
      'b.ann.yaml': sidecar('b.txt', 'id: aaaaaa, label: PER, start: 8, end: 12, text: Zora, reviewed: true'),
      'gazetteer.yaml':
        'version: 1\nforms:\n  - {text: Oslo, label: GPE, link: "wikidata:Q585"}\n  - {text: Oslo City, label: GPE}\n',
    });
    await scratch.article('b.txt');
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
    await scratch.api.getEntities(document.uri);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  const tagged = async (name: string) =>
    (await scratch.exists(name))
      ? [...(await scratch.read(name)).matchAll(/label: (\w+), start: (\d+), .*?text: ([^,}]+)/g)].map(
          ([, label, start, text]) => `${label} ${start} ${text}`,
        )
      : [];
  const setting = async (name: string, value: unknown, task: () => Promise<void>) => {
    const settings = vscode.workspace.getConfiguration('corpusAnnotator');
    await settings.update(name, value, true);
    try {
      await task();
    } finally {
      await settings.update(name, undefined, true);
    }
  };
  const hover = async (character: number) => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      scratch.uri('a.txt'),
      new vscode.Position(0, character),
    );
    return hovers
      .flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value))
      .join('\n');
  };
  const suggested = async (character: number) =>
    /Suggested:/.test((await hover(character)).replaceAll('&nbsp;', ' '));

  it('come from the gazetteer and from what was reviewed, and are no entities @web', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    assert.match(await hover(1), /PER[^]*Reviewed/);
    assert.match(await hover(20), /GPE[^]*Listed[^]*Q585/);
    assert.ok(!(await suggested(10)), 'nobody knows Tor');
    assert.deepEqual(await tagged('a.ann.yaml'), []);
  });

  it('are accepted one by one by key, each as a step, and the walk goes on', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    await run('nextSuggestion');
    await run('acceptSuggestion');
    await run('acceptSuggestion');
    assert.deepEqual(await tagged('a.ann.yaml'), ['PER 0 Zora', 'GPE 18 Oslo']);
    assert.match(
      await scratch.read('a.ann.yaml'),
      /text: Oslo, reviewed: true, suggested_by: gazetteer, link: "wikidata:Q585"/,
    );
    await run('undo');
    assert.deepEqual(await tagged('a.ann.yaml'), ['PER 0 Zora']);
    await until(() => suggested(20), 'what is no entity again is suggested again');
  });

  it('come from what was just tagged, reviewed or not, and keys in fast succession take one after the other @web', async () => {
    await scratch.write('c.txt', 'Tor, Tor, Zora, Tor.\n');
    const document = await vscode.workspace.openTextDocument(await scratch.article('c.txt'));
    const editor = await vscode.window.showTextDocument(document);
    await scratch.api.getEntities(document.uri);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    const c = async () => (await tagged('c.ann.yaml')).filter((line) => /Tor|Zora/.test(line));
    await setting('markReviewedOnTagging', 'never', async () => {
      await run('tagSelection', { label: 'GPE' });
      assert.doesNotMatch(await scratch.read('c.ann.yaml'), /reviewed/);
      // Nothing is accepted unseen: the first goes there. Nothing is waited for: each acts where the one before has led.
      await Promise.all([0, 1, 2].map(() => run('acceptSuggestion')));
      assert.deepEqual(await c(), ['GPE 0 Tor', 'GPE 5 Tor', 'PER 10 Zora']);
      assert.equal(document.getText(editor.selection), 'Tor');
      await run('acceptSuggestion');
      assert.deepEqual((await c()).slice(3), ['GPE 16 Tor']);
    });
  });

  it('need no review of what one tags alone; what is tagged beside others waits for one', async () => {
    const document = vscode.window.activeTextEditor!.document;
    const tagTor = async () => {
      vscode.window.activeTextEditor!.selection = new vscode.Selection(0, 9, 0, 12);
      await run('tagSelection', { label: 'GPE' });
      const [tor] = (await scratch.api.getEntities(document.uri)).filter(({ text }) => text === 'Tor');
      await run('undo');
      return tor!.reviewed;
    };
    assert.equal(await tagTor(), true);
    await setting('markReviewedOnTagging', false, async () => assert.equal(await tagTor(), false));
    await scratch.write(
      'b.ada.ann.yaml',
      sidecar('b.txt', 'id: bbbbbb, label: PER, start: 0, end: 3, text: Tor'),
    );
    await until(async () => !(await tagTor()), 'the layer to be seen');
    await setting('markReviewedOnTagging', 'always', async () => assert.equal(await tagTor(), true));
  });

  it('of others are why what one tags waits for review, which is said once', async () => {
    await scratch.write(
      'd.ada.ann.yaml',
      sidecar('d.txt', 'id: dddddd, label: PER, start: 0, end: 3, text: Tor'),
    );
    const uri = await scratch.write('d.txt', 'Tor.\n');
    const store = new CorpusStore(scratch.uri('.storage'));
    try {
      await store.catalog.ready;
      const kept = new Map<string, unknown>();
      const memento = {
        get: (key: string) => kept.get(key),
        update: (key: string, value: unknown) => kept.set(key, value),
      };
      const explain = () => explainWaiting(store, uri, memento as unknown as vscode.Memento);
      await setting('markReviewedOnTagging', 'never', () => Promise.resolve(assert.equal(explain(), false)));
      assert.deepEqual([explain(), explain()], [true, false]);
    } finally {
      store.dispose();
    }
  });

  it('are no problem, and are taken, refused, or taken with another label by quick fixes', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    assert.deepEqual(scratch.problems('a.txt'), []);
    const fixes = async (character: number) =>
      (
        await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          scratch.uri('a.txt'),
          new vscode.Range(0, character, 0, character),
        )
      ).filter(({ command }) => command?.command.startsWith('corpusAnnotator.'));
    assert.deepEqual(
      (await fixes(1)).map(({ title }) => title),
      [
        'Tag “Zora” as PER',
        'Tag all “Zora” in the corpus as PER…',
        'Never as PER here: refuse “Zora”',
        'Never suggest “Zora” as PER',
      ],
    );
    assert.deepEqual(await fixes(10), []);
    const [{ command }] = (await fixes(20)) as [vscode.CodeAction];
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    assert.deepEqual(await tagged('a.ann.yaml'), ['GPE 18 Oslo']);
  });

  it('list those of an entity in the whole corpus', async () => {
    await scratch.write('c.txt', 'Tor and Tor.\n');
    await scratch.article('c.txt');
    await scratch.tag('a.txt', 'Tor', 'GPE');
    vscode.window.activeTextEditor!.selection = new vscode.Selection(0, 10, 0, 10);
    await run('acceptAllOfForm', { preview: false });
    assert.deepEqual(await tagged('c.ann.yaml'), ['GPE 0 Tor', 'GPE 8 Tor']);
    assert.ok((await tagged('b.ann.yaml')).includes('GPE 0 Tor'));
  });

  it('stay refused at a place, while others of the same text stay suggested', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    await run('nextSuggestion');
    await run('refuseSuggestion');
    assert.match(
      await scratch.read('refused.yaml'),
      /text: Zora, label: PER, article: a\.txt, before: "", after: " met Tor in /,
    );
    await run('acceptAllInArticle');
    assert.deepEqual(await tagged('a.ann.yaml'), ['GPE 18 Oslo', 'PER 24 Zora', 'GPE 34 Oslo City']);
    assert.ok(!(await suggested(1)));
    await run('acceptSuggestion', { article: scratch.uri('a.txt').toString(), start: 0 });
    assert.equal((await tagged('a.ann.yaml')).length, 3);
  });

  it('are suggested again where undo takes the refusal back, and nothing else', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    await run('nextSuggestion');
    await run('acceptSuggestion');
    const accepted = await tagged('a.ann.yaml');
    await until(() => suggested(20), 'Oslo is suggested');
    await run('refuseSuggestion', { article: scratch.uri('a.txt').toString(), start: 18 });
    await run('refuseSuggestion', { article: scratch.uri('a.txt').toString(), start: 24 });
    const refused = await scratch.read('refused.yaml');
    await run('undoAny');
    await run('undoAny');
    await until(() => suggested(20), 'it is suggested again');
    assert.deepEqual(await tagged('a.ann.yaml'), accepted);
    await run('redoAny');
    await run('redoAny');
    assert.equal(await scratch.read('refused.yaml'), refused);
    await until(async () => !(await suggested(20)), 'it is refused again');
    for (let i = 0; i < 3; i++) await run('undoAny');
    assert.ok(!(await scratch.exists('refused.yaml')));
    assert.deepEqual(await tagged('a.ann.yaml'), []);
  });

  it('are refused everywhere as one form, until the line is deleted', async () => {
    await until(() => suggested(1), 'Zora is suggested');
    await run('refuseAllOfForm', { article: scratch.uri('a.txt').toString(), start: 0 });
    assert.equal(await scratch.read('refused.yaml'), 'version: 1\nrefused:\n  - {text: Zora, label: PER}\n');
    assert.ok(!(await suggested(1)) && !(await suggested(27)) && (await suggested(20)));
    await scratch.write('refused.yaml', 'version: 1\nrefused:\n');
    await until(() => suggested(1), 'Zora is suggested again');
  });

  it('are accepted as one form in the whole corpus, open or not, as one step', async () => {
    await scratch.write('c.txt', 'Oslo, Oslo City, Zora.\n');
    await scratch.article('c.txt');
    await until(() => suggested(1), 'Zora is suggested');
    await run('acceptAllOfForm', { article: scratch.uri('a.txt').toString(), start: 24, preview: false });
    assert.deepEqual(await tagged('a.ann.yaml'), ['PER 0 Zora', 'PER 24 Zora']);
    assert.deepEqual(await tagged('c.ann.yaml'), ['PER 17 Zora']);
    await run('undoBulk');
    assert.deepEqual(await tagged('a.ann.yaml'), []);
    assert.deepEqual(await tagged('c.ann.yaml'), []);
  });

  it('are suggested again where that is taken back, the last refusal first, and comments stay', async () => {
    await scratch.write(
      'refused.yaml',
      'version: 1\nrefused:\n  # ours\n  - {text: Oslo City, label: GPE}\n',
    );
    await until(async () => (await suggested(1)) && !(await suggested(37)), 'the list is read');
    const article = scratch.uri('a.txt').toString();
    await run('refuseSuggestion', { article, start: 0 });
    await run('refuseAllInArticle', { article });
    const all = await scratch.read('refused.yaml');
    assert.equal(all.split('\n').filter((line) => line.includes('article:')).length, 3, all);
    await run('suggestAgain', { preview: false });
    assert.ok(!(await suggested(1)) && (await suggested(20)) && (await suggested(25)));
    await run('suggestAgain', { preview: false });
    assert.ok(await suggested(1));
    assert.equal(
      await scratch.read('refused.yaml'),
      'version: 1\nrefused:\n  # ours\n  - {text: Oslo City, label: GPE}\n',
    );
    await run('suggestAgain', { preview: false });
    assert.ok(!(await suggested(37)), 'what others refused is taken back only where it is chosen');
  });

  it('are found in any case where the gazetteer says so, and accepted as one form', async () => {
    await scratch.write('d.txt', 'TOR und tor, Tor; Torx. WUHAN, Wuhan.\n');
    await scratch.write(
      'gazetteer.yaml',
      'version: 1\nmatch_case: false\nforms:\n  - {text: Tor, label: PER}\n  - {text: Wuhan, label: GPE, match_case: true}\n',
    );
    await scratch.article('d.txt');
    await until(() => suggested(10), 'Tor is suggested');
    await run('acceptAllOfForm', { article: scratch.uri('a.txt').toString(), start: 9, preview: false });
    assert.deepEqual(await tagged('d.ann.yaml'), ['PER 0 TOR', 'PER 8 tor', 'PER 13 Tor']);
    await run('acceptAllInArticle', { article: scratch.uri('d.txt').toString() });
    assert.deepEqual((await tagged('d.ann.yaml')).slice(3), ['GPE 31 Wuhan']);
  });

  it('come from an imported table, and leave a gazetteer that cannot be added to as it is @web', async () => {
    const file = await scratch.write('names.tsv', 'name\ttype\turl\nTor\tPER\twikidata:Q1\n');
    await run('importGazetteer', { file: file.toString() });
    assert.match(
      await scratch.read('gazetteer.yaml'),
      /Oslo City, label: GPE\}\n {2}- \{text: Tor, label: PER, link: "wikidata:Q1"\}\n$/,
    );
    await until(() => suggested(10), 'Tor is suggested');
    await scratch.write('gazetteer.yaml', 'version: 1\nforms: {a: b}\n');
    void run('importGazetteer', { file: file.toString() });
    await until(async () => !(await suggested(10)), 'nothing is known of Tor');
    const problems = vscode.languages.getDiagnostics(scratch.uri('gazetteer.yaml'));
    assert.match(problems[0]?.message ?? '', /wrong kind: expected list/);
    assert.equal(await scratch.read('gazetteer.yaml'), 'version: 1\nforms: {a: b}\n');
  });
});
