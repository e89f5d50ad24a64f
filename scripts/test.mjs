// npm test [-- suite…]: builds, then runs check, unit, node, web and e2e, or the suites that are named. `--all` has
// the web worker host run every integration test, not only those with @web in their name.
// The last line is the total over all of them: `N passed, N failed`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildTests } from './build-tests.mjs';

/**
 * Suites of a lane run one after the other, lanes beside each other: the Node host mostly waits, the others mostly
 * compute. What is driven as a person would drive it needs both cores, and comes last.
 */
const stages = [[['node'], ['check', 'unit', 'web']], [['e2e']]];

const all = ['check', 'unit', 'node', 'web', 'e2e'];
const args = process.argv.slice(2);
const asked = args.filter((name) => name !== '--all');
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length) {
  console.error(`Unknown: ${unknown.join(', ')}. Known: ${all.join(', ')}, --all.`);
  process.exit(2);
}
if (args.includes('--all')) process.env.ALL = '1';
const wanted = asked.length ? all.filter((name) => asked.includes(name)) : all;
const root = path.resolve(import.meta.dirname, '..');
const rows = new Map();
const total = { passed: 0, failed: 0 };

/** Says something of a suite: with its name before each line, where others run beside it. */
function say(name, text) {
  const mark = wanted.length > 1 ? `${name} │ ` : '';
  for (const line of text.trimEnd().split('\n')) console.log(`${mark}${line}`.trimEnd());
}

/** Runs a script of package.json. @returns whether it succeeded */
async function npmRun(script) {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const read = (text) => (output += text);
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const status = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  if (output.trim()) say(script, output);
  return status === 0;
}

/** Counts what is no test but failed all the same. */
function failure(name, text) {
  total.failed++;
  rows.set(name, text);
}

async function runSuite(name, suites) {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  if (name === 'check') {
    if (await npmRun('check')) rows.set(name, `check: passed (${seconds()} s)`);
    else failure(name, 'check: failed');
    return;
  }
  const { title, run } = suites[name];
  try {
    const { passed, failed, skipped } = await run((text) => say(name, text));
    total.passed += passed;
    total.failed += failed;
    const count = passed + failed;
    rows.set(
      name,
      `${name}: ${count} tests in ${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds()} s)`,
    );
    if (count === 0 && !process.env.GREP) failure(name, `${name}: no test ran`);
  } catch (error) {
    console.error(error);
    failure(name, `${name}: did not end in ${title}: ${error.message}`);
  }
}

async function runLane(lane, suites) {
  for (const name of lane) if (wanted.includes(name)) await runSuite(name, suites);
}

// Ends with what `exit` listeners tidy up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const tested = wanted.filter((name) => name !== 'check');
if (tested.length === 0) {
  await runLane(['check'], {});
} else if (await npmRun('build')) {
  await buildTests(tested);
  const { suites, ensureHost } = await import('../out/test/hosts.mjs');
  // What comes from the network comes while something else computes.
  if (wanted.includes('e2e')) void ensureHost('server');
  if (wanted.includes('web')) void ensureHost('web');
  for (const stage of stages) await Promise.all(stage.map((lane) => runLane(lane, suites)));
} else {
  failure('build', 'build: failed');
}

console.log('\n── summary');
for (const name of ['build', ...all]) if (rows.has(name)) console.log(rows.get(name));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed || (tested.length && total.passed === 0) ? 1 : 0);
