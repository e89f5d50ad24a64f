/**
 * Runs of capitalised words, in scripts that have capitals: what is a name wherever nothing more is known. All offsets
 * are UTF-16 units.
 */
import { parseHeader } from './header';
import type { Range16, Side } from './words';

/** A run, "Bank of China's Board". */
export interface NameRun extends Range16 {
  /** What stands between small words and genitives: "Bank", "China" and "Board". */
  readonly parts: readonly Range16[];
}

const REST = '[\\p{L}\\p{M}\\p{N}]*';
/** `U.S.`, or a word with a capital, which may go on behind signs (O'Brien, Asia-Pacific, AT&T), but in no genitive. */
const CAPITALISED = new RegExp(
  `(?:(?:\\p{Lu}\\.){2,}|[\\p{Lu}\\p{Lt}]${REST}` +
    `(?:(?:[-&](?=[\\p{Lu}\\p{Lt}\\p{N}])|['’](?!s(?![\\p{L}\\p{N}]))(?=\\p{L}))${REST})*)`,
  'gu',
);
const OF_WORD = /[\p{L}\p{M}\p{N}]/u;
/** A number that goes with the word before it: Shenzhou 13, March 2F. */
const NUMBER = /[ \u00a0]\p{N}+(?:[.,]\p{N}+)*\p{L}?(?![\p{L}\p{M}\p{N}-])/uy;
/** Behind a year, another name begins: "in June 2022 Emma Iwao". */
const YEAR = /[ \u00a0][12]\d{3}$/;

