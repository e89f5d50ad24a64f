import { compareText } from './model/entity';
import { apart } from './interned-strings';

/** How many mentions of a text have a label. */
export interface LabelCount {
  readonly label: string;
  readonly all: number;
  /** Those that a person has reviewed and whose place is known. */
  readonly reviewed: number;
  /** Those, and what a person tagged by hand: what its text is known by. */
  readonly known: number;
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
  known: number;
  links: Map<string, number>;
}

const NONE: readonly Tally[] = [];
/** Few have links; the others share one empty map. */
const NO_LINKS = new Map<string, number>();

/** The labels of texts, kept up as mentions come and go. A text is a number. */
export class LabelCounts {
  /** An array, as numbers of texts follow each other. */
  private readonly byText: (Tally[] | undefined)[] = [];

  /** The same as several together. */
  static sum(all: readonly LabelCounts[]): LabelCounts {
    const sum = new LabelCounts();
    for (const [text, counts] of all.flatMap((counts) => [...counts]))
      for (const count of counts) sum.addCount(text, count);
    return sum;
  }

  /** The commonest label first; of those that are as common, the one that is reviewed most, then by name. */
  of(text: number): readonly LabelCount[] {
    return this.byText[text] ?? NONE;
  }

  *[Symbol.iterator](): Iterator<[text: number, counts: readonly LabelCount[]]> {
    for (const [text, tallies] of this.byText.entries()) if (tallies) yield [text, tallies];
  }

  /**
   * Counts one mention more, or less.
   * @param isReviewed and its place is known @param isKnown the same, where a person tagged it by hand, too
   */
  add(
    text: number,
    label: string,
    { isReviewed, isKnown = isReviewed }: { isReviewed: boolean; isKnown?: boolean },
    link: string | undefined,
    by: 1 | -1,
  ): void {
    const tallies = this.tallies(text);
    const tally = tallyOf(tallies, label);
    tally.all += by;
    if (isKnown) tally.known += by;
    if (isReviewed) {
      tally.reviewed += by;
      if (link !== undefined) countLink(tally, link, by);
    }
    if (tallies.length > 1) moveToPlace(tallies, tallies.indexOf(tally));
    if (tally.all > 0) return;
    const rest = tallies.filter((one) => one !== tally);
    this.byText[text] = rest.length > 0 ? rest : undefined;
  }

  /** Adds what was counted elsewhere. */
  addCount(
    text: number,
    {
      label,
      all,
      reviewed,
      known,
      links,
    }: Omit<LabelCount, 'links'> & { links: Iterable<readonly [string, number]> },
  ): void {
    const tallies = this.tallies(text);
    const tally = tallyOf(tallies, label);
    tally.all += all;
    tally.reviewed += reviewed;
    tally.known += known;
    for (const [link, count] of links) countLink(tally, link, count);
    moveToPlace(tallies, tallies.indexOf(tally));
  }

  said(text: number): Said {
    const tallies = this.of(text);
    const counts = tallies.length > 1 ? tallies.map(({ label, all }) => `${label} ${all}`).sort() : [];
    const reviewed = reviewedLabels(tallies);
    return { all: JSON.stringify([counts, reviewed]), isReviewed: reviewed.length > 0 };
  }

  private tallies(text: number): Tally[] {
    return (this.byText[text] ??= []);
  }
}

function tallyOf(tallies: Tally[], label: string): Tally {
  for (const one of tallies) if (one.label === label) return one;
  const tally = { label: apart(label), all: 0, reviewed: 0, known: 0, links: NO_LINKS };
  tallies.push(tally);
  return tally;
}

/** After one of them changed. */
function moveToPlace(tallies: Tally[], at: number): void {
  const swap = (i: number) => ([tallies[i], tallies[i + 1]] = [tallies[i + 1]!, tallies[i]!]);
  for (; at > 0 && isCommoner(tallies[at]!, tallies[at - 1]!); at--) swap(at - 1);
  for (; at + 1 < tallies.length && isCommoner(tallies[at + 1]!, tallies[at]!); at++) swap(at);
}

function isCommoner(one: LabelCount, other: LabelCount): boolean {
  const order = one.all - other.all || one.reviewed - other.reviewed || compareText(other.label, one.label);
  return order > 0;
}

/** The labels with which a text is reviewed, the commonest first. */
export function reviewedLabels(counts: readonly LabelCount[]): string[] {
  return counts
    .filter(({ reviewed }) => reviewed > 0)
    .sort((a, b) => b.reviewed - a.reviewed || compareText(a.label, b.label))
    .map(({ label }) => label);
}

/** The label that a text is known by: the one that is reviewed most, else the one that is tagged most by hand. */
export function knownLabel(counts: readonly LabelCount[]): LabelCount | undefined {
  let best: LabelCount | undefined;
  for (const one of counts) {
    if (one.known === 0) continue;
    const order =
      best && (one.reviewed - best.reviewed || one.known - best.known || compareText(best.label, one.label));
    if (order === undefined || order > 0) best = one;
  }
  return best;
}

function countLink(tally: Tally, link: string, by: number): void {
  if (tally.links === NO_LINKS) tally.links = new Map();
  const count = (tally.links.get(link) ?? 0) + by;
  if (count > 0) tally.links.set(apart(link), count);
  else tally.links.delete(link);
}
