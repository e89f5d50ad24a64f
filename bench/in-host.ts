// Runs in VS Code's extension host, before the extension is activated: does one task and reports the times.
import fs from 'node:fs';
import { Session } from 'node:inspector/promises';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../src/api.ts';
import type { Span } from '../src/core/text.ts';

export type Task =
  | { kind: 'activate' }
  /** How long to wait before and after, in ms. */
  | { kind: 'index'; before: number; after: number }
  | { kind: 'all' }
  | { kind: 'tagAll' }
  | { kind: 'tag'; article: string; words: Span[]; label: string; typed: number };

/** Times in ms, by what was measured. */
export type Measured = Record<string, number[]>;

const ID = 'corpus-annotator.corpus-annotator';
/** A pause between two measured steps, so that what one left behind does not count for the next. */
const settle = (ms = 300) => new Promise((resolve) => setTimeout(resolve, ms));

export async function run(): Promise<void> {
  const report = (value: unknown) =>
    fs.writeFileSync(process.env.CORPUS_BENCH_REPORT ?? '', JSON.stringify(value));
  try {
    const task = JSON.parse(process.env.CORPUS_BENCH_TASK ?? '') as Task;
    const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>(ID);
    if (!extension) throw new Error(`${ID} is not installed`);
    report({ measured: await profiled(() => measure(extension, task)) });
  } catch (error) {
    report({ error: String(error instanceof Error ? error.stack : error) });
  }
}

