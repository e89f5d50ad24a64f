import assert from 'node:assert/strict';
import fs from 'node:fs';
import { FORMATS } from '../../src/core/interchange/formats';

describe('the menu of the explorer', () => {
  it('offers to import the files of every format, but for texts', () => {
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      contributes: { menus: Record<string, { command: string; when: string }[]> };
    };
    const [item] = manifest.contributes.menus['explorer/context']!;
    assert.equal(item!.command, 'corpusAnnotator.importSelected');
    const pattern = /resourceExtname =~ \/(.*)\/i/.exec(item!.when)![1]!;
    const isOffered = new RegExp(pattern, 'i');
    for (const { extensions } of FORMATS)
      for (const extension of extensions) {
        // What the editor calls the extension of a file is what follows its last full stop.
        const last = extension.slice(extension.lastIndexOf('.'));
        assert.ok(last === '.txt' || isOffered.test(last), extension);
      }
  });
});
