import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from './paths.ts';

/** `server`: a VS Code server with a Node extension host; `web`: a static VS Code with a web worker host. */
export type HostKind = 'server' | 'web';

const installing = new Map<HostKind, Promise<string>>();

/**
 * Installs what a host needs from npm, once per lockfile and platform, and gives its `node_modules`.
 * These packages are large and wanted by few, so they are not dependencies of the extension.
 */
export function ensureHost(kind: HostKind): Promise<string> {
  const already = installing.get(kind);
  if (already) return already;
  const promise = install(kind);
  // Who waits for it is told; who only began it early is not.
  promise.catch(() => undefined);
  installing.set(kind, promise);
  return promise;
}

async function install(kind: HostKind): Promise<string> {
  const folder = fromRoot('test/hosts', kind);
  const modules = path.join(folder, 'node_modules');
  const stamp = path.join(modules, '.installed');
  const wanted = createHash('sha256')
    .update(`${process.platform} ${process.arch}\n`)
    .update(fs.readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return modules;

  console.log(`Installing the VS Code of test/hosts/${kind} from npm (once, about 20 s) …`);
  await npm(['ci'], folder);
  // The server's own dependencies; its install scripts would need compilers and add nothing needed here.
  if (kind === 'server') await npm(['install', '--omit=dev'], path.join(modules, 'code-server/lib/vscode'));
  fs.writeFileSync(stamp, wanted);
  return modules;
}

/** The Node 24 that the server needs: the one npm installed for this platform, or the running one. */
export function serverNode(modules: string): string {
  const packaged = path.join(modules, `node-${process.platform}-${process.arch}/bin/node`);
  if (fs.existsSync(packaged)) return packaged;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  throw new Error(
    `The VS Code server needs Node 24 on ${process.platform} ${process.arch}; run this with it.`,
  );
}

async function npm(args: string[], cwd: string): Promise<void> {
  const child = spawn('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const read = (text: string) => (output += text);
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status === 0) return;
  throw new Error(`npm ${args.join(' ')} failed in ${cwd}\n${output.split('\n').slice(0, 12).join('\n')}`);
}
