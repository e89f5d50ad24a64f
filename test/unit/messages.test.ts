import assert from 'node:assert/strict';
import fc from 'fast-check';
import fs from 'node:fs';
import { plainText } from '../../src/wording/plain-text.ts';

/** What the editor takes for a link in a message; see `linkedText.ts` of VS Code. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** What it takes for an icon in its status bar; see `iconLabels.ts`. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

describe('what a corpus says in a message', () => {
  for (const text of [
    '[click](command:workbench.action.quit)',
    '[click](COMMAND:workbench.action.quit "sure")',
    'a [b](https://example.org) c [d](file:///etc/passwd)',
    '[[a](http://example.org)]',
    '$(error) [$(check)](command:x)',
  ])
    it(`is text: ${text}`, () => {
      assert.match(text, LINK);
      assert.doesNotMatch(plainText(text), LINK);
      assert.doesNotMatch(plainText(text), ICON);
    });

  it('is text whatever it is, and reads the same', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '$',
      '](',
      '$(',
      'command:',
      'https://',
      'x',
      ' ',
      '"',
      '\n',
    );
    const anything = fc.oneof(piece, fc.string());
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const plain = plainText(text);
        assert.doesNotMatch(plain, LINK);
        assert.doesNotMatch(plain, ICON);
        assert.equal(plain.replaceAll('\u200b', ''), text.replaceAll('\u200b', ''));
        assert.equal(plainText(plain), plain);
      }),
    );
  });

  it('is not changed where nothing in it could be taken for more', () => {
    for (const text of ['a (b) [c] $5 ($)', 'x[1] (y)', 'a.txt', '[a]: (b)'])
      assert.equal(plainText(text), text);
  });
});

describe('messages of the editor', () => {
  const sources = fs
    .readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('webview/'))
    .map((name) => ({
      file: `src/${name.replaceAll('\\', '/')}`,
      text: fs.readFileSync(`src/${name}`, 'utf8'),
    }));
  /** The files in which something stands, with how often. */
  const uses = (pattern: RegExp) =>
    Object.fromEntries(
      sources.flatMap(({ file, text }) => {
        const found = [...text.matchAll(pattern)].length;
        return found === 0 ? [] : [[file, found]];
      }),
    );

  it('are shown in one place, which makes them text', () => {
    const shown = /\b(?:show(?:Information|Warning|Error)Message|showInputBox|setStatusBarMessage)\b/g;
    const file = 'src/features/shared/messages.ts';
    assert.deepEqual(Object.keys(uses(shown)), [file]);
    const { text } = sources.find((source) => source.file === file)!;
    const calls = [...text.matchAll(/\b(?:window\.)?(?:show\w*Message|show|setStatusBarMessage)\(([^)]*)/g)];
    assert.equal(calls.length, 6);
    for (const [call, first = ''] of calls) assert.match(first, /^(?:plainText\(|icon \? )/, call);
  });

  it('tell of a refused command whichever it is: one place registers them, another stands in until they are there', () => {
    assert.deepEqual(uses(/commands\.register(?:TextEditor)?Command\(/g), {
      'src/extension.ts': 1,
      'src/features/shared/command.ts': 1,
    });
    assert.match(
      sources.find(({ file }) => file.endsWith('shared/command.ts'))!.text,
      /attempt\(\(\) => run\(/,
    );
  });

  it('of long tasks are shown in one place, which makes their titles text', () => {
    const progress = uses(/window\.withProgress\((?!\{ location \})/g);
    assert.deepEqual(progress, { 'src/features/shared/progress.ts': 1 });
    assert.equal(uses(/ title: plainText\(title\)/g)['src/features/shared/progress.ts'], 1);
  });

  it('that boxes and the language status show are ours, or text', () => {
    const prompts = /\.(?:prompt|validationMessage) = (?!vscode\.l10n\.t\('[^'{]*'\);)/g;
    assert.deepEqual(uses(prompts), {});
    assert.deepEqual(uses(/createLanguageStatusItem/g), { 'src/features/status.ts': 1 });
    assert.deepEqual(uses(/trouble\.detail = (?!reason \? plainText\()/g), {});
  });

  it('in Markdown have nothing in them that is not appended as text, but for our own links', () => {
    const unsafe = /new vscode\.MarkdownString\((?!\)|undefined\b|'[^']*'|`\[\$\{vscode\.l10n\.t)/g;
    assert.deepEqual(uses(unsafe), { 'src/features/hover.ts': 1, 'src/features/suggestions/hover.ts': 1 });
    assert.deepEqual(uses(/\.appendMarkdown\((?!'[^']*'\))/g), { 'src/features/hover.ts': 1 });
    assert.deepEqual(uses(/supportHtml|hoverMessage|\.isTrusted = true/g), {});
  });
});
