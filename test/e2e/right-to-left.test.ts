import assert from 'node:assert/strict';
import { glyphs } from '../hosts/glyphs.ts';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const LINES = [
  'ד"ר מאיה לוי גרה בתל אביב ליד הים, ואחותה נועה בחיפה.',
  'زارت منى حداد جامعة القاهرة في الصيف الماضي مع أختها.',
  'The school (בית ספר ירושלים) met جامعة القاهرة in Rome, and ליאור left.',
  'Nothing is tagged here: שלום.',
];
const TEXT = LINES.join('\n') + '\n';

/** An entity where a text first is in a line; what is `lost` is somewhere else there. */
const line = (id: string, label: string, row: number, text: string, lost = '') => {
  const start = TEXT.indexOf(LINES[row]!) + LINES[row]!.indexOf(text);
  return `  - {id: ${id}, label: ${label}, start: ${start}, end: ${start + text.length}, text: ${JSON.stringify(lost || text)}}\n`;
};
/** Of all but the one that is to place. */
const LABELS = 'GPE GPE GPE GPE LOC LOC ORG ORG ORG ORG ORG PER PER PER PER';
const SIDECAR = [
  'version: 1\narticle: rtl.txt\nentities:\n',
  // Nested, three deep, and touching; then within a word, whose letters join.
  line('aaaaaa', 'PER', 0, 'ד"ר מאיה לוי'),
  line('aaaaab', 'PER', 0, 'מאיה לוי'),
  line('aaaaac', 'ORG', 0, 'לוי'),
  line('aaaaad', 'LOC', 0, 'בתל אביב'),
  line('aaaaaf', 'GPE', 0, 'תל אביב'),
  line('aaaaag', 'GPE', 0, 'נועה', 'דנה'),
  line('bbbbbb', 'PER', 1, 'منى حداد'),
  line('bbbbbc', 'PER', 1, 'حداد'),
  line('bbbbbd', 'ORG', 1, 'جامعة القاهرة'),
  line('bbbbbf', 'GPE', 1, 'القا'),
  line('bbbbbg', 'LOC', 1, 'هرة'),
  line('cccccc', 'ORG', 2, 'The school (בית ספר ירושלים)'),
  line('cccccd', 'ORG', 2, 'בית ספר ירושלים'),
  line('cccccf', 'GPE', 2, 'ירושלים'),
  line('cccccg', 'ORG', 2, 'جامعة القاهرة in Rome'),
  line('ccccch', 'GPE', 2, 'Rome'),
].join('');

/** In the page: where each box has its line, or that it is one of dots. */
const LOOKS = `[...document.querySelectorAll('.editor-instance .cdr[class*="ced-"]')].map((box) => {
  const { borderTopStyle, backgroundPositionY } = getComputedStyle(box);
  return borderTopStyle === 'dotted' ? 'dots' : backgroundPositionY.split(',')[0];
})`;

describe('entities in text that runs from right to left', () => {
  let workbench: Workbench;
  let untagged: string[][];
  before(async () => {
    workbench = await Workbench.open({
      files: { 'rtl.txt': TEXT },
      settings: { 'editor.wordWrap': 'on', 'editor.fontSize': 20, 'editor.minimap.enabled': false },
    });
    await workbench.openFile('rtl.txt');
    // Articles have other lines than plain text.
    await workbench.status('Corpus Article').waitFor();
    await until(async () => (await lineHeight()) === '32px', 'its lines');
    untagged = await drawn();
    workbench.write('rtl.ann.yaml', SIDECAR);
    await until(async () => (await looks()).length >= 16, 'the entities');
  });
  after(() => workbench?.close());

  const lineHeight = () =>
    workbench.page.evaluate<string>("document.querySelector('.view-line').style.height");
  /** Each character with its left edge and its width, to a tenth of a pixel, by line. */
  const drawn = async () =>
    (await glyphs(workbench.page)).map((line) =>
      line.map(([character, left, width]) => `${character} ${left.toFixed(1)} ${width.toFixed(1)}`),
    );
  const looks = (): Promise<string[]> => workbench.page.evaluate(LOOKS);

  it('leave every letter where it is, and how it is joined', async () => {
    assert.deepEqual(
      untagged.slice(0, LINES.length).map((row) => row.length),
      LINES.map((row) => row.length),
    );
    assert.deepEqual(await drawn(), untagged);
  });

  it('show their labels, which can be turned off, and take no room', async () => {
    assert.equal((await workbench.drawnLabels()).sort().join(' '), LABELS);
    const settings = JSON.parse(workbench.read('.vscode/settings.json')) as object;
    const showLabels = async (is: boolean) => {
      const changed = { ...settings, 'corpusAnnotator.showLabels': is };
      // What is written before the folder is watched is not told of; what is written all the time is not read.
      await until(async () => {
        workbench.write('.vscode/settings.json', JSON.stringify(changed));
        const isSet = async () => (await workbench.drawnLabels()).length > 0 === is;
        return until(isSet, 'the setting', 2000).catch(() => false);
      }, 'the setting');
    };
    await showLabels(false);
    assert.deepEqual(await drawn(), untagged);
    assert.equal((await looks()).length, 16);
    await showLabels(true);
  });

  it('are drawn at different heights where they share text, all of them', async () => {
    const all = await looks();
    const count = (look: string) => all.filter((one) => one === look).length;
    // Each in another: an outer one has its line at the bottom, one in it above that, one in both on top.
    assert.deepEqual([count('100%'), count('calc(100% - 3px)'), count('0%')], [6, 7, 2]);
    assert.equal(count('dots'), 1, 'the one that is to place');
    await workbench.pictures('right-to-left');
  });
});
