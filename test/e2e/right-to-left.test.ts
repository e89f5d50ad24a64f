import assert from 'node:assert/strict';
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

/** In the page: where each character of each line is drawn: its left edge and its width, in pixels. */
const GLYPHS = `(() => {
  const lines = document.querySelector('.editor-instance .view-lines');
  const top = (element) => element.getBoundingClientRect().top;
  const rows = [...lines.querySelectorAll('.view-line')].sort((a, b) => top(a) - top(b));
  return rows.map((row) => {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let i = 0; i < node.textContent.length; i++) {
        const range = document.createRange();
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const { left, width } = range.getBoundingClientRect();
        found.push(node.textContent[i] + ' ' + left.toFixed(1) + ' ' + width.toFixed(1));
      }
    }
    return found;
  });
})()`;
/** In the page: the lines at the top of boxes, in them, and at their bottom. */
const LOOKS = `[...document.querySelectorAll('.editor-instance .cdr[class*="ced-"]')].map((box) => {
  const { borderBottomWidth, borderTopWidth, backgroundImage } = getComputedStyle(box);
  return borderTopWidth + (backgroundImage === 'none' ? ' - ' : ' line ') + borderBottomWidth;
})`;

describe('entities in text that runs from right to left', () => {
  let workbench: Workbench;
  let untagged: string[][];
  before(async () => {
    workbench = await Workbench.open({
      files: { 'rtl.txt': TEXT },
      settings: { 'editor.wordWrap': 'on', 'editor.fontSize': 20 },
    });
    await workbench.openFile('rtl.txt');
    untagged = await glyphs();
    workbench.write('rtl.ann.yaml', SIDECAR);
    await until(async () => (await looks()).length >= 16, 'the entities');
  });
  after(() => workbench?.close());

  const glyphs = (): Promise<string[][]> => workbench.page.evaluate(GLYPHS);
  const looks = (): Promise<string[]> => workbench.page.evaluate(LOOKS);

  it('leave every letter where it is, and how it is joined', async () => {
    assert.deepEqual(
      untagged.slice(0, LINES.length).map((row) => row.length),
      LINES.map((row) => row.length),
    );
    assert.deepEqual(await glyphs(), untagged);
  });

  it('are drawn at different heights where they share text, all of them', async () => {
    const drawn = await looks();
    const count = (look: string) => drawn.filter((one) => one === look).length;
    // Each in another: an outer one has its line at the bottom, one in it above that, one in both on top.
    assert.deepEqual([count('0px - 2px'), count('0px line 0px'), count('2px - 0px')], [6, 7, 2]);
    assert.equal(count('1px - 1px'), 1, 'the one that is to place');
    await workbench.pictures('right-to-left');
  });
});
