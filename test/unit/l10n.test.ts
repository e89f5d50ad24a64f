import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NOTE_CODES } from '../../src/formats/shared/note-codes.ts';
import { RULE_IDS } from '../../src/core/rules/rule.ts';
import { formatErrorMessage } from '../../src/wording/format-errors.ts';
import { noteMessage } from '../../src/wording/notes.ts';
import { problemMessage } from '../../src/wording/problems.ts';
import { choiceTitle, findingMessage, fixTitle, ruleTitle } from '../../src/wording/rules.ts';
import { totalMessage } from '../../src/wording/totals.ts';
import { inEnglish, type Translate } from '../../src/wording/translate.ts';
import { pseudo } from '../support/pseudo.ts';

type Value = string | number;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'l10n-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, troubles: stderr.split('\n').filter((line) => line !== '') };
}

describe('a translation', () => {
  let translated: Record<string, string>;
  /** What each call of `t` was about, since it was emptied. */
  const used: string[] = [];

  /** Says what the translation does, as the editor: in English where it has nothing. */
  const t: Translate = (template: string, ...values: readonly (Value | Record<string, Value>)[]) => {
    used.push(template);
    return inEnglish(translated[template] ?? template, ...(values as string[]));
  };

  before(() => {
    const file = path.join(folder, 'bundle.l10n.json');
    assert.deepEqual(run('scripts/l10n.mjs', '--out', file).troubles, []);
    const sentences = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
    assert.ok(sentences.length > 1000, `${sentences.length} sentences`);
    translated = Object.fromEntries(sentences.map((sentence) => [sentence, pseudo(sentence)]));
  });

  /** Whether all of a message is translated, and has all that its sentences have places for. */
  function assertTranslated(message: string, about: string): void {
    // Options are called the same in all languages.
    assert.doesNotMatch(message.replace(/--[\w-]+/g, ''), /[A-Za-z]|\{\w*\}/, about);
    for (const template of used.splice(0))
      if (/\{\w+\}/.test(template)) assert.match(message, /\d/, `${about}: ${template}`);
  }

  /** Of everything that a sentence may want to know. */
  const valuesOf = (text: string): Record<string, string> => {
    const sources = fs
      .readdirSync('src/wording')
      .map((name) => fs.readFileSync(`src/wording/${name}`, 'utf8'));
    const names = [...sources.join('').matchAll(/\{(\w+)\}|values\.(\w+)|value\('(\w+)'\)/g)];
    const values = Object.fromEntries(names.map(([, a, b, c]) => [(a ?? b ?? c)!, text]));
    return { ...values, problem: 'key-missing', error: 'json-malformed' };
  };
  /** What `case` a file of sentences tells apart. */
  const casesIn = (file: string) => [
    ...new Set([...fs.readFileSync(file, 'utf8').matchAll(/case '([\w-]+)':/g)].map(([, code]) => code!)),
  ];

  it('reaches all notes of a conversion, one or many, and their sums', () => {
    for (const count of ['1', '12'])
      for (const code of NOTE_CODES)
        for (const kind of ['lost', 'changed', 'invalid'] as const) {
          const note = { kind, code, label: '7', text: '8', values: valuesOf(count) };
          assertTranslated(noteMessage(t, note), `${kind} ${code}`);
          assertTranslated(totalMessage(t, { kind, code, count: Number(count) }), `sum of ${kind} ${code}`);
        }
  });

  it('reaches all problems, findings and their fixes, and errors of formats', () => {
    const values = valuesOf('12');
    const cases = casesIn('src/wording/problems.ts');
    const codes = cases.filter((one) => one.includes('-')) as 'entity-conflict'[];
    assert.ok(codes.length > 40);
    for (const code of codes) assertTranslated(problemMessage(t, { code, values }), code);
    for (const state of cases.filter((one) => !one.includes('-')))
      assertTranslated(problemMessage(t, { code: 'entity-conflict', values: { ...values, state } }), state);

    const sources = fs.readdirSync('src/core', { recursive: true, encoding: 'utf8' });
    const core = sources.filter((name) => name.endsWith('.ts')).map((name) => `src/core/${name}`);
    const expected = core.flatMap((file) => [
      ...fs.readFileSync(file, 'utf8').matchAll(/expected: '([^']+)'/g),
    ]);
    assert.ok(expected.length > 20);
    for (const [, kind = ''] of expected)
      assertTranslated(problemMessage(t, { code: 'wrong-type', values: { key: '1', expected: kind } }), kind);

    for (const rule of RULE_IDS) {
      assertTranslated(findingMessage(t, { rule, values }), rule);
      assertTranslated(fixTitle(t, { rule, values }), rule);
      assertTranslated(ruleTitle(t, rule), rule);
    }
    for (const kind of ['tag', 'widen', 'narrow', 'delete'] as const)
      assertTranslated(choiceTitle(t, { kind, label: '1', text: '2', whole: '3', edits: [] }), kind);

    const errors = casesIn('src/wording/format-errors.ts').filter((one) => one.includes('-'));
    assert.ok(errors.length > 20);
    for (const code of errors)
      assertTranslated(
        formatErrorMessage(t, { code: code as 'json-malformed', place: { file: '1', line: 2 }, values }),
        code,
      );
    for (const trouble of casesIn('src/wording/syntax.ts'))
      for (const code of ['json-malformed', 'xml-malformed'] as const)
        assertTranslated(
          formatErrorMessage(t, { code, place: { file: '1' }, values: { trouble, most: '2' } }),
          trouble,
        );
  });
});

