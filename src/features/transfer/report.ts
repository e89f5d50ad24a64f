import * as vscode from 'vscode';
import type { NoteKind } from '../../formats/shared/report';
import { MOST_KEPT, type LoggedNote, type TransferLog } from '../../workspace/transfer/log';
import { noteMessage } from '../../wording/notes';
import { totalMessage } from '../../wording/totals';
import { foldNotes, type Fold, type NoteLine } from './fold';
import { failureMessage } from './messages';

/** A piece of a report's text that leads to a place. */
export interface ReportLink {
  readonly range: vscode.Range;
  readonly uri: vscode.Uri;
  /** Where in the file. */
  readonly place: vscode.Range | undefined;
}

export interface ReportText {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/**
 * What became of an import or an export, as plain text: what it quotes comes from other people, and stays text.
 * @param title what was done
 * @param counts what was carried over, a line each
 */
export function reportText(title: string, counts: readonly string[], log: TransferLog): ReportText {
  const { t } = vscode.l10n;
  const writer = new Writer();
  writer.line(title);
  if (log.isStopped) writer.line(t('It was cancelled: what was done until then stays done.'));
  writer.line();
  for (const count of counts) writer.line(count);
  for (const total of log.totals) writer.line(`  ${totalMessage(t, total)}`);
  const isClean = log.totals.length + log.failures.length === 0;
  if (isClean) writer.line(t('Nothing was lost, changed or invalid.'));
  const { failures } = log;
  if (failures.length > 0) {
    writer.heading(t('Left out ({0})', failures.length));
    for (const failure of failures.slice(0, MOST_KEPT)) {
      const [line, column] = placeInFile(failure.error);
      const place = line === undefined ? undefined : pointAt(line - 1, (column ?? 1) - 1);
      writer.linked(failure.path, failure.uri, place, failureMessage(failure.error));
    }
    writer.more(failures.length - MOST_KEPT);
  }
  const headings: Record<NoteKind, (count: number) => string> = {
    lost: (count) => t('Lost: not carried over ({0})', count),
    invalid: (count) => t('Invalid in the source, and left out ({0})', count),
    changed: (count) => t('Carried over with a change, or there already ({0})', count),
  };
  for (const kind of ['lost', 'invalid', 'changed'] as const) {
    const notes = log.notes[kind];
    if (notes.length === 0) continue;
    const count = log.count(kind);
    writer.heading(headings[kind](count));
    for (const fold of foldNotes(notes.map(lineOf))) writeFold(writer, fold);
    writer.more(count - notes.length);
  }
  return writer;
}

interface LinkedLine extends NoteLine {
  readonly uri: vscode.Uri | undefined;
  readonly range?: vscode.Range | undefined;
}

function lineOf(note: LoggedNote): LinkedLine {
  const { file, line, column, source, place, document, label = '', text = '' } = note;
  const message = noteMessage(vscode.l10n.t, note);
  // Most sentences say what they are about.
  const isSaid = message.includes(label) && (text === '' || message.includes('“'));
  const mention = isSaid ? '' : text === '' ? label : `${label} “${text}”`;
  if (file !== undefined) {
    const said = [file, line, column].filter((part) => part !== undefined).join(':');
    const range = line === undefined ? undefined : pointAt(line - 1, (column ?? 1) - 1);
    return { message, mention, place: said, uri: source, range };
  }
  if (!place?.start || !place.end) return { message, mention, place: document ?? '', uri: place?.uri };
  const { uri, start, end } = place;
  const said = `${vscode.workspace.asRelativePath(uri)}:${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  return { message, mention, place: said, uri, range };
}

/** What is said of several places is said once, above them. */
function writeFold(writer: Writer, { message, count, lines }: Fold<LinkedLine>): void {
  const times = (text: string, n: number) => (n === 1 ? text : vscode.l10n.t('{0} ({1} times)', text, n));
  const [first, ...others] = lines;
  const { place, uri, range, mention } = first!.line;
  const sentence = mention === '' ? message : `${mention}: ${message}`;
  if (others.length === 0) return writer.linked(place, uri, range, times(sentence, count));
  writer.line(`  ${times(message, count)}`);
  for (const { line, count } of lines)
    writer.linked(line.place, line.uri, line.range, times(line.mention, count), 4);
}

function placeInFile(error: unknown): readonly [line?: number | undefined, column?: number | undefined] {
  const { place } = Object(error) as { place?: { line?: number; column?: number } };
  return [place?.line, place?.column];
}

function pointAt(line: number, character: number): vscode.Range {
  return new vscode.Range(
    Math.max(0, line),
    Math.max(0, character),
    Math.max(0, line),
    Math.max(0, character),
  );
}

class Writer implements ReportText {
  private readonly lines: string[] = [];
  readonly links: ReportLink[] = [];

  get text(): string {
    return this.lines.join('\n') + '\n';
  }

  line(text = ''): void {
    this.lines.push(clean(text));
  }

  heading(text: string): void {
    this.line();
    this.line(text);
  }

  linked(
    said: string,
    uri: vscode.Uri | undefined,
    place: vscode.Range | undefined,
    sentence: string,
    indent = 2,
  ): void {
    const shown = clean(said);
    const line = this.lines.length;
    if (uri && shown !== '') {
      const range = new vscode.Range(line, indent, line, indent + shown.length);
      this.links.push({ range, uri, place });
    }
    const parts = [shown, sentence].filter((part) => part !== '');
    this.line(' '.repeat(indent) + parts.join('  '));
  }

  more(count: number): void {
    if (count > 0) this.line(`  ${vscode.l10n.t('… and {0} more, which are counted only.', count)}`);
  }
}

/** Without what breaks a line, or makes it look like another. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ');
}
