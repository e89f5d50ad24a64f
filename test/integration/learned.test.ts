import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CorpusStore } from '../../src/workspace/store.ts';
import { markedArticle } from '../support/marked-article.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const TOWNS = ['Harwich', 'Dover', 'Lowestoft', 'Whitby', 'Poole', 'Ramsgate', 'Margate', 'Bideford'];
const NAMES = ['Ada', 'Bob', 'Eve', 'Joan', 'Tom', 'Kit', 'Sue', 'Max'];
const NEW = 'At noon Ann sailed to the port of Padstow again.\n';

/** An article of people who sailed to towns, and its sidecar. */
function lesson(n: number, status: 'open' | 'done'): Record<string, string> {
  const name = `a${String(n).padStart(2, '0')}`;
  const [index, entities] = markedArticle(
    TOWNS.map(
      (town, i) => `At noon [PER ${NAMES[(i + n) % 8]}] sailed to the port of [GPE ${town}] again.\n`,
    ).join('\n'),
  );
  const lines = entities.map(
    ({ label, start, end, text }, i) =>
      `  - {id: aaaa${n}${i}, label: ${label}, start: ${start}, end: ${end}, text: ${text}, reviewed: true}\n`,
  );
  return {
    [`${name}.txt`]: index.raw,
    [`${name}.ann.yaml`]: `version: 1\narticle: ${name}.txt\nstatus: ${status}\nentities:\n${lines.join('')}`,
  };
}

const lessons = (...status: ('open' | 'done')[]): Record<string, string> =>
  Object.fromEntries(status.flatMap((one, n) => Object.entries(lesson(n, one))));
const TEN_DONE = Array.from({ length: 10 }, () => 'done' as const);

describe('suggestions that are learned', () => {
  let scratch: Scratch;

  const open = async (files: Record<string, string>) => {
    scratch = await Scratch.make({ 'new.txt': NEW, ...files });
    await scratch.article('new.txt');
    const document = await vscode.workspace.openTextDocument(scratch.uri('new.txt'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
    await scratch.api.getEntities(document.uri);
  };

  afterEach(async () => {
    await vscode.workspace.getConfiguration('corpusAnnotator').update('suggestions', undefined, true);
    await scratch.remove();
  });

  const hover = async (text: string) => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      scratch.uri('new.txt'),
      new vscode.Position(0, NEW.indexOf(text) + 1),
    );
    return hovers
      .flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value))
      .join('\n')
      .replaceAll('&nbsp;', ' ');
  };
  const isSuggested = async (text: string) => /Suggested:/.test(await hover(text));
  const sidecar = async () => scratch.readIfThere(scratch.uri('new.ann.yaml'));

  it('are of forms that nobody has seen, and say how sure and why; accepted, refused, undone @web', async () => {
    await open(lessons(...TEN_DONE));
    await until(() => isSuggested('Ann'), 'Ann is suggested');
    assert.match(await hover('Ann'), /Suggested: PER[^]*done: \d+ %, sure[^]*Because of: .+ · .+ · .+/);
    assert.match(await hover('Padstow'), /Suggested: GPE/);
    assert.equal(await sidecar(), '');

    const article = scratch.uri('new.txt').toString();
    await run('acceptSuggestion', { article, start: NEW.indexOf('Ann') });
    assert.match(await sidecar(), /text: Ann, reviewed: true, suggested_by: learned, score: 0\.\d+/);
    await run('undo');
    assert.doesNotMatch(await sidecar(), /Ann/);
    await until(() => isSuggested('Ann'), 'Ann is suggested again');

    await run('refuseSuggestion', { article, start: NEW.indexOf('Padstow') });
    assert.match(await scratch.read('refused.yaml'), /text: Padstow, label: GPE, article: new\.txt/);
    assert.ok(!(await isSuggested('Padstow')));
    await run('undoAny');
    await until(() => isSuggested('Padstow'), 'Padstow is suggested again');
    assert.deepEqual(scratch.problems('new.txt'), [], 'what is guessed is no finding');

    // One step, with one undo.
    const sure: string[] = [];
    for (const text of ['Ann', 'Padstow']) if (/%, sure/.test(await hover(text))) sure.push(text);
    assert.ok(sure.includes('Ann'));
    await run('acceptAllSure', { article });
    const accepted = Array.from((await sidecar()).matchAll(/text: (\w+), reviewed/g), ([, text]) => text);
    assert.deepEqual(accepted, sure);
    await run('undo');
    assert.doesNotMatch(await sidecar(), /text:/);
  });

  it('come as soon as articles are done, and go where the setting says so @web', async () => {
    await open(lessons(...TEN_DONE.map(() => 'open' as const)));
    const said = () => scratch.api.getEntities(scratch.uri('a00.txt'));
    await until(async () => (await said()).length > 0, 'the others are read');
    assert.ok(!(await isSuggested('Ann')), 'nothing is done');
    for (let n = 0; n < 10; n++)
      for (const [name, content] of Object.entries(lesson(n, 'done'))) await scratch.write(name, content);
    await until(() => isSuggested('Ann'), 'Ann is suggested');
    const set = (value: unknown) =>
      vscode.workspace.getConfiguration('corpusAnnotator').update('suggestions', value, true);
    for (const value of ['knownForms', false, 'off']) {
      await set(value);
      await until(async () => !(await isSuggested('Ann')), `nothing with ${String(value)}`);
      await set(true);
      await until(() => isSuggested('Ann'), 'Ann is suggested again');
    }
  });

  it('are the same in the next window, go with their labels, and are unlearned with what they are from', async () => {
    await open({
      ...lessons(...TEN_DONE),
      'zz.txt': 'Nonsense.\n',
      'zz.ann.yaml': 'version: 1\nstatus: done\nentities: [3, {label: PER, start: x}]\n',
    });
    const stores: CorpusStore[] = [];
    const propose = async () => {
      const store = new CorpusStore(scratch.uri('.storage'));
      stores.push(store);
      await store.catalog.ready;
      await store.catalog.summarized;
      const document = await vscode.workspace.openTextDocument(scratch.uri('new.txt'));
      await store.live.open(document);
      const live = store.live.at(document.uri)!;
      await store.suggestions.update(live);
      const now = () => store.suggestions.of(live);
      await until(() => now().length > 0, 'something is proposed');
      return now;
    };
    try {
      const [first, second] = [await propose(), await propose()];
      assert.deepEqual(
        first().map(({ label, text, source }) => `${label} ${text} ${source}`),
        ['PER Ann learned', 'GPE Padstow learned'],
      );
      assert.deepEqual(second(), first());

      const yaml = 'version: 1\nlabels:\n  PER: {key: p}\n';
      await scratch.write('corpus.yaml', yaml);
      await stores[0]!.followFile(scratch.uri('corpus.yaml'), 'changed');
      const live = stores[0]!.live.at(scratch.uri('new.txt'))!;
      const labels = (await stores[0]!.suggestions.update(live)).map(({ label }) => label);
      assert.deepEqual(labels, ['PER']);

      for (let n = 0; n < 10; n++) {
        await scratch.write(`a0${n}.ann.yaml`, `version: 1\narticle: a0${n}.txt\nentities: []\n`);
        await stores[1]!.followFile(scratch.uri(`a0${n}.ann.yaml`), 'changed');
      }
      await until(() => second().length === 0, 'all is unlearned');
    } finally {
      for (const store of stores) store.dispose();
    }
  });
});
