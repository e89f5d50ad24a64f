import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { hashOf } from '../../../src/cli/corpus.ts';
import { runCommand } from '../../../src/cli/run.ts';

export const CLI = path.resolve('dist/cli.js');

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test, with the command line in it. */
export class CliFolder {
  readonly path = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-cli-'));

  /** @param files by name, or content that is to be written */
  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  /** Runs a command in this process: with streams of its own, in this folder. */
  async run(...args: string[]): Promise<Ended> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-streams-'));
    const [output, error] = [path.join(folder, 'output'), path.join(folder, 'error')];
    const streams = {
      input: fs.openSync(os.devNull, 'r'),
      output: fs.openSync(output, 'w'),
      error: fs.openSync(error, 'w'),
    };
    const before = process.cwd();
    process.chdir(this.path);
    try {
      const status = await runCommand(COMMANDS, args, streams);
      return { status, stdout: fs.readFileSync(output, 'utf8'), stderr: fs.readFileSync(error, 'utf8') };
    } finally {
      process.chdir(before);
      for (const handle of Object.values(streams)) fs.closeSync(handle);
      fs.rmSync(folder, { recursive: true });
    }
  }

  /** Runs a command in a process of its own, as a shell does. @param input of the command, through a pipe */
  start(input: string | Uint8Array, ...args: string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      cwd: this.path,
      input,
      maxBuffer: 2 ** 26,
    });
    return { status, stdout, stderr };
  }

  /**
   * Runs a command, and ends it by a signal as soon as the test says so.
   * @returns its exit code, or the signal that ended it
   */
  interrupt(signal: NodeJS.Signals, isTime: () => boolean, ...args: string[]): Promise<number | string> {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: this.path, stdio: 'ignore' });
    const timer = setInterval(() => isTime() && child.kill(signal), 5);
    return new Promise((resolve) =>
      child.on('exit', (code, ended) => {
        clearInterval(timer);
        resolve(code ?? ended ?? '');
      }),
    );
  }

  write(name: string, content: string | Uint8Array): void {
    const file = path.join(this.path, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }

  read(name: string): string {
    return fs.readFileSync(path.join(this.path, name), 'utf8');
  }

  /** All files, also hidden ones, with their content. */
  get files(): Record<string, string> {
    const names = fs
      .readdirSync(this.path, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const name = path.relative(this.path, path.join(entry.parentPath, entry.name));
        return entry.isDirectory() ? `${name}/` : name;
      })
      .sort();
    return Object.fromEntries(names.map((name) => [name, name.endsWith('/') ? '' : this.read(name)]));
  }

  remove(): void {
    fs.rmSync(this.path, { recursive: true });
  }
}

/** A sidecar as the program writes it. @param text of its article @param entities lines, without what is around them */
export function sidecarOf(
  article: string,
  text: string,
  entities: readonly string[],
  status = 'open',
): string {
  const head = ['version: 1', `article: ${article}`, `text_hash: ${hashOf(text)}`, `status: ${status}`];
  const list =
    entities.length > 0 ? ['entities:', ...entities.map((line) => `  - {${line}}`)] : ['entities: []'];
  return [...head, ...list, ''].join('\n');
}