/** Where `CORPUS_BENCH_PROFILE` names a folder, keeps a CPU profile of the host there. */
async function profiled(task: () => Promise<Measured>): Promise<Measured> {
  const folder = process.env.CORPUS_BENCH_PROFILE;
  if (!folder) return task();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const measured = await task();
  const { profile } = await session.post('Profiler.stop');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${folder}/${Date.now()}.cpuprofile`, JSON.stringify(profile));
  return measured;
}

function measure(extension: Extension, task: Task): Promise<Measured> {
  switch (task.kind) {
    case 'activate':
      return activate(extension);
    case 'index':
      return index(extension, task);
    case 'all':
      return all(extension);
    case 'tagAll':
      return tagAll(extension);
    case 'tag':
      return tag(extension, task);
  }
}

type Extension = vscode.Extension<CorpusAnnotatorApi>;

/** The host's own marks of an extension's start (what "Startup Performance" shows), in ms since 1970. */
function mark(name: string): number {
  const { MonacoPerformanceMarks } = globalThis as unknown as {
    MonacoPerformanceMarks: { getMarks(): { name: string; startTime: number }[] };
  };
  const found = MonacoPerformanceMarks.getMarks().find(
    (entry) => entry.name === `code/extHost/${name}/${ID}`,
  );
  if (!found) throw new Error(`The host has no mark ${name}`);
  return found.startTime;
}

/** Loads and starts the program, by a command that has nothing to do. */
async function wake(): Promise<void> {
  await vscode.commands.executeCommand('corpusAnnotator.escape');
}

/** The start of the extension, which nearly every window pays for, and of the program, where there are articles. */
async function activate(extension: Extension): Promise<Measured> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('No folder is open');
  const api = await extension.activate();
  await settle(1000);
  const start = performance.now();
  await wake();
  const woken = performance.now();
  // Rejects as soon as the list of articles is known, since this is not one of them.
  await api.getEntities(vscode.Uri.joinPath(folder, 'no-article')).catch(() => undefined);
  const listed = performance.now();
  return {
    load: [mark('didLoadExtensionCode') - mark('willLoadExtensionCode')],
    call: [mark('didActivateExtension') - mark('willActivateExtension')],
    wake: [woken - start],
    list: [listed - start],
  };
}

/** From the start of the extension, by its view, until every entity of the corpus can be found. */
async function index(extension: Extension, { before, after }: Task & { kind: 'index' }): Promise<Measured> {
  await settle(before);
  const rss = process.memoryUsage().rss;
  const began = Date.now();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const shown = vscode.commands.executeCommand('workbench.view.extension.corpusAnnotator');
  const api = await extension.activate();
  await wake();
  // How long that holds up the host is measured by itself.
  const watch = watchBusy();
  await api.getEntities(vscode.workspace.workspaceFolders![0]!.uri).catch(() => undefined);
  const listed = performance.now() - start;
  // Nothing has this text, but to say so everything must have been read.
  await api.findEntities({ text: '\0' });
  const indexed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const memory = () => process.memoryUsage().rss / 2 ** 20;
  const atEnd = memory();
  await shown;
  // What is kept for the next window is written a while later.
  await settle(after);
  const { longest, longestOwn } = watch.stop();
  const from = performance.now();
  const all = await api.findEntities({ label: 'ORG' });
  const found = performance.now() - from;
  const { text } = all[0]!;
  const fromText = performance.now();
  await api.findEntities({ text });
  return {
    index: [indexed],
    list: [listed],
    cpu: [(user + system) / 1000],
    longest: [longest],
    longestOwn: [longestOwn],
    findText: [performance.now() - fromText],
    findLabel: [found],
    ofLabel: [all.length],
    began: [began],
    memory: [Math.max(atEnd, memory()) - rss / 2 ** 20],
    rss: [atEnd],
  };
}

/** What is asked of, and done to, the whole corpus, once its index is known. */
async function all(extension: Extension): Promise<Measured> {
  const api = await extension.activate();
  const entities = await api.findEntities({});
  await settle(2000);
  const run = (name: string, argument?: object) =>
    vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);
  const lines = await concordances(run, entities[0]!);
  await settle(2000);
  const watch = watchBusy();
  const [from, busy] = [performance.now(), process.cpuUsage()];
  const found = (await run('checkCorpus')) as number;
  const checked = performance.now() - from;
  const { user, system } = process.cpuUsage(busy);
  const { longest, longestOwn } = watch.stop();
  await settle(2000);
  const again = performance.now();
  await run('checkCorpus');
  const rechecked = performance.now() - again;
  await settle(2000);
  const { article, text } = entities[0]!;
  const document = await vscode.workspace.openTextDocument(article);
  const [entity] = (await api.getEntities(document.uri)).filter((one) => one.text === text);
  const before = performance.now();
  const label = entity!.label === 'MISC' ? 'EVENT' : 'MISC';
  const target = { article: article.toString(), id: entity!.id };
  await run('relabelAllInCorpus', { ...target, label, preview: false });
  const relabelled = performance.now() - before;
  const changed = [...(await api.findEntities({ text, label }))].length;
  return {
    checked: [checked],
    rechecked: [rechecked],
    processor: [(user + system) / 1000],
    found: [found],
    longest: [longest],
    longestOwn: [longestOwn],
    relabelled: [relabelled],
    changed: [changed],
    ...lines,
  };
}

/** The concordance of a word, first with no text in memory, then by what stands before it; and of a label. */
async function concordances(
  run: (name: string, argument?: object) => Thenable<unknown>,
  { text, label }: { text: string; label: string },
): Promise<Measured> {
  const word = text.split(' ')[0]!;
  const measured: Measured = {};
  const watch = watchBusy();
  const queries = {
    word: { word },
    sorted: { word, sort: 'left' },
    regex: { regex: `${word.slice(0, 3)}\\w+`, sort: 'place' },
    label: { label },
  };
  for (const [name, query] of Object.entries(queries)) {
    const from = performance.now();
    const count = (await run('concordance', query)) as number;
    measured[`${name}Lines`] = [performance.now() - from];
    measured[`${name}Count`] = [count];
    await settle();
  }
  const { longest, longestOwn } = watch.stop();
  return { ...measured, linesLongest: [longest], linesLongestOwn: [longestOwn] };
}

/** How often the least is done that is compared with: once takes too short a time to be measured. */
const PLAIN_ROUNDS = 5;

/** Tags a word that has no entity yet wherever it is in the corpus, without asking which of the places. */
async function tagAll(extension: Extension): Promise<Measured> {
  const api = await extension.activate();
  const [{ article } = { article: undefined }] = await api.findEntities({ label: 'ORG' });
  const document = await vscode.workspace.openTextDocument(article!);
  const editor = await vscode.window.showTextDocument(document);
  const { index, 0: text } = /\b[a-z]{9,}\b/.exec(document.getText())!;
  const [start, end] = [document.positionAt(index), document.positionAt(index + text.length)];
  editor.selection = new vscode.Selection(start, end);
  await settle(3000);
  const watch = watchBusy();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await vscode.commands.executeCommand('corpusAnnotator.tagAllInCorpus', { label: 'EVENT', preview: false });
  const tagged = performance.now() - from;
  const processor = processorTime(cpu);
  const { longest, longestOwn } = watch.stop();
  const found = await api.findEntities({ text, label: 'EVENT' });
  await settle(3000);
  const articles = new Set(found.map((one) => one.article.fsPath));
  const plainCpu = process.cpuUsage();
  for (let n = 0; n < PLAIN_ROUNDS; n++) await writePlainly(articles);
  const plain = processorTime(plainCpu) / PLAIN_ROUNDS;
  const [count, all] = [found.length, { longest: [longest], longestOwn: [longestOwn] }];
  return { tagged: [tagged], count: [count], processor: [processor], plain: [plain], ...all };
}

function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** The least that changing articles on a disk can cost: each is read with its sidecar, of which a copy is flushed and renamed. */
async function writePlainly(articles: ReadonlySet<string>): Promise<void> {
  const left = [...articles];
  const work = async () => {
    for (let article = left.pop(); article !== undefined; article = left.pop()) {
      await fs.promises.readFile(article);
      const sidecar = article.replace(/\.txt$/, '.ann.yaml');
      const handle = await fs.promises.open(`${sidecar}.copy`, 'w');
      await handle.writeFile(await fs.promises.readFile(sidecar));
      await handle.datasync();
      await handle.close();
      await fs.promises.rename(`${sidecar}.copy`, `${sidecar}.plain`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

/**
 * For how long at most the host did nothing else, in ms: by the clock, and, where the system tells it (Linux),
 * without the time in which it waited for a processor, since others may need that, too.
 */
function watchBusy(): { stop(): { longest: number; longestOwn: number } } {
  let [longest, longestOwn] = [0, 0];
  let [last, lastOwn] = [performance.now(), ownTime()];
  const timer = setInterval(() => {
    const [now, own] = [performance.now(), ownTime()];
    longest = Math.max(longest, now - last - 10);
    longestOwn = Math.max(longestOwn, own - lastOwn);
    [last, lastOwn] = [now, own];
  }, 10);
  return {
    stop() {
      clearInterval(timer);
      return { longest, longestOwn };
    },
  };
}

/** How long this thread has been running, in ms; the clock where the system does not say. */
function ownTime(): number {
  try {
    return Number(fs.readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

async function tag(extension: Extension, task: Task & { kind: 'tag' }): Promise<Measured> {
  const stamps = { before: 0, after: 0 };
  // Listeners are called in the order in which they came: these two are around the extension's own.
  const first = vscode.workspace.onDidChangeTextDocument(() => (stamps.before = performance.now()));
  const api = await extension.activate();
  await wake();
  const last = vscode.workspace.onDidChangeTextDocument(() => (stamps.after = performance.now()));
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, task.article));
  const editor = await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.view.extension.corpusAnnotator');
  await vscode.window.showTextDocument(document);
  const count = (await api.getEntities(document.uri)).length;
  await settle(1500);

  const tagged: number[] = [];
  for (const { start, end } of task.words) {
    editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
    await settle();
    const from = performance.now();
    await vscode.commands.executeCommand('corpusAnnotator.tagSelection', { label: task.label });
    tagged.push(performance.now() - from);
    if ((await api.getEntities(document.uri)).length !== count + 1)
      throw new Error('The word was not tagged');
    await settle(150);
    await vscode.commands.executeCommand('corpusAnnotator.undo');
    await api.whenSaved();
  }

  await vscode.commands.executeCommand('corpusAnnotator.toggleEditing', { to: 'editing' });
  const typed: number[] = [];
  const place = editor.selection.end;
  for (let n = 0; n < task.typed; n++) {
    await settle(150);
    await editor.edit((edit) => edit.insert(place, 'x'));
    typed.push(stamps.after - stamps.before);
  }
  vscode.Disposable.from(first, last).dispose();
  return { tagged, typed };
}
