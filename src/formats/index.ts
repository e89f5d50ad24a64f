import {
  FormatError,
  hasExtensionOf,
  looksLike,
  missingIn,
  type Format,
  type SourceFile,
} from './shared/format';
import { headOf } from './shared/head';
import { brat } from './brat';
import { conll2003 } from './conll2003';
import { conllu } from './conllu';
import { doccano } from './doccano';
import { huggingface, huggingfaceParquet } from './huggingface';
import { json } from './json';
import { labelstudio } from './labelstudio';
import { prodigy } from './prodigy';
import { spacy } from './spacy';
import { spacyDoc } from './spacy/doc';
import { tableCsv, tableParquet } from './table';
import { tei } from './tei';
import { uimaJson, uimaXmi } from './uima';
import { webanno } from './webanno';
import { webannotation } from './webannotation';

export { AnnotatorFiles, withLayer } from './shared/annotator-files';
export { FormatError } from './shared/format';

/** All formats, in the order in which they are offered. */
export const FORMATS: readonly Format[] = [
  brat,
  conll2003,
  conllu,
  spacy,
  spacyDoc,
  prodigy,
  doccano,
  labelstudio,
  webanno,
  uimaJson,
  uimaXmi,
  webannotation,
  tei,
  huggingface,
  huggingfaceParquet,
  tableCsv,
  tableParquet,
  // What it may be is what no other is.
  json,
];

export function formatById(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}

/**
 * Refuses to read a file as a format where it is one of another for certain.
 * @param head its beginning, `CERTAIN_LENGTH` of it; see `headOf`
 * @throws FormatError
 */
export function refuseOther(format: Format, path: string, head: string): void {
  // What begins otherwise is none of them, and there are corpora of many files.
  if (!format.isCertain || !/^[\s\ufeff]*[#<{[\d]/.test(head) || format.isCertain(head)) return;
  const other = FORMATS.find((one) => one.isCertain?.(head) && one.recognizes(head, path));
  if (!other) return;
  const values = { format: format.title, other: other.title, id: other.id };
  throw new FormatError('file-of-other', { file: path, line: 1, column: 1 }, values);
}

/** The formats that a file may be in, by its extension and its beginning, the likeliest first. */
export function recognize(path: string, head: string): readonly Format[] {
  const all = FORMATS.filter((format) => looksLike(format, head, path));
  const likely = all.length > 1 ? all.filter((format) => format !== json) : all;
  // What a file is called tells more than how it begins.
  return [true, false].flatMap((isNamed) =>
    likely.filter((format) => hasExtensionOf(format, path) === isNamed),
  );
}

/** The formats that a file may be in by its name, each with what its beginning lacks of it. */
export function triedFor(path: string, head: string): string {
  const tried = FORMATS.filter((format) => hasExtensionOf(format, path));
  return tried
    .map((format) => [format.title, missingIn(format, head)])
    .map(([title, missing]) => (missing === '' ? title : `${title} (${missing})`))
    .join(', ');
}

/** That a file is not of a format, with what its beginning lacks of it. */
export function notOf(format: Format, file: SourceFile, place: object = { line: 1, column: 1 }): FormatError {
  const missing = missingIn(format, headIn(file));
  return new FormatError('file-not-format', { ...place, file: file.path }, { format: format.title, missing });
}

/**
 * Whether a file that was read as a format is none of it, whatever it is called: it does not look like it, and it holds
 * no document, or no entity where it looks like another.
 */
export function isForeign(format: Format, file: SourceFile, documents: number): boolean {
  const head = headIn(file);
  return !format.recognizes(head, file.path) && (documents === 0 || recognize(file.path, head).length > 0);
}

function headIn(file: SourceFile): string {
  return headOf(file.size, (start, end) => file.slice(start, end));
}
