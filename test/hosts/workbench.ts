import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { closeKeptBrowser, keptBrowser } from './browser.ts';
import { temporaryFolder, writeCorpus } from './corpus.ts';
import { fromRoot, root } from './paths.ts';
import { calm, startServer, writeMachineSettings, type Server } from './server.ts';

/** The name that the settings have for a theme, and the class that a window has in it. */
const themes = {
  light: { name: 'Default Light Modern', class: 'vs' },
  dark: { name: 'Default Dark Modern', class: 'vs-dark' },
  contrast: { name: 'Default High Contrast', class: 'hc-black' },
} as const;

export type Theme = keyof typeof themes;

let common: { folder: string; server: Promise<Server> } | undefined;

/**
 * The server of all windows that test the extension under development. Each window opens a folder of its own, and
 * has what the editor and the extension store for it apart.
 */
function commonServer(): Promise<Server> {
  if (!common) {
    const folder = temporaryFolder();
    common = { folder, server: startServer({ folder }) };
  }
  return common.server;
}

/** Ends what windows have in common: the server, the browser. */
export async function closeCommon(): Promise<void> {
  await (await common?.server)?.stop();
  if (common) fs.rmSync(common.folder, { recursive: true, force: true, maxRetries: 3 });
  common = undefined;
  await closeKeptBrowser();
}

export interface WorkbenchOptions {
  /** The folder to copy; `seeds/` by default. `false` starts from an empty one. */
  corpus?: string | false;
  /** Files over the copy, by relative path. */
  files?: Record<string, string>;
  /** A VSIX to install and test, in place of the extension under development. */
  vsix?: string;
  /** The folder of the extension under development; the project's by default. */
  extension?: string;
  /** What the editor takes its language for, though it speaks English itself. */
  language?: string;
  /** `dark` by default. */
  theme?: Theme;
  settings?: Record<string, unknown>;
  size?: { width: number; height: number };
}

/** What moves by itself is painted anew each time, which no test looks at. */
const still = { 'editor.cursorBlinking': 'solid', 'workbench.reduceMotion': 'on' };

/** How long a quick input is waited for before it is opened once more, in ms. */
const TRIES = [3000, 8000, 15_000, 15_000];

/** A VS Code window in a headless browser, on a corpus of its own, driven as a person would. */
export class Workbench {
  /** The windows that are open now. */
  static readonly opened = new Set<Workbench>();

  private constructor(
    readonly page: Page,
    /** The opened folder on disk. */
    readonly folder: string,
    /** Where the editor keeps what it stores of all windows. */
    private readonly userData: string,
    /** What was stored for windows before this one. */
    private readonly storedBefore: readonly string[],
    private theme: Theme,
    private readonly dispose: () => Promise<void>,
  ) {
    Workbench.opened.add(this);
  }

