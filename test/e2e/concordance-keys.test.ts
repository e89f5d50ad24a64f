import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { Workbench, type Theme } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const FILES: Record<string, string> = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n  ORG: {key: o}\n',
  'a.txt': ' date 2022-09-09 The ferry to Harwich was late. Nobody in Harwich minded.\n',
  'b.txt': ' date 2022-09-10 The port of Harwich is old.\n',
};

describe('the concordance and where its keys go', () => {
  let workbench: Workbench;
  let page: FrameLocator;
  const press = (key: string) => workbench.page.keyboard.press(key);
  const labels = (name: string) =>
    [...workbench.read(name).matchAll(/label: (\w+)/g)].map(([, label]) => label);
  const all = () => [...labels('a.ann.yaml'), ...labels('b.ann.yaml')].join(' ');
  const untilChosen = (count: number) =>
    until(
      async () => (await page.locator('.row[aria-selected=true]').count()) === count,
      `${count} lines chosen`,
    );
  /** Waits until the list has the focus, keys do what they do there, and a line (from 1) is the active one. */
  const untilOn = async (line: number) => {
    await page.locator('#list:focus').waitFor();
    await page.locator('#list[data-keys=true]').waitFor();
    await page.locator(`.row.active[aria-posinset="${line}"]`).waitFor();
  };
  /** What the workbench does with keys before these has been done by then. */
  const settle = async () => {
    const sideBar = workbench.page.locator('.part.sidebar');
    await press('Control+B');
    await sideBar.waitFor({ state: 'hidden' });
    await press('Control+B');
    await sideBar.waitFor();
  };

  before(async () => {
    workbench = await Workbench.open({ files: FILES, corpus: false });
    await workbench.show(/^Corpus/);
    page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await workbench.command('Corpus: Concordance…');
    await page.locator('#text:focus').waitFor();
  });
  after(() => workbench?.close());

  it('tags all lines after a search by keys alone', async () => {
    // A second try finds a word there. The editor selects all by itself, late, on ctrl+a.
    await page.locator('#text').fill('');
    await workbench.page.keyboard.type('Harwich');
    await press('Enter');
    await untilOn(1);
    await press('Control+a');
    await untilChosen(3);
    await settle();
    await untilOn(3);
    await press('Alt+2');
    for (const name of ['a.ann.yaml', 'b.ann.yaml'])
      await workbench.readWhen(name, (text) => text.includes('GPE'));
    assert.equal(all(), 'GPE GPE GPE');
    await workbench.status('Tag 3 mentions as GPE').waitFor();
  });

  it('says that lines are relabelled, and how many of both kinds', async () => {
    await press('Home');
    await press('Shift+ArrowDown');
    await untilChosen(2);
    await press('Alt+3');
    await workbench.status('Relabel 2 entities to ORG').waitFor();
    await press('End');
    await untilOn(3);
    await press('Alt+Delete');
    await page.locator('.row[data-state=untagged]').waitFor();
    // With caps lock.
    await press('Control+A');
    await untilChosen(3);
    await press('Alt+1');
    await workbench.status('Label 3 lines as PER (1 tagged, 2 relabelled)').waitFor();
    await workbench.readWhen('b.ann.yaml', (text) => text.includes('PER'));
    assert.equal(all(), 'PER PER PER');
  });

  it('has the focus again after a list of labels, on the same line', async () => {
    await press('Home');
    await press('ArrowDown');
    await untilOn(2);
    await press('Alt+L');
    await workbench.quickInput.waitFor();
    await press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await untilOn(2);
    await settle();
    await untilOn(2);
    await press('Alt+L');
    await workbench.quickInput.waitFor();
    await workbench.pick(/^GPE/, 'gpe');
    await workbench.status('Relabel “Harwich” from PER to GPE').waitFor();
    await untilOn(2);
    assert.equal(all(), 'PER GPE PER');
    await press('Control+Z');
    await workbench.readWhen('a.ann.yaml', (text) => !text.includes('GPE'));
    assert.equal(await page.locator('#text').inputValue(), 'Harwich');
    await press('ArrowUp');
    await untilOn(1);
  });

  it('has the focus again after the palette, where it was', async () => {
    for (const place of ['#list', '#text']) {
      await page.locator(place).focus();
      await press('F1');
      await workbench.quickInput.waitFor();
      // The editor looks every 250 ms whether a page has the focus, and gives it back to one that it saw go.
      await page.locator(`${place}:focus`).waitFor({ state: 'detached' });
      await workbench.page.waitForTimeout(500);
      await press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await page.locator(`${place}:focus`).waitFor();
    }
  });

  it('leaves ctrl+a in the box to the box', async () => {
    await press('End');
    await press('Control+a');
    await settle();
    await page.locator('#text:focus').waitFor();
    await workbench.page.keyboard.type('ferry');
    await until(async () => (await page.locator('#note').innerText()) === '1 line', 'the other word');
    assert.equal(await page.locator('#text').inputValue(), 'ferry');
  });

  it('keeps what is typed and goes to its lines, though word of an earlier search comes meanwhile', async () => {
    await page.locator('#form').evaluate(ENTER_BEFORE_EARLIER_ANSWER);
    await untilOn(1);
    assert.equal(await page.locator('#text').inputValue(), 'late');
  });

  it('keeps the letters that were typed before the editor gave it the focus', async () => {
    const selected: string = await page.locator('#form').evaluate(TYPE_BEFORE_FOCUS);
    assert.equal(selected, '');
    await until(async () => (await page.locator('#note').innerText()) === '1 line', 'its answer');
  });

  it('says that a range of dates is the wrong way round', async () => {
    await page.locator('#from').fill('2022-09-10');
    await page.locator('#to').fill('2022-09-09');
    await page.locator('#problem').getByText('“From” is later than “To”').waitFor();
    assert.equal(await page.locator('#note').innerText(), '');
    await page.locator('#from').fill('2022-09-09');
    await until(async () => (await page.locator('#note').innerText()) === '1 line', 'the line of that day');
    assert.equal(await page.locator('#problem').isVisible(), false);
  });

  for (const theme of ['light', 'contrast', 'dark'] as Theme[])
    it(`has buttons that stand out and can be read: ${theme}`, async () => {
      await workbench.setTheme(theme);
      const button = page.locator('#export');
      await until(async () => {
        const { look, text } = await contrasts(button);
        return look >= 3 && text >= 4.5;
      }, 'the contrast of the button');
      await button.focus();
      await workbench.screenshot(`concordance-button-${theme}`);
    });
});

