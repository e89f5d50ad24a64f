import { FormatError, type Context, type SourceFile } from '../../format';
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
  readonly units: readonly UnitLine[];
}

export interface TsvFile {
  readonly layers: readonly Layer[];
  readonly sentences: readonly SentenceLines[];
}

/** @throws FormatError where the first line is not that of the format */
export function readLines(file: SourceFile, { report }: Context): TsvFile {
  const fault = (line: number, source: string) => {
    const values = { source: source.slice(0, 200) };
    report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
  };
  const layers: Layer[] = [];
  const sentences: SentenceLines[] = [];
  let id: string | undefined;
  let texts: string[] = [];
  let units: UnitLine[] = [];
  const finish = () => {
    if (texts.length > 0 || units.length > 0) sentences.push({ id, text: texts.join('\n'), units });
    [id, texts, units] = [undefined, [], []];
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
    } else if (source === '') finish();
    else if (source.startsWith('#') && units.length === 0) {
      if (source.startsWith('#Text=')) texts.push(unescapeText(source.slice(6)));
      else if (source.startsWith('#Sentence.id=')) id = unescapeText(source.slice(13));
      else {
        const layer = sentences.length === 0 && texts.length === 0 ? readLayer(source) : undefined;
        if (layer) layers.push(layer);
        else fault(line, source);
      }
    } else {
      const unit = readUnit(source, line);
      if (unit && texts.length > 0) units.push(unit);
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
  return { layers, sentences };
}

function readUnit(source: string, line: number): UnitLine | undefined {
  const [id = '', place = '', form = '', ...fields] = source.split('\t');
  const [, begin, end] = /^(\d{1,9})-(\d{1,9})$/.exec(place) ?? [];
  if (!/^\d+-\d+(?:\.\d+)?$/.test(id) || begin === undefined || end === undefined) return undefined;
  if (Number(begin) > Number(end)) return undefined;
  return { id, begin: Number(begin), end: Number(end), form, fields, line };
}
