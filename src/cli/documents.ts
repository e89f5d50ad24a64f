import { dirname } from 'node:path';
import { statSync } from 'node:fs';
import type { AnnotatedDocument } from '../core/interchange/document';
import {
  FormatError,
  type Context,
  type Format,
  type LabelSpec,
  type SourceFile,
} from '../core/interchange/format';
import { FORMATS, recognize } from '../core/interchange/formats';
import { headOf } from '../core/interchange/head';
import { readLabelFiles } from '../core/interchange/label-files';
import { DiskFile, filesOf, PipeFile } from './source';

/** What is read: a file, a folder or `-`, and its format, where that is said. */
export interface Input {
  readonly input: string;
  readonly from: Format | undefined;
}

/** The documents of what a person named, in the order of their files. */
export async function* documentsOf(
  { from, input }: Input,
  context: Context,
): AsyncGenerator<AnnotatedDocument> {
  const files: Iterable<SourceFile> = input === '-' ? [new PipeFile()] : filesOf(input);
  // What a person names a file of a format is that, whatever it is called.
  const isFolder = input !== '-' && statSync(input, { throwIfNoEntry: false })?.isDirectory();
  let format = from;
  let count = 0;
  for (const file of files) {
    if (!format) format = recognizeFile(file);
    else if (isFolder && !hasExtension(file, format)) continue;
    if (!format) continue;
    count++;
    yield* format.parse(file, context);
  }
  if (count === 0)
    throw new FormatError(
      'file-not-format',
      { file: input },
      { format: (from ?? format)?.title ?? 'a format that is known; name it by --from' },
    );
}

/** What the first file that is of a known format is; nothing of a pipe, which can be read once only. */
export function recognizeInput(input: string): Format | undefined {
  if (input === '-') return undefined;
  for (const file of filesOf(input)) {
    const format = recognizeFile(file);
    if (format) return format;
  }
  return undefined;
}

/** The labels that a format keeps in files beside the documents, in the folder that was named or that of the file. */
export function labelsBeside({ from, input }: Input, context: Context): readonly LabelSpec[] {
  if (!from || input === '-') return [];
  const folder = statSync(input, { throwIfNoEntry: false })?.isDirectory() ? input : dirname(input);
  const anyFile = new DiskFile(`${folder}/.`, '.');
  return readLabelFiles(from, (name) => anyFile.sibling(name), context) ?? [];
}

function recognizeFile(file: SourceFile): Format | undefined {
  const head = headOf(file.size, (start, end) => file.slice(start, end));
  const [first] = recognize(file.path === 'stdin' ? '' : file.path, head);
  return (
    first ?? (file.path === 'stdin' ? FORMATS.find(({ recognizes }) => recognizes(head, '')) : undefined)
  );
}

function hasExtension({ path }: SourceFile, { extensions }: Format): boolean {
  return extensions.some((extension) => path.toLowerCase().endsWith(extension));
}
