import type { LabelledSpan } from './chains';

/** How many tokens a form has at most. */
const LONGEST = 8;

/** What labels a form, or a word, had, and how often. */
type Counts = Map<string, number>;

/** What one article says of forms and words; taken away while the article itself is learned again. */
export interface OwnKnown {
  readonly forms: ReadonlyMap<string, Counts>;
  readonly words: ReadonlyMap<string, Counts>;
  readonly totals: ReadonlyMap<string, number>;
}

function add(counts: Map<string, Counts>, key: string, label: string, by: number): void {
  const of = counts.get(key) ?? new Map<string, number>();
  counts.set(key, of.set(label, (of.get(label) ?? 0) + by));
}

/** What an article says. @param words of its tokens, in lower case */
export function ownKnown(words: readonly string[], spans: readonly LabelledSpan[]): OwnKnown {
  const [forms, inside, totals] = [
    new Map<string, Counts>(),
    new Map<string, Counts>(),
    new Map<string, number>(),
  ];
  for (const word of words) totals.set(word, (totals.get(word) ?? 0) + 1);
  for (const { first, last, label } of spans) {
    if (last - first < LONGEST) add(forms, words.slice(first, last + 1).join(' '), label, 1);
    for (let i = first; i <= last; i++) add(inside, words[i]!, label, 1);
  }
  return { forms, words: inside, totals };
}

/** A form that is known, in a text: its tokens, and the label that it mostly has. */
export interface Match {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

/** The forms and words of entities in the articles that were learned. */
export class Known {
  private readonly forms = new Map<string, Counts>();
  private readonly words = new Map<string, Counts>();
  private readonly totals = new Map<string, number>();
  /** How many tokens the longest form has that begins with a word. */
  private readonly longest = new Map<string, number>();

  add(own: OwnKnown): void {
    for (const [form, counts] of own.forms) {
      for (const [label, n] of counts) add(this.forms, form, label, n);
      const parts = form.split(' ');
      this.longest.set(parts[0]!, Math.max(parts.length, this.longest.get(parts[0]!) ?? 0));
    }
    for (const [word, counts] of own.words) for (const [label, n] of counts) add(this.words, word, label, n);
    for (const [word, n] of own.totals) this.totals.set(word, (this.totals.get(word) ?? 0) + n);
  }

  /** The longest known forms in a text, from left to right. @param without what an article itself said */
  *matches(words: readonly string[], without?: OwnKnown): Generator<Match> {
    for (let first = 0; first < words.length; first++) {
      const most = Math.min(this.longest.get(words[first]!) ?? 0, words.length - first);
      for (let length = most; length > 0; length--) {
        const form = length === 1 ? words[first]! : words.slice(first, first + length).join(' ');
        const label = mostly(this.forms.get(form), without?.forms.get(form));
        if (label === undefined) continue;
        yield { first, last: first + length - 1, label };
        first += length - 1;
        break;
      }
    }
  }

  /**
   * What a word mostly is: the label that it mostly has in entities, and in which share of its occurrences, in quarters.
   * @returns `undefined` where it is not known
   */
  ofWord(word: string, without?: OwnKnown): { label: string; share: number } | undefined {
    const total = (this.totals.get(word) ?? 0) - (without?.totals.get(word) ?? 0);
    if (total <= 0) return undefined;
    const counts = this.words.get(word);
    const own = without?.words.get(word);
    const label = mostly(counts, own);
    const count = label === undefined ? 0 : counts!.get(label)! - (own?.get(label) ?? 0);
    return { label: label ?? '', share: Math.min(4, Math.ceil((4 * count) / total)) };
  }
}

/** The label that a form has most often, the first in alphabetical order where there are several. */
function mostly(counts: Counts | undefined, without: Counts | undefined): string | undefined {
  if (!counts) return undefined;
  let [best, most]: [string | undefined, number] = [undefined, 0];
  for (const [label, n] of counts) {
    const count = n - (without?.get(label) ?? 0);
    if (count > most || (count === most && count > 0 && label < best!)) [best, most] = [label, count];
  }
  return best;
}
