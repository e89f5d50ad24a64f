import { adding, removing } from '../../src/core/model/edit.ts';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { disk } from '#disk';
import { Drafts } from '../../src/workspace/open/drafts.ts';
import { followWorkspace } from '../../src/workspace/follow.ts';
import type { LiveArticle } from '../../src/workspace/open/live-article.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { FakeDisk } from '../support/fake-disk.ts';
import { editText } from '../support/edit-text.ts';
import { openLive } from '../support/open-live.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n\nAda left.\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';

const isRefused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

describe('trouble', () => {
  editText();
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  const texts = async (name = 'a.txt') =>
    (await scratch.api.getEntities(scratch.uri(name))).map(({ text }) => text);

  describe('with a sidecar @web', () => {
    for (const [what, source] of [
      ['is not YAML', HEAD + BOB + '  - {id: "x'],
      ['is empty', ''],
      ['is of a later version', HEAD.replace('1', '2') + BOB],
      ['lacks a key', HEAD + BOB.replace(', text: Bob', '')],
      ['holds an id twice', HEAD + BOB + BOB],
      ['is not UTF-8', Uint8Array.from([0xc5, 0x73, 0x61])],
      ['is of another program', '- one\n- two\n'],
      ['is too deep', 'a: '.padEnd(20_000, '[')],
    ] as const) {
      it(`refuses to tag where it ${what}, and does not touch it`, async () => {
        scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': source });
        await scratch.article('a.txt');
        await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('sidecar-invalid'));
        assert.deepEqual(await texts(), []);
        assert.equal(
          await scratch.read('a.ann.yaml'),
          typeof source === 'string' ? source : new TextDecoder().decode(source),
        );
        await until(() => scratch.diagnostics('a.ann.yaml').length > 0, 'a problem that says so');
        // Mended, it is taken up without more ado.
        await scratch.write('a.ann.yaml', HEAD + BOB);
        await until(async () => (await texts()).length === 1, 'the mended sidecar');
        await scratch.tag('a.txt', 'Ada');
        assert.deepEqual(await texts(), ['Ada', 'Bob']);
      });
    }

    it('refuses one that says that it is of another article, which is there', async () => {
      scratch = await Scratch.make({
        'corpus.yaml': 'version: 1\narticles: ["**/*.txt", "**/*.md"]\n',
        'a.txt': TEXT,
        'a.md': TEXT,
      });
      await scratch.article('a.txt');
      await scratch.article('a.md');
      await scratch.tag('a.txt', 'Ada');
      await scratch.untilCodes('a.md', 'sidecar-of-another-article');
      const before = await scratch.read('a.ann.yaml');
      await assert.rejects(scratch.tag('a.md', 'Bob'), isRefused('sidecar-of-another-article'));
      assert.equal(await scratch.read('a.ann.yaml'), before);
      assert.deepEqual(await texts('a.md'), []);
      // The other article is gone: then it is only an old name.
      await scratch.delete('a.txt');
      await until(() => scratch.tag('a.md', 'Bob').then(() => true, () => false), 'the sidecar to be free'); // prettier-ignore
      assert.deepEqual(await texts('a.md'), ['Ada', 'Bob']);
      assert.match(await scratch.read('a.ann.yaml'), /^article: a.md$/m);
    });

    it('merges what another program wrote that it does not know of yet', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      await scratch.article('a.txt');
      for (const round of [0, 1, 2]) {
        const theirs = `  - {id: cccc${round}c, label: GPE, start: 32, end: 36, text: Rome, note: n${round}}\n`;
        await scratch.write('a.ann.yaml', (await scratch.read('a.ann.yaml')) + theirs);
        await scratch.tag('a.txt', ['Ada', 'met', 'left'][round]!);
      }
      const wanted = ['Ada', 'met', 'Bob', 'Rome', 'Rome', 'Rome', 'left'];
      await until(async () => (await texts()).join() === wanted.join(), 'what both did');
      await scratch.tag('a.txt', 'date');
      const source = await scratch.read('a.ann.yaml');
      for (const text of wanted) assert.ok(source.includes(`text: ${text}`), text);
      for (const note of ['n0', 'n1', 'n2']) assert.ok(source.includes(`note: ${note}`), note);
    });

    it('writes into the editor that has it open with unsaved changes, and leaves it unsaved', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      await scratch.article('a.txt');
      const note = (text: string) => text.replace('text: Bob', 'text: Bob, note: unsaved');
      const document = await scratch.type('a.ann.yaml', note);
      assert.ok(document.isDirty);
      await scratch.tag('a.txt', 'Ada');
      assert.ok(document.isDirty);
      assert.match(document.getText(), /text: Ada.*\n.*text: Bob, note: unsaved/);
      assert.equal(await scratch.read('a.ann.yaml'), HEAD + BOB, 'the disk is the editor’s to write');
      await document.save();
      assert.match(await scratch.read('a.ann.yaml'), /text: Ada.*\n.*text: Bob, note: unsaved/);
      assert.deepEqual(await texts(), ['Ada', 'Bob']);
    });

    it('refuses while what is unsaved in it is not valid, and writes afterwards', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      await scratch.article('a.txt');
      const document = await scratch.type('a.ann.yaml', (text) => text + '  - {id: "half');
      const typed = document.getText();
      await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('sidecar-invalid'));
      await scratch.untilCodes(
        'a.ann.yaml',
        ...scratch.diagnostics('a.ann.yaml').map((d) => d.code as string),
      );
      assert.equal(document.getText(), typed);
      assert.equal(await scratch.read('a.ann.yaml'), HEAD + BOB);
      await scratch.type('a.ann.yaml', (text) => text.replace('  - {id: "half', ''));
      await until(() => scratch.tag('a.txt', 'Rome').then(() => true, () => false), 'a sidecar that takes it'); // prettier-ignore
      assert.match(document.getText(), /text: Rome/);
      assert.match(document.getText(), /text: Bob/);
    });

    it('does not read one that is too big', async function () {
      this.timeout(60_000);
      const big = new Uint8Array(70 * 2 ** 20).fill(0x23);
      // First the sidecar, so that nobody looks at it while it is half written.
      scratch = await Scratch.make({ 'a.ann.yaml': big, 'a.txt': TEXT });
      const [problem] = await scratch.untilCodes('a.ann.yaml', 'file-too-big');
      assert.match(problem!.message, /larger than 64 MB/);
      await scratch.article('a.txt');
      await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('sidecar-invalid'));
      assert.equal((await vscode.workspace.fs.stat(scratch.uri('a.ann.yaml'))).size, big.length);
    });

    it('leaves a folder alone that has its name', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT });
      await vscode.workspace.fs.createDirectory(scratch.uri('a.ann.yaml'));
      await scratch.article('a.txt');
      await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('sidecar-invalid'));
    });
  });

  describe('with an article @web', () => {
    it('refuses what is not UTF-8, also when it only becomes so', async () => {
      const latin = Uint8Array.from([...'Hej, \xc5sa och Bob.\n'].map((c) => c.charCodeAt(0)));
      const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'Ada\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
      scratch = await Scratch.make({ 'a.txt': latin, 'b.txt': utf16, 'c.txt': 'Hej, Bob.\n' });
      for (const name of ['a.txt', 'b.txt']) {
        await scratch.article(name);
        await assert.rejects(
          scratch.api.addEntities(scratch.uri(name), [{ label: 'PER', start: 0, end: 3 }]),
          isRefused('article-not-utf8'),
        );
      }
      await scratch.article('c.txt');
      await scratch.tag('c.txt', 'Bob');
      const before = await scratch.read('c.ann.yaml');
      const document = await vscode.workspace.openTextDocument(scratch.uri('c.txt'));
      await scratch.write('c.txt', latin);
      await until(() => document.getText().includes('och'), 'the editor to read it again');
      await scratch.untilCodes('c.txt', 'file-not-utf8');
      await assert.rejects(scratch.tag('c.txt', 'och'), isRefused('article-not-utf8'));
      assert.equal(await scratch.read('c.ann.yaml'), before);
      await scratch.write('c.txt', 'Hej, Åsa och Bob.\n');
      await until(() => document.getText().includes('Åsa'), 'the editor to read it again');
      await until(() => scratch.tag('c.txt', 'Åsa').then(() => true, () => false), 'the article to be taken up'); // prettier-ignore
      assert.deepEqual(await texts('c.txt'), ['Åsa', 'Bob']);
    });

    it('does not open what is binary, and makes nothing for it', async () => {
      scratch = await Scratch.make({ 'a.txt': Uint8Array.from([0, 1, 2, 3, 0, 0, 7]), 'b.txt': TEXT });
      await scratch.article('b.txt');
      await assert.rejects(scratch.api.getEntities(scratch.uri('a.txt')));
      assert.equal(await scratch.exists('a.ann.yaml'), false);
    });

    it('counts in every encoding of line ends, marks and characters as the sidecar must', async () => {
      const body = 'date 2020-05-01 Ada\u0301 👩‍🚀 met\nBob\n\n北京 欢迎 你\u2028x Zoë.';
      const variants = {
        'lf.txt': body,
        'crlf.txt': body.replaceAll('\n', '\r\n'),
        'bom.txt': '\ufeff' + body,
        'bom-crlf.txt': '\ufeff' + body.replaceAll('\n', '\r\n'),
      };
      scratch = await Scratch.make(variants);
      const wanted = ['👩‍🚀', 'met\nBob', '北京', 'Zoë'].map((text) => {
        const start = [...body.slice(0, body.indexOf(text))].length;
        return { text, start, end: start + [...text].length };
      });
      const sidecars = new Set<string>();
      for (const name of Object.keys(variants)) {
        await scratch.article(name);
        const document = await vscode.workspace.openTextDocument(scratch.uri(name));
        const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
        for (const { text } of wanted) await scratch.tag(name, text.replace('\n', eol));
        const entities = await scratch.api.getEntities(scratch.uri(name));
        assert.deepEqual(
          entities.map(({ text, start, end }) => ({ text, start, end })),
          wanted,
        );
        assert.deepEqual(
          entities.map(({ range }) => document.getText(range).replace('\r\n', '\n')),
          wanted.map(({ text }) => text),
        );
        const source = await scratch.read(name.replace('.txt', '.ann.yaml'));
        sidecars.add(source.replace(/id: \w+/g, 'id').replace(name, 'name'));
      }
      assert.equal(sidecars.size, 1, 'the same sidecar, hash and all');
    });

    it('takes an article with nothing in it, with a header only, with a NUL, or with one line without end', async () => {
      const late = 'x'.repeat(600) + ' Ada\0Bob ' + 'x'.repeat(200_000) + ' Zoë';
      scratch = await Scratch.make({
        'a.txt': '',
        'b.txt': 'date: 2020-05-01\n',
        'c.txt': late,
        'd.txt': '\ufeff',
      });
      for (const name of ['a.txt', 'd.txt']) {
        await scratch.article(name);
        assert.deepEqual(await texts(name), []);
        await assert.rejects(
          scratch.api.addEntities(scratch.uri(name), [{ label: 'PER', start: 0, end: 1 }]),
        );
      }
      await scratch.article('b.txt');
      await scratch.tag('b.txt', '2020-05-01');
      assert.deepEqual(await texts('b.txt'), ['2020-05-01']);
      await scratch.article('c.txt');
      await scratch.tag('c.txt', 'Ada\0Bob');
      await scratch.tag('c.txt', 'Zoë');
      assert.deepEqual(await texts('c.txt'), ['Ada\0Bob', 'Zoë']);
      assert.match(await scratch.read('c.ann.yaml'), /text: "Ada\\u0000Bob"/);
      assert.equal(await scratch.exists('a.ann.yaml'), false);
    });

    it('keeps what was tagged when it vanished, and writes it when it is back', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      await scratch.article('a.txt');
      await vscode.window.showTextDocument(scratch.uri('a.txt'), { preview: false });
      const before = await scratch.read('a.ann.yaml');
      await scratch.delete('a.txt');
      const range = new vscode.Range(0, 17, 0, 20);
      const open = vscode.workspace.textDocuments.find((d) => d.uri.path === scratch.uri('a.txt').path)!;
      assert.equal(open.getText(range), 'Ada');
      await assert.rejects(
        scratch.api.addEntities(open.uri, [{ label: 'PER', range }]),
        isRefused('article-gone'),
      );
      assert.equal(await scratch.read('a.ann.yaml'), before);
      await scratch.write('a.txt', TEXT);
      const isWritten = async () => (await scratch.read('a.ann.yaml')).includes('text: Ada');
      await until(isWritten, 'what was tagged to be written');
      assert.deepEqual(await texts(), ['Ada', 'Bob']);
    });
  });

  describe('with a disk that fails', () => {
    let disk: FakeDisk;
    let article: LiveArticle;
    beforeEach(async () => {
      scratch = await Scratch.make();
      disk = new FakeDisk({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      article = await open();
    });
    afterEach(() => {
      article.dispose();
      disk.dispose();
    });

    const open = async (drafts = new Drafts(disk.uri('storage'))) => {
      const document = await vscode.workspace.openTextDocument(disk.uri('a.txt'));
      return (await openLive(document, disk.uri('a.ann.yaml'), disk.uri('storage'), drafts)).article;
    };
    const add = (start: number, end: number, id: string) => {
      const entity = { id, label: 'PER', start, end, text: article.index.slice({ start, end }) };
      return article.apply('Add', [adding(entity)]);
    };
    const shown = () => article.entities.map(({ text }) => text);

    for (const [code, error] of [
      ['read-only', (uri: vscode.Uri) => vscode.FileSystemError.NoPermissions(uri)],
      ['disk-full', () => new Error('ENOSPC: no space left on device, write')],
      ['write-failed', () => new Error('EIO: i/o error, write')],
    ] as const) {
      it(`says ${code}, keeps what was tagged, and writes it once it can`, async () => {
        disk.failWith = (uri) => (uri.path.endsWith('.ann.yaml') ? error(uri) : undefined);
        await assert.rejects(add(17, 20, 'aaaaaa'), isRefused(code));
        assert.equal(article.writeError?.code, code);
        assert.deepEqual(shown(), ['Ada', 'Bob']);
        assert.equal(disk.text('a.ann.yaml'), HEAD + BOB);
        // Another window, or this one after a crash, has it too.
        const other = await open();
        assert.deepEqual(
          other.entities.map(({ text }) => text),
          ['Ada', 'Bob'],
        );
        other.dispose();
        disk.failWith = () => undefined;
        await until(() => disk.text('a.ann.yaml')?.includes('text: Ada'), 'the retried write');
        await until(() => article.writeError === undefined, 'the end of the trouble');
        assert.deepEqual(shown(), ['Ada', 'Bob']);
      });
    }

    it('never writes over a version that it has not read', async () => {
      const rome = '  - {id: cccccc, label: GPE, start: 32, end: 36, text: Rome}\n';
      let writes = 0;
      // At the last moment: the article was looked for, the sidecar was read.
      disk.onStat = () => {
        if (writes++ === 0)
          disk.set('a.ann.yaml', HEAD + BOB.replace('text: Bob', 'text: Bob, note: theirs') + rome);
      };
      await add(17, 20, 'aaaaaa');
      assert.ok(writes > 0);
      assert.deepEqual(shown(), ['Ada', 'Bob', 'Rome']);
      const written = disk.text('a.ann.yaml')!;
      for (const part of ['text: Ada', 'text: Bob, note: theirs', 'text: Rome'])
        assert.ok(written.includes(part), part);
    });

    it('keeps a draft that meets an invalid sidecar', async () => {
      disk.failWith = (uri) => (uri.path.endsWith('.ann.yaml') ? new Error('ENOSPC') : undefined);
      const [bob] = article.entities;
      await assert.rejects(article.apply('Remove', [removing(bob!)]), isRefused('disk-full'));
      await assert.rejects(add(17, 20, 'aaaaaa'), isRefused('disk-full'));
      article.dispose();
      disk.failWith = () => undefined;
      disk.set('a.ann.yaml', HEAD + BOB + '  - {id: "half');
      article = await open();
      assert.equal(article.refusal?.code, 'sidecar-invalid');
      assert.throws(() => add(32, 36, 'dddddd'), isRefused('sidecar-invalid'));
      article.dispose();
      disk.set('a.ann.yaml', HEAD + BOB);
      article = await open();
      await article.sync.whenSaved;
      assert.deepEqual(shown(), ['Ada']);
      assert.doesNotMatch(disk.text('a.ann.yaml')!, /Bob/);
      assert.match(disk.text('a.ann.yaml')!, /Ada/);
    });

    it('keeps the drafts of several windows apart, and replays all', async () => {
      disk.failWith = (uri) => (uri.path.endsWith('.ann.yaml') ? new Error('ENOSPC') : undefined);
      const first = article;
      const second = await open();
      await assert.rejects(add(17, 20, 'aaaaaa'), isRefused('disk-full'));
      article = second;
      await assert.rejects(add(32, 36, 'cccccc'), isRefused('disk-full'));
      first.dispose();
      second.dispose();
      assert.equal(disk.names('storage/drafts').length, 2);
      disk.failWith = () => undefined;
      article = await open();
      await article.sync.whenSaved;
      assert.deepEqual(shown(), ['Ada', 'Bob', 'Rome']);
      assert.match(disk.text('a.ann.yaml')!, /Ada[^]*Bob[^]*Rome/);
      assert.deepEqual(disk.names('storage/drafts'), []);
    });

    it('puts a draft aside that cannot be read, says so, and goes on', async () => {
      disk.failWith = (uri) => (uri.path.endsWith('.ann.yaml') ? new Error('ENOSPC') : undefined);
      await assert.rejects(add(17, 20, 'aaaaaa'), isRefused('disk-full'));
      article.dispose();
      disk.failWith = () => undefined;
      const [name] = disk.names('storage/drafts');
      const whole = disk.text(`storage/drafts/${name}`)!;
      for (const broken of [whole.slice(0, -9), whole.replace('"start":17', '"start":"x"'), '', 'null']) {
        disk.set(`storage/drafts/${name}`, broken);
        const drafts = new Drafts(disk.uri('storage'));
        const told: string[] = [];
        drafts.onDidSetAside((uri) => told.push(uri.path));
        assert.deepEqual(await drafts.read(disk.uri('a.txt')), []);
        assert.deepEqual(told, [`/storage/drafts/${name}.unreadable`]);
        assert.equal(disk.text(`storage/drafts/${name}.unreadable`), broken);
        drafts.dispose();
      }
      article = await open();
      await add(32, 36, 'cccccc');
      assert.deepEqual(shown(), ['Bob', 'Rome']);
    });

    it('says that nothing is kept where the storage fails, too, and keeps it until one of them works', async () => {
      const drafts = new Drafts(disk.uri('storage'));
      article.dispose();
      article = await open(drafts);
      disk.failWith = () => new Error('ENOSPC');
      await assert.rejects(add(17, 20, 'aaaaaa'), isRefused('not-kept'));
      assert.equal(article.writeError?.code, 'not-kept');
      // The editor is closed, and opened again.
      article.dispose();
      disk.failWith = (uri) => (uri.path.endsWith('.ann.yaml') ? new Error('ENOSPC') : undefined);
      await until(() => disk.names('storage/drafts').length === 1, 'the storage to be asked again');
      disk.failWith = () => undefined;
      article = await open(drafts);
      await article.sync.whenSaved;
      assert.deepEqual(shown(), ['Ada', 'Bob']);
      assert.match(disk.text('a.ann.yaml')!, /Ada/);
      assert.deepEqual(disk.names('storage/drafts'), []);
      drafts.dispose();
    });

    it('keeps what a slow disk has not taken yet', async () => {
      let go = () => {};
      const slow = new Promise<void>((resolve) => (go = resolve));
      disk.delay = (uri) => (uri.path.endsWith('.ann.yaml') ? slow : undefined);
      const writing = add(17, 20, 'aaaaaa');
      await until(() => disk.names('storage/drafts').length === 1, 'a draft');
      assert.doesNotMatch(disk.text('a.ann.yaml')!, /Ada/);
      go();
      await writing;
      assert.match(disk.text('a.ann.yaml')!, /Ada/);
      assert.deepEqual(disk.names('storage/drafts'), []);
    });

    it('does not take a sidecar that cannot be read for one that is not there', async () => {
      article.dispose();
      disk.failReading = true;
      article = await open();
      assert.equal(article.refusal?.code, 'sidecar-invalid');
      assert.throws(() => add(17, 20, 'aaaaaa'), isRefused('sidecar-invalid'));
      disk.failReading = false;
      await article.sync.followSidecar();
      await add(17, 20, 'aaaaaa');
      assert.deepEqual(shown(), ['Ada', 'Bob']);
    });
  });

  it('writes at the next start what could not be written before, though nobody opens the article', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
    const drafts = new Drafts(scratch.uri('storage'));
    const entity = { id: 'aaaaaa', label: 'PER', start: 17, end: 20, text: 'Ada' };
    await drafts.write(scratch.uri('a.txt'), [adding(entity)]);
    drafts.dispose();
    const store = new CorpusStore(scratch.uri('storage'));
    const following = followWorkspace(store);
    const isWritten = async () => (await scratch.read('a.ann.yaml')).includes('text: Ada');
    await until(isWritten, 'the draft in the sidecar');
    await store.live.flush();
    assert.deepEqual(await vscode.workspace.fs.readDirectory(scratch.uri('storage/drafts')), []);
    following.dispose();
    store.dispose();
  });

  it('writes what was tagged in unsaved text once that is thrown away', async () => {
    const source = 'Oslo. Oslo and Oslo.\n';
    scratch = await Scratch.make({ 'revert.txt': source, 'revertAndCloseActiveEditor.txt': source });
    for (const [command, name] of [
      ['files.revert', 'revert'],
      ['revertAndCloseActiveEditor', 'revertAndCloseActiveEditor'],
    ] as const) {
      const uri = await scratch.article(`${name}.txt`);
      await vscode.window.showTextDocument(await scratch.type(`${name}.txt`, (text) => `New ${text}`));
      await scratch.api.addEntities(uri, [
        { label: 'GPE', range: new vscode.Range(0, 4, 0, 8) },
        { label: 'GPE', range: new vscode.Range(0, 10, 0, 14) },
      ]);
      assert.ok(!(await scratch.exists(`${name}.ann.yaml`)));
      await vscode.commands.executeCommand(`workbench.action.${command}`);
      await until(() => scratch.exists(`${name}.ann.yaml`), `the sidecar after ${command}`);
      const written = await scratch.read(`${name}.ann.yaml`);
      assert.match(written, /start: 0, end: 4, text: Oslo.*\n.*start: 6, end: 10, text: Oslo.*\n$/, command);
    }
  });

  describe('on a real disk', () => {
    interface Fs {
      chmodSync(path: string, mode: number): void;
      statSync(path: string): { mode: number };
      utimesSync(path: string, atime: number, mtime: number): void;
      readdirSync(path: string): string[];
      symlinkSync(target: string, path: string): void;
      readlinkSync(path: string): string;
    }
    let fs: Fs;
    before(function () {
      const host = globalThis as unknown as { process?: { getBuiltinModule?(name: string): unknown } };
      fs = host.process?.getBuiltinModule?.('node:fs') as Fs;
      if (!fs || vscode.workspace.workspaceFolders![0]!.uri.scheme !== 'file') this.skip();
    });
    const path = (name: string) => scratch.uri(name).fsPath;

    it('leaves an article as it is whose sidecar is read-only, where many are changed', async () => {
      const ada = HEAD + '  - {id: aaaaaa, label: PER, start: 0, end: 3, text: Ada}\n';
      scratch = await Scratch.make({
        ...{ 'a.txt': TEXT, 'b.txt': TEXT, 'b.ann.yaml': HEAD.replace('a.txt', 'b.txt') + BOB },
        ...{ 'c.txt': TEXT, 'c.ann.yaml': ada.replace('a.txt', 'c.txt') },
      });
      const [before, c] = [await scratch.read('b.ann.yaml'), await scratch.article('c.txt')];
      const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
      const at = document.getText().indexOf('Ada');
      const selection = new vscode.Range(document.positionAt(at), document.positionAt(at + 3));
      await vscode.window.showTextDocument(document, { selection });
      const run = (command: string, argument?: object) =>
        vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
      fs.chmodSync(path('b.ann.yaml'), 0o444);
      await run('tagAllInCorpus', { label: 'PER', preview: false });
      await until(async () => (await scratch.exists('a.ann.yaml')) && true, 'the sidecar of the other');
      // Taking it back fails in one, too, which stays as it was done.
      fs.chmodSync(path('c.ann.yaml'), 0o444);
      await run('undo');
      fs.chmodSync(path('b.ann.yaml'), 0o644);
      fs.chmodSync(path('c.ann.yaml'), 0o644);
      const b = await scratch.article('b.txt');
      await vscode.window.showTextDocument(b);
      assert.deepEqual(
        (await scratch.api.getEntities(b)).map(({ text }) => text),
        ['Bob'],
      );
      assert.equal(await scratch.read('b.ann.yaml'), before);
      const there = (await scratch.api.getEntities(c)).length;
      assert.ok(there > 1);
      assert.equal((await scratch.read('c.ann.yaml')).match(/text: Ada/g)!.length, there);
    });

    it('asks the owner of a read-only sidecar to allow it, and writes then', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
      await scratch.article('a.txt');
      fs.chmodSync(path('a.ann.yaml'), 0o444);
      await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('read-only'));
      assert.equal(await scratch.read('a.ann.yaml'), HEAD + BOB);
      assert.deepEqual(await texts(), ['Ada', 'Bob']);
      fs.chmodSync(path('a.ann.yaml'), 0o640);
      await until(
        async () => (await scratch.read('a.ann.yaml')).includes('Ada'),
        'the retried write',
        12_000,
      );
      assert.equal(fs.statSync(path('a.ann.yaml')).mode & 0o777, 0o640, 'the mode is kept');
      const names = () => fs.readdirSync(path('.')).sort().join();
      // The lock goes after the write.
      await until(() => names() === 'a.ann.yaml,a.txt,corpus.yaml', 'no left-overs');
    });

    it('leaves what another program writes between the last look and the write', async () => {
      scratch = await Scratch.make({ 'a.ann.yaml': 'old' });
      const theirs = async () => {
        await scratch.write('a.ann.yaml', 'new');
        return true;
      };
      const uri = scratch.uri('a.ann.yaml');
      assert.equal(await disk.write(uri, new TextEncoder().encode('ours'), theirs), false);
      assert.equal(await disk.remove(uri, theirs), false);
      assert.equal(await scratch.read('a.ann.yaml'), 'new');
      await scratch.delete('a.ann.yaml');
      assert.equal(await disk.write(uri, new TextEncoder().encode('ours'), theirs), false);
      assert.equal(await scratch.read('a.ann.yaml'), 'new');
    });

    it('follows a link to the file that it means', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT, 'elsewhere.yaml': HEAD + BOB });
      fs.symlinkSync('elsewhere.yaml', path('a.ann.yaml'));
      await scratch.article('a.txt');
      await until(async () => (await texts()).length === 1, 'the linked sidecar');
      await scratch.tag('a.txt', 'Ada');
      assert.equal(fs.readlinkSync(path('a.ann.yaml')), 'elsewhere.yaml');
      assert.match(await scratch.read('elsewhere.yaml'), /Ada/);
    });

    it('tells of a link to a folder below what is imported', async () => {
      scratch = await Scratch.make({
        'a.txt': TEXT,
        '.in/b.txt': 'Bob.\n',
        '.in/b.ann': 'T1\tPER 0 3\tBob\n',
        '.elsewhere/c.txt': 'Cy.\n',
      });
      fs.symlinkSync('../.elsewhere', path('.in/there'));
      const argument = { from: 'brat', files: [scratch.uri('.in')], folder: scratch.folder, preview: false };
      const summary = await vscode.commands.executeCommand<{
        documents: number;
        failed: number;
        report: vscode.Uri;
      }>('corpusAnnotator.import', argument);
      assert.deepEqual([summary.documents, summary.failed], [1, 1]);
      const report = await vscode.workspace.openTextDocument(summary.report);
      assert.match(report.getText(), /^ *there {2}A link to a folder is not followed/m);
    });

    it('writes beside an article with as long a name as can be, and says where that is too long', async () => {
      const longest = 'x'.repeat(255 - '.ann.yaml'.length);
      const longer = 'y'.repeat(255 - '.txt'.length);
      scratch = await Scratch.make({ [`${longest}.txt`]: TEXT, [`${longer}.txt`]: TEXT });
      await scratch.article(`${longest}.txt`);
      await scratch.tag(`${longest}.txt`, 'Ada');
      assert.match(await scratch.read(`${longest}.ann.yaml`), /Ada/);
      await scratch.article(`${longer}.txt`);
      await assert.rejects(scratch.tag(`${longer}.txt`, 'Ada'), isRefused('write-failed'));
      assert.deepEqual(await texts(`${longer}.txt`), ['Ada']);
    });

    it('removes what a killed process left, and nothing else', async () => {
      const now = Date.now() / 1000;
      const old = ['.corpus-annotator-0a1b2c3d.tmp', '.corpus-annotator-0a1b2c3d.lock'];
      const foreign = ['.corpus-annotator-0a1b2c3d.tmp.txt', '.0a1b2c3d.tmp', '.corpus-annotator-notes.tmp'];
      scratch = await Scratch.make({ 'a.txt': TEXT });
      for (const name of [...old, ...foreign, '.corpus-annotator-11111111.tmp']) {
        await scratch.write(name, '1 nowhere 0');
        if (!name.includes('1111')) fs.utimesSync(path(name), now, now - 61);
      }
      await vscode.commands.executeCommand('corpusAnnotator.articles.refresh');
      const wanted = [...foreign, '.corpus-annotator-11111111.tmp', 'a.txt', 'corpus.yaml'].sort();
      // Whoever has an article open may hold a lock for a moment, to try again what could not be written.
      const names = () => fs.readdirSync(path('.')).sort().join('\n');
      await until(() => names() === wanted.join('\n'), 'them to be gone');
    });

    it('does not wait for a device to end', async () => {
      scratch = await Scratch.make({ 'a.txt': TEXT });
      fs.symlinkSync('/dev/zero', path('a.ann.yaml'));
      await scratch.article('a.txt');
      await assert.rejects(scratch.tag('a.txt', 'Ada'), isRefused('sidecar-invalid'));
    });
  });
});
