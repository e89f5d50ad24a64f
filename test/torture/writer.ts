import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Draft } from '../../src/workspace/open/drafts.ts';
import { readSidecar } from '../../src/core/sidecar/read.ts';
import { isLeftoverName } from '../../src/core/skipped.ts';
import type { WriterOptions } from './writer/options.ts';
import { articleOf, wordAt, wordOf, wordSpan } from './writer/words.ts';

/** As scripts/build-tests.mjs bundles it. */
const PROGRAM = 'out/test/writer.mjs';

/** A folder with an article that processes write to, and what must be in its sidecar. */
export class WrittenArticle {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ca-'));
  /** The ids that a process said are kept. */
  readonly acknowledged = new Set<string>();

  constructor(words: number) {
    writeFileSync(path.join(this.folder, 'article.txt'), articleOf(words));
  }

  get sidecar(): string {
    return path.join(this.folder, 'article.ann.yaml');
  }

  /** The ids in the sidecar as it is now. @throws where it is not a whole, valid one */
  ids(): Set<string> {
    if (!existsSync(this.sidecar)) return new Set();
    const { sidecar, problems } = readSidecar(readFileSync(this.sidecar, 'utf8'));
    if (!sidecar || problems.length > 0)
      throw new Error(`The sidecar is not valid: ${problems.map(({ code }) => code).join()}`);
    return new Set(sidecar.entities.map(({ id }) => id));
  }

  /** The ids in the drafts. @throws where one is not whole */
  draftIds(): Set<string> {
    const folder = path.join(this.folder, 'storage/drafts');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => !isLeftoverName(name)) : [];
    const drafts = names.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Draft);
    return new Set(
      drafts.flatMap(({ edits }) => edits.map((edit) => ('record' in edit ? edit.record.id : ''))),
    );
  }

  /** The ids in either. */
  kept(): Set<string> {
    return new Set([...this.ids(), ...this.draftIds()]);
  }

  /** How many words are tagged as they are: each once, with its own text. */
  rightWords(): number {
    const { sidecar } = readSidecar(readFileSync(this.sidecar, 'utf8'));
    const words = (sidecar?.entities ?? []).filter(({ start, end, text }) => {
      const n = wordAt(start);
      return text === wordOf(n) && end === wordSpan(n).end;
    });
    return new Set(words.map(({ text }) => text)).size;
  }

  /** The paths of files that a killed process left, here or in another folder. */
  leftovers(folder = this.folder): string[] {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => isLeftoverName(path.basename(name))).map((name) => path.join(folder, name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Starts a process that tags the article. */
  start(options: Omit<WriterOptions, 'folder'>): Writer {
    return new Writer({ ...options, folder: this.folder }, (id) => this.acknowledged.add(id));
  }
}

/** A process that tags an article, see writer/main.ts. */
export class Writer {
  /** When it has read all that is there; `false` where it ended before. */
  readonly ready: Promise<boolean>;
  /** When it has ended: well, killed, or with what it said about its failure. */
  readonly ended: Promise<'done' | 'killed' | Error>;
  /** How long it took from the start to the first acknowledged entity, in ms. */
  firstAfter: number | undefined;
  private readonly child;

  constructor(options: WriterOptions, onAcknowledged: (id: string) => void) {
    this.child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const start = performance.now();
    let complaint = '';
    let isDone = false;
    this.child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    let tellReady: (isReady: boolean) => void;
    this.ready = new Promise((resolve) => (tellReady = resolve));
    createInterface(this.child.stdout).on('line', (line) => {
      if (line === 'ready') tellReady(true);
      else if (line === 'done') isDone = true;
      else {
        this.firstAfter ??= performance.now() - start;
        onAcknowledged(line);
      }
    });
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        tellReady(false);
        if (signal === 'SIGKILL') resolve('killed');
        else resolve(isDone && code === 0 ? 'done' : new Error(`A writer ended with ${code}: ${complaint}`));
      });
    });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
