import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inEnglish } from '../../src/wording/translate.ts';
import { Workbench } from '../hosts/workbench.ts';
import { pseudo } from '../support/pseudo.ts';
import { until } from '../support/until.ts';

/** The extension with a translation into a language: two files more. */
function translateInto(language: string, folder: string): void {
  // A link would not do: the editor knows an extension by where its files are.
  for (const name of [
    'dist',
    'media',
    'schemas',
    'syntaxes',
    'language-configuration.json',
    'package.json',
    'package.nls.json',
  ])
    fs.cpSync(name, path.join(folder, name), { recursive: true });
  const all = path.join(folder, 'l10n/bundle.l10n.json');
  execFileSync(process.execPath, ['scripts/l10n.mjs', '--out', all], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const [from, to] of [
    ['package.nls.json', `package.nls.${language}.json`],
    [all, `l10n/bundle.l10n.${language}.json`],
  ] as const) {
    const sentences = JSON.parse(fs.readFileSync(from, 'utf8')) as Record<string, string>;
    const translated = Object.entries(sentences).map(([key, sentence]) => [key, pseudo(sentence)]);
    fs.writeFileSync(path.join(folder, to), JSON.stringify(Object.fromEntries(translated)));
  }
}

/** In an editor of another language, for which the sentences of the extension are translated. */
describe('a translation', () => {
  const extension = fs.mkdtempSync(path.join(os.tmpdir(), 'translated-'));
  let workbench: Workbench;
  const said = (sentence: string, values: Record<string, string> = {}) => inEnglish(pseudo(sentence), values);

  before(async () => {
    translateInto('de', extension);
    workbench = await Workbench.open({
      corpus: false,
      files: {
        'corpus.yaml': 'version: 1\nlabels:\n  GPE: {key: g}\n',
        'ferry.txt': ' date 2022-09-09 The ferry left Harwich.\n',
        'ferry.ann.yaml':
          'version: 1\nentities:\n  - {id: aaaaaa, label: SHIP, start: 21, end: 26, text: ferry, note: late}\n',
      },
      extension,
      language: 'de',
    });
  });
  after(async () => {
    await workbench?.close();
    fs.rmSync(extension, { recursive: true, force: true });
  });

  it('is what commands, views, messages and problems say, with their values', async () => {
    const { page } = workbench;
    await workbench.openFile('ferry.txt');
    await workbench.status(said('Corpus Article')).waitFor();
    await workbench.command('View: Toggle Problems');
    const problem = said('The label "{label}" is not in corpus.yaml.', { label: 'SHIP' });
    await page.locator('.markers-panel').getByText(problem).first().waitFor();

    await workbench.openFile('ferry.txt');
    await workbench.select('ferry.txt', 'Harwich');
    await workbench.command(`${said('Corpus')}: ${said('Tag Selection…')}`);
    await workbench.quickInput.getByText(said('Tag “{0}”', { 0: 'Harwich' })).waitFor();
    await workbench.pick(/^GPE/);
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('text: Harwich'));

    await workbench.show(said('Corpus'));
    for (const name of ['Articles', 'Labels', 'Entities']) await workbench.pane(said(name)).waitFor();
    await workbench.screenshot('translation');
  });

  it('is what a report says', async () => {
    const command = (title: string) => workbench.command(`${said('Corpus')}: ${said(title)}`);
    await workbench.openFile('ferry.txt');
    await command('Export…');
    await workbench.pick(/^CoNLL-2003/);
    await workbench.pick(new RegExp(said('The corpus {0}', { 0: 'corpus' })));
    await workbench.pick(new RegExp(said('All entities')));
    const input = workbench.quickInput.locator('input').first();
    await until(async () => /\/ferry\.conll$/.test(await input.inputValue()), 'the dialog');
    await workbench.page.keyboard.press('Enter');
    await workbench.readWhen('ferry.conll', (text) => text.includes('B-GPE'));
    await workbench.status(pseudo('Exported').slice(0, -1)).waitFor();
    await command('Open Last Import or Export Report');
    const loss = said('{0} loses {1}: the format has no place for that', {
      0: 'SHIP “ferry”',
      1: said('its note'),
    });
    for (const text of [said('Lost: not carried over ({0})', { 0: '2' }), loss])
      await workbench.editor.getByText(text).first().waitFor();
    await workbench.screenshot('translated-report');
  });
});
