import * as vscode from 'vscode';
import { disk } from '#disk';
import type { AnnotatedDocument } from '../../formats/shared/document';
import type { Context, Format, LabelSpec, SourceFile } from '../../formats/shared/format';
import { CERTAIN_LENGTH, headOf } from '../../formats/shared/head';
import { readLabelFiles } from '../../formats/shared/label-files';
import { placeOfNotUtf8 } from '../../formats/shared/utf8';
import { Report, type Note } from '../../formats/shared/report';
import { baseName } from '../../core/sidecar/name';
import { decodeUtf8 } from '../../core/text';
import { listFiles } from '../corpus/article-entry';
import { LARGEST_FILE } from '../host/disk';
import { loadFormats } from '#formats';
import { Pace } from '../files/pace';
import type { TransferLog } from './log';

type FormatErrorClass = Awaited<ReturnType<typeof loadFormats>>['FormatError'];

/** A file that was dropped in a browser, which tells its content only. */
export interface DroppedFile {
  readonly name: string;
  readonly data: () => Thenable<Uint8Array>;
}

/** A file that may be read. */
export interface Input {
  /** Relative to what a person named, with `/`. */
  readonly path: string;
  readonly uri: vscode.Uri | undefined;
  /** All of it; `undefined` where it is gone. */
  readonly read: () => Promise<Uint8Array | undefined>;
  /** The files of its folder, by name. */
  readonly beside: ReadonlyMap<string, Input>;
}

/**
 * The files that a person named: all below a folder, in the order of their paths, hidden ones left out.
 * @param onLink is told of links to folders below, which are not followed
 */
export async function inputsOf(
  named: readonly (vscode.Uri | DroppedFile)[],
  onLink: (uri: vscode.Uri, path: string) => void,
): Promise<Input[]> {
  const inputs: Input[] = [];
  const dropped = new Map<string, Input>();
  for (const one of named) {
    if (!(one instanceof vscode.Uri)) {
      const read = async () => one.data();
      const input = { path: baseName(one.name), uri: undefined, read, beside: dropped };
      dropped.set(input.path, input);
      inputs.push(input);
      continue;
    }
    const { type } = await vscode.workspace.fs.stat(one);
    if (type & vscode.FileType.Directory) inputs.push(...(await inputsBelow(one, onLink)));
    else inputs.push(await inputOfFile(one));
  }
  return inputs;
}

async function inputsBelow(
  folder: vscode.Uri,
  onLink: (uri: vscode.Uri, path: string) => void,
): Promise<Input[]> {
  const folders = new Map<string, Map<string, Input>>();
  const paths = await listFiles(folder, (path) => onLink(vscode.Uri.joinPath(folder, path), path));
  return paths.map((path) => {
    const parent = path.slice(0, path.lastIndexOf('/') + 1);
    const beside = folders.get(parent) ?? new Map<string, Input>();
    folders.set(parent, beside);
    const input = inputAt(vscode.Uri.joinPath(folder, path), path, beside);
    beside.set(baseName(path), input);
    return input;
  });
}

async function inputOfFile(uri: vscode.Uri): Promise<Input> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const beside = new Map<string, Input>();
  const [names = []] = await disk.list([folder]);
  for (const name of names)
    if (!name.endsWith('/')) beside.set(name, inputAt(vscode.Uri.joinPath(folder, name), name, beside));
  const name = baseName(uri.path);
  return beside.get(name) ?? inputAt(uri, name, beside);
}

function inputAt(uri: vscode.Uri, path: string, beside: ReadonlyMap<string, Input>): Input {
  return { path, uri, beside, read: () => disk.read(uri) };
}

/** A file beside the one that is read is asked for, and not in memory yet. */
class NotLoaded extends Error {
  constructor(readonly file: string) {
    super(file);
  }
}

/** Files of one folder in memory. Formats read at once, and the editor later: see {@link documentsOf}. */
class Loaded {
  private readonly files = new Map<string, MemoryFile>();
  private misses = 0;

  constructor(
    private readonly input: Input,
    private readonly FormatError: FormatErrorClass,
  ) {}

  async load(name: string): Promise<MemoryFile> {
    const input = name === baseName(this.input.path) ? this.input : this.input.beside.get(name)!;
    const known = this.files.get(name);
    if (known) return known;
    const file = new MemoryFile(input.path, await this.read(input), this, this.FormatError);
    this.files.set(name, file);
    return file;
  }

  /** Loads what was missed; where one after the other is, all that have such a name. */
  async loadMissed(name: string): Promise<void> {
    if (++this.misses === 1) return void (await this.load(name));
    const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
    for (const other of this.input.beside.keys()) if (other.endsWith(extension)) await this.load(other);
  }

