import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';

describe('undo after the window was opened again', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ settings: { 'files.autoSave': 'off' } });
  });

  after(() => workbench?.close());

  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const open = async () => {
    await workbench.openFile(ARTICLE);
    await workbench.status(/26 entities/).waitFor();
    await workbench.status('Corpus Article').waitFor();
  };
  /** Waits until the extension's storage holds a history that passes `test`. */
  const kept = (test: (source: string) => boolean) =>
    until(() => {
      const file = workbench.stored().find((name) => /history.[^/\\]+\.json$/.test(name));
      return file !== undefined && test(fs.readFileSync(file, 'utf8'));
    }, 'the history in the storage');
  const reload = async () => {
    await workbench.page.reload();
    await workbench.status(/Tag/).waitFor();
    await open();
  };

  it('takes back what was tagged, deleted and relabelled before, and does it again', async () => {
    const [, id] = /id: (\w+), .*text: Xi Jinping/.exec(workbench.read(SIDECAR)) ?? [];
    const relation = `relations:\n  - {id: rel234, label: knows, from: ${id}, to: ${id}}\n`;
    fs.appendFileSync(path.join(workbench.folder, SIDECAR), relation);
    const original = workbench.read(SIDECAR);
    await open();
    await workbench.goTo(3, 6); // inside of "guests"
    await press('Alt+1');
    await workbench.status('Done: Tag “guests” as PER').waitFor();
    await workbench.goTo(5, 38); // inside of "Xi Jinping"
    await press('Alt+Backspace');
    await workbench.status('Done: Delete PER “Xi Jinping” with 1 relation').waitFor();
    await workbench.goTo(3, 6);
    await press('Alt+Shift+L');
    await workbench.pick(/^ORG/);
    const all = await workbench.readWhen(SIDECAR, (text) => /label: ORG, .*text: guests/.test(text));

    await kept((source) => source.includes('"title":"Relabel'));
    await reload();
    await press('Control+Z');
    await workbench.status('Undone: Relabel “guests” from PER to ORG').waitFor();
    await press('Control+Z');
    await workbench.status('Undone: Delete PER “Xi Jinping” with 1 relation').waitFor();
    await press('Control+Z');
    await workbench.status('Undone: Tag “guests” as PER').waitFor();
    await workbench.readWhen(SIDECAR, (text) => text === original);
    await press('Control+Z');
    await workbench.readWhen(SIDECAR, (text) => text === original);

    await kept((source) => source.includes('"done":[]'));
    await reload();
    await press('Control+Y', 'Control+Y', 'Control+Y');
    await workbench.readWhen(SIDECAR, (text) => text === all);
  });

  it('says so where another program has changed the entity since, and goes on to the step before', async () => {
    const theirs = workbench
      .read(SIDECAR)
      .replace(/label: ORG(, .*text: guests)/, 'label: MISC$1, reviewed: true')
      .replace(/text: Liu He\b/, '$&, reviewed: true');
    fs.writeFileSync(path.join(workbench.folder, SIDECAR), theirs);
    // A number that was not there before.
    await workbench.status(/26 entities, 14 to review/).waitFor();
    await press('Control+Z');
    await workbench.status('Not undone: Relabel “guests” from PER to ORG.').waitFor();
    await workbench.screenshot('not-undone');
    assert.equal(workbench.read(SIDECAR), theirs);
    await press('Control+Z');
    await workbench.status('Undone: Delete PER “Xi Jinping” with 1 relation').waitFor();
    await workbench.readWhen(SIDECAR, (text) => /label: PER, .*text: Xi Jinping[^]*id: rel234/.test(text));
    assert.match(workbench.read(SIDECAR), /label: MISC, .*text: guests/);
  });
});
