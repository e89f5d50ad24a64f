import { closeSync, openSync, writeSync } from 'node:fs';
import type { NoteCode } from '../core/interchange/note-codes';
import { Report, type Note } from '../core/interchange/report';
import { noteMessage, placeOf, totalMessage } from '../wording/notes';
import { inEnglish } from '../wording/translate';
import type { Target } from './target';
import { say } from './terminal';

/** How many notes of one code are printed; a file given by `--report` has all. */
const MOST_PRINTED = 10;

/** Prints what a person must know of a conversion to standard error, and all of it into a file as JSON lines. */
export class PrintedReport {
  readonly report = new Report((note) => this.tell(note));
  private readonly printed = new Map<NoteCode, number>();
  private readonly handle: number | undefined;

  /** @param file for all notes; none where it is `undefined` */
  constructor(
    file: string | undefined,
    private readonly isQuiet: boolean,
  ) {
    this.handle = file === undefined ? undefined : openSync(file, 'w');
  }

  private tell(note: Note): void {
    if (this.handle !== undefined)
      writeSync(this.handle, JSON.stringify({ ...note, message: noteMessage(inEnglish, note) }) + '\n');
    if (this.isQuiet || note.kind === 'changed') return;
    const count = (this.printed.get(note.code) ?? 0) + 1;
    this.printed.set(note.code, count);
    if (count <= MOST_PRINTED) say(`${placeOf(note)}: ${note.kind}: ${noteMessage(inEnglish, note)}`);
    else if (count === MOST_PRINTED + 1) say(`… more of “${note.code}”; --report FILE has all`);
  }

  /**
   * Commits what was written, or nothing where something was lost and that is an error, and says what was done.
   * @param did as `Converted`
   * @returns the exit code
   */
  finish(target: Pick<Target, 'commit' | 'abort'> | undefined, did: string, isStrict: boolean): number {
    const { report } = this;
    const isRefused = isStrict && report.count('lost') + report.count('invalid') > 0;
    if (isRefused) target?.abort();
    else target?.commit();
    const { documents, entities, relations, totals } = report;
    const what = [count(documents, 'document'), count(entities, 'entity', 'entities')];
    if (relations > 0) what.push(count(relations, 'relation'));
    if (!this.isQuiet) {
      say(`${isRefused ? 'Wrote nothing (--strict) of' : did} ${what.join(', ')}.`);
      for (const total of totals) say(`  ${totalMessage(inEnglish, total)}`);
    }
    if (this.handle !== undefined) closeSync(this.handle);
    return isRefused ? 1 : 0;
  }
}

/** `1 entity`, `2,000 entities`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
