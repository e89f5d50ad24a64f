import { compareText } from './entity';

/** How many mentions of a text have a label. */
export interface LabelCount {
  readonly label: string;
  readonly all: number;
  /** Those that a person has reviewed and whose place is known. */
  readonly reviewed: number;
  /** The links that those have, with how many have each; one without a link is not counted. */
  readonly links: ReadonlyMap<string, number>;
}

/** What rules and suggestions say of a text. */
export interface Said {
  /** The same where the same is said: the counts of labels that disagree, and as what it is reviewed. */
  readonly all: string;
  readonly isReviewed: boolean;
}

interface Tally extends LabelCount {
  all: number;
  reviewed: number;
  links: Map<string, number>;
}

const NONE: readonly Tally[] = [];
/** Few have links; the others share one empty map. */
const NO_LINKS = new Map<string, number>();

/** The labels of texts, kept up as mentions come and go. A text is a number. */
export class LabelCounts {
  private readonly byText = new Map<number, Tally[]>();

  /** The same as several together. */
  static sum(all: readonly LabelCounts[]): LabelCounts {
    const sum = new LabelCounts();
    for (const [text, tallies] of all.flatMap((counts) => [...counts]))
      for (const { label, all: count, reviewed } of tallies) {
        const tally = sum.tally(text, label);
        tally.all += count;
        tally.reviewed += reviewed;
      }
    return sum;
  }

  of(text: number): readonly LabelCount[] {
    return this.byText.get(text) ?? NONE;
  }

  [Symbol.iterator](): Iterator<[text: number, counts: readonly LabelCount[]]> {
    return this.byText[Symbol.iterator]();
  }

  /** Counts one mention more, or less. @param isReviewed and its place is known */
  add(text: number, label: string, isReviewed: boolean, link: string | undefined, by: 1 | -1): void {
    const tally = this.tally(text, label);
    tally.all += by;
    if (isReviewed) {
      tally.reviewed += by;
      if (link !== undefined) countLink(tally, link, by);
    }
    if (tally.all > 0) return;
    const rest = this.byText.get(text)!.filter((one) => one !== tally);
    if (rest.length > 0) this.byText.set(text, rest);
    else this.byText.delete(text);
  }

  said(text: number): Said {
    const tallies = this.of(text);
    const counts = tallies.length > 1 ? tallies.map(({ label, all }) => `${label} ${all}`).sort() : [];
    const reviewed = reviewedLabels(tallies);
    return { all: JSON.stringify([counts, reviewed]), isReviewed: reviewed.length > 0 };
  }

  private tally(text: number, label: string): Tally {
    let tallies = this.byText.get(text);
    if (!tallies) this.byText.set(text, (tallies = []));
    let tally: Tally | undefined;
    for (const one of tallies) if (one.label === label) tally = one;
    if (!tally) tallies.push((tally = { label, all: 0, reviewed: 0, links: NO_LINKS }));
    return tally;
  }
}

/** The labels with which a text is reviewed, the commonest first. */
export function reviewedLabels(counts: readonly LabelCount[]): string[] {
  return counts
    .filter(({ reviewed }) => reviewed > 0)
    .sort((a, b) => b.reviewed - a.reviewed || compareText(a.label, b.label))
    .map(({ label }) => label);
}

function countLink(tally: Tally, link: string, by: 1 | -1): void {
  if (tally.links === NO_LINKS) tally.links = new Map();
  const count = (tally.links.get(link) ?? 0) + by;
  if (count > 0) tally.links.set(link, count);
  else tally.links.delete(link);
}
