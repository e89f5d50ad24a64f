import { surroundingsOf, type Entity } from '../model/entity';
import { knownLabel, reviewedLabels, type LabelCount } from '../label-counts';
import { isKnown } from '../mention-rows';
import type { TextIndex } from '../text';
import { matchesCase } from './gazetteer';
import type { Item } from './item';
import { FormMatcher } from './matcher';
import type { Proposal, TextProposer } from './proposer';
import { Refusals, type Refusable } from './refusals';

/** What a form is known as. */
type Meaning = Pick<Proposal, 'label' | 'link' | 'source' | 'reviewedAs' | 'trust'>;

/** A single refusal is about its own place only. */
const FEW = 1;

/** A single letter, or what has none, is not known by being tagged. */
const WORTH_KNOWING = /\p{L}.*\S/u;

/** The forms that are known in one corpus: those of its gazetteer, and those that a person tagged or reviewed in it. */
export class KnownForms implements TextProposer {
  private readonly matcher = new FormMatcher();
  private readonly refusals: Refusals;
  /** By the number of a form. */
  private readonly listed = new Map<number, Item>();
  private readonly learnt = new WeakSet<Entity>();

  /**
   * @param labelsOf with which labels a text is tagged in the corpus, asked whenever a form is met
   * @param gazetteer items with `text` and `label`, and perhaps `link` and `match_case`
   * @param refused what is not to be found, in the order of its file
   */
  constructor(
    private readonly labelsOf: (text: string) => readonly LabelCount[],
    gazetteer: readonly Item[] = [],
    readonly refused: readonly Item[] = [],
  ) {
    this.refusals = new Refusals(refused);
    for (const item of gazetteer) {
      const form = this.matcher.add(item.text!, matchesCase(item));
      if (form !== undefined) this.listed.set(form, item);
    }
  }

  /** Takes over a text that was tagged or reviewed. @returns whether it was not known */
  add(text: string): boolean {
    const { size } = this.matcher;
    if (WORTH_KNOWING.test(text)) this.matcher.add(text);
    return this.matcher.size > size;
  }

  /** Takes over the texts of entities; those that were given before cost nothing. */
  learn(entities: readonly Entity[]): void {
    for (const entity of entities) {
      if (this.learnt.has(entity)) continue;
      this.learnt.add(entity);
      if (isKnown(entity)) this.add(entity.text);
    }
  }

  /** Whether somebody said that this is not to be suggested. */
  isRefused(mention: Refusable): boolean {
    return this.refusals.has(mention);
  }

  *look(path: string, index: TextIndex, entities: readonly Entity[]): Generator<Proposal | undefined> {
    const taken = entities.filter(({ broken }) => !broken).sort((a, b) => a.start - b.start);
    let behind = 0;
    let reach = 0;
    for (const { form, start16, end16 } of this.matcher.matches(index.raw)) {
      const start = index.toCodePoint(start16);
      const end = index.toCodePoint(end16);
      // Entities begin in order, so what reaches farthest among those passed is all that can overlap.
      while (behind < taken.length && taken[behind]!.start < end)
        reach = Math.max(reach, taken[behind++]!.end);
      const meaning = reach > start ? undefined : this.meaningOf(form);
      if (!meaning) yield undefined;
      else {
        const span = { start, end };
        const around = surroundingsOf(span, (part) => index.slice(part));
        const text = index.slice(span);
        const known = this.matcher.form(form);
        const mention = { start16, end16, ...span, ...meaning, text, form: known, article: path, ...around };
        yield this.isRefused(mention) ? undefined : mention;
      }
    }
  }

  /** The gazetteer's word counts, be it in this case or in any; else the label that is reviewed, or tagged, most. */
  private meaningOf(form: number): Meaning | undefined {
    const text = this.matcher.form(form);
    const counts = this.labelsOf(text);
    const reviewedAs = reviewedLabels(counts);
    const item = this.listed.get(form) ?? this.listed.get(this.matcher.inAnyCase(text) ?? form);
    const count = item ? undefined : knownLabel(counts);
    const label = item?.label ?? count?.label;
    if (label === undefined) return undefined;
    const link = item ? item.link : linkOf(count!);
    const trust = this.trustOf(text, label, counts);
    return { label, link, source: item ? 'gazetteer' : 'corpus', reviewedAs, trust };
  }

  /** In which share of the decisions of people a form had a label; 0 where it was refused more often than accepted. */
  trustOf(text: string, label: string, counts = this.labelsOf(text)): number {
    const accepted = counts.find((one) => one.label === label)?.reviewed ?? 0;
    const refused = this.refusals.count(text, label);
    if (refused > FEW && refused > accepted) return 0;
    if (accepted === 0) return 1;
    return accepted / counts.reduce((sum, { reviewed }) => sum + reviewed, refused);
  }
}

/** The one link that all reviewed mentions have. */
function linkOf({ reviewed, links }: LabelCount): string | undefined {
  const [[link, count] = [undefined, 0], ...others] = links;
  return others.length === 0 && count === reviewed ? link : undefined;
}
