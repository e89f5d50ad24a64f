import type { AnnotatedDocument } from '../core/interchange/document';
import { FormatError, type Context, type Format, type SourceFile } from '../core/interchange/format';
import { FORMATS, recognize } from '../core/interchange/formats';
import { PrintedReport } from './report';
import { filesOf, PipeFile } from './source';
import { targetOf } from './target';

export interface Conversion {
  readonly from: Format | undefined;
  readonly to: Format;
  readonly input: string;
  readonly output: string;
  readonly options: Readonly<Record<string, string>>;
  readonly isForced: boolean;
  readonly isStrict: boolean;
  readonly isQuiet: boolean;
  readonly reportFile: string | undefined;
}

/** How much of a file is looked at to tell its format, in bytes. */
const HEAD = 4096;

/**
 * Converts files from a format to another, one document after the other.
 * @returns the exit code: 1 where something was lost and the conversion is strict
 * @throws FormatError, TargetError
 */
export async function convert(conversion: Conversion): Promise<number> {
  const { to, output, options, isForced, isStrict } = conversion;
  const printed = new PrintedReport(conversion.reportFile, conversion.isQuiet);
  const { report } = printed;
  const serializer = to.serialize!({ report, options, labels: [] });
  const target = targetOf(output, { isForced, isFolder: to.layout === 'file-per-document' });
  try {
    for await (const document of documentsOf(conversion, { report, options }))
      for (const piece of await serializer.document(document)) target.write(piece);
    for (const piece of await serializer.end()) target.write(piece);
    const isLossy = report.count('lost') + report.count('invalid') > 0;
    if (isStrict && isLossy) target.abort();
    else target.commit();
    printed.end(isStrict && isLossy ? 'Wrote nothing (--strict) of' : 'Converted');
    return isStrict && isLossy ? 1 : 0;
  } catch (error) {
    target.abort();
    throw error;
  }
}

/** The documents of what a person named, in the order of their files. */
export async function* documentsOf(
  { from, input }: Pick<Conversion, 'from' | 'input'>,
  context: Context,
): AsyncGenerator<AnnotatedDocument> {
  const files: Iterable<SourceFile> = input === '-' ? [new PipeFile()] : filesOf(input);
  let format = from;
  let count = 0;
  for (const file of files) {
    if (!format) format = recognizeFile(file);
    else if (input !== '-' && !hasExtension(file, format)) continue;
    if (!format?.parse) continue;
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

function recognizeFile(file: SourceFile): Format | undefined {
  const head = new TextDecoder().decode(file.slice(0, HEAD));
  const [first] = recognize(file.path === 'stdin' ? '' : file.path, head);
  return (
    first ?? (file.path === 'stdin' ? FORMATS.find(({ recognizes }) => recognizes(head, '')) : undefined)
  );
}

function hasExtension({ path }: SourceFile, { extensions }: Format): boolean {
  return extensions.some((extension) => path.toLowerCase().endsWith(extension));
}
