import { hasExtensionOf, looksLike, type Format } from '../format';
import { brat } from './brat';
import { conll2003 } from './conll2003';
import { conllu } from './conllu';
import { doccano } from './doccano';
import { huggingface, huggingfaceParquet } from './huggingface';
import { labelstudio } from './labelstudio';
import { prodigy } from './prodigy';
import { spacy } from './spacy';
import { spacyDoc } from './spacy-doc';
import { tableCsv, tableParquet } from './table';
import { tei } from './tei';
import { uimaJson, uimaXmi } from './uima';
import { webanno } from './webanno';
import { webannotation } from './webannotation';

export { FormatError } from '../format';

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
];

export function formatById(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}

/** The formats that a file may be in, by its extension and its beginning, the likeliest first. */
export function recognize(path: string, head: string): readonly Format[] {
  const likely = FORMATS.filter((format) => looksLike(format, head, path));
  // What a file is called tells more than how it begins.
  return [true, false].flatMap((isNamed) =>
    likely.filter((format) => hasExtensionOf(format, path) === isNamed),
  );
}
