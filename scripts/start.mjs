// npm start [-- folder]: opens VS Code on a folder (seeds/) with this extension. What is tagged there is
// written to the real files. The desktop VS Code where there is one (VSCODE_PATH, or `code`); else, or with
// --server, a VS Code server from npm on the loopback interface, for the browser.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { buildTests } from './build-tests.mjs';

const root = path.resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const folder = path.resolve(args.find((arg) => !arg.startsWith('--')) ?? path.join(root, 'seeds'));
const windows = process.platform === 'win32';

if (!fs.existsSync(folder)) {
  console.error(`No such folder: ${folder}`);
  process.exit(2);
}
const built = spawnSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const desktop = args.includes('--server') ? undefined : findDesktop();
if (desktop) {
  console.log(`Opening ${folder} in ${desktop}`);
  const switches = ['--new-window', `--extensionDevelopmentPath=${root}`, folder];
  const quoted = windows ? switches.map((value) => `"${value}"`) : switches;
  spawn(desktop, quoted, { stdio: 'inherit', shell: windows }).once('exit', (code) =>
    process.exit(code ?? 1),
  );
} else {
  await serve();
}

/** The desktop VS Code; its `code` script shows nothing where there is no display. */
function findDesktop() {
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  if (!hasDisplay()) return undefined;
  const names = windows ? ['code.cmd', 'code-insiders.cmd'] : ['code', 'code-insiders', 'codium'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((from) => path.join(from, name)))
    .find((file) => fs.existsSync(file));
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function serve() {
  await buildTests([]);
  const { startServer } = await import('../out/test/hosts.mjs');
  const own = path.join(root, '.vscode-test/start');
  const server = await startServer({
    folder: own,
    builtins: 'all',
    token: randomBytes(16).toString('hex'),
    settings: fs.existsSync(path.join(own, 'd'))
      ? undefined
      : { 'git.openRepositoryInParentFolders': 'never' },
    firstSteps: true,
  });
  const stop = async () => {
    console.log('\nStopping …');
    await server.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);

  const url = server.url(folder, { extensionDevelopmentPath: server.remote(root), skipWelcome: 'true' });
  console.log(`\nVS Code on ${folder}, for you only (the address holds a secret):\n\n  ${url}\n`);
  console.log('Ctrl-C stops it.');
  if (hasDisplay()) {
    const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
    spawn(opener, [url], { stdio: 'ignore' }).once('error', () => {});
  }
}
