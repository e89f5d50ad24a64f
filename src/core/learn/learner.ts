import type { Entity } from '../model/entity';
import { Random } from '../random';
import type { Span, TextIndex } from '../text';
import { Chain, tagSpan, type Sequence, type Tags } from './chain';
import { addConflicts, groupLabels, type LabelledSpan } from './chains';
import { featuresOf, sequencesOf, WordCounts, type ArticleFeatures } from './features';
import { Known, ownKnown, type OwnKnown } from './known';
import { reasonsOf, type Reason } from './reasons';
import { tokenize, type Tokens } from './tokens';

/** Which share of features does not count in a step: what makes probabilities those of what happens. */
const DROPOUT = 0.3;
/** How often a new article is learned at once. */
const FRESH = 4;
/** A token without a label that is one with at least this probability may be one that is not tagged yet. */
const DOUBT = 0.15;
/** From this probability on a span is a candidate. */
export const LEAST = 0.02;
/** From this probability on a candidate is predicted: what is more than that raises precision less than it costs recall. */
export const LIKELY = 0.35;

/** A span that may be an entity, in code points, and how probable that is. */
export interface Prediction {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly probability: number;
  /** What spoke most for it, the most first, where that was asked and it is likely. */
  readonly reasons?: readonly Reason[];
}

/** An article that was learned, and what it said. */
interface Learned {
  readonly features: ArticleFeatures;
  readonly spans: readonly LabelledSpan[];
  readonly own: OwnKnown;
}

/** A paragraph with its tags, for one chain. */
interface Lesson {
  readonly chain: Chain;
  readonly sequence: Sequence;
  readonly gold: Tags;
}

/**
 * Learns entities from articles, one after the other, and predicts them in others. The same articles in the same order
 * give the same model, bit for bit. Pure, and without a clock: whoever calls it shares the time.
 */
export class Learner {
  private readonly known = new Known();
  private readonly learned: Learned[] = [];
  private readonly labels = new Set<string>();
  private readonly conflicts = new Map<string, Set<string>>();
  private groups: string[][] = [];
  private chains: Chain[] = [];
  private readonly random = new Random(1);

  /** @param counts of words, of which several may know */
  constructor(private readonly counts = new WordCounts()) {}

  /** Counts the words of a text of the corpus, tagged or not. Before it is first learned from. */
  read(index: TextIndex): void {
    this.counts.add(tokenize(index));
  }

  /**
   * What the words of an article are like, as {@link predict} and {@link learn} ask for it.
   * @param isAsked whether reasons are wanted of what is predicted
   */
  featuresOf(index: TextIndex, isAsked = false): ArticleFeatures {
    return featuresOf(tokenize(index), this.counts, isAsked);
  }

  /** What may be an entity in an article, in text order. */
  predict(features: ArticleFeatures): Prediction[] {
    const { paragraphs, starts, ends } = features.tokens;
    const found: Prediction[] = [];
    for (const [k, sequence] of sequencesOf(features, this.known).entries())
      for (const [c, chain] of this.chains.entries())
        for (const candidate of chain.candidates(sequence, LEAST, 1 - DROPOUT)) {
          const { label, probability } = candidate;
          const [first, last] = [paragraphs[k]! + candidate.first, paragraphs[k]! + candidate.last];
          const isAsked = sequence.kinds && probability >= LIKELY;
          found.push({
            ...{ start: starts[first]!, end: ends[last]!, label: this.groups[c]![label]!, probability },
            ...(isAsked && {
              reasons: reasonsOf(
                features,
                { first, last },
                this.known,
                sequence,
                chain.gains(sequence, candidate),
              ),
            }),
          });
        }
    return found.sort((a, b) => a.start - b.start || b.end - a.end || b.probability - a.probability);
  }

  /** Whether entities with two labels cannot share text, by what was learned. */
  isEither(a: string, b: string): boolean {
    return this.groups.some((labels) => labels.includes(a) && labels.includes(b));
  }

  /** Whether the words of a span are known, and none of them was in an entity. */
  isNeverIn({ tokens: { starts, ends }, words }: ArticleFeatures, { start, end }: Span): boolean {
    return words.every(
      (word, i) => ends[i]! <= start || starts[i]! >= end || this.known.ofWord(word)?.label === '',
    );
  }