describe('the check of sentences', () => {
  it('counts those of the sources, and finds what is shown without being one of them', () => {
    fs.mkdirSync(path.join(folder, 'scripts'));
    fs.mkdirSync(path.join(folder, 'src/cli'), { recursive: true });
    const script = path.join(folder, 'scripts/l10n.mjs');
    fs.copyFileSync('scripts/l10n.mjs', script);
    fs.symlinkSync(fs.realpathSync('node_modules'), path.join(folder, 'node_modules'), 'junction');
    fs.writeFileSync(path.join(folder, 'src/cli/a.ts'), `console.log('The command line speaks English.');`);
    const check = (source: string) => {
      fs.writeFileSync(path.join(folder, 'src/a.ts'), source);
      const { status, stdout, troubles } = run(script, '--check');
      assert.equal(status, troubles.length > 0 ? 1 : 0);
      return [parseInt(stdout), ...troubles.map((line) => line.replace(/^src\/a\.ts:/, ''))];
    };

    const fine = [
      `import * as vscode from 'vscode';`,
      `const { t } = vscode.l10n;`,
      `say(t('A {0} of {1}', t('name'), '1'));`,
      'item.label = `$(add) ${vscode.l10n.t("Add")}`;',
      `noteMessage(vscode.l10n.t, note);`,
      `function message(t: Translate) { return t('A'); }`,
      `throw new Error('Nobody is shown what is wrong here');`,
      `pane.title = 'Corpus Annotator';`,
    ];
    assert.deepEqual(check(fine.join('\n')), [4]);

    const shown = [
      `say('Nothing was found.');`,
      'const rows = `${count} entities of ${name}`;',
      `items.push({ label: 'Add', id: 'Add' });`,
      `item.tooltip = isThere ? 'Removes' : name;`,
      `say(t('{0} of them', isOne ? 'one' : t('all')));`,
      `say(\`<b title="\${x}">Two words</b>\`);`,
      `t('A' + name);`,
      'vscode.l10n.t(`A ${name}`);',
      `const { t: say } = vscode.l10n;`,
      `const said = vscode.l10n.t;`,
      `const speak = (translate: Translate) => translate('A');`,
    ];
    const [count, ...troubles] = check(shown.join('\n'));
    assert.equal(count, 2);
    assert.deepEqual(
      [...new Set(troubles.map((trouble) => parseInt(String(trouble))))],
      shown.map((_, i) => i + 1),
      troubles.join('\n'),
    );
  });
});
