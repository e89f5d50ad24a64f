import { closeCommon, Workbench } from './workbench.ts';

// Loaded before the end-to-end tests: a picture of every open window when a test has failed, nothing left open in
// it, and no window left open at the end.
afterEach(async function () {
  const test = this.currentTest;
  if (!test || test.isPassed() || test.isPending()) return;
  const name = test.fullTitle().replace(/\W+/g, '-').slice(0, 80);
  for (const [index, workbench] of [...Workbench.opened].entries()) {
    const file = await workbench.screenshot(`failed-${name}-${index}`).catch(() => undefined);
    if (file) console.log(`  picture of the failure: ${file}`);
    // What the test has left open would be in the way of the next, which may be the same.
    for (let n = 0; n < 2; n++) await workbench.page.keyboard.press('Escape').catch(() => undefined);
  }
});

after(async () => {
  for (const workbench of [...Workbench.opened]) await workbench.close();
  await closeCommon();
});