/** What may stand between two words of a run: white space, with a full stop or a genitive before it or small words. */
const GAP =
  /^(?:(?<stop>\.)|(?<genitive>['’]s?))?[ \u00a0](?<small>(?:(?:of|for|de|da|do|das|dos|du|des|del|della|di|von|van|zu|zur|ter|ten|af|av|bin|ibn|ben|al|der|den)(?: the| l[ae]s?| los| der| den)? )*(?:(?:al|el|ul|ibn)-)?)$/;
const LONGEST_GAP = 24;
/** What a full stop within a run stands behind. */
const SHORTENED = /^(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Mt|Prof|Gen|Sen|Gov|Rep|Lt|Col|Capt|Sgt|Rev|Hon|Jr|Sr)$/u;
/** What stands before the first word of a line, of a sentence, or of what is quoted. */
const BEFORE_FIRST = /(?:[\r\n]|[.!?…:。！？][^\p{L}\p{N}]*\s)[^\p{L}\p{N}]*$|["“‘«„¿¡]$/u;
const LOOK_BEHIND = 24;

/** English words that often begin a sentence, as a short text may have them there only. */
const OPENING = new Set(
  (
    'a about above across after against all along also although among an and around as at because before behind ' +
    'below beside between both but by despite during each even every few for from he her here his how however i ' +
    'if in inside into it its last later like many meanwhile more most my near next no not now of off on one only ' +
    'or other our outside over per she since so some soon still such than that the their then there these they ' +
    'this those though through throughout to today towards under until upon we what when where whether which ' +
    'while who why with within without yet you your'
  ).split(' '),
);

interface Word extends Range16 {
  /** Without a number that goes with it. */
  readonly text: string;
  /** Whether it has its capital from the beginning of a sentence, for all that is known. */
  readonly isFirst: boolean;
}

/**
 * The names of a text, in order. A word that begins a sentence is none for that, but where it has its capital
 * elsewhere in the text, too. Costs as much as the text is long, so keep the result.
 */
export function nameRuns(text: string): NameRun[] {
  const words = capitalised(text);
  const common = commonNouns(text, words);
  const joints = words.map((word, i) => (i === 0 ? 'none' : jointOf(text, words[i - 1]!, word, common)));
  const isCommon = ({ text }: Word) => common.has(text.toLowerCase()) || OPENING.has(text.toLowerCase());
  const named = new Set<string>();
  words.forEach((word, i) => {
    const before = joints[i] === 'word' ? words[i - 1]! : undefined;
    const begins = !before || (before.isFirst && isCommon(before));
    if (begins && !word.isFirst && !OPENING.has(word.text.toLowerCase())) named.add(word.text);
  });
  const runs: NameRun[] = [];
  for (let from = 0, to = 1; from < words.length; from = to++) {
    const first = words[from]!;
    while (to < words.length && joints[to] !== 'none') to++;
    const isDropped = first.isFirst && !named.has(first.text) && (to === from + 1 || isCommon(first));
    const run = runOf(words, joints, isDropped ? from + 1 : from, to);
    // No initial alone, and not the English pronoun.
    const isLetter =
      run && run.end16 - run.start16 < 3 && /^\p{Lu}$/u.test(text.slice(run.start16, run.end16));
    if (run && !isLetter) runs.push(run);
  }
  return runs;
}

function runOf(
  words: readonly Word[],
  joints: readonly Joint[],
  from: number,
  to: number,
): NameRun | undefined {
  if (from === to) return undefined;
  const parts: Range16[] = [];
  for (let i = from, begin = from; i < to; i++) {
    if (i + 1 < to && joints[i + 1] !== 'part') continue;
    parts.push({ start16: words[begin]!.start16, end16: words[i]!.end16 });
    begin = i + 1;
  }
  return { start16: words[from]!.start16, end16: words[to - 1]!.end16, parts };
}

/** The words with a capital; but for the keys of the header. */
function capitalised(text: string): Word[] {
  const { entries, bodyStart16 } = parseHeader(text);
  const words: Word[] = [];
  for (const { 0: word, index: start16 } of text.matchAll(CAPITALISED)) {
    if (OF_WORD.test(text.charAt(start16 - 1))) continue;
    const isInHeader = start16 < bodyStart16;
    if (isInHeader && entries.some((key) => key.keyStart16 <= start16 && start16 < key.keyEnd16)) continue;
    NUMBER.lastIndex = start16 + word.length;
    const number = NUMBER.exec(text)?.[0] ?? '';
    const isFirst =
      (isInHeader && entries.some(({ valueStart16 }) => valueStart16 === start16)) ||
      isFirstAt(text, start16, isInHeader ? 0 : bodyStart16);
    words.push({ start16, end16: start16 + word.length + number.length, text: word, isFirst });
  }
  return words;
}

function isFirstAt(text: string, at16: number, bodyStart16: number): boolean {
  const isAfterWord = text.charAt(at16 - 1) === ' ' && OF_WORD.test(text.charAt(at16 - 2));
  if (isAfterWord && at16 > bodyStart16) return false;
  const from16 = Math.max(bodyStart16, at16 - LOOK_BEHIND);
  const before = text.slice(from16, at16);
  return BEFORE_FIRST.test(from16 === bodyStart16 ? `\n${before}` : before);
}

/** Those of the words, in lower case, that the text has in lower case, too. */
function commonNouns(text: string, words: readonly Word[]): Set<string> {
  const asked = new Set(
    words.flatMap((word) =>
      word.isFirst || /['’]/.test(text.charAt(word.end16)) ? word.text.toLowerCase() : [],
    ),
  );
  const found = new Set<string>();
  if (asked.size === 0) return found;
  const word = /\p{Ll}[\p{L}\p{M}]*/gu;
  for (let match = word.exec(text); match; match = word.exec(text))
    if (asked.has(match[0]) && !OF_WORD.test(text.charAt(match.index - 1))) found.add(match[0]);
  return found;
}

/** How two words stand to each other: those of a name may be parted, by a small word or a genitive. */
type Joint = 'none' | 'part' | 'word';

function jointOf(text: string, word: Word, next: Word, common: Set<string>): Joint {
  if (next.start16 - word.end16 > LONGEST_GAP) return 'none';
  if (YEAR.test(text.slice(word.end16 - 5, word.end16))) return 'none';
  const gap = GAP.exec(text.slice(word.end16, next.start16))?.groups;
  if (!gap) return 'none';
  if (gap.stop !== undefined) return SHORTENED.test(word.text) && gap.small === '' ? 'word' : 'none';
  // "People's Republic", but not "China's Jiangsu".
  if (gap.genitive !== undefined) return common.has(word.text.toLowerCase()) ? 'part' : 'none';
  return gap.small === '' ? 'word' : 'part';
}

/** How far, in UTF-16 units, the next name may be to which a range is widened. */
const REACH = 40;
const END_OF_SENTENCE = /[\r\n。！？]|[.!?…]["'”’»)\]]*\s/;

/**
 * A range that reaches to the next edge of a run at one side; without a side, to both edges of the run that it is in,
 * and where it has all of it, to the next at its end. The same range where there is none near in the sentence.
 * @param runs of the text, see {@link nameRuns}
 */
export function widenToRun(text: string, runs: readonly NameRun[], range: Range16, side?: Side): Range16 {
  const { start16, end16 } = range;
  if (side === 'start') {
    const next = runs[firstAfter(runs, (run) => run.start16 >= start16) - 1];
    return next && isNear(text, next.end16, start16) ? { start16: next.start16, end16 } : range;
  }
  const at = firstAfter(runs, (run) => run.end16 > end16);
  const next = runs[at];
  if (side === undefined) {
    const touched = runs.slice(firstAfter(runs, (run) => run.end16 >= start16));
    const first = touched[0] && touched[0].start16 <= end16 ? touched[0] : undefined;
    const last = next && next.start16 <= end16 ? next : runs[at - 1];
    const whole = first && {
      start16: Math.min(start16, first.start16),
      end16: Math.max(end16, last?.end16 ?? 0),
    };
    if (whole && (whole.start16 < start16 || whole.end16 > end16)) return whole;
  }
  return next && isNear(text, end16, next.start16) ? { start16, end16: next.end16 } : range;
}

function isNear(text: string, from16: number, to16: number): boolean {
  return to16 - from16 <= REACH && !END_OF_SENTENCE.test(text.slice(from16, to16));
}

/** The index of the first run that satisfies what all behind it do; their number where there is none. */
function firstAfter(runs: readonly NameRun[], isBehind: (run: NameRun) => boolean): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(runs[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
