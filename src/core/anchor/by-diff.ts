import { alignStrings } from '../align';
import { occurrencesOf, type Occurrence } from '../candidates';
import { moveSpan, type TextChange } from '../change';
import type { Anchored } from '../model/entity';
import type { Span, TextIndex } from '../text';
import { fold, foldedOf } from './fold';

/** How far around a mention texts are compared, and how much of that must agree, in UTF-16 units of folded text. */
const FAR = 400;
/** How far around a mention the text must not be rewritten. */
const NEAR = 60;
/** The least that makes a word of the new text the one of the old. */
const SAME_WORD = 12;
/** The least that makes a mention elsewhere the one that was taken away here. */
const SAME_SENTENCE = 32;

/** What a sentence ends with; lines, since a title may have no full stop. */
const SENTENCE_END = /[.!?。！？\n]/;

/** How much text around a place agrees with that around another, to either side. */
interface Agreement {
  readonly before: number;
  readonly after: number;
}

/**
 * Finds entities of an older text in a newer one by comparing the two (folded, so that another way to
 * write the same is no change): where the comparison leads, or, of what was taken away, the one other
 * place that has the same sentence.
 * @returns the places that are certain, in code points
 */
export function anchorByDiff(
  entities: readonly Anchored[],
  from: TextIndex,
  to: TextIndex,
): Map<Anchored, Span> {
  const finder = new Finder(from, to);
  const found = new Map<Anchored, Span>();
  for (const entity of entities) {
    const place = finder.find(entity);
    if (place) found.set(entity, place);
  }
  return found;
}

/** A mention's text in both texts. */
interface Mentions {
  readonly old: readonly Occurrence[];
  readonly now: readonly Occurrence[];
  /** For each old one: the new one to which the comparison leads. */
  readonly images: readonly (Occurrence | undefined)[];
  /** The new ones to which it leads from none. */
  readonly fresh: readonly Occurrence[];
}

class Finder {
  private readonly old: string;
  private readonly now: string;
  /** From the last to the first, so that all are in offsets of the old text. */
  private readonly changes: readonly TextChange[];
  private readonly mentions = new Map<string, Mentions>();

  constructor(
    private readonly from: TextIndex,
    private readonly to: TextIndex,
  ) {
    this.old = foldedOf(from).text;
    this.now = foldedOf(to).text;
    this.changes = alignStrings(this.old, this.now, (text) => text.length);
  }

  find(entity: Anchored): Span | undefined {
    // One that was not in the old text has no place that the comparison could tell.
    if (fold(this.from.slice(entity)) !== fold(entity.text)) return undefined;
    const mentions = this.mentionsOf(fold(entity.text).trim());
    const i = mentions.old.findIndex(({ start }) => start >= entity.start && start < entity.end);
    if (i < 0) return undefined;
    const image = mentions.images[i];
    const place = image ? this.isCertain(i, image, mentions) && image : this.findMoved(i, mentions);
    return place ? { start: place.start, end: place.end } : undefined;
  }

  /**
   * Whether what the comparison leads to is that mention and no other: whether what stands around it was
   * not rewritten, and nothing else, in the new text or of the old, fits as well.
   */
  private isCertain(i: number, image: Occurrence, { old, now, images, fresh }: Mentions): boolean {
    if (old.length === 1 && now.length === 1) return true;
    const was = old[i]!;
    const agreed = this.agreement(was, image);
    if (this.withinSentence(was, agreed) < SAME_SENTENCE) {
      if (agreed.before < SAME_WORD && this.isRewritten(was.start16 - NEAR, was.start16)) return false;
      if (agreed.after < SAME_WORD && this.isRewritten(was.end16, was.end16 + NEAR)) return false;
    }
    const isBeaten = (rival: Agreement) =>
      sum(rival) < SAME_SENTENCE
        ? sum(rival) < sum(agreed)
        : rival.before < agreed.before && rival.after < agreed.after;
    const isWorse = (rival: Agreement) =>
      rival.before <= Math.max(agreed.before, SAME_WORD) && rival.after <= Math.max(agreed.after, SAME_WORD);
    return (
      now.every((other) => other === image || isWorse(this.agreement(was, other))) &&
      fresh.every((other) => isBeaten(this.agreement(was, other))) &&
      old.every((other, k) => images[k] !== undefined || isBeaten(this.agreement(other, image)))
    );
  }

