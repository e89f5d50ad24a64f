/** A token's line: the token, what stands between, and the tag. */
export interface Row {
  readonly token: string;
  /** Parted as they were: by tabs where the line has any, else by spaces. */
  readonly columns: string;
  readonly tag: string;
  /** The tag of what is within an entity, where the file has a column for that. */
  readonly innerTag?: string;
  readonly isTabbed: boolean;
  /** From 1. */
  readonly line: number;
}

/**
 * A line as a token. One that holds tabs is parted at tabs only, so that its token may hold spaces.
 * @returns `undefined` where it has no token or no tag
 */
export function rowOf(source: string, line: number): Row | undefined {
  const trimmed = source.trimEnd();
  if (trimmed.includes('\t')) {
    const [token = '', ...others] = trimmed.split('\t').map((cell) => cell.trim());
    const tag = others.pop();
    return token === '' || tag === undefined
      ? undefined
      : { token, columns: others.join('\t'), tag, isTabbed: true, line };
  }
  const [, token, columns = '', tag = ''] = /^ *(\S+)(?: +(.*?))? +(\S+)$/.exec(trimmed) ?? [];
  return token === undefined ? undefined : { token, columns, tag, isTabbed: false, line };
}

const TAG = /^(?:O|_|-|[BIELSU]-.+)$/s;
const ENDS_WITH_TAG = /[ \t](?:O|_|-|[BIELSU]-\S+)\s*$/;

/** Whether a line, at the beginning of a sentence, is a comment (`# id 1`), not a token `#` with its tag. */
export function isComment(source: string): boolean {
  return source.startsWith('#') && !ENDS_WITH_TAG.test(source);
}

/**
 * The rows of a document whose first column only counts the tokens of each sentence, as in GermEval 2014
 * (https://sites.google.com/site/germeval2014ner/data): the token is in the second. With two columns of tags and
 * no other, the first is of the outer entities, the second of those within.
 * @returns the rows as they are, where no column counts
 */
export function withoutNumbers(sentences: readonly (readonly Row[])[]): readonly (readonly Row[])[] {
  const isNumbered =
    sentences.some((rows) => rows.length > 1) &&
    sentences.every((rows) =>
      rows.every(({ token, columns }, i) => token === String(i + 1) && /^\S/.test(columns)),
    );
  if (!isNumbered) return sentences;
  const shifted = sentences.map((rows) =>
    rows.map((row): Row => {
      const [, token = '', columns = ''] = (row.isTabbed ? /^([^\t]+)\t?(.*)$/ : /^(\S+) *(.*)$/).exec(
        row.columns,
      )!;
      return { ...row, token, columns };
    }),
  );
  const isNested = shifted.every((rows) =>
    rows.every(({ columns }) => !/\s/.test(columns) && TAG.test(columns)),
  );
  if (!isNested) return shifted;
  return shifted.map((rows) =>
    rows.map((row) => ({ ...row, columns: '', tag: row.columns, innerTag: row.tag })),
  );
}
