import { FormatError, type Context, type SourceFile } from '../shared/format';
import { unescapeText } from './escape';
import { readLayer, type Layer } from './schema';

/** A token, or with a number behind a full stop (`1-2.1`) a part of one. Offsets are as the file has them. */
export interface UnitLine {
  readonly id: string;
  readonly begin: number;
  readonly end: number;
  readonly form: string;
  readonly fields: readonly string[];
  readonly line: number;
}

export interface SentenceLines {
  readonly id: string | undefined;
  readonly text: string;
  /** Where its first token begins, also if that is in no line that can be read; `undefined` where none says it. */
  readonly begin: number | undefined;
  readonly units: readonly UnitLine[];
}

/** A line with `#` that says nothing of what the format knows, and stands before a sentence. */
export interface CommentLine {
  /** The number of the sentence, from 0; `undefined` where it stands in the header. */
  readonly sentence: number | undefined;
  readonly source: string;
}

export interface TsvFile {
  readonly layers: readonly Layer[];
  readonly sentences: readonly SentenceLines[];
  readonly comments: readonly CommentLine[];
  /** The numbers of the lines that were left out, as they are malformed. */
  readonly malformed: ReadonlySet<number>;
}

/** @throws FormatError where the first line is not that of the format */
export function readLines(file: SourceFile, { report }: Context): TsvFile {
  const malformed = new Set<number>();
  const fault = (line: number, source: string) => {
    malformed.add(line);
    const values = { source: source.slice(0, 200) };
    report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
  };
  const layers: Layer[] = [];
  const sentences: SentenceLines[] = [];
  const comments: CommentLine[] = [];
  let isHeader = true;
  let id: string | undefined;
  let texts: string[] = [];
  let units: UnitLine[] = [];
  let begin: number | undefined;
  /** Whether there was a row before, of which nobody knows where it belongs. */
  let isBehindUnknown = false;
  const finish = () => {
    if (texts.length > 0 || units.length > 0) sentences.push({ id, text: texts.join('\n'), begin, units });
    [id, texts, units, begin, isBehindUnknown] = [undefined, [], [], undefined, false];
  };
  let line = 0;
  for (const source of file.lines()) {
    line++;
    if (line === 1) {
      if (!/^#FORMAT=WebAnno TSV 3\.\d+\s*$/.test(source))
        throw new FormatError(
          'file-not-format',
          { file: file.path, line, column: 1 },
          { format: 'WebAnno TSV 3' },
        );
    } else if (source === '') {
      finish();
      isHeader = false;
    } else if (source.startsWith('#') && units.length === 0) {
      if (source.startsWith('#Text=')) texts.push(unescapeText(source.slice(6)));
      else if (source.startsWith('#Sentence.id=')) id = unescapeText(source.slice(13));
      else if (source.startsWith('#T_')) {
        const layer = sentences.length === 0 && texts.length === 0 ? readLayer(source) : undefined;
        if (layer) layers.push(layer);
        else fault(line, source);
      } else comments.push({ sentence: isHeader ? undefined : sentences.length, source });
    } else {
      const unit = readUnit(source, line);
      const isWhole = unit?.fields.length === columnsOf(layers) && texts.length > 0;
      if (unit && (isWhole || isFirst(unit, texts)) && (!isBehindUnknown || /-1(?:\.|$)/.test(unit.id)))
        begin ??= unit.begin;
      else isBehindUnknown = true;
      // Which cell of a row is missing or too many, nobody knows.
      if (isWhole) units.push(unit);
      else fault(line, source);
    }
  }
  finish();
  if (line === 0)
    throw new FormatError(
      'file-not-format',
      { file: file.path, line: 1, column: 1 },
      { format: 'WebAnno TSV 3' },
    );
  return { layers, sentences, comments, malformed };
}

function columnsOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, { columns }) => sum + columns.length, 0);
}

/** Whether a row that is malformed is still seen to be that of a sentence's first token. */
function isFirst({ id, begin, end, form }: UnitLine, texts: readonly string[]): boolean {
  const token = unescapeText(form);
  return id.endsWith('-1') && end - begin === token.length && (texts[0]?.startsWith(token) ?? false);
}

function readUnit(source: string, line: number): UnitLine | undefined {
  const [id = '', place = '', form = '', ...fields] = source.split('\t');
  const [, begin, end] = /^(\d{1,9})-(\d{1,9})$/.exec(place) ?? [];
  if (!/^\d+-\d+(?:\.\d+)?$/.test(id) || begin === undefined || end === undefined) return undefined;
  if (Number(begin) > Number(end)) return undefined;
  // A tab ends each cell; some editors and scripts take the last one away.
  if (fields.at(-1) === '') fields.pop();
  return { id, begin: Number(begin), end: Number(end), form, fields, line };
}