  async close(): Promise<void> {
    Workbench.opened.delete(this);
    await this.dispose();
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const own = temporaryFolder();
    const folder = path.join(own, 'corpus');
    writeCorpus(folder, options.corpus, options.files);
    const theme = options.theme ?? 'dark';
    writeTheme(folder, theme);
    const server = options.vsix
      ? await startServer({ folder: path.join(own, 's'), vsix: [options.vsix] })
      : await commonServer();
    fs.writeFileSync(
      path.join(server.userData, 'settings.json'),
      JSON.stringify({ ...calm, ...still, ...options.settings }),
    );
    writeMachineSettings(server.userData, options.settings);
    const before = fs.readdirSync(storageIn(server.userData));
    let page: Page | undefined;
    const dispose = async () => {
      // The window tells its extension host to end, as one that a person leaves.
      await page?.goto('about:blank');
      await page?.close();
      if (options.vsix) await server.stop();
      fs.rmSync(own, { recursive: true, force: true, maxRetries: 3 });
    };
    try {
      const browser = await keptBrowser();
      page = await browser.newPage();
      if (options.language)
        await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)}`);
      await page.setViewportSize(options.size ?? { width: 1400, height: 900 });
      const session = await browser.newCDPSession(page);
      // What the window before has left for the next; not the cache.
      const storageTypes = 'cookies,indexeddb,local_storage,service_workers';
      await session.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes });
      await session.detach();
      await page.goto(
        server.url(folder, {
          ...(options.vsix ? {} : { extensionDevelopmentPath: server.remote(options.extension ?? root) }),
          skipWelcome: 'true',
        }),
      );
      const row = fs.readdirSync(folder).length > 0 ? ' .monaco-list-row' : '';
      await page.locator(`.monaco-workbench .explorer-folders-view${row}`).first().waitFor();
      return new Workbench(page, folder, server.userData, before, theme, dispose);
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  // --- Commands and quick input ---

  /** The open quick pick or input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Runs the command with exactly this title (`Category: Title`) from the palette. */
  async command(title: string): Promise<void> {
    const input = this.quickInput.getByRole('combobox').or(this.quickInput.getByRole('textbox')).first();
    // Its accessible name goes on with the keybinding or "recently used".
    const option = this.quickInput.getByRole('option', { name: new RegExp(`^${escape(title)}(,|$)`) });
    await this.again(async (timeout) => {
      await this.page.keyboard.press('F1');
      await input.fill(`>${title}`, { timeout });
      await option.first().click({ timeout });
    });
  }

  /**
   * Does what opens a quick input; once more where that was closed meanwhile: the editor closes it when anything
   * else takes the focus, such as a document that is shown at last. A person does the same.
   */
  private async again(action: (timeout: number) => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await action(TRIES[tries - 1]!);
      } catch (error) {
        if (tries === TRIES.length) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Chooses from the open quick pick; `filter` is typed first. */
  async pick(name: string | RegExp, filter?: string): Promise<void> {
    if (filter !== undefined) {
      await this.page.keyboard.type(filter);
      await this.untilOptionsStay();
    }
    await this.quickInput.getByRole('option', { name }).first().click();
  }

  /** What is typed replaces the rows later, and more than once; a click meanwhile meets another row, or none. */
  private async untilOptionsStay(): Promise<void> {
    const read = async () => (await this.quickInput.getByRole('option').allInnerTexts()).join('\n');
    let before = await read();
    await until(async () => {
      await this.page.waitForTimeout(200);
      const now = await read();
      const stays = now === before;
      before = now;
      return stays;
    }, 'the options to stay as they are');
  }

  /** Types into the open input box and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput.locator('input').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses from the context menu that is open, which takes no click in the first tenth of a second. */
  async clickMenu(name: RegExp): Promise<void> {
    const menu = this.page.locator('.monaco-menu');
    const item = menu.getByRole('menuitem', { name }).first();
    await item.waitFor();
    await until(async () => {
      await item.click({ timeout: 500 }).catch(() => undefined);
      return (await menu.count()) === 0;
    }, 'the menu to close');
  }

  // --- Side bar ---

  /** Shows a view container by its title in the activity bar. */
  async show(title: string | RegExp): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title }).first();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** Gives the focus to a view of ours, and waits until its rows have it. */
  async focusView(title: 'Entities' | 'Labels'): Promise<void> {
    await this.command(`Corpus: Focus on ${title} View`);
    await this.pane(title).locator('.monaco-list:focus').waitFor();
  }

  /** A view in the side bar, with its header. */
  pane(title: string): Locator {
    const header = this.page.locator(`.pane-header[aria-label^="${title} "]`);
    return this.page.locator('.sidebar .pane').filter({ has: header });
  }

  /**
   * Goes to the first row of the list that has the focus, which has several. The editor may do what a key asks for
   * after what the next one does, the first time in a window: each is waited for.
   */
  async toFirst(row: Locator): Promise<void> {
    await this.page.keyboard.press('End');
    await until(async () => !(await isFocused(row)), 'the last row');
    await this.page.keyboard.press('Home');
    await until(() => isFocused(row), 'the first row');
  }

  /** A row of a tree in the side bar. */
  treeItem(name: string | RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  // --- Editor ---

  /** The editor that has or last had the focus. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** The list of quick fixes: the editor's, or, in a locked article, ours. */
  get quickFixes(): Locator {
    return this.page.locator('.action-widget, .quick-input-widget:visible').first();
  }

  /**
   * Opens the list of quick fixes at the cursor. The editor looks for them by itself, too, whenever the cursor
   * or the problems changed, and forgets then who asked a moment before: a person presses the keys again.
   */
  async openQuickFixes(): Promise<void> {
    await this.untilEditorFocused();
    const list = this.quickFixes;
    await this.again(async (timeout) => {
      await this.page.keyboard.press('Control+.');
      await list.waitFor({ timeout });
    });
  }

  /** Opens a file of the corpus by its name. */
  async openFile(name: string): Promise<void> {
    const option = this.quickInput.getByRole('option', { name: new RegExp(escape(path.basename(name))) });
    await this.again(async (timeout) => {
      await this.page.keyboard.press('ControlOrMeta+P');
      await this.quickInput.locator('input').first().fill(name, { timeout });
      await option.first().click({ timeout });
    });
    const tab = this.page.locator('.tab.active').getByText(path.basename(name));
    await tab.first().waitFor();
    await this.editor.locator('.view-line').first().waitFor();
    // A file that was open already is there before the focus is: keys would go elsewhere.
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.untilEditorFocused();
  }

  /** Waits until what is typed goes to the editor. */
  async untilEditorFocused(timeout?: number): Promise<void> {
    const focused = this.page.locator('.editor-group-container.active .monaco-editor.focused').first();
    await focused.waitFor(timeout === undefined ? {} : { timeout });
  }

  /** Puts the cursor at a line and a column, both from 1, the column in UTF-16 units. */
  async goTo(line: number, column: number): Promise<void> {
    const option = this.quickInput.getByRole('option', {
      name: new RegExp(`\\b${line}\\b.*\\b${column}\\b`),
    });
    await this.again(async (timeout) => {
      await this.page.keyboard.press('Control+G');
      await this.quickInput.locator('input').first().fill(`:${line}:${column}`, { timeout });
      // Enter before the place is known would close the input and go nowhere.
      await option.waitFor({ timeout });
      await this.page.keyboard.press('Enter');
      await this.quickInput.waitFor({ state: 'hidden', timeout });
      await this.status(new RegExp(`Ln ${line}, Col ${column}\\b`)).waitFor({ timeout });
      // Once in a hundred times the view that had the focus before has it again.
      await this.untilEditorFocused(timeout);
    });
  }

  /** Selects an occurrence (from 0) of `text`, which `file` (as on disk) has on one line. */
  async select(file: string, text: string, occurrence = 0): Promise<void> {
    const content = this.read(file);
    let start = content.indexOf(text);
    for (let n = 0; n < occurrence && start >= 0; n++) start = content.indexOf(text, start + 1);
    if (start < 0) throw new Error(`${file} has no "${text}" number ${occurrence}`);
    const before = content.slice(0, start).split(/\r\n|\r|\n/);
    await this.goTo(before.length, (before.at(-1)?.length ?? 0) + 1);
    const steps = Array.from(text).length;
    for (let n = 0; n < steps; n++) await this.page.keyboard.press('Shift+ArrowRight');
    await this.status(/\(\d+ selected\)/).waitFor();
  }

  /** Clicks into the first place of a word in the editor, which must not be decorated in part; twice selects it. */
  async clickWord(word: string, options: { clickCount?: number; button?: 'right' } = {}): Promise<void> {
    const { x, y } = await this.page.evaluate<{ x: number; y: number }>(`(() => {
      const lines = document.querySelector('.editor-group-container.active .view-lines');
      const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf('${word}');
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + ${word.length});
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
    })()`);
    await this.page.mouse.click(x, y, options);
  }

  /** The labels that are drawn at entities, and, with a question mark, at suggestions, in no order. */
  async drawnLabels(): Promise<string[]> {
    const images = await this.page.evaluate<string[]>(
      `[...document.querySelectorAll('.editor-instance .cdr[class*="ced-"]')].map((box) => getComputedStyle(box).borderImageSource)`,
    );
    return images.flatMap((image) => /.*%3E(.*)%3C%2Ftext/.exec(image)?.[1] ?? []).map(decodeURIComponent);
  }

  /** An entry of the status bar with this text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item:visible').filter({ hasText: text }).first();
  }

  /** The text of the notifications that are shown. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /**
   * Saves a picture as `name-theme.png`, and where `PICTURES` is set one in every theme, for people to look at: each
   * takes two seconds. The window has the theme that it had before.
   */
  async pictures(name: string): Promise<void> {
    const before = this.theme;
    await this.screenshot(`${name}-${before}`);
    if (!process.env.PICTURES) return;
    const others = (Object.keys(themes) as Theme[]).filter((theme) => theme !== before);
    for (const theme of others) {
      await this.setTheme(theme);
      await this.screenshot(`${name}-${theme}`);
    }
    await this.setTheme(before);
  }

  async setTheme(theme: Theme): Promise<void> {
    writeTheme(this.folder, theme);
    await this.page.locator(`.monaco-workbench.${themes[theme].class}`).waitFor();
    this.theme = theme;
  }

  /** Saves a picture under `out/screenshots/` and returns its path. */
  async screenshot(name: string): Promise<string> {
    const file = fromRoot('out/screenshots', `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** A file of the corpus as it is on disk. */
  read(name: string): string {
    return fs.readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** Writes a file of the corpus, as another program does. */
  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  /** The paths of the files that the extension has stored for the folder of this window. */
  stored(): string[] {
    const storage = storageIn(this.userData);
    return fs
      .readdirSync(storage)
      .filter((name) => !this.storedBefore.includes(name))
      .flatMap((name) =>
        fs
          .readdirSync(path.join(storage, name), { recursive: true, encoding: 'utf8' })
          .map((file) => path.join(storage, name, file)),
      );
  }

  /** Waits until the editor has put unsaved text aside, which it does some time after it was typed. */
  async untilKeptAside(text: string): Promise<void> {
    const backups = path.join(this.userData, 'Backups');
    const files = () => fs.readdirSync(backups, { recursive: true, withFileTypes: true });
    const isKept = () =>
      files().some(
        (one) => one.isFile() && fs.readFileSync(path.join(one.parentPath, one.name), 'utf8').includes(text),
      );
    await until(() => fs.existsSync(backups) && isKept(), `“${text}” in ${backups}`);
  }

  /** Waits until a file of the corpus is there and its text passes `test`; returns the text. */
  async readWhen(name: string, test: (text: string) => boolean = () => true): Promise<string> {
    return until(() => {
      const file = path.join(this.folder, name);
      if (!fs.existsSync(file)) return undefined;
      const text = fs.readFileSync(file, 'utf8');
      return test(text) ? text : undefined;
    }, `${name} as wanted`);
  }
}

/** Whether keys go to a row, once its list has the focus. */
export async function isFocused(row: Locator): Promise<boolean> {
  // Out of sight there is none.
  return (await row.count()) > 0 && /\bfocused\b/.test((await row.getAttribute('class')) ?? '');
}

function storageIn(userData: string): string {
  const folder = path.join(userData, 'workspaceStorage');
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** In the settings of the folder, which the server follows, unlike those of its user. */
function writeTheme(folder: string, theme: Theme): void {
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  const settings = { 'workbench.colorTheme': themes[theme].name };
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
