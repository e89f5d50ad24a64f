import type { Label } from '../../core/labels';
import type { CleanNames } from './clean-names';
import type { AnnotatedDocument } from './document';
import type { Field } from './entity-fields';
import type { Note, Report } from './report';

/** A file that is read. What it holds is asked for piece by piece, so that a file of any size can be read. */
export interface SourceFile {
  /** Relative to what a person named, with `/`. */
  readonly path: string;
  /** All of it, decoded as UTF-8, without a byte-order mark. @throws FormatError where it is not UTF-8 */
  text(): string;
  /** Line by line, without line endings (`\n`, `\r\n`) and without a byte-order mark. @throws FormatError */
  lines(): Iterable<string>;
  /** Whether it begins with a byte-order mark. @throws FormatError */
  readonly hasMark: boolean;
  /** In bytes. */
  readonly size: number;
  /** Bytes `[start, end)`. */
  slice(start: number, end: number): Uint8Array;
  /** A file in the same folder, if there is one. */
  sibling(name: string): SourceFile | undefined;
}

/** A piece of what is written: of the one file of all documents, or, with a path, of a file of its own. */
export interface Output {
  /** Relative to the target's folder, with `/`. Pieces of one path follow each other. */
  readonly path?: string | undefined;
  /** Bytes are valid until the next piece is asked for. */
  readonly content: string | Uint8Array;
}

/** A choice that a person has with a format, by name; given on the command line as `--name value`. */
export interface FormatOption {
  readonly name: string;
  /** The first is what serves where nothing is said; an empty list takes any text. */
  readonly values: readonly string[];
  /** One sentence for the help. */
  readonly description: string;
}

export interface Context {
  readonly report: Report;
  /** What was chosen; see {@link optionOf}. */
  readonly options: Readonly<Record<string, string>>;
  /**
   * The text of an article of the corpus that is read into, by the name that a document of it has, for formats that
   * hold no texts; `undefined` where there is none. Not there where there is no corpus.
   */
  readonly textOf?: ((name: string) => string | undefined | Promise<string | undefined>) | undefined;
}

export interface WriteContext extends Context {
  /** The labels of the corpus, in its order; none where there is no corpus. */
  readonly labels: readonly Label[];
}

/** Turns documents into files of a format, one after another. */
export interface Serializer {
  /** What is written for a document. */
  document(document: AnnotatedDocument): Iterable<Output> | Promise<Iterable<Output>>;
  /** What is written behind the last one. */
  end(): Iterable<Output> | Promise<Iterable<Output>>;
  /**
   * Is told of a document that another shard has, in the order of all, so that names that this format cannot hold
   * become the same in every shard.
   */
  see?(document: AnnotatedDocument): void;
  /** What it calls labels and more, for the label files that go with the documents. */
  readonly names?: WrittenNames;
}

/** What names are called in a format that does not take all of them. */
export interface WrittenNames {
  readonly labels: CleanNames;
  readonly relations: CleanNames;
  readonly attributes: CleanNames;
}

/** A label as another tool's configuration has it. */
export type LabelSpec = Pick<Label, 'name'> & Partial<Omit<Label, 'name'>>;

/** The files in which another tool keeps its labels, beside the documents. */
export interface LabelFiles {
  readonly names: readonly string[];
  /** @param sources what was found, by name */
  parse(sources: ReadonlyMap<string, string>, context: Context): readonly LabelSpec[];
  /** What the files must say, besides labels, of what a document carries of the format: the same texts for the same. */
  readonly factsOf?: (document: AnnotatedDocument) => Iterable<string>;
  /**
   * @param occurring what documents have besides, where that is known
   * @param names what the serializer of those documents calls them, where there is one
   */
  serialize(
    labels: readonly Label[],
    context: Context,
    occurring?: Occurring,
    names?: WrittenNames,
  ): readonly Output[];
}

/** What some tools must be told of documents before they show them. */
export interface Occurring {
  /** The labels of relations. */
  readonly relations?: readonly string[];
  /** The values of attributes by their names; none where it is only there or not. */
  readonly attributes?: ReadonlyMap<string, readonly string[]>;
  /** See {@link LabelFiles.factsOf}. */
  readonly facts?: Iterable<string>;
}

/** What a format can hold. What it cannot is reported, never dropped in silence. */
export interface Limits {
  /** Which spans may share characters: `any`; `nested`, one within the other (or the same); `none`. */
  readonly overlap: 'any' | 'nested' | 'none';
  /** Whether a mention may be in several parts. */
  readonly discontinuous: boolean;
  readonly fields: readonly Field[];
  readonly relations: boolean;
}

