import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { and, inArticle, isDone, isReady, never, not, on, or } from '../../manifest/conditions.ts';

describe('the conditions of the manifest', () => {
  const isOpen = and(inArticle, not(isDone));

  it('are clauses with parentheses where alternatives stand within others', () => {
    assert.equal(
      isOpen.clause,
      'editorLangId == corpus-article && resourcePath not in corpusAnnotator.articles.done',
    );
    assert.equal(or(isOpen, isReady).clause, `${isOpen.clause} || corpusAnnotator.isReady`);
    assert.equal(and(on('a'), or(on('b'), on('c'))).clause, 'a && (b || c)');
    assert.equal(and(and(on('a'), or(on('b'), on('c'))), on('d')).clause, 'a && (b || c) && d');
  });

  it('have an opposite where they are one comparison', () => {
    assert.equal(not(inArticle).clause, 'editorLangId != corpus-article');
    assert.equal(not(not(inArticle)).clause, inArticle.clause);
    assert.equal(not(on('a')).clause, '!a');
    assert.throws(() => not(isOpen), /no opposite of/);
    assert.throws(() => not(or(never, isReady)), /no opposite of/);
  });
});

describe('the check of the manifest', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'manifest-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('fails where package.json or package.nls.json is not what the rows make, and says where', () => {
    for (const name of ['manifest', 'scripts/manifest.mjs', 'package.json', 'package.nls.json'])
      fs.cpSync(name, path.join(folder, name), { recursive: true });
    fs.symlinkSync(fs.realpathSync('node_modules'), path.join(folder, 'node_modules'), 'junction');
    const run = (...args: string[]) => {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/manifest.mjs', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
      return { status, stderr };
    };
    assert.deepEqual(run('--check'), { status: 0, stderr: '' });

    const edit = (name: string, from: string, to: string) => {
      const file = path.join(folder, name);
      const text = fs.readFileSync(file, 'utf8');
      assert.ok(text.includes(from));
      fs.writeFileSync(file, text.replace(from, to));
    };
    edit('package.json', '"key": "tab"', '"key": "shift+t"');
    edit('package.nls.json', '"Tag Selection…"', '"Tag the Selection…"');
    const { status, stderr } = run('--check');
    assert.equal(status, 1);
    assert.match(stderr, /^package\.json\.contributes\.keybindings\.\d+\.key is not what the rows/);
    assert.match(stderr, /^package\.nls\.json\.commands\.tagSelection\.title is not what the rows/m);

    assert.equal(run().status, 0);
    for (const name of ['package.json', 'package.nls.json'])
      assert.equal(fs.readFileSync(path.join(folder, name), 'utf8'), fs.readFileSync(name, 'utf8'));
  });
});