  /** Whether much of a piece of the old text is gone, or much was put into it. */
  private isRewritten(start16: number, end16: number): boolean {
    let [deleted, inserted] = [0, 0];
    for (const change of this.changes) {
      if (change.end < start16 || change.start > end16) continue;
      deleted += Math.max(0, Math.min(change.end, end16) - Math.max(change.start, start16));
      inserted += change.inserted;
    }
    return deleted > NEAR / 3 || inserted > NEAR / 2;
  }

  private findMoved(i: number, { old, now, images, fresh }: Mentions): Occurrence | undefined {
    const was = old[i]!;
    const [best, second] = fresh
      .map((place) => ({ place, score: sum(this.agreement(was, place)) }))
      .sort((a, b) => b.score - a.score);
    if (!best || best.score < SAME_SENTENCE) return undefined;
    const { before, after } = this.agreement(was, best.place);
    // What begins or ends a sentence in the same way may be any sentence.
    const isBetween = Math.min(before, after) >= SAME_WORD;
    const isAlone = old.length === 1 && now.length === 1;
    if (!isBetween && !isAlone && this.withinSentence(was, { before, after }) < SAME_SENTENCE)
      return undefined;
    if (second && second.score * 2 >= best.score) return undefined;
    // Another mention that was taken away may have gone there, too.
    const hasRival = old.some(
      (other, k) => k !== i && !images[k] && sum(this.agreement(other, best.place)) >= best.score,
    );
    return hasRival ? undefined : best.place;
  }

  /** How much of an agreement is in the sentence of the mention itself. */
  private withinSentence({ start, end }: Occurrence, { before, after }: Agreement): number {
    const lead = this.from.slice({ start: Math.max(0, start - FAR), end: start });
    const trail = this.from.slice({ start: end, end: Math.min(this.from.length, end + FAR) });
    const led = lead.split(SENTENCE_END).at(-1)!.length;
    return Math.min(led, before) + Math.min(trail.split(SENTENCE_END, 1)[0]!.length, after);
  }

  private mentionsOf(text: string): Mentions {
    let mentions = this.mentions.get(text);
    if (!mentions) {
      const old = occurrencesOf(text, this.from);
      const now = occurrencesOf(text, this.to);
      const byStart = new Map(now.map((place) => [place.start16, place]));
      const images = old.map((place) => byStart.get(this.imageOf(place) ?? -1));
      const fresh = now.filter((place) => !images.includes(place));
      this.mentions.set(text, (mentions = { old, now, images, fresh }));
    }
    return mentions;
  }

  /** Where the comparison leads; `undefined` where something of the place changed. */
  private imageOf({ start16, end16 }: Occurrence): number | undefined {
    let span = { start: start16, end: end16 };
    for (const change of this.changes) {
      const isInside = change.start < span.end && change.end > span.start;
      if (isInside) return undefined;
      span = moveSpan(span, change);
    }
    return span.start;
  }

  private agreement(was: Occurrence, now: Occurrence): Agreement {
    const { old, now: text } = this;
    let before = 0;
    while (before < FAR && before < was.start16 && before < now.start16) {
      if (old[was.start16 - 1 - before] !== text[now.start16 - 1 - before]) break;
      before++;
    }
    let after = 0;
    while (after < FAR && was.end16 + after < old.length && now.end16 + after < text.length) {
      if (old[was.end16 + after] !== text[now.end16 + after]) break;
      after++;
    }
    return { before, after };
  }
}

function sum({ before, after }: Agreement): number {
  return before + after;
}
