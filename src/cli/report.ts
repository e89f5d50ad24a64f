import { closeSync, openSync } from 'node:fs';
import type { NoteCode } from '../formats/shared/note-codes';
import { Report, type Note } from '../formats/shared/report';
import { noteMessage, placeOf } from '../wording/notes';
import { totalMessage } from '../wording/totals';
import { inEnglish } from '../wording/translate';
import { Writer } from './staged';
import { writingTo } from './system-error';
import type { Target } from './staged';
import { say } from './terminal';

/** How many notes of one code are printed; a file given by `--report` has all. */
const MOST_PRINTED = 10;

/** Changes that a person may want otherwise, and the sentence says how. */
const PRINTED_CHANGES: ReadonlySet<NoteCode> = new Set(['annotations-unread', 'fields-guessed']);

/**
 * Whether something was left out that a person has to mend: in the source, or, for an entity without a certain place,
 * in the corpus. What a target cannot hold is another matter: that is what was asked for.
 */
function isToMend({ kind, code }: Pick<Note, 'kind' | 'code'>): boolean {
  return kind === 'invalid' || (kind === 'lost' && code === 'place-unknown');
}

/** What the exit codes of a conversion mean. @param done as `converted` */
export function exitCodesOf(done: string): string {
  return `0 ${done}; 1 ${done} but for what was left out, as it is invalid in the source or has no certain place, or, as is said then, nothing written: for an error or, with --strict, a loss`;
}

/** All notes, as JSON lines. */
class ReportFile {
  private readonly handle: number;
  private readonly writer: Writer;
  private isOpen = true;

  /** @throws TargetError where it cannot be written; so do its methods */
  constructor(private readonly file: string) {
    this.handle = writingTo(file, () => openSync(file, 'w'));
    this.writer = new Writer(this.handle);
  }

  add(note: Note): void {
    const line = JSON.stringify({ ...note, message: noteMessage(inEnglish, note) });
    writingTo(this.file, () => this.writer.write(`${line}\n`));
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      writingTo(this.file, () => this.writer.flush());
    } finally {
      closeSync(this.handle);
    }
  }
}

/** Prints what a person must know of a conversion to standard error, and all of it into a file as JSON lines. */
export class PrintedReport {
  readonly report = new Report((note) => this.tell(note));
  private readonly printed = new Map<NoteCode, number>();
  private readonly file: ReportFile | undefined;

  /**
   * @param file for all notes; none where it is `undefined`
   * @param isQuiet whether only what makes the exit code 1 is printed
   * @throws TargetError where the file cannot be written
   */
  constructor(
    file: string | undefined,
    private readonly isQuiet: boolean,
  ) {
    this.file = file === undefined ? undefined : new ReportFile(file);
  }

  private tell(note: Note): void {
    this.file?.add(note);
    const isUnsaid = note.kind === 'changed' && !PRINTED_CHANGES.has(note.code);
    if (isUnsaid || (this.isQuiet && !isToMend(note))) return;
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
  async finish(
    target: Pick<Target, 'commit' | 'abort'> | undefined,
    did: string,
    isStrict: boolean,
  ): Promise<number> {
    const { report } = this;
    // Where that cannot be written, nothing else is.
    this.close();
    const isInvalid = report.count('invalid') > 0;
    const isRefused = isStrict && (isInvalid || report.count('lost') > 0);
    if (isRefused) await target?.abort();
    const left = isRefused ? [] : ((await target?.commit()) ?? []);
    const { documents, entities, relations, totals } = report;
    if (!this.isQuiet || isRefused) {
      const what = [count(documents, 'document'), count(entities, 'entity', 'entities')];
      if (relations > 0) what.push(count(relations, 'relation'));
      say(`${isRefused ? 'Wrote nothing (--strict) of' : did} ${what.join(', ')}.`);
      for (const total of totals) say(`  ${totalMessage(inEnglish, total)}`);
    }
    if (isInvalid && !isRefused)
      say('What is invalid in the source was left out; the rest is whole. Exit code 1.');
    const isToPlace = totals.some((total) => total.kind === 'lost' && isToMend(total));
    if (isToPlace && !isRefused)
      say(
        'What has no certain place was left out; the rest is whole. Place it, and do it again. Exit code 1.',
      );
    tellLeft(left);
    return isRefused || isInvalid || isToPlace || left.length > 0 ? 1 : 0;
  }

  /** Brings the file of notes to its end, also where nothing else could be finished. */
  close(): void {
    this.file?.close();
  }
}

/** Says which files were left as they are, since another program changed them in the moment of writing. */
export function tellLeft(files: readonly string[]): void {
  for (const file of files)
    say(`${file} was changed by another program in that moment; it is left as it is. Do the same once more`);
}

/** `1 entity`, `2,000 entities`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
