import * as vscode from 'vscode';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';
const ADA = '  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada}\n';
const ROME = '{id: kkkkkk, start: 32, end: 36, text: Rome, thread: [{by: bo, text: "Which one?"}]}\n';
const SIDECAR = `version: 1\narticle: a.txt\nentities:\n${ADA}comments:\n  - ${ROME}`;

describe('comments on spans', () => {
  editText();
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  it('follow the text, stay to place where theirs is deleted, and come back with it @web', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SIDECAR });
    await scratch.api.getEntities(await scratch.article('a.txt'));
    const says = (...pieces: string[]) =>
      until(async () => {
        const written = await scratch.read('a.ann.yaml');
        return pieces.every((piece) => written.includes(piece));
      }, pieces.join());
    const document = await scratch.type('a.txt', (text) => text.replace('Ada met', 'Ada has met'));
    await document.save();
    await says('{id: kkkkkk, start: 36, end: 40, text: Rome, thread');
    await vscode.window.showTextDocument(document);
    await scratch.type('a.txt', (text) => text.replace('Rome', ''));
    await document.save();
    await says('{id: kkkkkk, start: 36, end: 36, text: Rome, thread', ADA);
    await scratch.untilCodes('a.ann.yaml', 'comment-not-found');
    await vscode.commands.executeCommand('undo');
    await document.save();
    await says('{id: kkkkkk, start: 36, end: 40, text: Rome, thread');
    await scratch.untilCodes('a.ann.yaml');
  });

  it('are where others, and a file that is read again, have put them', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SIDECAR });
    const article = await scratch.article('a.txt');
    await scratch.api.getEntities(article);
    await scratch.write('a.txt', TEXT.replace('Ada met', 'Ada has met'));
    await until(async () => (await scratch.api.getEntities(article))[0]?.text === 'Ada', 'the article');
    await scratch.api.addEntities(article, [{ label: 'PER', start: 29, end: 32 }]);
    const moved = 'start: 36, end: 40, text: Rome';
    await until(async () => (await scratch.read('a.ann.yaml')).includes(moved), 'the comment, moved');
    const source = await scratch.read('a.ann.yaml');
    await scratch.write('a.ann.yaml', source.replace('Which one?', 'In Italy?'));
    await scratch.api.addEntities(article, [{ label: 'GPE', start: 36, end: 40 }]);
    await until(async () => (await scratch.read('a.ann.yaml')).includes(`${moved}, thread: [{by: bo, text: "In`), 'the answer'); // prettier-ignore
  });
});
