import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureHost, serverNode } from './install.ts';

export interface ServerOptions {
  /** Where the server keeps everything of its own. */
  folder: string;
  /** User settings, over ones that keep the window calm. */
  settings?: Record<string, unknown>;
  /** Whether the first steps may open by themselves. */
  firstSteps?: boolean;
  /** `slim` (the default) starts 2 s faster than `all` built-in extensions. */
  builtins?: 'slim' | 'all';
  /** What a client must know to connect. Leave it out for tests only. */
  token?: string;
  /** Extensions to install before the start. */
  vsix?: string[];
  onOutput?: (text: string) => void;
}

export interface Server {
  origin: string;
  /** The folder with the settings of its user, which a window reads when it opens, and what windows store. */
  userData: string;
  /** The address of a workbench on `folder`; `payload` as the workbench's own URL parameter. */
  url(folder: string, payload: Record<string, string>): string;
  /** How the payload names a local file. */
  remote(file: string): string;
  stop(): Promise<void>;
}

/** Settings that keep a window still. */
export const calm = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
};

/** Whether walkthroughs open by themselves: a setting of the server's computer, which its user's file does not set. */
const WALKTHROUGHS = 'workbench.welcomePage.walkthroughs.openOnInstall';

/** Writes the settings of the computer that a server runs on. @param userData the folder of its user's settings */
export function writeMachineSettings(userData: string, settings: Record<string, unknown> = {}): void {
  const folder = path.join(userData, '../Machine');
  fs.mkdirSync(folder, { recursive: true });
  const values = { [WALKTHROUGHS]: settings[WALKTHROUGHS] ?? false };
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(values));
}

const slim = [
  'theme-defaults',
  'theme-seti',
  'theme-modern-icons',
  'json',
  'yaml',
  'markdown-basics',
  'configuration-editing',
];

/** Starts the VS Code server of npm's code-server on a free port of the loopback interface. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const modules = await ensureHost('server');
  const node = serverNode(modules);
  const vscode = path.join(modules, 'code-server/lib/vscode');
  const inside = (name: string) => path.join(options.folder, name);
  const main = path.join(vscode, 'out/server-main.js');

  for (const name of ['d/User', 'e', 't']) fs.mkdirSync(inside(name), { recursive: true });
  const settings = inside('d/User/settings.json');
  // A folder that is used again has the settings that its person has made since.
  if (options.settings || !fs.existsSync(settings)) {
    fs.writeFileSync(settings, JSON.stringify({ ...calm, ...options.settings }, undefined, 2));
  }
  writeMachineSettings(inside('d/User'), { [WALKTHROUGHS]: options.firstSteps });
  const env = serverEnvironment(inside('t'));
  const shared = [
    '--accept-server-license-terms',
    `--user-data-dir=${inside('d')}`,
    `--server-data-dir=${inside('d/server')}`,
    `--extensions-dir=${inside('e')}`,
  ];
  for (const vsix of options.vsix ?? []) {
    const { status, stdout, stderr } = spawnSync(node, [main, ...shared, '--install-extension', vsix], {
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Installing ${vsix} failed\n${stdout}${stderr}`);
  }

  const child = spawn(
    node,
    [
      main,
      ...shared,
      '--host=127.0.0.1',
      '--port=0',
      '--disable-telemetry',
      '--disable-workspace-trust',
      options.token ? `--connection-token=${options.token}` : '--without-connection-token',
      // A built VS Code takes an extension under development from its address only with this.
      '--enable-smoke-test-driver',
      ...(options.builtins === 'all'
        ? []
        : [`--builtin-extensions-dir=${linkBuiltins(vscode, inside('b'))}`]),
    ],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = stopper(child);
  const port = await listening(child, options.onOutput).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const authority = `127.0.0.1:${port}`;
  return {
    origin: `http://${authority}`,
    userData: inside('d/User'),
    remote: (file) => `vscode-remote://${authority}${file}`,
    url(folder, payload) {
      const url = new URL(`http://${authority}/`);
      if (options.token) url.searchParams.set('tkn', options.token);
      url.searchParams.set('folder', folder);
      url.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
      return url.href;
    },
    stop,
  };
}

/** This process's environment without what a VS Code around it, or a debugger, has set. */
function serverEnvironment(temporary: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|XDG_RUNTIME_DIR$)/.test(name),
  );
  return { ...Object.fromEntries(kept), TMPDIR: temporary };
}

function linkBuiltins(vscode: string, folder: string): string {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const name of slim) fs.symlinkSync(path.join(vscode, 'extensions', name), path.join(folder, name));
  return folder;
}

/** Waits for the port; goes on handing the output over afterwards. */
function listening(child: ChildProcess, onOutput?: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (data: Buffer) => {
      const text = data.toString();
      onOutput?.(text);
      if (output.length < 100_000) output += text;
      const port = /listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with code ${code}\n${output}`)));
  });
}

/** Ends the server's whole process group, also when this process ends first. */
function stopper(child: ChildProcess): () => Promise<void> {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has ended already.
    }
  };
  const atExit = () => kill('SIGKILL');
  process.once('exit', atExit);
  return async () => {
    kill('SIGTERM');
    const timer = setTimeout(atExit, 2000);
    await exited;
    clearTimeout(timer);
    kill('SIGKILL');
    process.removeListener('exit', atExit);
  };
}
