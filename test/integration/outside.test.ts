import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashText } from '../../src/core/text.ts';
import { openLive } from '../support/open-live.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = 'Ada met Bob in Rome.\n\nBob then left Rome for Oslo, and Ada stayed in Rome.\n';
const HEAD = 'version: 1\narticle: a.txt\n';

describe('an article that another program changes @web', () => {
  let scratch: Scratch;

  afterEach(() => scratch.remove());

  /** What stands at the places of the entities, and which of them are left to place. */
  async function shown(uri: vscode.Uri): Promise<string[]> {
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    return (await scratch.api.getEntities(uri)).map(
      ({ start, end, broken }) => Array.from(text).slice(start, end).join('') + (broken ? '?' : ''),
    );
  }

  async function open(): Promise<vscode.Uri> {
    const lines = [
      ['aaaaaa', 0, 'Ada'],
      ['bbbbbb', 22, 'Bob'],
      ['cccccc', 36, 'Rome'],
      ['dddddd', 45, 'Oslo'],
    ].map(([id, start, text]) => {
      const end = Number(start) + String(text).length;
      return `  - {id: ${id}, label: PER, start: ${start}, end: ${end}, text: ${text}}\n`;
    });
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + 'entities:\n' + lines.join('') });
    const uri = await scratch.article('a.txt');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    assert.deepEqual(await shown(uri), ['Ada', 'Bob', 'Rome', 'Oslo']);
    return uri;
  }

  it('keeps its spans where they belong while it is open', async () => {
    const uri = await open();
    const changed = `Title of it all.\n\n${TEXT.replace('then left', 'left 😀')}The end, says Bob in Rome.\n`;
    await scratch.write('a.txt', changed);
    const document = await vscode.workspace.openTextDocument(uri);
    await until(() => document.getText() === changed, 'the article read again');
    // The editor may have read it while it was being written, and had nothing for a moment.
    const all = ['Ada', 'Bob', 'Rome', 'Oslo'];
    await until(async () => (await shown(uri)).join() === all.join(), 'the spans where they belong');
    const starts = (await scratch.api.getEntities(uri)).map(({ start }) => start);
    assert.deepEqual(starts, [18, 40, 51, 60]);
  });

  it('takes over a sidecar that changed together with it', async () => {
    const uri = await open();
    const insert = 'Eve wrote this.\n\n';
    const moved = (await scratch.read('a.ann.yaml')).replace(
      /start: (\d+), end: (\d+)/g,
      (_, start, end) => `start: ${Number(start) + insert.length}, end: ${Number(end) + insert.length}`,
    );
    const eve = '  - {id: fffff2, label: PER, start: 0, end: 3, text: Eve}\n';
    const hash = await hashText(insert + TEXT);
    await scratch.write('a.ann.yaml', moved.replace('entities:\n', `text_hash: ${hash}\nentities:\n${eve}`));
    await scratch.write('a.txt', insert + TEXT);
    const all = ['Eve', 'Ada', 'Bob', 'Rome', 'Oslo'];
    await until(async () => (await shown(uri)).join() === all.join(), 'both changes');
    assert.ok((await scratch.read('a.ann.yaml')).includes(eve));
    await scratch.untilCodes('a.ann.yaml');
  });

  for (const [what, order] of [
    ['before its sidecar', ['a.txt', 'a.ann.yaml']],
    ['behind its sidecar', ['a.ann.yaml', 'a.txt']],
  ] as const)
    it(`has a tag made before the editor shows it carried over, where it is written ${what}`, async () => {
      const uri = await open();
      const other = 'Eve wrote: Zoe met Bob in Rome.\n\nBob left Rome for Oslo, and Ada stayed in Rome.\n';
      const zoe = '  - {id: aaaaaa, label: PER, start: 11, end: 14, text: Zoe}\n';
      const bob = '  - {id: bbbbbb, label: PER, start: 33, end: 36, text: Bob}\n';
      const hash = await hashText(other);
      const files = { 'a.txt': other, 'a.ann.yaml': `${HEAD}text_hash: ${hash}\nentities:\n${zoe}${bob}` };
      // At once: it is written before, or waits.
      const [, id] = await Promise.all([
        scratch.write(order[0], files[order[0]]),
        scratch.tag('a.txt', 'Bob in', 'GPE'),
        scratch.write(order[1], files[order[1]]),
      ]);
      await until(async () => (await scratch.read('a.ann.yaml')).includes(id), 'the tag');
      const source = await scratch.read('a.ann.yaml');
      assert.ok(source.includes(hash), source);
      assert.ok(source.includes(zoe) && source.includes(bob), source);
      assert.ok(source.includes(`{id: ${id}, label: GPE, start: 19, end: 25, text: Bob in}`), source);
      assert.equal(source.match(/- \{id/g)?.length, 3, source);
      assert.deepEqual(await shown(uri), ['Zoe', 'Bob in', 'Bob']);
    });

  it('loses nothing where the editor reads it while another program writes it', async () => {
    const uri = await open();
    const document = await vscode.workspace.openTextDocument(uri);
    const other = 'Eve wrote: Zoe met Bob in Rome.\n\nBob left Rome for Oslo, and Ada stayed in Rome.\n';
    for (const text of ['', 'Eve wrote: Zoe', other]) {
      await scratch.write('a.txt', text);
      await until(() => document.getText() === text, 'the article read again');
      await until(async () => (await shown(uri)).length === 4, 'all entities');
      await scratch.api.whenSaved();
    }
    await until(
      async () => (await shown(uri)).join() === 'Eve?,Bob,Rome,Oslo',
      'the spans where they belong',
    );
    const zoe = '  - {id: aaaaaa, label: PER, start: 11, end: 14, text: Zoe}\n';
    const bob = '  - {id: bbbbbb, label: PER, start: 33, end: 36, text: Bob}\n';
    const hash = await hashText(other);
    await scratch.write('a.ann.yaml', `${HEAD}text_hash: ${hash}\nentities:\n${zoe}${bob}`);
    await until(async () => (await shown(uri)).join() === 'Zoe,Bob', 'their sidecar, without a conflict');
  });

  it('follows its last text from its first one where several are read before it is followed at all', async () => {
    const texts = [
      ['', 'Eve wrote: Zoe'],
      ['Eve wrote: Ada met Bob in', ''],
      ['Bob Bob Bob Rome Oslo Ada.\n', TEXT],
    ];
    const other = 'Eve wrote: Ada met Bob in Rome.\n\nBob left Rome for Oslo, and Ada stayed in Rome.\n';
    for (const between of texts) {
      const uri = await open();
      let text = TEXT;
      const document = { uri, isDirty: false, getText: () => text };
      const { article, histories } = await openLive(
        document,
        scratch.uri('a.ann.yaml'),
        scratch.uri('storage'),
      );
      // Something that takes its time is before them, as the look at a slow disk is.
      let go = () => undefined as void;
      void article.sync.enqueue(() => new Promise<void>((resolve) => (go = resolve)));
      await scratch.write('a.txt', other);
      for (const next of [...between, other]) {
        const range = new vscode.Range(0, 0, text.split('\n').length, 0);
        const change = { range, rangeOffset: 0, rangeLength: text.length, text: next };
        text = next;
        article.textFollower.follow({
          document: document as vscode.TextDocument,
          contentChanges: [change],
          reason: undefined,
          detailedReason: undefined,
        } as vscode.TextDocumentChangeEvent);
      }
      go();
      await article.sync.whenSaved;
      const is = article.entities.map(
        ({ start, end, broken }) => `${start} ${other.slice(start, end)}${broken ? '?' : ''}`,
      );
      article.dispose();
      histories.dispose();
      assert.deepEqual(is, ['11 Ada', '33 Bob', '42 Rome', '51 Oslo'], between.join('|'));
      await scratch.remove();
    }
  });

  it('is compared with the text that git has of it', async function () {
    scratch = await Scratch.make();
    const host = globalThis as unknown as { process?: { getBuiltinModule?(name: string): unknown } };
    const child = host.process?.getBuiltinModule?.('node:child_process') as ChildProcess | undefined;
    if (!child || vscode.workspace.workspaceFolders![0]!.uri.scheme !== 'file') this.skip();
    // Nothing but the old text tells which of two mentions was there.
    const sentence = 'In the evening Ada met Bob in Rome, where they stayed.\n';
    const sidecar =
      `${HEAD}text_hash: ${await hashText(sentence)}\nentities:\n` +
      '  - {id: aaaaaa, label: PER, start: 23, end: 26, text: Bob}\n';
    const run = (...args: string[]) =>
      child.execFileSync(
        'git',
        ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
        { cwd: scratch.folder.fsPath, stdio: 'pipe' },
      );
    run('init', '--quiet');
    for (const text of [sentence, 'Nobody was there.\n']) {
      await scratch.write('b.txt', text);
      run('add', '--all');
      run('commit', '--quiet', '--message', 'text');
    }
    const added = 'Bob had sent a letter about the weather.\n';
    await scratch.write('b.txt', added + sentence);
    await scratch.write('b.ann.yaml', sidecar.replace('a.txt', 'b.txt'));
    const uri = await scratch.article('b.txt');
    assert.deepEqual(await shown(uri), ['Bob']);
    const [bob] = await scratch.api.getEntities(uri);
    assert.equal(bob?.start, added.length + 23);
  });
});

interface ChildProcess {
  execFileSync(file: string, args: readonly string[], options: object): unknown;
}
