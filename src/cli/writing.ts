import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context, Format, Output } from '../core/interchange/format';
import { Occurrences } from '../core/interchange/label-files';
import type { Shard } from '../core/interchange/shards';
import type { Label } from '../core/labels';
import type { Values } from './command';
import { DocumentParts, piecesOf, type Documents, type DocumentsInParts } from './document-parts';
import { formatOptionsOf, reportFileOf } from './formats';
import { letInterrupt } from './interrupt';
import { PrintedReport } from './report';
import type { Target } from './staged';
import { isPipe, targetOf } from './target';
import { Progress } from './terminal';
import { TwoThreads } from './threads';

export interface Writing {
  /** What documents are read in; `undefined` where they come from a corpus. */
  readonly from?: Format;
  readonly to: Format;
  /** A file, a folder or `-`, as a person named it. */
  readonly output: string;
  /** The labels that are known before the documents are: of a corpus, or of label files beside what is read. */
  readonly labelsOf: (context: Context) => readonly Label[];
  readonly values: Values;
  /** The part of the documents that is written; all, where it is `undefined`. */
  readonly shard: Shard | undefined;
  /** For messages: `Converted` so many `documents`. */
  readonly did: string;
  readonly counted: string;
}

/** What is the same in whatever way documents are written. */
interface Task extends Writing {
  readonly options: Context['options'];
  readonly printed: PrintedReport;
}

/**
 * Writes documents in a format, one after the other, and says what became of them.
 * @returns the exit code
 */
export async function writeDocuments<Item>(documents: Documents<Item>, writing: Writing): Promise<number> {
  const { from, to, output, values } = writing;
  const options = formatOptionsOf(values, from ? [from, to] : [to]);
  const printed = new PrintedReport(reportFileOf(values), values.quiet === true);
  const task = { ...writing, options, printed };
  const isForParts = to.layout === 'one-file' && !to.labelFiles && !isPipe(output);
  if (documents.parts && isForParts) {
    const exitCode = await writeInParts(documents.parts, task);
    if (exitCode !== undefined) return exitCode;
    printed.startAgain();
  }
  return writeInOrder(documents, task);
}

/**
 * Reads and writes documents in two threads, as long as each is what it would be whatever came before it.
 * @returns the exit code; `undefined` where that is not so, and nothing was written
 */
async function writeInParts<Item>(parts: DocumentsInParts<Item>, task: Task): Promise<number | undefined> {
  const { to, output, labelsOf, options, printed, values, shard, did, counted } = task;
  const { report } = printed;
  const labels = labelsOf({ report, options });
  if (to.serialize({ report, options, labels }).isApart !== true) return undefined;
  const writing = { to: to.id, options, labels, shard };
  const about = { ...parts.about, writing };
  const threads = new TwoThreads(new DocumentParts(parts, writing), parts.worker, about);
  const progress = new Progress(counted, values.quiet === true);
  const target = targetOf(output, { isForced: values.force === true, isFolder: false });
  let isWhole = true;
  function* items() {
    try {
      yield* parts.items();
    } catch {
      isWhole = false;
    }
  }
  try {
    for await (const part of threads.each(items(), 'write')) {
      await letInterrupt();
      isWhole &&= part !== undefined;
      if (!isWhole) break;
      const { content, notes, read, documents, entities, relations, counts } = part!;
      target.write({ content });
      for (const note of notes) report.add(note);
      report.documents += documents;
      report.entities += entities;
      report.relations += relations;
      parts.addCounts(counts);
      progress.tick(read);
    }
    if (isWhole && parts.isSound) return await printed.finish(target, did, values.strict === true);
    await target.abort();
    return undefined;
  } catch (error) {
    await target.abort();
    printed.close();
    throw error;
  } finally {
    threads.end();
  }
}

async function writeInOrder<Item>(documents: Documents<Item>, task: Task): Promise<number> {
  const { to, output, labelsOf, options, printed, values, shard, did, counted } = task;
  const [isForced, isQuiet] = [values.force === true, values.quiet === true];
  const context = { report: printed.report, options };
  const labels = labelsOf(context);
  const serializer = to.serialize({ ...context, labels });
  // What occurs differs from shard to shard, and they may all go to one place.
  const labelFiles = shard ? undefined : to.labelFiles;
  const occurrences = new Occurrences(labelFiles);
  const progress = new Progress(counted, isQuiet);
  const target = targetOf(output, { isForced, isFolder: to.layout === 'file-per-document' });
  /** The documents' own comes last: where it is there, all are. */
  const targets = [target];
  const all = {
    commit: async () => {
      const left: string[] = [];
      for (const one of targets) left.push(...(await one.commit()));
      return left;
    },
    abort: async () => {
      for (const one of targets) await one.abort();
    },
  };
  try {
    for await (const document of documents.all(context)) {
      progress.tick();
      await letInterrupt();
      const pieces = await piecesOf(document, serializer, context.report, shard, (written) => {
        if (labelFiles) occurrences.add(written);
      });
      for (const piece of pieces) target.write(piece);
      await target.rest?.();
    }
    for (const piece of await serializer.end()) {
      await letInterrupt();
      target.write(piece);
    }
    if (labelFiles) {
      const all = occurrences.labelsWith(labels);
      const pieces = labelFiles.serialize(all, context, occurrences, serializer.names);
      for (const piece of pieces) targets.unshift(...writeLabels(piece, to, output, target, isForced));
    }
    return await printed.finish(all, did, values.strict === true);
  } catch (error) {
    await all.abort();
    printed.close();
    throw error;
  }
}

/**
 * Writes a label file: among the documents, or beside the one file; nowhere from a pipe.
 * @returns the target that was opened for it
 */
function writeLabels(
  piece: Output,
  { layout }: Format,
  output: string,
  target: Target,
  isForced: boolean,
): Target[] {
  if (layout === 'file-per-document') {
    target.write(piece);
    return [];
  }
  if (output === '-') return [];
  const file = join(dirname(output), piece.path ?? '');
  const isSame =
    statSync(file, { throwIfNoEntry: false })?.isFile() &&
    readFileSync(file).equals(Buffer.from(piece.content));
  if (isSame) return [];
  const beside = targetOf(file, { isForced, isFolder: false });
  beside.write(piece);
  return [beside];
}
