import assert from 'node:assert/strict';
import { glyphs, type Glyph } from '../hosts/glyphs.ts';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const ARTICLE = '002_b9c6bc22a851ae1e.txt';
const SIDECAR = '002_b9c6bc22a851ae1e.ann.yaml';
/** Below what the input covers. */
const SCRIPTS =
  '\n\n\n\nفي القاهرة التقى محمد وزير الخارجية في مدينة الإسكندرية أمس.\n\n北京是中国的首都。Kyiv and Oslo.\n';

/** In the page: the letters that the editor shows over its text. */
const HINTS = `[...document.querySelectorAll('.editor-instance .view-line span')].flatMap((span) => {
  const { content, position } = getComputedStyle(span, '::before');
  return position === 'absolute' && /^"[a-z]+"$/.test(content) ? [content.slice(1, -1)] : [];
})`;
describe('letters on the words in view, by keyboard', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ theme: 'light', files: { 'scripts.txt': SCRIPTS } });
    await workbench.page.setViewportSize({ width: 1366, height: 768 });
  });

  after(() => workbench?.close());

  const shown = () => workbench.page.evaluate<string[]>(HINTS);
  const drawn = async () => (await glyphs(workbench.page)).flat();

  /** Each letter of the text is where it was. */
  async function assertUnmoved(before: readonly Glyph[]): Promise<void> {
    const after = await drawn();
    assert.equal(after.length, before.length);
    const moved = after.filter(
      ([glyph, left], i) => glyph !== before[i]![0] || Math.abs(left - before[i]![1]) > 2,
    );
    assert.deepEqual(moved, []);
  }

  it('stand over the words and move no letter; those of a word select it, to be tagged', async () => {
    await workbench.show(/^Corpus/);
    await workbench.openFile(ARTICLE);
    await workbench.goTo(1, 1);
    const before = await drawn();
    await workbench.command('Corpus: Jump to a Word by Letters');
    await until(async () => (await shown()).includes('s'), 'the letters');
    await assertUnmoved(before);
    const letters = await shown();
    assert.equal(new Set(letters).size, letters.length);
    await workbench.pictures('hints');
    await workbench.page.keyboard.press('a');
    await workbench.status(/\(\d+ selected\)/).waitFor();
    await until(async () => (await shown()).length === 0, 'no letters');
    await workbench.untilEditorFocused();
  });

  it('come back after each tag in the sticky way, and escape ends them', async () => {
    const { keyboard } = workbench.page;
    await workbench.command('Corpus: Jump to Words by Letters and Tag Them');
    for (const letter of ['d', 'f']) {
      await until(async () => (await shown()).includes(letter), 'the letters');
      // What is no letter is for nothing.
      await keyboard.press('1');
      await keyboard.press(letter);
      await workbench.pick(/^EVENT/);
    }
    await workbench.readWhen(SIDECAR, (text) => text.split('label: EVENT').length === 3);
    await until(async () => (await shown()).length > 0, 'the letters again');
    await keyboard.press('Escape');
    await until(async () => (await shown()).length === 0, 'no letters');
  });

  it('stand at words of other scripts, too', async () => {
    await workbench.openFile('scripts.txt');
    await workbench.goTo(1, 1);
    const before = await drawn();
    await workbench.command('Corpus: Jump to a Word by Letters');
    await until(async () => (await shown()).length > 8, 'the letters');
    await assertUnmoved(before);
    await workbench.pictures('hints-scripts');
    await workbench.page.keyboard.press('Escape');
    await until(async () => (await shown()).length === 0, 'no letters');
  });
});
