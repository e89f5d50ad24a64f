import type { AnnotatedDocument } from '../core/interchange/document';
import type { Context, Output, Serializer } from '../core/interchange/format';
import { formatById } from '../core/interchange/formats';
import { Report, type Note } from '../core/interchange/report';
import { isInShard, type Shard } from '../core/interchange/shards';
import type { Label } from '../core/labels';

/** Where documents come from. */
export interface Documents<Item = never> {
  /** All of them, in their order. What it cannot give, it reports. */
  all(context: Context): AsyncIterable<AnnotatedDocument>;
  /** How to read them in parts; not there where one cannot be read without those before it. */
  readonly parts?: DocumentsInParts<Item> | undefined;
}

/** Documents that are read in parts, in either thread. */
export interface DocumentsInParts<Item> {
  /** What reads and writes them in the second thread (see `WORKERS`), and what it is about besides the writing. */
  readonly worker: 'files' | 'articles';
  readonly about: object;
  /** What they are read from, as it goes from thread to thread. @throws Error where they must be read in order */
  items(): Iterable<Item>;
  read(items: readonly Item[], context: Context): AsyncIterable<AnnotatedDocument>;
  /** What was counted besides since it was asked for last. */
  takeCounts(): readonly number[];
  /** Takes over what was counted in a part. */
  addCounts(counts: readonly number[]): void;
  /** Whether what was counted in all parts is as it should be; else they must be read in order. */
  readonly isSound: boolean;
}

/** How documents are written, as it goes from thread to thread. */
export interface PartWriting {
  /** The id of the format. */
  readonly to: string;
  readonly options: Context['options'];
  readonly labels: readonly Label[];
  readonly shard: Shard | undefined;
}

/** What is written of documents, and what is told of them. */
export interface WrittenPart {
  readonly content: Uint8Array;
  readonly notes: readonly Note[];
  /** How many documents were read. */
  readonly read: number;
  /** See `Report`. */
  readonly documents: number;
  readonly entities: number;
  readonly relations: number;
  /** See {@link DocumentsInParts.takeCounts}. */
  readonly counts: readonly number[];
}

/** How much is written of a part at most, in bytes: what is larger is written in order, so that little is held. */
const MOST = 2 ** 23;

/** Reads and writes documents in parts, in either thread, each without regard to the others. */
export class DocumentParts<Item> {
  private notes: Note[] = [];
  /** What is written of the part, and how much of this that is, in bytes. */
  private gathered = new Uint8Array(2 ** 16);
  private length = 0;
  private readonly context: Context;
  private readonly serializer: Serializer;

  constructor(
    private readonly documents: Pick<DocumentsInParts<Item>, 'read' | 'takeCounts'>,
    private readonly writing: PartWriting,
  ) {
    const { to, options, labels } = writing;
    this.context = { report: new Report((note) => this.notes.push(note)), options };
    this.serializer = formatById(to)!.serialize({ ...this.context, labels });
  }

  /** @returns `undefined` where these and all behind them must be written in order, whatever the reason is */
  async write(items: readonly Item[]): Promise<WrittenPart | undefined> {
    const { context, serializer } = this;
    const { report } = context;
    this.length = 0;
    let read = 0;
    try {
      for await (const document of this.documents.read(items, context)) {
        read++;
        const pieces = await piecesOf(document, serializer, report, this.writing.shard);
        for (const { content } of pieces) this.gather(content);
        if (serializer.isApart !== true || this.length > MOST) return undefined;
      }
    } catch {
      // In order, it happens again, in its turn.
      return undefined;
    }
    const { notes } = this;
    const { documents, entities, relations } = report;
    this.notes = [];
    report.documents = report.entities = report.relations = 0;
    const content = this.gathered.slice(0, this.length);
    return { content, notes, read, documents, entities, relations, counts: this.documents.takeCounts() };
  }

  private gather(content: Output['content']): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const length = this.length + bytes.length;
    if (length > this.gathered.length) {
      const { gathered } = this;
      this.gathered = new Uint8Array(2 * length);
      this.gathered.set(gathered.subarray(0, this.length));
    }
    this.gathered.set(bytes, this.length);
    this.length = length;
  }
}

/** What is written of a document; nothing, where it is in another shard. */
export async function piecesOf(
  one: AnnotatedDocument,
  serializer: Serializer,
  report: Report,
  shard: Shard | undefined,
  onWritten: (document: AnnotatedDocument) => void = () => undefined,
): Promise<Iterable<Output>> {
  const document = inOneText(one, report);
  if (shard && !isInShard(document.name, shard)) {
    serializer.see?.(document);
    return [];
  }
  onWritten(document);
  return serializer.document(document);
}

/** A document as formats hold it, which know no layers: that of an annotator is one of its own, which is told. */
function inOneText(document: AnnotatedDocument, report: Report): AnnotatedDocument {
  const { layer, name } = document;
  if (!layer) return document;
  report.add({ kind: 'changed', code: 'layer-apart', document: name, values: { layer } });
  return { ...document, name: `${name}.${layer}` };
}