  /** Learns what is tagged in an article. Entities in several parts, and such as begin or end within a word, say nothing. */
  learn(features: ArticleFeatures, entities: readonly Entity[]): void {
    const spans = spansOf(features.tokens, entities);
    const article = { features, spans, own: ownKnown(features.words, spans) };
    const isNewLabel = spans.some(({ label }) => !this.labels.has(label));
    for (const { label } of spans) this.labels.add(label);
    if (addConflicts(this.conflicts, spans) || isNewLabel) this.regroup();
    const lessons = this.lessonsOf(article, false);
    for (let pass = 0; pass < FRESH; pass++) this.teach(lessons, pass);
    this.learned.push(article);
    this.known.add(article.own);
  }

  /** Learns one of the articles once more, as if by chance: what came later may tell more of what came before. */
  replay(): void {
    const article = this.learned[this.random.below(this.learned.length)];
    if (article) this.teach(this.lessonsOf(article, true), 1);
  }

  /** Where labels are new, or nest in others than before, what was learned goes into other chains: from the beginning. */
  private regroup(): void {
    const groups = groupLabels(this.labels, this.conflicts);
    if (JSON.stringify(groups) === JSON.stringify(this.groups)) return;
    this.groups = groups;
    this.chains = groups.map(({ length }) => new Chain(length));
    for (let pass = 0; pass < 2; pass++)
      for (const article of this.learned) this.teach(this.lessonsOf(article, true), pass);
  }

  /** What an article teaches each chain. @param isKnown whether what is known has the article's own entities in it */
  private lessonsOf({ features, spans, own }: Learned, isKnown: boolean): Lesson[] {
    const { paragraphs } = features.tokens;
    const sequences = sequencesOf(features, this.known, isKnown ? own : undefined);
    return this.chains.flatMap((chain, c) => {
      const numbers = new Map(this.groups[c]!.map((label, number) => [label, number]));
      const tags = new Uint16Array(features.words.length);
      // The longest first: one in another of its own label is left out.
      for (const { first, last, label } of spans) {
        const number = numbers.get(label);
        if (number !== undefined && tags.subarray(first, last + 1).every((tag) => tag === 0))
          tagSpan(tags, first, last, number);
      }
      return sequences.map((sequence, k) => {
        const gold = tags.subarray(paragraphs[k], paragraphs[k + 1]);
        return { chain, sequence, gold };
      });
    });
  }

  private teach(lessons: readonly Lesson[], pass: number): void {
    for (const { chain, sequence, gold } of lessons)
      chain.learn(this.thinned(sequence), gold, pass === 0 ? 1 : DOUBT);
  }

  /** A sequence without some of its features, as if by chance. */
  private thinned({ offsets, rows }: Sequence): Sequence {
    const [ends, kept] = [new Int32Array(offsets.length), new Uint16Array(rows.length)];
    let count = 0;
    for (let i = 0; i + 1 < offsets.length; i++) {
      for (let f = offsets[i]!; f < offsets[i + 1]!; f++)
        if (this.random.next() >= DROPOUT) kept[count++] = rows[f]!;
      ends[i + 1] = count;
    }
    return { offsets: ends, rows: kept.subarray(0, count) };
  }
}

/** Whether somebody says that this is an entity: what was suggested, and nobody has accepted, teaches nothing. */
export function isTaught({ suggestedBy, reviewed }: Entity): boolean {
  return suggestedBy === undefined || reviewed === true;
}

/** Entities as spans of tokens, the longest first of those that begin together. */
function spansOf({ starts, ends, paragraphs }: Tokens, entities: readonly Entity[]): LabelledSpan[] {
  const firsts = new Map(Array.from(starts, (start, i) => [start, i]));
  const lasts = new Map(Array.from(ends, (end, i) => [end, i]));
  const breaks = new Set(paragraphs);
  return entities
    .filter(isTaught)
    .flatMap(({ start, end, label, parts, broken }) => {
      const [first, last] = [firsts.get(start), lasts.get(end)];
      if (parts || broken || first === undefined || last === undefined || last < first) return [];
      for (let i = first + 1; i <= last; i++) if (breaks.has(i)) return [];
      return [{ first, last, label }];
    })
    .sort((a, b) => a.first - b.first || b.last - a.last || (a.label < b.label ? -1 : 1));
}
