import { CleanNames } from '../shared/clean-names';
import type { AnnotatedDocument } from '../shared/document';
import { optionOf, type Format, type Serializer, type WriteContext } from '../shared/format';
import { fit } from '../shared/limits';
import { fitTokens } from '../shared/fit-tokens';
import { TAG_SCHEMES, writeTags, type TagScheme } from '../shared/tags';
import { tokenize, TOKENIZERS, type Tokenizer } from '../shared/tokens';
import { sliced, Utf8Builder } from '../shared/utf8';
import { areColumns, COLUMN_OPTIONS, linesOfHead } from './columns';
import { EMPTY_COLUMNS, KeptComments, keptOf, USUAL_START } from './kept';
import { DOCUMENT } from './marks';
import { readConll } from './read';

/**
 * The columns of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003,
 * https://aclanthology.org/W03-0419/): a token a line, its tag in the last column, an empty line behind a
 * sentence, `-DOCSTART-` before a document. Read with any number of columns, parted by spaces or tabs, and in
 * any of the schemes of tags; written with four. Offsets are tokens. The file does not say how its text was
 * spaced, so tokens that are read are parted by a space and sentences by a line ending. White space in a label
 * is written as `_`, since most readers take any for the end of a column.
 *
 * Lines before a sentence that begin with `#` and are no tokens (see `readRows`; `# id 1`, of MultiCoNER and others)
 * are comments, which are carried, as what `-DOCSTART-` is followed by. Where the first column only counts the tokens
 * (GermEval), the second has them; numbers are not written again. The language before each token of WikiANN is, and
 * is not text. What has more columns than most lines, parted by spaces, is read, and told; a line that has fewer, or
 * more between tabs, is malformed. A token with a space, where columns are parted by tabs, becomes several, which is
 * told.
 *
 * Files of other columns are read, too: which is what is guessed (see `columnsOf`) or said, and what was guessed is
 * told. They are written with the tag where it was. Tags may be brackets (see `readBrackets`), as in CoNLL-2012, of
 * which the columns are known. Comments begin documents as well (`# newdoc id = a`). Where not
 * all tokens have a space between them, how the text was cut is carried as lengths (see `keep`).
 */
export const conll2003: Format = {
  id: 'conll2003',
  title: 'CoNLL-2003',
  extensions: ['.conll', '.iob', '.iob2', '.bio', '.txt'],
  layout: 'one-file',
  limits: { overlap: 'none', discontinuous: false, fields: [], relations: false },
  options: [
    { name: 'scheme', values: TAG_SCHEMES, description: 'how tokens are tagged' },
    { name: 'tokenizer', values: TOKENIZERS, description: 'how text is cut into tokens' },
    ...COLUMN_OPTIONS,
  ],
  needs: ['B-|I-|S-|U-|-DOCSTART-'],
  recognizes: (head) =>
    /^-DOCSTART-/m.test(head) ||
    /^\S+(?:[ \t]\S+)*[ \t](?:O|[BIELSU]-\S+)\r?$/m.test(head) ||
    areColumns(linesOfHead(head)),
  recognizesUnnamed: (head) => areColumns(linesOfHead(head)),
  isCertain: (head) => !head.startsWith('#FORMAT=') && areColumns(linesOfHead(head)),
  parse: (file, context) => readConll(file, conll2003, context),
  serialize: (context) => new ConllWriter(context),
};

const NOTHING = new Uint8Array(0);
const OUTSIDE = new TextEncoder().encode(` ${EMPTY_COLUMNS} O\n`);

/** A label without what ends a column or a line for any reader, Python's among them. */
function labelInColumn(label: string): string {
  return label.replace(/[\s\p{Cc}]/gu, '_');
}

/** The line before a document, with as many columns as its tokens have. */
function startWith(between: string, separator: string): string {
  const others = between === '' ? [] : between.split(separator).map(() => '-X-');
  return [DOCUMENT, ...others, 'O'].join(separator);
}

