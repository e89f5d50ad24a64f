import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnnotatedDocument } from '../formats/shared/document';
import type { Context, Format, Output } from '../formats/shared/format';
import { Occurrences } from '../formats/shared/label-files';
import type { Report } from '../formats/shared/report';
import { isInShard, type Shard } from '../formats/shared/shards';
import type { Label } from '../core/labels';
import type { Values } from './command';
import { formatOptionsOf, reportFileOf } from './formats';
import { letInterrupt } from './interrupt';
import { PrintedReport } from './report';
import type { Target } from './staged';
import { targetOf } from './target';
import { Progress } from './terminal';

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

/**
 * Writes documents in a format, one after the other, and says what became of them.
 * @param documents gives them; what it cannot give, it reports
 * @returns the exit code
 */
export async function writeDocuments(
  documents: (context: Context) => AsyncIterable<AnnotatedDocument>,
  { from, to, output, labelsOf, values, shard, did, counted }: Writing,
): Promise<number> {
  const [isForced, isQuiet] = [values.force === true, values.quiet === true];
  const options = formatOptionsOf(values, from ? [from, to] : [to]);
  const printed = new PrintedReport(reportFileOf(values), isQuiet);
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
    for await (const one of documents(context)) {
      const document = inOneText(one, context.report);
      progress.tick();
      await letInterrupt();
      if (shard && !isInShard(document.name, shard)) {
        serializer.see?.(document);
        continue;
      }
      if (labelFiles) occurrences.add(document);
      for (const piece of await serializer.document(document)) target.write(piece);
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

/** A document as formats hold it, which know no layers: that of an annotator is one of its own, which is told. */
function inOneText(document: AnnotatedDocument, report: Report): AnnotatedDocument {
  const { layer, name } = document;
  if (!layer) return document;
  report.add({ kind: 'changed', code: 'layer-apart', document: name, values: { layer } });
  return { ...document, name: `${name}.${layer}` };
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
