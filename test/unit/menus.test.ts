import assert from 'node:assert/strict';
import fs from 'node:fs';
import { FORMATS } from '../../src/formats';
import { readManifest } from '../support/manifest.ts';
import { isTrueWhen, type WindowContext } from '../support/when.ts';

interface Row {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly Row[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly title: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const { contributes } = readManifest<Manifest>();
const { menus, commands } = contributes;
const PREFIX = 'corpusAnnotator.';
const titleOf = (command: string) => commands.find((one) => one.command === command)!.title;

/** The titles in a menu, with those in its submenus. */
function rowsIn(menu: string, context: WindowContext): string[] {
  return menus[menu]!.filter(({ when }) => isTrueWhen(when, context)).flatMap(({ command, submenu }) =>
    submenu === undefined ? [titleOf(command!)] : rowsIn(submenu, context),
  );
}

/** The titles in the palette: a command without a row there is always shown. */
function palette(context: WindowContext): string[] {
  const rows = new Map(menus.commandPalette!.map(({ command, when }) => [command, when]));
  return commands.filter(({ command }) => isTrueWhen(rows.get(command), context)).map(({ title }) => title);
}

const ARTICLE = '/corpus/a.txt';
const FOLDER = { 'corpusAnnotator.isReady': true, workspaceFolderCount: 1 };
const OPEN = { ...FOLDER, editorLangId: 'corpus-article', resourcePath: ARTICLE };
const DONE = { ...OPEN, 'corpusAnnotator.articles.done': [ARTICLE] };
const TO_PLACE = { ...OPEN, 'corpusAnnotator.articles.toPlace': [ARTICLE] };
const IN_CONFLICT = { ...OPEN, 'corpusAnnotator.articles.inConflict': [ARTICLE] };

describe('the menu of an article', () => {
  const menu = (context: WindowContext) => rowsIn('editor/context', context);

  it('has what applies to it, in at most ten rows', () => {
    const always = [
      'Tag Selection…',
      'Tag All Mentions in Article…',
      'Relabel Entity…',
      'Toggle Reviewed',
      'Edit Note…',
      'Delete Entity',
    ];
    const around = ['Concordance…', 'Open Sidecar to the Side'];
    const [done, again] = ['Mark Article as Done', 'Open Article Again for Tagging'];
    assert.deepEqual(menu(OPEN), [...always, ...around, done]);
    assert.deepEqual(menu(DONE), [...always, ...around, again]);
    assert.deepEqual(menu(TO_PLACE), [...always, 'Place at Selection', ...around, done]);
    assert.deepEqual(menu(IN_CONFLICT), ['Merge Both Sides of Sidecar', ...around]);
    for (const context of [OPEN, DONE, TO_PLACE, IN_CONFLICT]) assert.ok(menu(context).length <= 10);
  });

  it('is that of this article, also where another one beside it is done', () => {
    const beside = { ...OPEN, 'corpusAnnotator.articles.done': ['/corpus/b.txt'] };
    assert.deepEqual(menu(beside), menu(OPEN));
  });

  it('is not there in other texts', () => {
    assert.deepEqual(menu({ ...FOLDER, editorLangId: 'yaml' }), []);
  });

  it('has, in the Articles view, one of the two marks and no more than four rows', () => {
    const rows = (viewItem: string) => rowsIn('view/item/context', { view: `${PREFIX}articles`, viewItem });
    for (const [state, marks] of [
      ['article.open', ['Mark Article as Done', 'Mark Article as Done and Open Next']],
      ['article.done', ['Open Article Again for Tagging']],
    ] as const) {
      // What is drawn on the row itself is in its menu, too.
      const titles = new Set(rows(state));
      assert.deepEqual([...titles].sort(), ['Export…', ...marks, 'Open Sidecar to the Side'].sort());
    }
    assert.deepEqual(rows('folder'), ['Export…']);
  });
});

describe('the menu of an entity in its view', () => {
  const titles = (viewItem: string) => [
    ...new Set(rowsIn('view/item/context', { view: `${PREFIX}entities`, viewItem })),
  ];

  it('leads to the mention, and to its link', () => {
    for (const state of ['entity', 'entity.conflict'])
      for (const title of ['Go to Mention', 'Edit Link…', 'Open Link…'])
        assert.ok(titles(state).includes(title), `${state}: ${title}`);
    // Of one without a place there is none to go to.
    assert.ok(!titles('entity.toPlace').includes('Go to Mention'));
    assert.ok(!titles('suggestion').includes('Edit Link…'));
  });
});

describe('the palette', () => {
  const contexts: Record<string, WindowContext> = {
    'a folder of articles': FOLDER,
    'an article': OPEN,
    'an article that is done': DONE,
    'an article with something to place': TO_PLACE,
    'an article in conflict': IN_CONFLICT,
    'any folder with a text': { editorLangId: 'plaintext', workspaceFolderCount: 1 },
    'any other window': { editorLangId: 'typescript', workspaceFolderCount: 1 },
    'a concordance': {
      ...FOLDER,
      activeWebviewPanelId: `${PREFIX}concordance`,
      'corpusAnnotator.concordance.isOpen': true,
    },
    'filtered views': {
      ...FOLDER,
      'corpusAnnotator.articles.isFiltered': true,
      'corpusAnnotator.entities.isFiltered': true,
      'corpusAnnotator.entities.isGrouped': true,
    },
  };

  for (const [name, context] of Object.entries(contexts))
    it(`has no two rows of one name: ${name}`, () => {
      const rows = palette(context);
      assert.deepEqual(
        rows.filter((title, i) => rows.indexOf(title) !== i),
        [],
      );
    });

  it('has what one may look for in a folder of articles, whether one is open or not', () => {
    const looked = [
      'Tag Selection…',
      'Tag All Mentions in Article…',
      'Tag All Mentions in Corpus…',
      'Relabel Entity…',
      'Delete Entity',
      'Undo Tagging',
      'Go to Next Entity',
      'Accept Suggestion',
      'Mark Article as Done',
      'Review Next',
      'Concordance…',
      'Import…',
      'Export…',
      'Create Label Set…',
      'First Steps',
    ];
    for (const context of [FOLDER, OPEN])
      assert.deepEqual(
        looked.filter((title) => !palette(context).includes(title)),
        [],
      );
  });

  it('marks an article as what it is not yet', () => {
    const marks = (context: WindowContext) =>
      palette(context).filter((title) => /^Mark|Again for/.test(title));
    assert.deepEqual(marks(OPEN), ['Mark Article as Done', 'Mark Article as Done and Open Next']);
    // From one that is done, it is a way to the next.
    assert.deepEqual(marks(DONE), ['Mark Article as Done and Open Next', 'Open Article Again for Tagging']);
  });

  it('lets one begin at any text, and keeps what needs a corpus out of other windows', () => {
    const text = palette(contexts['any folder with a text']!);
    for (const title of ['Tag Selection…', 'Tag All Mentions in Article…', 'Mark Article as Done'])
      assert.ok(text.includes(title), title);
    assert.equal(text.includes('Delete Entity'), false);
    assert.ok(palette(contexts['any other window']!).length <= 30);
  });

  it('has no command that a view, a key or a dialog calls', () => {
    const internal =
      /^(?:entities\.(?!filter|clear|group|text)|labels\.|review\.|tagBy|escape|undoAny|redoAny)/;
    const rows = new Map(menus.commandPalette!.map(({ command, when }) => [command, when]));
    const inner = commands.filter(({ command }) => internal.test(command.slice(PREFIX.length)));
    assert.ok(inner.length > 15);
    assert.deepEqual(
      inner.filter(({ command }) => rows.get(command) !== 'false'),
      [],
    );
    for (const command of rows.keys()) assert.ok(titleOf(command!), command);
  });
});

describe('the first steps', () => {
  const known = new Set([...commands.map(({ command }) => command), 'vscode.openFolder']);
  const focus = /^corpusAnnotator\.\w+\.focus$/;
  const linked = (text: string) => [...text.matchAll(/\(command:([^)?]+)/g)].map(([, name = '']) => name);
  const steps = contributes.walkthroughs.flatMap((one) => one.steps);

  it('are five, each a verb with a picture that is there and follows the theme', () => {
    assert.equal(steps.length, 5);
    for (const { title, media } of steps) {
      assert.match(title, /^(?:Open|Tag|Choose|Review)\b/);
      assert.ok(media.altText.length > 20);
      const source = fs.readFileSync(media.svg, 'utf8');
      assert.match(source, /var\(--vscode-foreground/);
      assert.ok(source.length < 3000, media.svg);
    }
  });

  it('link to commands that there are, as welcomes do, and are ticked by what happens', () => {
    const texts = [...steps, ...contributes.viewsWelcome].map((one) =>
      'contents' in one ? one.contents : one.description,
    );
    const names = texts.flatMap(linked);
    assert.ok(names.length > 10);
    assert.deepEqual(
      names.filter((name) => !known.has(name) && !focus.test(name)),
      [],
    );
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [, kind, name = ''] = /^(onCommand|onContext):(.+)$/.exec(event) ?? [];
      assert.ok(kind === 'onContext' ? isContextSet(name) : known.has(name), event);
    }
  });

  it('name keys that there are', () => {
    const keys = new Set(
      (
        JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
          contributes: { keybindings: { key: string }[] };
        }
      ).contributes.keybindings.map(({ key }) => key),
    );
    for (const [, key = ''] of steps
      .map(({ description }) => description)
      .join('\n')
      .matchAll(/\*\*(alt\+[^*]+)\*\*/g))
      assert.ok(keys.has(key), key);
  });
});

/** Whether a source sets a context key. */
function isContextSet(key: string): boolean {
  return fs
    .readdirSync('src', { recursive: true, encoding: 'utf8' })
    .some((name) => name.endsWith('.ts') && fs.readFileSync(`src/${name}`, 'utf8').includes(`'${key}'`));
}

describe('the menu of the explorer', () => {
  it('offers to import the files of every format, but for texts', () => {
    const [item] = menus['explorer/context']!;
    assert.equal(item!.command, 'corpusAnnotator.importSelected');
    const pattern = /resourceExtname =~ \/(.*)\/i/.exec(item!.when!)![1]!;
    const isOffered = new RegExp(pattern, 'i');
    for (const { extensions } of FORMATS)
      for (const extension of extensions) {
        // What the editor calls the extension of a file is what follows its last full stop.
        const last = extension.slice(extension.lastIndexOf('.'));
        assert.ok(last === '.txt' || isOffered.test(last), extension);
      }
  });
});