  sibling(name: string): MemoryFile | undefined {
    const bare = baseName(name);
    if (!this.input.beside.has(bare)) return undefined;
    const file = this.files.get(bare);
    if (!file) throw new NotLoaded(bare);
    return file;
  }

  /** @throws FormatError */
  private async read({ path, read }: Input): Promise<Uint8Array> {
    let reason = 'ENOENT';
    try {
      const bytes = await read();
      if (bytes) return bytes;
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      reason = code === 'FileTooBig' ? `> ${LARGEST_FILE} MB` : (code ?? message ?? String(error));
    }
    throw new this.FormatError('file-unreadable', { file: path }, { reason });
  }
}

class MemoryFile implements SourceFile {
  readonly hasMark: boolean;
  private decoded: string | undefined;

  constructor(
    readonly path: string,
    private readonly bytes: Uint8Array,
    private readonly folder: Loaded,
    private readonly FormatError: FormatErrorClass,
  ) {
    this.hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  }

  get size(): number {
    return this.bytes.length;
  }

  text(): string {
    this.decoded ??= decodeUtf8(this.hasMark ? this.bytes.subarray(3) : this.bytes);
    if (this.decoded === undefined)
      throw new this.FormatError('file-not-utf8', { file: this.path, ...placeOfNotUtf8(this.bytes) });
    return this.decoded;
  }

  *lines(): Generator<string> {
    const text = this.text();
    for (let start16 = 0; start16 < text.length;) {
      const at16 = text.indexOf('\n', start16);
      const end16 = at16 < 0 ? text.length : at16;
      yield text.slice(start16, text[end16 - 1] === '\r' && end16 > start16 ? end16 - 1 : end16);
      start16 = end16 + 1;
    }
  }

  slice(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start, end);
  }

  sibling(name: string): SourceFile | undefined {
    return this.folder.sibling(name);
  }
}

/**
 * The documents of a file. Formats ask for files beside it at once, while the editor reads later: where one is
 * asked for that is not in memory, it is loaded, and the file is read again from its beginning.
 * @returns `undefined` where the person stopped it
 * @throws FormatError
 */
export async function documentsOf(
  input: Input,
  format: Format,
  { options, textOf }: Pick<Context, 'options' | 'textOf'>,
  token?: vscode.CancellationToken,
): Promise<{ documents: AnnotatedDocument[]; notes: Note[] } | undefined> {
  const { FormatError, isForeign, notOf, refuseOther } = await loadFormats();
  const name = baseName(input.path);
  const folder = new Loaded(input, FormatError);
  const file = await folder.load(name);
  const beginning = headOf(file.size, (start, end) => file.slice(start, end), CERTAIN_LENGTH);
  refuseOther(format, input.path, beginning);
  const article = name.replace(/\.[^.]*$/, '.txt');
  if (input.beside.has(article)) await folder.load(article);
  const pace = new Pace();
  for (;;) {
    const notes: Note[] = [];
    const documents: AnnotatedDocument[] = [];
    const report = new Report((note) => notes.push(note));
    try {
      for await (const document of format.parse(file, { report, options, textOf })) {
        documents.push(document);
        if (pace.isDue) await pace.rest();
        if (token?.isCancellationRequested) return undefined;
      }
      const isEmpty =
        documents.length === 0
          ? report.count('invalid') > 0
          : documents.every(({ entities }) => entities.length === 0);
      if (isEmpty && isForeign(format, file, documents.length)) throw notOf(format, file);
      return { documents, notes };
    } catch (error) {
      if (error instanceof FormatError && error.code === 'file-not-format')
        throw notOf(format, file, error.place);
      if (!(error instanceof NotLoaded)) throw error;
      await folder.loadMissed(error.file);
    }
  }
}

/** What a format's label files say that are beside the files to import; what cannot be read of them is told. */
export async function labelsBeside(
  inputs: readonly Input[],
  format: Format,
  options: Readonly<Record<string, string>>,
  log: TransferLog,
): Promise<LabelSpec[]> {
  const { FormatError } = await loadFormats();
  const labels: LabelSpec[] = [];
  for (const beside of new Set(inputs.map((input) => input.beside))) {
    const found = (format.labelFiles?.names ?? []).flatMap((name) => beside.get(name) ?? []);
    const [first] = found;
    if (!first) continue;
    log.source = first.uri;
    try {
      const folder = new Loaded(first, FormatError);
      for (const { path } of found) await folder.load(baseName(path));
      labels.push(
        ...(readLabelFiles(format, (name) => folder.sibling(name), { report: log.report, options }) ?? []),
      );
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      log.fail({ uri: first.uri, path: first.path, error });
    }
  }
  return labels;
}
