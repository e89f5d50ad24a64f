import type { Entity } from '../../core/model/entity';
import { segmentsOf } from '../../core/segments';
import type { TextIndex } from '../../core/text';
import { sliced } from './utf8';

/** The tokens of a text, one after the other, none of white space. */
export interface Tokens {
  /** Token `i` is `[2 * i]` to `[2 * i + 1]`, in UTF-16 units of the text. */
  readonly places16: Uint32Array;
  readonly count: number;
  /** The numbers of the tokens with which a sentence begins. */
  readonly sentences: readonly number[];
}

/**
 * How a text is cut into tokens. `simple`: a run of letters, digits and marks is a token, and so is any other
 * character (a picture of several, such as a flag, is one) that is seen, and each character of a script that has no
 * spaces between words. `words`: Unicode text segmentation (UAX #29, `Intl.Segmenter`), which knows words of Chinese,
 * Japanese and Thai; some thirty times slower. Neither parts what a reader takes for one picture.
 *
 * A sentence ends with a line, or with `.`, `!`, `?` or one of their like before a capital letter or a script
 * without case, unless that is a full stop behind a single letter or one of a few abbreviations.
 */
export const TOKENIZERS = ['simple', 'words'] as const;
export type Tokenizer = (typeof TOKENIZERS)[number];

const UNKNOWN = 0;
const SPACE = 1;
const WORD = 2;
const SIGN = 3;
/** A word by itself, with the marks behind it. */
const ALONE = 4;
const MARK = 5;

const IS_WORD = /[\p{L}\p{N}\p{Pc}\p{Cf}]/u;
/** What joins the character before it to one (UAX #29): also signs of Thai, Lao and halfwidth Katakana, and tags of flags. */
const IS_MARK = /\p{M}|\u200c|\u200d|\u0e33|\u0eb3|\uff9e|\uff9f|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}]/u;
const IS_PICTURE = /\p{Extended_Pictographic}/u;
const IS_ALONE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The classes of characters below U+10000, found out when they are first met: all at once would take 60 ms. */
const classes = new Uint8Array(0x10000);

function classOf(code: number): number {
  if (code >= 0x10000) return classify(code);
  return classes[code] || (classes[code] = classify(code));
}

function classify(code: number): number {
  const char = String.fromCodePoint(code);
  if (/\s/.test(char) || code === 0xfeff) return SPACE;
  if (IS_MARK.test(char)) return MARK;
  if (IS_ALONE.test(char)) return ALONE;
  return IS_WORD.test(char) ? WORD : SIGN;
}

/** Cuts a text into tokens. @param text16 as it is, with whatever line endings */
export function tokenize(text16: string, tokenizer: Tokenizer = 'simple'): Tokens {
  // No text has more tokens than units.
  if (places.length < 2 * text16.length) places = new Uint32Array(4 * text16.length);
  const count = tokenizer === 'words' ? cutWords(text16) : cutSimply(text16);
  const places16 = places.slice(0, 2 * count);
  return { places16, count, sentences: findSentences(text16, places16) };
}

/** Where the places of one text after the other are gathered. */
let places = new Uint32Array(2 ** 16);

function cutSimply(text16: string): number {
  const { ascii } = sliced(text16);
  return ascii ? cutAscii(ascii, text16.length) : cutAny(text16);
}

/** As {@link cutAny}, and faster: in ASCII, nothing but words has several characters. */
function cutAscii(ascii: Uint8Array, length: number): number {
  const out = places;
  let next = 0;
  for (let at = 0; at < length;) {
    const kind = classOf(ascii[at]!);
    const start = at++;
    if (kind === SPACE) continue;
    if (kind === WORD) while (at < length && classOf(ascii[at]!) === WORD) at++;
    out[next++] = start;
    out[next++] = at;
  }
  return next / 2;
}

function cutAny(text16: string): number {
  const { length } = text16;
  let kind = UNKNOWN;
  let count = 0;
  /** Whether the token is half of a flag. */
  let isHalf = false;
  for (let at16 = 0; at16 < length;) {
    const unit = text16.charCodeAt(at16);
    const code = unit >= 0xd800 && unit < 0xdc00 ? text16.codePointAt(at16)! : unit;
    const next = classOf(code);
    const end16 = at16 + (code > 0xffff ? 2 : 1);
    const isIndicator = code >= 0x1f1e6 && code <= 0x1f1ff;
    const isGlued = () =>
      text16.charCodeAt(at16 - 1) === 0x200d && IS_PICTURE.test(String.fromCodePoint(code));
    // What joins the token before it: a mark, a letter behind a letter, and what makes one picture with it.
    const joins: boolean =
      kind > SPACE &&
      (next === MARK ||
        (next === WORD && kind === WORD) ||
        (next === SIGN && kind === SIGN && ((isIndicator && isHalf) || isGlued())));
    isHalf = isIndicator && !joins;
    if (joins) places[2 * count - 1] = end16;
    else {
      if (next !== SPACE) {
        places[2 * count] = at16;
        places[2 * count + 1] = end16;
        count++;
      }
      kind = next === MARK ? SIGN : next;
    }
    at16 = end16;
  }
  return count;
}

