import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashText } from '../../src/core/text';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const SOURCE = ' date 2022-09-12 Harwich is a port.\n\nThe mayor of Harwich met.\n\nNew Harwich is new.\n';
const TYPED = 'A new ferry is due. The ferry is new, the town is glad. ';
const PLACES = [17, 50, 68];
const LINES = PLACES.map(
  (start, i) => `  - {id: aaaaa${i + 1}, label: GPE, start: ${start}, end: ${start + 7}, text: Harwich}\n`,
);

/** What becomes of spans where text comes back that was there before. */
describe('text that comes back', () => {
  let scratch: Scratch;
  let sidecar: string;
  afterEach(() => scratch.remove());

  for (const [name, ending] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    const source = SOURCE.replaceAll('\n', ending);

    beforeEach(async () => {
      const head = `version: 1\narticle: k.txt\ntext_hash: ${await hashText(SOURCE)}\nstatus: open\nentities:\n`;
      sidecar = head + LINES.join('');
      scratch = await Scratch.make({ 'k.txt': source, 'k.ann.yaml': sidecar });
    });

    const entities = async () =>
      (await scratch.api.getEntities(scratch.uri('k.txt'))).map(
        ({ text, start, broken }) => `${text} ${start}${broken ? ' to place' : ''}`,
      );
    const harwichs = PLACES.map((start) => `Harwich ${start}`);
    /** Types before the last paragraph, in the editor. */
    const type = async (typed: string) => {
      await scratch.article('k.txt');
      const at = source.indexOf('New Harwich');
      const document = await scratch.type('k.txt', (text) => text.slice(0, at) + typed + text.slice(at));
      await vscode.window.showTextDocument(document);
      await until(async () => (await entities()).join() !== harwichs.join(), 'the moved spans');
      return document;
    };
    const tagDate = async () => {
      await scratch.tag('k.txt', '2022');
      await until(async () => (await scratch.read('k.ann.yaml')).includes('text: "2022"'), 'the tag');
    };

    for (const command of ['files.revert', 'revertAndCloseActiveEditor'])
      it(`has its spans where they were after ${command}, ${name}`, async () => {
        const document = await type(TYPED);
        await vscode.commands.executeCommand(`workbench.action.${command}`);
        await until(() => document.isClosed || !document.isDirty, 'the reverted text');
        await until(async () => (await entities()).join() === harwichs.join(), 'the spans').catch(async () =>
          assert.deepEqual(await entities(), harwichs),
        );
        assert.equal(await scratch.read('k.ann.yaml'), sidecar);
        await tagDate();
        assert.equal((await scratch.read('k.ann.yaml')).replace(/.*text: "2022"\}\n/, ''), sidecar);
      });

    it(`has tags of unsaved text where they belong, ${name}`, async () => {
      const document = await type(TYPED);
      const id = await scratch.tag('k.txt', 'is new.');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await until(() => !document.isDirty, 'the reverted text');
      await until(async () => (await scratch.read('k.ann.yaml')).includes(id), 'the tag');
      const expected = [...harwichs, 'is new. 76'];
      assert.deepEqual(await entities(), expected);
      const line = `  - {id: ${id}, label: PER, start: 76, end: 83, text: is new.}\n`;
      assert.equal(await scratch.read('k.ann.yaml'), sidecar + line);
    });

    it(`has its spans where they were after another program changed it and changed it back, ${name} @web`, async () => {
      const uri = await scratch.article('k.txt');
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await until(async () => (await entities()).join() === harwichs.join(), 'the spans');
      const rewritten = TYPED.repeat(3) + source.replace('The mayor of Harwich met.', 'He was in town.');
      for (const text of [rewritten, source]) {
        await scratch.write('k.txt', text);
        await until(() => document.getText() === text, 'the text in the editor');
        await scratch.api.whenSaved();
      }
      await until(async () => (await entities()).join() === harwichs.join(), 'the spans').catch(async () =>
        assert.deepEqual(await entities(), harwichs),
      );
      await tagDate();
      assert.equal((await scratch.read('k.ann.yaml')).replace(/.*text: "2022"\}\n/, ''), sidecar);
    });
  }
});
