import type * as vscode from 'vscode';
import type { FormatError } from '../../formats/shared/format';
import { Report, type Note, type NoteKind } from '../../formats/shared/report';
import { LineIndex } from '../../core/lines';
import type { TextIndex } from '../../core/text';
import type { Refusal } from '../files/refusal';

/**
 * How many notes of a kind and code are kept to be shown; the others are counted. A loss that every entity has
 * (`field`) does not hide the few of another code.
 */
export const MOST_KEPT = 1000;

/** A position in a text as the editor counts it: lines and UTF-16 units from 0. */
type Position = ReturnType<LineIndex['at']>;

/** A note with the places that it is about. */
export interface LoggedNote extends Note {
  /** The file that was read. */
  readonly source?: vscode.Uri | undefined;
  /** The article, and where in it; the end is missing where it is about all of it. */
  place?: { readonly uri: vscode.Uri; readonly start?: Position; readonly end?: Position } | undefined;
}

/** What could not be done with a file. */
export interface Failure {
  readonly uri: vscode.Uri | undefined;
  /** As it is shown. */
  readonly path: string;
  readonly error:
    FormatError | Refusal | 'not-article' | 'other-format' | 'linked-folder' | 'stopped' | 'changed';
}

/** What a person must know of an import or an export: counts of all, and as many notes as can be read. */
export class TransferLog {
  readonly report = new Report((note) => this.keep(note));
  readonly notes: Record<NoteKind, LoggedNote[]> = { lost: [], invalid: [], changed: [] };
  readonly failures: Failure[] = [];
  /** The file that is being read. */
  source: vscode.Uri | undefined;
  private waiting: LoggedNote[] = [];

  private keep(note: Note): void {
    if (this.report.count(note.kind, note.code) > MOST_KEPT) return;
    const logged: LoggedNote = { ...note, source: note.file === undefined ? undefined : this.source };
    this.notes[note.kind].push(logged);
    if (note.document !== undefined) this.waiting.push(logged);
  }

  /** Tells where the document of the last notes is: an article, and its text. */
  place(document: string, uri: vscode.Uri, index: TextIndex): void {
    if (this.waiting.length === 0) return;
    let lines: LineIndex | undefined;
    this.waiting = this.waiting.filter((note) => {
      if (note.document !== document) return true;
      const { span } = note;
      if (!span) note.place = { uri };
      else {
        lines ??= new LineIndex(index.raw);
        const [start16, end16] = [index.toUtf16(span.start), index.toUtf16(span.end)];
        note.place = { uri, start: lines.at(start16), end: lines.at(end16) };
      }
      return false;
    });
  }

  /** Whether a person stopped it before all was done. */
  get isStopped(): boolean {
    return this.failures.some(({ error }) => error === 'stopped');
  }

  fail(failure: Failure): void {
    this.failures.push(failure);
  }

  /** Takes over what another log has, but for what it counted as carried over. */
  add({ notes, failures, report }: TransferLog): void {
    for (const kind of ['lost', 'invalid', 'changed'] as const) this.notes[kind].push(...notes[kind]);
    this.failures.push(...failures);
    this.earlier.push(report);
  }

  private readonly earlier: Report[] = [];

  /** How many notes of a kind there are. */
  count(kind: NoteKind): number {
    return [this.report, ...this.earlier].reduce((sum, report) => sum + report.count(kind), 0);
  }

  /** How many notes there are of each kind and code. */
  get totals(): Report['totals'] {
    return [...this.earlier, this.report].flatMap(({ totals }) => totals);
  }
}
