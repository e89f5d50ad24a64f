/** Begins the line before a document. */
export const DOCUMENT = '-DOCSTART-';

/** Comments with which a document begins, in CoNLL-U (`# newdoc id = a`), HIPE (`# hipe2022:document_id = a`) and others. */
const MARK = /^#\s*(?:newdoc(?:\s+id)?|(?:[\w-]+:)?doc(?:ument)?_?id)(?:\s*=\s*(.*?))?\s*$/i;

/** Before a document of CoNLL-2011 and 2012, and behind it (https://conll.cemantix.org/2012/data.html). */
const BEGIN = /^#begin document\b\s*\(?([^();]*)\)?;?\s*(?:part\s+(\d+))?/;
const END = /^#end document\b/;

export function isDocumentBegin(line: string): boolean {
  return BEGIN.test(line);
}

export function isDocumentEnd(line: string): boolean {
  return END.test(line);
}

/** What a document is called that begins with a comment: empty where it has no name, `undefined` where none begins. */
export function nameOfDocument(comment: string): string | undefined {
  const [whole, name = '', part = '0'] = BEGIN.exec(comment) ?? [];
  if (whole !== undefined) return name.trim() + (Number(part) > 0 ? `_${part}` : '');
  const found = MARK.exec(comment);
  return found ? (found[1] ?? '') : undefined;
}