/** The columns behind a token, with the tag where it was. */
function withTagAt(at: number, between: string, separator: string, tag: string): string {
  const cells = between === '' ? [] : between.split(separator);
  return [...cells.slice(0, at), tag, ...cells.slice(at)].join(separator);
}

class ConllWriter implements Serializer {
  private readonly scheme: TagScheme;
  private readonly tokenizer: Tokenizer;
  private readonly builder = new Utf8Builder();
  private readonly labels: CleanNames;
  private isFirst = true;

  constructor(private readonly context: WriteContext) {
    this.scheme = optionOf(conll2003, 'scheme', context.options) as TagScheme;
    this.tokenizer = optionOf(conll2003, 'tokenizer', context.options) as Tokenizer;
    const { report, labels } = context;
    const known = labels.map(({ name }) => name);
    this.labels = new CleanNames(report, labelInColumn, known);
  }

  see({ entities }: AnnotatedDocument): void {
    this.labels.see(entities.map(({ label }) => label));
  }

  document(document: AnnotatedDocument) {
    const { report } = this.context;
    this.see(document);
    const { raw } = document.index;
    const kept = keptOf(document);
    const tokens = kept?.tokens ?? tokenize(raw, this.tokenizer);
    const { places16, count, sentences } = tokens;
    const { entities } = fit(document, conll2003, report);
    const spans = fitTokens(document, entities, tokens, { report, isFlat: true }).map(
      ({ first, last, label }) => ({ first, last, label: this.labels.of(label) }),
    );
    const tags = writeTags(count, spans, this.scheme);
    const { builder } = this;
    const text = sliced(raw);
    const comments = new KeptComments(document, sentences.length);
    const separator = kept?.separator ?? ' ';
    const start = kept?.start ?? USUAL_START;
    // A file that had no such line gets none, unless it is needed to tell a document from the one before.
    const needsStart = start === '' && !this.isFirst && !comments.beginDocument;
    const startLine = needsStart ? startWith(kept?.columnsOf(0) ?? '', separator) : start;
    if (kept?.header !== undefined && this.isFirst) builder.append(`${kept.header}\n`);
    if (startLine !== '') builder.append(`${startLine}\n`);
    this.isFirst = false;
    const empty = EMPTY_COLUMNS.replace(' ', separator);
    let sentence = 0;
    let inside = 0;
    for (let i = 0; i < count; i++) {
      while (inside < spans.length && spans[inside]!.last < i) inside++;
      if (sentences[sentence] === i) {
        // A sentence does not end within an entity: no reader would put the two halves together again.
        if (!(inside < spans.length && spans[inside]!.first < i)) {
          if (i > 0 || startLine !== '') builder.append('\n');
          comments.take(sentence, builder);
        }
        sentence++;
      }
      if (kept && kept.prefix !== '') builder.append(kept.prefix);
      const between = kept?.columnsOf(i) ?? empty;
      const tag = tags[i]!;
      const isUsual = tag === 'O' && between === EMPTY_COLUMNS && kept?.tagAt === undefined;
      builder.appendSlice(text, places16[2 * i]!, places16[2 * i + 1]!, isUsual ? OUTSIDE : NOTHING);
      if (!isUsual) {
        if (between !== '' && kept?.tagAt === undefined) builder.append(separator + between);
        builder.append(separator);
        builder.append(kept?.tagAt === undefined ? tag : withTagAt(kept.tagAt, between, separator, tag));
        builder.append('\n');
      }
    }
    builder.append('\n');
    comments.take(sentences.length, builder);
    const outdated = [...(kept?.isOutdated ? ['columns'] : []), ...(comments.left > 0 ? ['comments'] : [])];
    if (outdated.length > 0) {
      const values = { format: conll2003.id, keys: outdated.join(', ') };
      report.add({ kind: 'lost', code: 'carried-outdated', document: document.name, values });
    }
    return [{ content: builder.take() }];
  }

  end() {
    return [];
  }
}
