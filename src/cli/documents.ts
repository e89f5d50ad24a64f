import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { AnnotatorFiles, withLayer } from '../formats/shared/annotator-files';
import type { AnnotatedDocument } from '../formats/shared/document';
import {
  FormatError,
  hasExtensionOf,
  isAboutFile,
  looksLike,
  unreadNote,
  type Context,
  type Format,
  type LabelSpec,
  type SourceFile,
} from '../formats/shared/format';
import { formatById, FORMATS, isForeign, notOf, recognize, refuseOther, triedFor } from '../formats';
import { CERTAIN_LENGTH, headOf } from '../formats/shared/head';
import { readLabelFiles } from '../formats/shared/label-files';
import { letInterrupt } from './interrupt';
import { DiskFile, filesOf, PipeFile } from './input-files';

/** What is read. */
export interface Input {
  /** A file, a folder or `-`, as a person named it. */
  readonly named: string;
  readonly format: Format;
  readonly isFolder: boolean;
  /** @param fail is told of a folder below that cannot be read */
  readonly files: (fail: (error: FormatError) => void) => Iterable<SourceFile>;
}

/**
 * What a person named, and its format: the one that is said, or that of the first file that looks like one.
 * @throws FormatError where nothing is there, or nothing of a format that is known
 */
export function inputOf(named: string, said: Format | undefined): Input {
  if (named === '-') {
    const pipe = new PipeFile();
    const format = said ?? formatOfPipe(pipe);
    if (!format) throw notKnown('stdin');
    return { named, format, isFolder: false, files: () => [pipe] };
  }
  const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const format = said ?? formatBelow(named, isFolder);
  return { named, format, isFolder, files: (fail) => filesOf(named, fail) };
}

function formatOfPipe(pipe: PipeFile): Format | undefined {
  const head = pipe.head();
  return FORMATS.find(({ recognizes }) => recognizes(head, ''));
}

function formatBelow(named: string, isFolder: boolean): Format {
  let last: Format | undefined;
  let tried = '';
  for (const file of filesOf(named, () => undefined)) {
    try {
      const head = headOfFile(file);
      const [first] = recognize(file.path, head);
      // Beside a collection there may be any JSON.
      if (first && !(isFolder && first.id === 'json')) return first;
      last ??= first;
      if (!isFolder) tried = triedFor(file.path, head);
    } catch (error) {
      // It is told of when its turn to be read comes.
      if (!isFolder || !isAboutFile(error)) throw error;
    }
  }
  if (last) return last;
  throw notKnown(named, tried);
}

/** @param tried the formats that it could be by its name, with what it lacks */
function notKnown(file: string, tried = ''): FormatError {
  const fields = hasExtensionOf(formatById('json')!, file) ? '--text-field NAME --spans-field NAME' : '';
  return new FormatError('format-unknown', { file }, { tried, fields });
}

/**
 * The documents of what a person named, in the order of their files. In a folder, a file that cannot be read is
 * left out, or the rest of it, which is reported; its documents before that are whole.
 * @throws FormatError where the one file, or every file of the folder, cannot be read
 */
export async function* documentsOf(
  { named, format, isFolder, files }: Input,
  context: Context,
): AsyncGenerator<AnnotatedDocument> {
  let [read, failed] = [0, 0];
  const fail = (error: FormatError, path: string, documents: number) => {
    context.report.add(unreadNote(error, path, documents));
    failed++;
  };
  const annotators = new AnnotatorFiles(format, context.report);
  const root = basename(isFolder ? resolve(named) : dirname(resolve(named)));
  for (const file of files((error) => fail(error, error.place.file, 0))) {
    let [documents, entities] = [0, 0];
    const invalid = context.report.count('invalid');
    await letInterrupt();
    try {
      // What a person names a file of a format is that, whatever it is called.
      if (isFolder && !isFileOf(format, file)) continue;
      refuseOther(format, file.path, beginningOf(file, format, isFolder));
      const isBeside = (name: string) => file.sibling(name) !== undefined;
      const annotator = named === '-' ? undefined : annotators.take(file.path, root, isBeside);
      if (annotator === 'passed') {
        read++;
        continue;
      }
      for await (const document of format.parse(file, context)) {
        documents++;
        entities += document.entities.length;
        yield withLayer(document, annotator);
      }
      // What of a folder was read stays.
      const isEmpty =
        documents === 0 ? context.report.count('invalid') > invalid : entities === 0 && !isFolder;
      if (isEmpty && canLookAgain(file) && isForeign(format, file, documents)) throw notOf(format, file);
      read++;
    } catch (thrown) {
      const isOther = thrown instanceof FormatError && thrown.code === 'file-not-format';
      const error = isOther && canLookAgain(file) ? notOf(format, file, thrown.place) : thrown;
      if (!isFolder || !isAboutFile(error)) throw error;
      fail(error, file.path, documents);
      if (documents > 0) read++;
    }
  }
  if (read > 0) return;
  // Nothing looked like it: what is there instead?
  if (isFolder && failed === 0)
    for (const file of files(() => undefined))
      refuseOther(format, file.path, beginningOf(file, format, false));
  const code = failed > 0 ? 'folder-unread' : 'file-not-format';
  throw new FormatError(code, { file: named }, { format: format.title });
}

/** What comes through a pipe is gone once it was read. */
function canLookAgain(file: SourceFile): boolean {
  return !(file instanceof PipeFile);
}

/** Whether a file of a folder is one of a format's. One that is not called as its own are must look like it. */
function isFileOf(format: Format, file: SourceFile): boolean {
  if (file.path.toLowerCase().endsWith(format.extensions[0])) return true;
  if (!hasExtensionOf(format, file.path) && !format.recognizesUnnamed) return false;
  return looksLike(format, headOfFile(file), file.path);
}

/**
 * The labels that a format keeps in files beside the documents, in the folder that was named or that of the file. What
 * cannot be read of them is reported.
 */
export function labelsBeside({ named, format, isFolder }: Input, context: Context): readonly LabelSpec[] {
  if (named === '-') return [];
  const anyFile = new DiskFile(`${isFolder ? named : dirname(named)}/.`, '.');
  try {
    return readLabelFiles(format, (name) => anyFile.sibling(name), context) ?? [];
  } catch (error) {
    if (!isAboutFile(error)) throw error;
    context.report.add(unreadNote(error, error.place.file, 0));
    return [];
  }
}

/** Of a folder of many files, each is opened but once. */
function beginningOf(file: SourceFile, { layout, isCertain }: Format, isFolder: boolean): string {
  if (!isCertain) return '';
  if (file instanceof PipeFile) return file.head(CERTAIN_LENGTH);
  if (isFolder && layout === 'file-per-document') return file.text().slice(0, CERTAIN_LENGTH);
  return headOfFile(file, CERTAIN_LENGTH);
}

function headOfFile(file: SourceFile, length?: number): string {
  return headOf(file.size, (start, end) => file.slice(start, end), length);
}
