import { about } from '../shared/report';
import type { Entity } from '../../core/model/entity';
import type { AnnotatedDocument } from '../shared/document';
import { fitTokens } from '../shared/fit-tokens';
import { FormatError, optionOf, type Format, type WriteContext } from '../shared/format';
import { fit } from '../shared/limits';
import { writeTags, type LabelledTokens, type TagScheme } from '../shared/tags';
import { tokenize, type Tokenizer } from '../shared/tokens';
import type { JsonObject } from '../shared/json';
import { CARRIED, unpackKept, type Kept } from './kept';
import { countPoints } from './token-places';
import { tagNamesFrom, tagsOf } from './tag-names';

/** What is written for a document, or for a sentence of it. */
export interface Item {
  readonly id: string | number | null;
  readonly document: string;
  readonly tokens: readonly string[];
  readonly ner_tags: readonly (string | number)[];
  /** Of each token, in code points of the text. */
  readonly offsets: readonly (readonly [number, number])[] | undefined;
  readonly text: string | undefined;
  /** Where the record is as it was read: its columns, and what those hold that this program does not know. */
  readonly kept?: { readonly columns: readonly string[]; readonly rest: JsonObject };
}

/** Makes records of documents. */
export class ItemMaker {
  /** What numbers stand for; `undefined` where tags are written as they are. */
  readonly tagNames: readonly string[] | undefined;
  private readonly scheme: TagScheme;
  private readonly tokenizer: Tokenizer;
  private readonly isBySentence: boolean;
  private readonly hasText: boolean;
  private readonly numbers: ReadonlyMap<string, number> | undefined;

  /** @throws FormatError where tags are to be numbers, and it is not known which */
  constructor(
    private readonly format: Format,
    private readonly context: WriteContext,
  ) {
    const option = (name: string) => optionOf(format, name, context.options);
    this.scheme = option('scheme') as TagScheme;
    this.tokenizer = option('tokenizer') as Tokenizer;
    this.isBySentence = option('unit') === 'sentence';
    this.hasText = option('text') === 'yes';
    if (option('tags') === 'strings') return;
    const labels = context.labels.map(({ name }) => name);
    this.tagNames = tagNamesFrom(option('tag-names'), labels, this.scheme);
    if (!this.tagNames) throw new FormatError('tag-names-needed', { file: format.id });
    this.numbers = new Map(this.tagNames.map((name, i) => [name, i]));
  }

  items(document: AnnotatedDocument): Item[] {
    const { name, index } = document;
    const { raw } = index;
    const { report } = this.context;
    const entities = fit(document, { id: CARRIED, limits: this.format.limits }, report).entities.filter(
      (entity) => this.isListed(entity, name),
    );
    const kept = this.keptOf(document, entities);
    const { places16, sentences } = kept
      ? { places16: kept.places16, sentences: kept.starts }
      : tokenize(raw, this.tokenizer);
    const count = places16.length / 2;
    const tokens = { places16, count, sentences };
    const spans = fitTokens(document, entities, tokens, { report, isFlat: true });
    const tags = writeTags(count, spans, this.scheme);
    const starts = kept?.starts ?? this.startsOf(sentences, spans);
    return starts.map((first, i): Item => {
      const end = starts[i + 1] ?? count;
      const from16 = i === 0 ? 0 : (places16[2 * first] ?? raw.length);
      const to16 = i + 1 === starts.length ? raw.length : (places16[2 * end] ?? raw.length);
      const own16 = places16.subarray(2 * first, 2 * end);
      const own = kept && { columns: kept.columns, rest: kept.rest[i]! };
      return {
        id: kept ? kept.ids[i]! : this.isBySentence ? `${name}#${i + 1}` : name,
        document: name,
        tokens: Array.from({ length: end - first }, (_, t) => raw.slice(own16[2 * t], own16[2 * t + 1])),
        ner_tags: tags.slice(first, end).map((tag) => this.numbers?.get(tag) ?? tag),
        offsets: this.hasText ? offsetsIn(raw, from16, own16) : undefined,
        text: this.hasText ? raw.slice(from16, to16) : undefined,
        ...(own && { kept: own }),
      };
    });
  }

  /** The first token of each record. None ends within an entity: no reader would put the halves together again. */
  private startsOf(sentences: readonly number[], spans: readonly LabelledTokens[]): readonly number[] {
    if (!this.isBySentence || sentences.length === 0) return [0];
    let next = 0;
    return sentences.filter((start) => {
      while (next < spans.length && spans[next]!.last < start) next++;
      return next === spans.length || spans[next]!.first >= start;
    });
  }

  /** Whether there are numbers for an entity's label, where tags are numbers. */
  private isListed(entity: Entity, document: string): boolean {
    const { numbers } = this;
    if (!numbers || tagsOf(entity.label, this.scheme).every((tag) => numbers.has(tag))) return true;
    this.context.report.entities--;
    this.context.report.add({ kind: 'lost', code: 'label-unlisted', document, ...about(entity) });
    return false;
  }

  /** How the records were, where they can be so again. */
  private keptOf(document: AnnotatedDocument, entities: readonly Entity[]): Kept | undefined {
    if (!Object.hasOwn(document.carried, CARRIED)) return undefined;
    const kept = unpackKept(document);
    const starts = (kept?.starts ?? []).slice(1).map((start) => kept!.places16[2 * start] ?? 0);
    let next = 0;
    /** How far those reach that begin before a record. */
    let reach = 0;
    const isCut = starts
      .map((start16) => document.index.toCodePoint(start16))
      .some((at) => {
        while (next < entities.length && entities[next]!.start < at)
          reach = Math.max(reach, entities[next++]!.end);
        return reach > at;
      });
    if (kept && !isCut) return kept;
    const code = kept ? 'carried' : 'carried-outdated';
    const values = { format: CARRIED, keys: 'records' };
    this.context.report.add({ kind: 'lost', code, document: document.name, values });
    return undefined;
  }
}

function offsetsIn(raw: string, from16: number, places16: Uint32Array): [number, number][] {
  const offsets: [number, number][] = [];
  let at16 = from16;
  let at = 0;
  for (let i = 0; i < places16.length; i += 2) {
    const start = at + countPoints(raw, at16, places16[i]!);
    at = start + countPoints(raw, places16[i]!, places16[i + 1]!);
    at16 = places16[i + 1]!;
    offsets.push([start, at]);
  }
  return offsets;
}
