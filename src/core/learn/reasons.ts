import type { Sequence } from './chain';
import type { ArticleFeatures } from './features';
import type { Known } from './known';

/** What may speak for an entity: about its own words, those beside it, and what is known of them. */
export type ReasonCode =
  | 'word'
  | 'beginning'
  | 'ending'
  | 'capital'
  | 'number'
  | 'written'
  | 'written-beside'
  | 'elsewhere'
  | 'rarity'
  | 'before'
  | 'after'
  | 'beside-elsewhere'
  | 'known-form'
  | 'known-word'
  | 'known-beside'
  | 'new-word';

/** One of the things that spoke for an entity. */
export interface Reason {
  readonly code: ReasonCode;
  /** The word, or the letters, that it is about. */
  readonly text?: string;
  /** What that is known as. */
  readonly label?: string;
}

/** How many reasons are told. */
const TOLD = 3;

/** How far from a span a known form may begin that reaches into it, in tokens. */
const REACH = 8;

/** The words that a kind of feature is about, relative to its token, where it is not that itself; see `featuresOf`. */
const BESIDE: Readonly<Record<number, readonly number[]>> = {
  ...{ 11: [-1], 12: [1], 13: [-2], 14: [2], 15: [-1], 16: [1], 17: [-1], 18: [1], 19: [-1], 20: [1] },
  ...{ 24: [1], 25: [-1], 27: [-2, -1], 28: [1, 2], 43: [1], 44: [-1] },
};

/** A span of an article's tokens. */
interface Tokens {
  readonly first: number;
  readonly last: number;
}

/**
 * What spoke most for a span of tokens: features that say the same to a person count together.
 * @param sequence of its paragraph, with kinds @param gains of the features of its tokens, from `Chain.gains`
 */
export function reasonsOf(
  features: ArticleFeatures,
  span: Tokens,
  known: Known,
  { offsets, kinds }: Sequence,
  gains: Float64Array,
): Reason[] {
  const from = features.tokens.paragraphs.findLast((token) => token <= span.first)!;
  const teller = new Teller(features, span, known);
  const all = new Map<string, { reason: Reason; gain: number }>();
  const begin = offsets[span.first - from]!;
  for (let i = span.first; i <= span.last; i++)
    for (let f = offsets[i - from]!; f < offsets[i - from + 1]!; f++) {
      const reason = teller.reason(kinds![f]!, i);
      if (!reason) continue;
      const key = JSON.stringify(reason);
      const entry = all.get(key) ?? { reason, gain: 0 };
      entry.gain += gains[f - begin]!;
      all.set(key, entry);
    }
  return [...all.values()]
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, TOLD)
    .map(({ reason }) => reason);
}

/** Says what features of a span's tokens are about. */
class Teller {
  /** As what forms are known, by the tokens that are in them. */
  private readonly forms = new Map<number, string>();

  constructor(
    private readonly features: ArticleFeatures,
    private readonly span: Tokens,
    private readonly known: Known,
  ) {
    const from = Math.max(0, span.first - REACH);
    for (const { first, last, label } of known.matches(features.words.slice(from, span.last + 1 + REACH)))
      for (let i = first; i <= last; i++) this.forms.set(from + i, label);
  }

  /** `undefined` for what says nothing to a person. */
  reason(kind: number, token: number): Reason | undefined {
    const { words, inWords } = this.features.tokens;
    const about = (BESIDE[kind] ?? [0]).map((by) => token + by).filter((i) => words[i] !== undefined);
    const isBeside = about.some((i) => i < this.span.first || i > this.span.last);
    const text = about.map((i) => words[i]!).join('');
    if (text === '') return undefined;
    switch (kind) {
      case 2:
      case 3:
        return { code: 'word', text };
      case 4:
      case 21:
        return written(text);
      case 5:
      case 6:
      case 7:
        return { code: 'beginning', text: text.slice(0, kind - 3) };
      case 8:
      case 9:
      case 10:
        return { code: 'ending', text: text.slice(6 - kind) };
      case 11:
      case 12:
      case 13:
      case 14:
      case 17:
      case 18:
      case 27:
      case 28:
        if (!isBeside) return { code: 'word', text };
        return { code: about[0]! < token ? 'before' : 'after', text };
      case 15:
      case 16:
      case 19:
      case 20:
      case 24:
      case 25:
        return isBeside ? { code: 'written-beside', text } : written(text);
      case 22:
        return { code: 'elsewhere', text };
      case 23:
        return { code: 'rarity', text };
      case 26:
        return { code: 'word', text: inWords.get(token)!.split(' ')[0]! };
      case 29:
      case 30:
        return { code: 'beside-elsewhere', text };
      case 40:
        return { code: 'known-form', label: this.forms.get(token) ?? '' };
      case 41:
        return { code: 'new-word', text };
      case 42:
      case 43:
      case 44: {
        const label = this.known.ofWord(this.features.words[about[0]!]!)?.label;
        return label ? { code: isBeside ? 'known-beside' : 'known-word', text, label } : undefined;
      }
      default:
        return undefined;
    }
  }
}

function written(text: string): Reason {
  if (/^\p{Lu}/u.test(text)) return { code: 'capital' };
  return /\p{N}/u.test(text) ? { code: 'number' } : { code: 'written', text };
}
