/** Begins the line before a document. */
export const DOCUMENT = '-DOCSTART-';

/** Comments with which a document begins, in CoNLL-U (`# newdoc id = a`), HIPE (`# hipe2022:document_id = a`) and others. */
const MARK = /^#\s*(?:newdoc(?:\s+id)?|(?:[\w-]+:)?doc(?:ument)?_?id)(?:\s*=\s*(.*?))?\s*$/i;

/** What a document is called that begins with a comment: empty where it has no name, `undefined` where none begins. */
export function nameOfDocument(comment: string): string | undefined {
  const found = MARK.exec(comment);
  return found ? (found[1] ?? '') : undefined;
}