/**
 * Types a word and enters it, and before there can be an answer, the page hears what the host had to say of the search
 * before: nothing found. At once, since what is typed is looked for by itself after a while.
 */
const ENTER_BEFORE_EARLIER_ANSWER = `(() => {
  const text = document.getElementById('text');
  text.focus();
  text.value = 'late';
  text.dispatchEvent(new Event('input'));
  document.getElementById('form').requestSubmit();
  const query = { text: 'Harw', label: '', matchCase: false, wholeWords: false, isRegex: false };
  const request = { query, state: 'any', articles: 'any', from: '', to: '' };
  const before = { search: 1, version: 0, total: 0, note: '', turn: 0, active: 0, anchor: 0 };
  const answer = (data) => window.dispatchEvent(new MessageEvent('message', { data }));
  answer({ type: 'form', labels: [], order: 'place', request, search: 1 });
  answer({ type: 'lines', ...before });
})()`;

/** Types, then hears that the box is to have the focus. @returns what the next letter would replace */
const TYPE_BEFORE_FOCUS = `(() => {
  const text = document.getElementById('text');
  text.value = 'ferry';
  text.dispatchEvent(new Event('input'));
  text.setSelectionRange(5, 5);
  window.dispatchEvent(new MessageEvent('message', { data: { type: 'focus', on: 'search' } }));
  return text.value.slice(text.selectionStart, text.selectionEnd);
})()`;

/** The colours of the page, and of the surface, the border and the text of its button. */
const COLORS = `(() => {
  const { backgroundColor, borderTopColor, color } = getComputedStyle(document.getElementById('export'));
  return [getComputedStyle(document.body).backgroundColor, backgroundColor, borderTopColor, color];
})()`;

/** How a button stands out from its page, by its surface or its border, and its text from its surface. */
async function contrasts(button: Locator): Promise<{ look: number; text: number }> {
  const colors: string[] = await button.evaluate(COLORS);
  const [page, over, line, ink] = colors.map(parse) as [Rgba, Rgba, Rgba, Rgba];
  const surface = blend(page, over);
  return {
    look: Math.max(contrast(page, surface), contrast(page, blend(surface, line))),
    text: contrast(surface, blend(surface, ink)),
  };
}

type Rgba = readonly number[];

/** `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`. */
function parse(color: string): Rgba {
  const [r, g, b, a = 1] = [...color.matchAll(/[\d.]+/g)].map(([part]) => Number(part));
  return [r!, g!, b!, a];
}

function blend(below: Rgba, above: Rgba): Rgba {
  return below.map((channel, i) => channel + (above[i]! - channel) * above[3]!);
}

/** Of WCAG 2, 1–21. */
function contrast(a: Rgba, b: Rgba): number {
  const [dark, light] = [a, b]
    .map((color) => {
      const [r, g, b] = color.map((channel) => {
        const part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    })
    .sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
}
