import type { Entity, Plain } from '../../../core/model/entity';
import type { TextIndex } from '../../../core/text';
import type { AnnotatedDocument } from '../document';
import { isCount, isObject, type Json, type JsonObject } from '../json';
import type { TextOffsets } from '../offsets';
import { about, type Report } from '../report';
import { tokenize, type Tokenizer, type Tokens } from '../tokens';

/** What Python takes for white space and JavaScript does not. */
// eslint-disable-next-line no-control-regex
const PYTHON_SPACE = /^[\u001c-\u001f\u0085]$/;

/**
 * Tokens of a document as spaCy would have them, cut where an entity begins or ends, which is reported.
 * @param entities what is to be whole tokens
 */
export function cutTokens(
  document: AnnotatedDocument,
  entities: readonly Entity[],
  tokenizer: Tokenizer,
  report: Report,
): Tokens {
  const { raw } = document.index;
  const tokens = tokenize(raw, tokenizer);
  return coverWithTokens(raw, tokens, cutsFor(document, entities, tokens, report));
}

/**
 * Tokens as spaCy has them (https://spacy.io/api/doc#from_json rebuilds the text of them): a space belongs to
 * the token before it, any other run of white space is a token of its own.
 * @param cuts16 where a token is to end, if it does not, in UTF-16 units
 */
function coverWithTokens(raw: string, tokens: Tokens, cuts16: ReadonlySet<number>): Tokens {
  const places: number[] = [];
  const sentences: number[] = [];
  const starts = new Set(tokens.sentences);
  let at16 = 0;
  let opensSentence = false;
  const fillTo = (end16: number) => {
    if (at16 < end16 && places.length > 0 && raw[at16] === ' ') at16++;
    if (at16 < end16) places.push(at16, end16);
    at16 = end16;
  };
  for (let i = 0; i < tokens.count; i++) {
    const [start16, end16] = [tokens.places16[2 * i]!, tokens.places16[2 * i + 1]!];
    opensSentence ||= starts.has(i);
    if (PYTHON_SPACE.test(raw.slice(start16, end16))) continue;
    fillTo(start16);
    if (opensSentence) sentences.push(sentences.length === 0 ? 0 : places.length / 2);
    opensSentence = false;
    for (let cut16 = start16 + 1; cut16 <= end16; cut16++) {
      if (cut16 < end16 && !cuts16.has(cut16)) continue;
      places.push(at16, cut16);
      at16 = cut16;
    }
  }
  fillTo(raw.length);
  return { places16: Uint32Array.from(places), count: places.length / 2, sentences };
}

/** The ends of entities within tokens, in UTF-16 units; each entity that has one is reported. */
function cutsFor(
  { name, index }: AnnotatedDocument,
  entities: readonly Entity[],
  { places16 }: Tokens,
  report: Report,
): Set<number> {
  const cuts16 = new Set<number>();
  for (const entity of entities) {
    const inside = [index.toUtf16(entity.start), index.toUtf16(entity.end)].filter((at16) => {
      const token = 2 * lastTokenFrom(places16, at16);
      return token >= 0 && places16[token]! < at16 && at16 < places16[token + 1]!;
    });
    if (inside.length === 0) continue;
    for (const at16 of inside) cuts16.add(at16);
    report.add({ kind: 'changed', code: 'token-cut', document: name, ...about(entity) });
  }
  return cuts16;
}