/** A format of another tool. One file (or folder) each, shared by the editor and the command line. */
export interface Format {
  /** As on the command line: `conll2003`. */
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** Of its files, with the dot; the first one is written. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether each document has a file (or several) of its own, or all are in one file. */
  readonly layout: 'file-per-document' | 'one-file';
  readonly limits: Limits;
  /** Whether its tools export a folder for each document, with the file of each annotator; see `AnnotatorFiles`. */
  readonly annotatorFiles?: true;
  readonly options?: readonly FormatOption[];
  readonly labelFiles?: LabelFiles;
  /**
   * What the beginning of each of its files has, in any letters: keys with their quotation marks, other words
   * without; `|` parts those of which one is enough. It tells people why a file is none of them.
   */
  readonly needs: readonly string[];
  /**
   * Whether a file with one of the extensions looks like this format.
   * @param head the beginning of the file, some thousand characters; see `headOf`
   */
  readonly recognizes: (head: string, path: string) => boolean;
  /** Whether a file that is called otherwise is one of this format, by its beginning alone. */
  readonly recognizesUnnamed?: (head: string) => boolean;
  /**
   * Whether a file is of this format for certain, by its beginning alone. One that is not, and is of another for
   * certain, is not read as this one, which would find nothing or something else (see `refuseOther`).
   */
  readonly isCertain?: (head: string) => boolean;
  /**
   * The documents of a file. What is wrong in one line costs that line, and is reported.
   * @throws FormatError where nothing can be made of the file
   */
  parse(file: SourceFile, context: Context): Iterable<AnnotatedDocument> | AsyncIterable<AnnotatedDocument>;
  /** @throws FormatError where an option is not one of the format's */
  serialize(context: WriteContext): Serializer;
}

/** Whether a file ends as one of a format. */
export function hasExtensionOf({ extensions }: Format, path: string): boolean {
  const lower = path.toLowerCase();
  return extensions.some((extension) => lower.endsWith(extension));
}

/** Whether a file looks like one of a format, by its name and its beginning, or by that alone. */
export function looksLike(format: Format, head: string, path: string): boolean {
  return hasExtensionOf(format, path)
    ? format.recognizes(head, path)
    : (format.recognizesUnnamed?.(head) ?? false);
}

/** What of {@link Format.needs} the beginning of a file lacks, as it is told: `“text”, “entities” / “spans”`. */
export function missingIn({ needs }: Pick<Format, 'needs'>, head: string): string {
  const lower = head.toLowerCase();
  return needs
    .map((need) => need.split('|'))
    .filter((words) => !words.some((word) => lower.includes(word.toLowerCase())))
    .map((words) => words.map((word) => `“${word.replace(/"/g, '')}”`).join(' / '))
    .join(', ');
}

/** Why a file cannot be read, or a conversion cannot be done. */
export class FormatError extends Error {
  /** @param place `file`, and `line` and `column` (UTF-16) from 1 where they are known */
  constructor(
    readonly code: FormatErrorCode,
    readonly place: { readonly file: string; readonly line?: number; readonly column?: number },
    readonly values: Readonly<Record<string, string>> = {},
  ) {
    super(`${code} ${place.file}`);
  }
}

export type FormatErrorCode =
  | 'file-unreadable'
  | 'file-not-utf8'
  | 'file-not-format'
  | 'file-of-other'
  | 'records-missing'
  | 'text-elsewhere'
  | 'format-unknown'
  | 'compression-unknown'
  | 'terms-unknown'
  | 'json-malformed'
  | 'xml-malformed'
  | 'text-missing'
  | 'text-not-within'
  | 'article-missing'
  | 'rows-scattered'
  | 'option-unknown'
  | 'fields-unclear'
  | 'file-damaged'
  | 'tag-names-needed'
  | 'folder-needed'
  | 'sidecar-unreadable'
  | 'folder-unread';

/** What says that the choice of a person is wrong, not a file. */
const ABOUT_CHOICES: readonly FormatErrorCode[] = ['option-unknown', 'tag-names-needed', 'folder-needed'];

/** Whether an error is about one file: the others of its folder can be read all the same. */
export function isAboutFile(error: unknown): error is FormatError {
  return error instanceof FormatError && !ABOUT_CHOICES.includes(error.code);
}

/**
 * What a report says of a file of a folder that cannot be read, or not to its end.
 * @param source its path
 * @param documents how many were read before: they are whole, and stay
 */
export function unreadNote({ code, place, values }: FormatError, source: string, documents: number): Note {
  const more = { error: code, source, documents: String(documents) };
  return { kind: 'invalid', code: 'file-unread', ...place, values: { ...values, ...more } };
}

/** What was chosen of a format's options, or its default. @throws FormatError where that is no value of it */
export function optionOf(
  { id, options = [] }: Pick<Format, 'id' | 'options'>,
  name: string,
  chosen: Context['options'],
): string {
  const { values = [] } = options.find((option) => option.name === name) ?? {};
  const value = chosen[name] ?? values[0] ?? '';
  if (values.length > 0 && !values.includes(value))
    throw new FormatError('option-unknown', { file: id }, { name, value, values: values.join(', ') });
  return value;
}
