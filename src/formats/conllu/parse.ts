import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import { about, type Report } from '../shared/report';
import { keep } from './kept';
import { entitiesOf, readMentions, toEntities } from './mentions';
import { plainLines } from './plain';
import { CONLLU_COLUMNS, NOTHING_DECLARED, readSheet, type Declared, type Fault } from './sheet';
import { unreadTags } from './tags';

const EXTENSIONS = ['.conllu', '.conllup', '.conll'];
/** The option that names the key, or the column, of tags. */
export const TAG_KEY = 'tag-key';
const NEW_DOCUMENT = /^#\s*newdoc(?:\s+id\s*=\s*(.*?))?\s*$/;

/** The documents of a file: each begins with a sentence that has `# newdoc`. */
export function* parseConllu(file: SourceFile, { report, options }: Context): Generator<AnnotatedDocument> {
  const base = nameOfFile(file.path, EXTENSIONS);
  let declared: Declared = { ...NOTHING_DECLARED, tagKey: options[TAG_KEY] ?? '' };
  /** The lines of the document, and how many of the file are before them. */
  let lines: string[] = [];
  let above = 0;
  let block: string[] = [];
  let count = 0;
  let total = 0;
  const finish = function* (isLast: boolean): Generator<AnnotatedDocument> {
    const reader = new Reader(file.path, lines, above, declared, report);
    if (!reader.hasTokens) {
      if (isLast) reader.check();
      return;
    }
    count++;
    const id = lines.map((line) => NEW_DOCUMENT.exec(line)).find(Boolean)?.[1];
    const numbered = isLast && count === 1 ? base : `${base}/${String(count).padStart(4, '0')}`;
    yield reader.read(DocumentNames.of(report).take(id ? id : numbered));
    declared = reader.declared;
    above += lines.length;
    lines = [];
  };
  const endBlock = function* (): Generator<AnnotatedDocument> {
    if (block.some((line) => NEW_DOCUMENT.test(line))) yield* finish(false);
    // A sentence may have more lines than a call takes arguments.
    for (const line of block) lines.push(line);
    block = [];
  };
  for (const line of file.lines()) {
    total++;
    block.push(line);
    if (line.trim() === '') yield* endBlock();
  }
  if (block.length > 0) {
    block.push('');
    yield* endBlock();
  }
  yield* finish(true);
  if (count === 0 && total > 0)
    throw new FormatError('file-not-format', { file: file.path, line: 1, column: 1 }, { format: 'CoNLL-U' });
}

class Reader {
  private readonly faults: Parameters<Fault>[] = [];
  private readonly sheet;

  constructor(
    private readonly path: string,
    private readonly lines: readonly string[],
    private readonly above: number,
    private readonly outer: Declared,
    private readonly report: Report,
  ) {
    this.sheet = readSheet(lines, outer, (...fault) => this.faults.push(fault));
  }

  get hasTokens(): boolean {
    return this.sheet.places16.length > 0;
  }

  get declared(): Declared {
    return this.sheet.declared;
  }

  /** Tells what is wrong, where there is no document that it would be told of. */
  check(name?: string): void {
    for (const [line, code, values] of this.faults) {
      const kind = code === 'sentence-spaces' ? 'changed' : 'invalid';
      const place = { file: this.path, line: this.above + line + 1, column: 1 };
      this.report.add({ kind, code, ...place, values, ...(name !== undefined && { document: name }) });
    }
  }

  read(name: string): AnnotatedDocument {
    const { sheet } = this;
    const index = new TextIndex(sheet.text);
    const all = readMentions(sheet, (...fault) => this.faults.push(fault));
    this.check(name);
    for (const [key, count] of unreadTags(sheet)) {
      const values = { what: `“${key}”`, count: String(count), option: `--${TAG_KEY} ${key}` };
      const place = { document: name, file: this.path, line: this.above + 1, column: 1 };
      this.report.add({ kind: 'changed', code: 'annotations-unread', ...place, values });
    }
    const mentions = toEntities(name, sheet, all, index);
    for (const { mention, entity, isExact } of mentions) {
      const line = this.above + sheet.words[mention.parts[0]![0]]!.line + 1;
      const place = { document: name, file: this.path, line, column: 1 };
      if (!entity)
        this.report.add({ kind: 'lost', code: 'empty-span', label: mention.etype || mention.eid, ...place });
      else if (!isExact) this.report.add({ kind: 'changed', code: 'off-token', ...place, ...about(entity) });
    }
    const document = { name, index, entities: entitiesOf(mentions), relations: [], carried: {} };
    return this.isPlain(document)
      ? document
      : { ...document, carried: { conllu: keep(this.lines, this.outer) } };
  }

  /** Whether the document would be written as it was. */
  private isPlain(document: AnnotatedDocument): boolean {
    const { words, declared } = this.sheet;
    const isEmpty = words.every(
      ({ cells }) => cells.length === 10 && cells.slice(2, 9).every((cell) => cell === '_'),
    );
    if (!isEmpty || declared.columns !== CONLLU_COLUMNS || this.faults.length > 0) return false;
    if (words.some(({ cells }) => cells[0]!.includes('.'))) return false;
    return plainLines(document, 'simple').join('\n') === this.lines.join('\n');
  }
}
