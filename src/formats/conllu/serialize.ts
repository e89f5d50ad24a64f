import type { AnnotatedDocument } from '../shared/document';
import { optionOf, type Format, type Output, type Serializer, type WriteContext } from '../shared/format';
import { fit } from '../shared/limits';
import { about } from '../shared/report';
import type { Tokenizer } from '../shared/tokens';
import { Utf8Builder } from '../shared/utf8';
import type { Tell } from './brackets';
import { keptOf } from './kept';
import { fieldsOf } from './mentions';
import { plainLines } from './plain';
import { rewrite } from './rewrite';
import {
  CONLLU_COLUMNS,
  declarationIn,
  NOTHING_DECLARED,
  readSheet,
  type Declared,
  type Sheet,
} from './sheet';

/** Writes documents one behind the other, each with the lines that it came with where it has such. */
export function serializeConllu(
  format: Pick<Format, 'id' | 'limits' | 'options'>,
  context: WriteContext,
): Serializer {
  return new Writer(format, context);
}

/** What no file in UTF-8 can hold. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

class Writer implements Serializer {
  private readonly tokenizer: Tokenizer;
  private readonly builder = new Utf8Builder();
  /** What is declared in the lines that are written. */
  private declared = NOTHING_DECLARED;
  private isFirst = true;

  constructor(
    private readonly format: Pick<Format, 'id' | 'limits' | 'options'>,
    private readonly context: WriteContext,
  ) {
    this.tokenizer = optionOf(format, 'tokenizer', context.options) as Tokenizer;
  }

  document(document: AnnotatedDocument): Output[] {
    const { report } = this.context;
    const { entities } = fit(document, this.format, report);
    const tell: Tell = (kind, code, entity, values) => {
      if (kind === 'lost' && code === 'off-token') report.entities--;
      report.add({ kind, code, document: document.name, ...about(entity), values });
    };
    const kept = this.keptOf(document);
    const lines = kept
      ? this.inPlace(rewrite(document, kept.lines, kept.sheet, entities, tell), kept, document.name)
      : this.inColumns(
          plainLines({ ...document, entities }, this.tokenizer, tell),
          CONLLU_COLUMNS,
          document.name,
        );
    if (lines.length === 0) {
      report.documents--;
      report.add({ kind: 'lost', code: 'white-space', document: document.name });
    }
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
    const count = lines.reduce((sum, line) => sum + (line.match(LONE_SURROGATE)?.length ?? 0), 0);
    if (count > 0) {
      const values = { count: String(count) };
      report.add({ kind: 'lost', code: 'character', document: document.name, values });
    }
    for (const line of lines) {
      this.builder.append(line);
      this.builder.append('\n');
      this.declared = declarationIn(line, this.declared);
    }
    this.isFirst &&= lines.length === 0;
    return [{ content: this.builder.take() }];
  }

  end() {
    return [];
  }

  /** What a document came with; reported where the text is another one now. */
  private keptOf(document: AnnotatedDocument): Kept | undefined {
    const kept = keptOf(document);
    if (!kept) return undefined;
    const sheet = readSheet(kept.lines, kept.outer, () => undefined);
    if (sheet.text === document.index.raw) return { ...kept, sheet };
    const values = { format: 'CoNLL-U', keys: 'lines' };
    this.context.report.add({ kind: 'lost', code: 'carried-outdated', document: document.name, values });
    return undefined;
  }

  /** Lines that came from a file, with what was declared above them there. */
  private inPlace(lines: string[], { outer, sheet }: Kept, name: string): string[] {
    const { columns } = sheet.declared;
    const isPlus = columns !== CONLLU_COLUMNS;
    // It must be the first line of a file, and there must be a column for entities of the documents behind it.
    if (isPlus && this.isFirst && columns.split(' ').includes('MISC')) {
      if (outer.columns !== CONLLU_COLUMNS) lines.unshift(`# global.columns = ${columns}`);
    } else lines = this.inColumns(lines, columns, name);
    const hasOwn = lines.some((line) => declarationIn(line, NOTHING_DECLARED).fields !== '');
    const fields = outer.fields || this.guessedFields(lines);
    if (!hasOwn && fields !== '' && fields !== this.declared.fields) {
      const first = lines.findIndex((line) => /^#\s*(?:newdoc|global)\b/.test(line));
      lines.splice(first + 1, 0, `# global.Entity = ${fields}`);
    }
    return lines;
  }

  /** What must be declared of brackets that came without, where a document before them has declared other parts. */
  private guessedFields(lines: readonly string[]): string {
    if (this.declared.fields === '') return '';
    const [, chunk] = lines.map((line) => /[\t|]Entity=[^\t|(]*\(([^()\t|]+)/.exec(line)).find(Boolean) ?? [];
    return chunk === undefined ? '' : fieldsOf('', chunk).join('-');
  }

  /** Rows with the columns that the file has; what has none is lost. */
  private inColumns(lines: string[], columns: string, name: string): string[] {
    const target = this.declared.columns;
    if (target === columns) return lines;
    const from = columns.split(' ');
    const to = target.split(' ');
    const lost = new Set<string>();
    const changed = lines
      .filter((line) => !/^#\s*global\.columns\b/.test(line))
      .map((line) => {
        if (line === '' || line.startsWith('#')) return line;
        const cells = line.split('\t');
        cells.forEach((cell, i) => {
          const column = from[i] ?? '';
          if (cell !== '_' && cell !== '*' && !to.includes(column)) lost.add(column);
        });
        return to.map((column) => cells[from.indexOf(column)] ?? '_').join('\t');
      });
    const values = { format: 'CoNLL-U Plus', names: [...lost].join(', ') };
    if (lost.size > 0) this.context.report.add({ kind: 'lost', code: 'carried', document: name, values });
    return changed;
  }
}

interface Kept {
  readonly lines: readonly string[];
  readonly outer: Declared;
  readonly sheet: Sheet;
}
