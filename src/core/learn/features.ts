import { ROWS, type Sequence } from './chain';
import type { Known, OwnKnown } from './known';
import type { Tokens } from './tokens';

/** How often words are written, and how, over all texts of a corpus, tagged or not. */
export class WordCounts {
  private readonly counts = new Map<string, { all: number; capital: number; middle: number }>();

  add({ words, paragraphs }: Tokens): void {
    let paragraph = 0;
    for (const [i, word] of words.entries()) {
      if (i === paragraphs[paragraph + 1]) paragraph++;
      const key = word.toLowerCase();
      let count = this.counts.get(key);
      if (!count) this.counts.set(key, (count = { all: 0, capital: 0, middle: 0 }));
      count.all++;
      // After a sign, or at the beginning, a capital says nothing.
      if (i === paragraphs[paragraph] || !/^[\p{L}\p{N},]/u.test(words[i - 1]!)) continue;
      count.middle++;
      if (word !== key) count.capital++;
    }
  }

  /** In which share of its occurrences in mid-sentence a word has a capital, in fifths; -1 where there are none. */
  capitals(key: string): number {
    const { middle = 0, capital = 0 } = this.counts.get(key) ?? {};
    return middle === 0 ? -1 : Math.round((5 * capital) / middle);
  }

  /** How often a word occurs, as the logarithm to base 4. */
  frequency(key: string): number {
    return Math.round(Math.log2(1 + (this.counts.get(key)?.all ?? 0)) / 2);
  }
}

/** What a token is like, whatever was tagged: hashed once. */
export interface ArticleFeatures {
  readonly tokens: Tokens;
  /** The words in lower case. */
  readonly words: readonly string[];
  /** Rows of features, token by token, as in a {@link Sequence}. */
  readonly offsets: Int32Array;
  readonly rows: Uint16Array;
  /** Of which kind each feature is, where it may be asked why something was predicted. */
  readonly kinds?: Uint8Array;
}

/** How many other places of a word in its article are looked at. */
const ELSEWHERE = 4;

/** FNV-1a, then mixed with what kind of feature it is. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

function row(kind: number, a: number, b = 0): number {
  let h = Math.imul(a ^ Math.imul(kind, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + b, 0xc2b2ae35);
  return (h ^ (h >>> 16)) & (ROWS - 1);
}

/** A word as its kinds of characters, runs of three and more as three: `Xxx`, `ddd`, `X.`. */
function shapeOf(word: string): string {
  return Array.from(word, (c) =>
    /\p{Lu}/u.test(c) ? 'X' : /\p{Ll}/u.test(c) ? 'x' : /\p{N}/u.test(c) ? 'd' : /\p{L}/u.test(c) ? 'o' : c,
  )
    .join('')
    .replace(/(.)\1{2,}/gu, '$1$1$1');
}

