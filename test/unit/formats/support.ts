import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import type { Context, Format, Output, SourceFile, WriteContext } from '../../../src/formats/shared/format';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import { Report, type Note } from '../../../src/formats/shared/report';
import { TextIndex } from '../../../src/core/text';

/** Files that are in memory only, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function sourceFile(files: Files, path: string): SourceFile {
  const content = files[path]!;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const text = () => new TextDecoder().decode(bytes);
  return {
    path,
    hasMark: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf,
    size: bytes.length,
    text,
    slice: (start, end) => bytes.slice(start, end),
    *lines() {
      const lines = text().split('\n');
      if (lines.at(-1) === '') lines.pop();
      for (const line of lines) yield line.replace(/\r$/, '');
    },
    sibling(name) {
      const other = path.slice(0, path.lastIndexOf('/') + 1) + name;
      return Object.hasOwn(files, other) ? sourceFile(files, other) : undefined;
    },
  };
}

export interface Parsed {
  readonly documents: readonly AnnotatedDocument[];
  readonly notes: readonly Note[];
}

/** Reads a file of a format (and those beside it). */
export async function parse(
  format: Format,
  files: Files,
  path = Object.keys(files)[0]!,
  options: Record<string, string> = {},
  textOf?: Context['textOf'],
): Promise<Parsed> {
  const notes: Note[] = [];
  const documents: AnnotatedDocument[] = [];
  const report = new Report((note) => notes.push(note));
  for await (const document of format.parse(sourceFile(files, path), { report, options, textOf }))
    documents.push(document);
  return { documents, notes };
}

export interface Written {
  /** By path; that of the one file of all documents is empty. */
  readonly files: Readonly<Record<string, string>>;
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly notes: readonly Note[];
  readonly report: Report;
}

/** Writes documents in a format. */
export async function serialize(
  format: Format,
  documents: readonly AnnotatedDocument[],
  { options = {}, labels = [] }: Partial<Pick<WriteContext, 'options' | 'labels'>> = {},
): Promise<Written> {
  const notes: Note[] = [];
  const report = new Report((note) => notes.push(note));
  const pieces = new Map<string, Uint8Array[]>();
  const add = (outputs: Iterable<Output>) => {
    for (const { path = '', content } of outputs) {
      // What is given as bytes is valid until the next piece is asked for.
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
      pieces.set(path, [...(pieces.get(path) ?? []), bytes]);
    }
  };
  const serializer = format.serialize({ report, options, labels });
  for (const document of documents) add(await serializer.document(document));
  add(await serializer.end());
  const bytes = new Map([...pieces].map(([path, all]) => [path, Buffer.concat(all)]));
  const files = Object.fromEntries([...bytes].map(([path, all]) => [path, all.toString('utf8')]));
  return { files, bytes, notes, report };
}

/**
 * A document of a text with marks in it: `[PER Ada] met [ORG the [GPE Rome] office]`. Marks may nest; an
 * entity's id is its label and a number.
 */
export function marked(
  name: string,
  source: string,
  more: Partial<AnnotatedDocument> = {},
): AnnotatedDocument {
  let text = '';
  const open: { label: string; start16: number }[] = [];
  const found: { label: string; start16: number; end16: number }[] = [];
  for (const [piece] of source.matchAll(/\[[\p{L}_-]+ |\]|[^[\]]+/gsu)) {
    if (piece === ']') found.push({ ...open.pop()!, end16: text.length });
    else if (piece.startsWith('[')) open.push({ label: piece.slice(1, -1), start16: text.length });
    else text += piece;
  }
  const index = new TextIndex(text);
  const entities = found.map(({ label, start16, end16 }, i): Entity => {
    const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
    return { id: `${label.toLowerCase()}${i + 1}`, label, ...span, text: index.slice(span) };
  });
  return { name, index, entities: entities.sort(compareEntities), relations: [], carried: {}, ...more };
}

/** A document as one can read it: `PER [0, 3) "Ada"`. */
export function shown({ entities }: AnnotatedDocument): string[] {
  return entities.map(({ label, start, end, text, broken, parts }) => {
    const place = parts ? parts.map((part) => part.join('–')).join(', ') : `${start}, ${end}`;
    return `${label} [${place})${broken ? ' broken' : ''} ${JSON.stringify(text)}`;
  });
}

/** Notes as one can read them: `lost overlap [0, 3)`. */
export function told(notes: readonly Note[]): string[] {
  return notes.map(({ kind, code, span, line }) =>
    [kind, code, span && `[${span.start}, ${span.end})`, line !== undefined && `line ${line}`]
      .filter(Boolean)
      .join(' '),
  );
}
