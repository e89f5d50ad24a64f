import type { Entity } from '../../core/model/entity';
import type { Span } from '../../core/text';
import { FIELDS, type Field } from './entity-fields';
import type { NoteCode } from './note-codes';

/**
 * What became of something that was converted: `changed`, it was carried over as something else; `lost`, the
 * target cannot hold it; `invalid`, the source is wrong there and that piece of it was left out.
 */
export type NoteKind = 'changed' | 'lost' | 'invalid';

/** One thing that a person must know of a conversion. */
export interface Note {
  readonly kind: NoteKind;
  readonly code: NoteCode;
  /** The name of the document, where it is about one. */
  readonly document?: string | undefined;
  /** In code points of the document's text. */
  readonly span?: Span | undefined;
  readonly label?: string | undefined;
  readonly text?: string | undefined;
  /** The place in the file that was read; lines and columns (UTF-16) are counted from 1. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What the sentence needs besides. */
  readonly values?: Readonly<Record<string, string>> | undefined;
}

/** How much of a kind and code there is: notes, or what they count; of code `field`, how many entities lose one. */
export interface Total {
  readonly kind: NoteKind;
  readonly code: NoteCode;
  readonly field?: Field;
  readonly count: number;
}

/** A note of these stands for as many as its value `count` says. */
const COUNTING: ReadonlySet<NoteCode> = new Set([
  'annotations-kept',
  'annotations-unread',
  'article-missing',
  'character',
  'columns-differ',
  'comments-kept',
  'config-section',
  'layer-kept',
  'markup-skipped',
  'tag-begins-late',
  'tag-unknown',
  'tags-kept',
  'token-spaced',
  'view-kept',
] satisfies NoteCode[]);

/**
 * Ends every import and export: what was carried over, and each thing that was not, or not as it was. It
 * counts, and tells of each note at once, so that it needs no more memory for a larger corpus.
 */
export class Report {
  documents = 0;
  entities = 0;
  relations = 0;
  private readonly counts = new Map<NoteKind, Map<NoteCode, number>>();
  /** What notes stand for, by kind and code, where that is not one each. */
  private readonly amounts = new Map<string, number>();
  /** How many entities lose a field. */
  private readonly fields = new Map<Field, number>();

  /** @param tell is called with every note, in the order in which they come */
  constructor(private readonly tell: (note: Note) => void = () => undefined) {}

  add(note: Note): void {
    const counts = this.counts.get(note.kind) ?? new Map<NoteCode, number>();
    this.counts.set(note.kind, counts);
    counts.set(note.code, (counts.get(note.code) ?? 0) + 1);
    if (COUNTING.has(note.code)) {
      const key = `${note.kind} ${note.code}`;
      this.amounts.set(key, (this.amounts.get(key) ?? 0) + Number(note.values?.count ?? 1));
    }
    if (note.code === 'field')
      for (const field of fieldsIn(note)) this.fields.set(field, (this.fields.get(field) ?? 0) + 1);
    this.tell(note);
  }

  /** How many notes of a kind there are, or of a kind and code. */
  count(kind: NoteKind, code?: NoteCode): number {
    const counts = this.counts.get(kind);
    if (code !== undefined) return counts?.get(code) ?? 0;
    return [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  /** What there is of each kind and code. */
  get totals(): readonly Total[] {
    return [...this.counts].flatMap(([kind, counts]) =>
      [...counts].flatMap(([code, count]): Total[] =>
        code === 'field'
          ? [...this.fields].map(([field, count]) => ({ kind, code, field, count }))
          : [{ kind, code, count: this.amounts.get(`${kind} ${code}`) ?? count }],
      ),
    );
  }
}

/** The fields that a note says are lost. Any other name is that of an attribute. */
function fieldsIn({ values = {} }: Note): ReadonlySet<Field> {
  const names = (values.fields ?? '').split(', ');
  return new Set(names.map((name) => FIELDS.find((field) => field === name) ?? 'attributes'));
}

/** The offsets of a span as its file says them, for a note. */
export function saidOffsets({ start, end }: Span): Record<'start' | 'end', string> {
  return { start: String(start), end: String(end) };
}

/** What a note says of an entity that it is about. */
export function about({ start, end, label, text }: Entity): Pick<Note, 'span' | 'label' | 'text'> {
  return { span: { start, end }, label, text };
}