/** The last token that begins at a place or before it; -1 where there is none. */
function lastTokenFrom(places16: Uint32Array, at16: number): number {
  let [low, high] = [0, places16.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places16[2 * middle]! <= at16) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Tokens as records have them, and what places them in the text. */
interface Text {
  readonly index: TextIndex;
  readonly offsets: TextOffsets;
}

/** What follows of where a token is: it need not be carried. */
function derived(key: string, i: number, start16: number, end16: number, raw: string): Json | undefined {
  if (key === 'id') return i;
  if (key === 'text') return raw.slice(start16, end16);
  if (key === 'ws') return raw[end16] === ' ';
  return undefined;
}

/** Tokens as a record has them. @param keys which of `id`, `text`, `start`, `end` and `ws`, in this order */
export function listTokens(
  { places16, count }: Tokens,
  { index, offsets }: Text,
  keys: readonly string[],
): readonly JsonObject[] {
  return Array.from({ length: count }, (_, i) => {
    const [start16, end16] = [places16[2 * i]!, places16[2 * i + 1]!];
    const value = (key: string) => {
      if (key === 'start') return offsets.fromUtf16(start16);
      if (key === 'end') return offsets.fromUtf16(end16);
      return derived(key, i, start16, end16, index.raw);
    };
    return Object.fromEntries(keys.map((key) => [key, value(key)]));
  });
}

/**
 * The tokens of a record as columns, without what follows of their places (which is `null`).
 * Those that have not all the same keys stay a list.
 * @returns `undefined` where they are no tokens of the text in their order
 */
export function foldTokens(
  list: readonly Json[],
  text: Text,
): { columns: Plain; isPlain: boolean } | undefined {
  const [first] = list;
  if (!isObject(first)) return undefined;
  const keys = Object.keys(first);
  const signature = keys.join('\n');
  const places = placesOf(list, text);
  if (!places) return undefined;
  if (list.some((token) => Object.keys(token as JsonObject).join('\n') !== signature))
    return { columns: list as Plain, isPlain: false };
  const { raw } = text.index;
  const columns = keys.map((key) => {
    const values = list.map((token) => (token as JsonObject)[key] as Plain);
    const follows = values.every(
      (value, i) => value === derived(key, i, places[2 * i]!, places[2 * i + 1]!, raw),
    );
    return [key, follows ? null : values] as const;
  });
  const isPlain = columns.every(([key, values]) => key === 'start' || key === 'end' || values === null);
  return { columns: Object.fromEntries(columns), isPlain };
}

/** The tokens that were folded, and their places. @returns `undefined` where these are none of this text */
export function unfoldTokens(
  folded: Json | undefined,
  text: Text,
): { list: readonly JsonObject[]; tokens: Tokens } | undefined {
  if (Array.isArray(folded)) {
    const places = placesOf(folded as readonly Json[], text);
    const tokens = places && { places16: places, count: places.length / 2, sentences: [] };
    return tokens && { list: folded as readonly JsonObject[], tokens };
  }
  if (!isObject(folded) || !Array.isArray(folded.start)) return undefined;
  const columns = Object.entries(folded) as [string, Json][];
  const { length } = folded.start as readonly Json[];
  if (columns.some(([, values]) => values !== null && !(Array.isArray(values) && values.length === length)))
    return undefined;
  const value = (values: Json, i: number) => (values as readonly Json[])[i]!;
  const bare = Array.from({ length }, (_, i): JsonObject => ({
    start: value(folded.start!, i),
    end: Array.isArray(folded.end) ? value(folded.end as Json, i) : undefined,
  }));
  const places16 = placesOf(bare, text);
  if (!places16) return undefined;
  const { raw } = text.index;
  const list = bare.map((_, i) =>
    Object.fromEntries(
      columns.map(([key, values]) => [
        key,
        values === null ? derived(key, i, places16[2 * i]!, places16[2 * i + 1]!, raw) : value(values, i),
      ]),
    ),
  );
  return { list, tokens: { places16, count: length, sentences: [] } };
}

/** The places of tokens in UTF-16 units; `undefined` where one is not behind the one before it. */
function placesOf(list: readonly Json[], { offsets }: Text): Uint32Array | undefined {
  const places: number[] = [];
  let last = 0;
  for (const token of list) {
    const { start, end } = isObject(token) ? token : {};
    if (!isCount(start) || !isCount(end) || start < last || end <= start || end > offsets.length)
      return undefined;
    places.push(offsets.toUtf16(start), offsets.toUtf16(end));
    last = end;
  }
  return Uint32Array.from(places);
}