function cutWords(text16: string): number {
  let count = 0;
  for (const { segment, index } of segmentsOf(text16, 'word')) {
    if (segment.trim() === '') continue;
    places[2 * count] = index;
    places[2 * count + 1] = index + segment.length;
    count++;
  }
  return count;
}

const ENDS = unitsOf('.!?…。！？｡．؟।');
const CLOSES = unitsOf('"\'’”»›)]}」』】）');
const FULL_STOP = 0x2e;
const OPENS_SENTENCE = /^["'‘“„«‹([{「『【（]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const ABBREVIATION = /^(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Sen|Rep|Gov|No|vs|etc|Inc|Ltd|Co|Corp)$/u;

function unitsOf(signs: string): ReadonlySet<number> {
  return new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
}

function findSentences(text16: string, places16: Uint32Array): number[] {
  const sentences: number[] = [];
  const token = (i: number) => text16.slice(places16[2 * i], places16[2 * i + 1]);
  /** Whether a sign that ends a sentence was met, and only closing signs since. */
  let isEnded = false;
  for (let i = 0; 2 * i < places16.length; i++) {
    const from16 = i === 0 ? 0 : places16[2 * i - 1]!;
    const start16 = places16[2 * i]!;
    if (i === 0 || hasLineEnd(text16, from16, start16)) {
      sentences.push(i);
      isEnded = false;
    } else if (isEnded && start16 > from16 && OPENS_SENTENCE.test(text16.slice(start16, start16 + 4))) {
      sentences.push(i);
      isEnded = false;
    }
    const unit = text16.charCodeAt(start16);
    const isSign = places16[2 * i + 1]! - start16 === 1 && classOf(unit) === SIGN;
    if (!isSign) isEnded = false;
    else if (ENDS.has(unit))
      isEnded = unit !== FULL_STOP || start16 > from16 || i === 0 || !ABBREVIATION.test(token(i - 1));
    else if (!CLOSES.has(unit)) isEnded = false;
    // Chinese and Japanese have no space behind a sentence.
    if (isEnded && /[。！？｡]/.test(text16[start16]!) && opensNext(text16, places16, i)) {
      sentences.push(i + 1);
      isEnded = false;
    }
  }
  return sentences;
}

function hasLineEnd(text16: string, from16: number, to16: number): boolean {
  for (let at16 = from16; at16 < to16; at16++) {
    const unit = text16.charCodeAt(at16);
    if (unit === 0x0a || unit === 0x0d) return true;
  }
  return false;
}

function opensNext(text16: string, places16: Uint32Array, i: number): boolean {
  const [end16, next16] = [places16[2 * i + 1]!, places16[2 * i + 2]];
  if (next16 === undefined || hasLineEnd(text16, end16, next16)) return false;
  return next16 > end16 ? false : classOf(text16.charCodeAt(next16)) === ALONE;
}

/** The tokens of a text that was made of tokens: each stands between white space, a sentence on a line. */
export function splitAtSpaces(raw: string): Tokens {
  const places: number[] = [];
  const sentences: number[] = [];
  let from16 = 0;
  for (const { 0: token, index: start16 } of raw.matchAll(/\S+/g)) {
    if (places.length === 0 || /[\r\n]/.test(raw.slice(from16, start16))) sentences.push(places.length / 2);
    places.push(start16, start16 + token.length);
    from16 = start16 + token.length;
  }
  return { places16: Uint32Array.from(places), count: places.length / 2, sentences };
}

/** An entity in tokens: `[first, last]`, both included. */
export interface TokenSpan {
  readonly entity: Entity;
  readonly first: number;
  readonly last: number;
  /** Whether the entity begins and ends with a token; else these are the tokens that it shares characters with. */
  readonly isExact: boolean;
}

/**
 * Entities in tokens. Those that share no character with any token are left out.
 * @param entities in the sidecar's order
 */
export function toTokens(
  entities: readonly Entity[],
  { places16, count }: Tokens,
  index: TextIndex,
): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let next = 0;
  for (const entity of entities) {
    const [start16, end16] = [index.toUtf16(entity.start), index.toUtf16(entity.end)];
    while (next < count && places16[2 * next + 1]! <= start16) next++;
    if (next === count || places16[2 * next]! >= end16) continue;
    let last = next;
    while (last + 1 < count && places16[2 * last + 2]! < end16) last++;
    const isExact = places16[2 * next] === start16 && places16[2 * last + 1] === end16;
    spans.push({ entity, first: next, last, isExact });
  }
  return spans;
}