/** @param hasKinds whether it may be asked why something was predicted */
export function featuresOf(tokens: Tokens, counts: WordCounts, hasKinds = false): ArticleFeatures {
  const words = tokens.words.map((word) => word.toLowerCase());
  const [lower, shapes] = [words.map(hash), tokens.words.map((word) => hash(shapeOf(word)))];
  const exact = tokens.words.map(hash);
  const places = new Map<string, number[]>();
  for (const [i, word] of tokens.words.entries()) {
    // Of words in small letters, neighbours say little, and there are many.
    if (word === words[i] && !tokens.inWords.has(i)) continue;
    const of = places.get(word);
    if (of) of.push(i);
    else places.set(word, [i]);
  }
  const offsets = new Int32Array(words.length + 1);
  const rows: number[] = [];
  const kinds: number[] = [];
  const NONE = hash('');
  let paragraph = 0;
  for (let i = 0; i < words.length; i++) {
    if (i === tokens.paragraphs[paragraph + 1]) paragraph++;
    const [from, to] = [tokens.paragraphs[paragraph]!, tokens.paragraphs[paragraph + 1]!];
    const at = (list: readonly number[], k: number) => (k >= from && k < to ? list[k]! : NONE);
    const word = words[i]!;
    const put = (kind: number, a: number, b = 0) => {
      rows.push(row(kind, a, b));
      if (hasKinds) kinds.push(kind);
    };
    put(1, 0);
    put(2, exact[i]!);
    put(3, lower[i]!);
    put(4, shapes[i]!);
    for (const [k, size] of [2, 3, 4].entries()) {
      if (word.length <= size) break;
      put(5 + k, hash(word.slice(0, size)));
      put(8 + k, hash(word.slice(-size)));
    }
    put(11, at(lower, i - 1));
    put(12, at(lower, i + 1));
    put(13, at(lower, i - 2));
    put(14, at(lower, i + 2));
    put(15, at(shapes, i - 1));
    put(16, at(shapes, i + 1));
    put(17, at(lower, i - 1), lower[i]);
    put(18, lower[i]!, at(lower, i + 1));
    put(19, at(shapes, i - 1), shapes[i]);
    put(20, shapes[i]!, at(shapes, i + 1));
    put(21, i === from ? 1 : 0, shapes[i]);
    put(22, counts.capitals(word) + 1, shapes[i]);
    put(23, counts.frequency(word), shapes[i]);
    const next = words[i + 1];
    if (next !== undefined && i + 1 < to) put(24, counts.capitals(next) + 1, shapes[i + 1]);
    if (i > from) put(25, counts.capitals(words[i - 1]!) + 1, shapes[i - 1]);
    const inWord = tokens.inWords.get(i);
    if (inWord !== undefined) {
      put(26, hash(inWord));
      put(27, at(lower, i - 2), at(lower, i - 1));
      put(28, at(lower, i + 1), at(lower, i + 2));
    }
    const elsewhere = places.get(tokens.words[i]!)?.filter((k) => k !== i) ?? [];
    for (const k of elsewhere.slice(0, ELSEWHERE)) {
      if (k > 0) put(29, lower[k - 1]!);
      if (k + 1 < lower.length) put(30, lower[k + 1]!);
    }
    offsets[i + 1] = rows.length;
  }
  const all = { tokens, words, offsets, rows: Uint16Array.from(rows) };
  return hasKinds ? { ...all, kinds: Uint8Array.from(kinds) } : all;
}

/**
 * The paragraphs of an article with all their features: what a token is like, and what is known of it.
 * @param without what the article itself said, where it was learned already: else the model would trust that blindly
 */
export function sequencesOf(
  { tokens: { paragraphs }, words, offsets, rows, kinds }: ArticleFeatures,
  known: Known,
  without?: OwnKnown,
): Sequence[] {
  /** Of each token, rows, with their kinds in the bits above them. */
  const labels = new Map<number, number[]>();
  const put = (token: number, kind: number, a: number, b?: number) => {
    const feature = row(kind, a, b) + kind * ROWS;
    const of = labels.get(token);
    if (of) of.push(feature);
    else labels.set(token, [feature]);
  };
  for (const { first, last, label } of known.matches(words, without)) {
    const form = hash(label);
    for (let i = first; i <= last; i++)
      put(i, 40, form, first === last ? 4 : i === first ? 1 : i === last ? 3 : 2);
  }
  for (const [i, word] of words.entries()) {
    const is = known.ofWord(word, without);
    if (!is) {
      put(i, 41, 0);
      continue;
    }
    const [label, share] = [hash(is.label), is.share];
    put(i, 42, label, share);
    if (i > 0) put(i - 1, 43, label, share);
    if (i + 1 < words.length) put(i + 1, 44, label, share);
  }
  return paragraphs.slice(0, -1).map((from, k) => {
    const to = paragraphs[k + 1]!;
    const [all, of]: [number[], number[]] = [[], []];
    const ends = new Int32Array(to - from + 1);
    for (let i = from; i < to; i++) {
      for (let f = offsets[i]!; f < offsets[i + 1]!; f++) {
        all.push(rows[f]!);
        if (kinds) of.push(kinds[f]!);
      }
      for (const feature of labels.get(i) ?? []) {
        all.push(feature % ROWS);
        if (kinds) of.push(Math.floor(feature / ROWS));
      }
      ends[i - from + 1] = all.length;
    }
    const sequence = { offsets: ends, rows: Uint16Array.from(all) };
    return kinds ? { ...sequence, kinds: Uint8Array.from(of) } : sequence;
  });
}
