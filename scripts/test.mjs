// npm test [-- suite…]: builds, then runs check, unit, node, web and e2e, or the suites that are named.
// The check runs beside the unit tests, which do not wait for anything either; the others run one by one.
// The last line is the total over all of them: `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildTests } from './build-tests.mjs';

const all = ['check', 'unit', 'node', 'web', 'e2e'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length) {
  console.error(`Unknown: ${unknown.join(', ')}. Known: ${all.join(', ')}.`);
  process.exit(2);
}
const wanted = asked.length ? all.filter((name) => asked.includes(name)) : all;
const root = path.resolve(import.meta.dirname, '..');
const rows = [];
const total = { passed: 0, failed: 0 };

function npmRun(script) {
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function heading(text) {
  console.log(`\n── ${text}`);
}

function secondsSince(start) {
  return ((performance.now() - start) / 1000).toFixed(1);
}

/** Counts what is no test but failed all the same. */
function failure(text) {
  total.failed++;
  rows.push(text);
}

async function runSuite(name, { title, run }) {
  heading(`${name}: ${title}`);
  const start = performance.now();
  try {
    const { passed, failed, skipped } = await run();
    total.passed += passed;
    total.failed += failed;
    const count = passed + failed;
    rows.push(
      `${name}: ${count} tests in ${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${secondsSince(start)} s)`,
    );
    if (count === 0 && !process.env.GREP) failure(`${name}: no test ran`);
  } catch (error) {
    console.error(error);
    failure(`${name}: did not end in ${title}: ${error.message}`);
  }
}

/** Runs the check, and says what it said once it ends. */
async function check() {
  const start = performance.now();
  const child = spawn('npm', ['run', '--silent', 'check'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const read = (text) => (output += text);
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const status = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  heading('check: types, lint, format');
  console.log(output.trimEnd());
  if (status === 0) rows.push(`check: passed (${secondsSince(start)} s)`);
  else failure('check: failed');
}

// Ends with what `exit` listeners tidy up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const checked = wanted.includes('check') ? check() : undefined;
const names = wanted.filter((name) => name !== 'check');
if (names.length) {
  heading('build');
  if (npmRun('build')) {
    await buildTests(names);
    const { suites } = await import('../out/test/hosts.mjs');
    for (const name of names) {
      await runSuite(name, suites[name]);
      await checked;
    }
  } else {
    failure('build: failed');
  }
}

await checked;
heading('summary');
for (const row of rows) console.log(row);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed || (names.length && total.passed === 0) ? 1 : 0);
