import type { Entity } from '../../core/model/entity';
import { placeEntities } from '../../core/place';
import { countCodePoints, normalizeLineEndings, type Span, type TextIndex } from '../../core/text';
import { offsetsOf, type Offsets } from './offsets';

/** What a file says of a mention. */
export interface Mention {
  /** In the unit of the file. */
  readonly fragments: readonly Span[];
  /** The fragments' texts with a space between them. */
  readonly text: string;
  /** What stands around it, where the file says that. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Where a mention is. */
export interface Place {
  /** In code points, one or several. */
  readonly fragments: readonly Span[];
  /** Whether its offsets say another place, in the format's unit, than where its text is. */
  readonly isMoved: boolean;
}

/**
 * Finds the places of mentions in the text. The formats that use it count code points of the text as it is,
 * `\r\n` as two. Programs that write their files count UTF-16 units, one for `\r\n`, a byte-order mark, bytes,
 * or begin in UTF-16 and go on for so many code points: which, the text of the mention tells. It also tells the
 * place where the offsets mean none, if it stands at one place only.
 */
export class MentionPlaces {
  /** In the format's unit. */
  readonly own: Offsets;
  private others: readonly Offsets[] | undefined;
  /** Many mentions may have the same text. */
  private readonly alone = new Map<string, Span | undefined>();

  /**
   * @param hasMark whether the file of the text begins with a byte-order mark
   * @param isSame whether a text, where it is not the same, is a mention's as the format may write it
   */
  constructor(
    private readonly index: TextIndex,
    private readonly hasMark: boolean,
    private readonly isSame: (text: string, wanted: string) => boolean = isSameButForSpace,
  ) {
    this.own = offsetsOf(index, 'python');
  }

  /** @returns `undefined` where no place is certain */
  find(mention: Mention): Place | undefined {
    const place = this.findByOffsets(mention);
    if (place || mention.fragments.length > 1) return place;
    const { text, before = '', after = '' } = mention;
    const key = JSON.stringify([before, text, after]);
    if (!this.alone.has(key))
      this.alone.set(key, placeOfText({ text: text.trim(), before, after }, this.index));
    const alone = this.alone.get(key);
    return alone && { fragments: [alone], isMoved: true };
  }

  /**
   * White space around the text of a mention, where the text does not have it, is no difference.
   * @returns `undefined` where the text is at none of the places that the offsets may mean, or at several
   */
  findByOffsets({ fragments, text }: Mention): Place | undefined {
    const wanted = normalizeLineEndings(text);
    const own = fragments.map((fragment) => toSpan(fragment, this.own));
    if (this.holds(own, wanted)) return { fragments: own, isMoved: false };
    const bare = wanted.trim();
    if (bare === wanted) return this.findInOthers(fragments, wanted);
    if (this.holds(own, bare)) return { fragments: own, isMoved: false };
    return this.findInOthers(fragments, wanted) ?? this.findInOthers(fragments, bare);
  }

  /** By offsets that are counted in another unit than the format's. */
  private findInOthers(fragments: readonly Span[], wanted: string): Place | undefined {
    this.others ??= [
      ...(this.hasMark ? [offsetsOf(this.index, 'python', true)] : []),
      offsetsOf(this.index, 'utf-16'),
      { toCodePoint: (offset) => offset, fromCodePoint: (offset) => offset, length: this.index.length },
      offsetsOf(this.index, 'bytes'),
    ];
    const found = new Map<string, readonly Span[]>();
    const look = (spans: readonly Span[]) => {
      if (this.holds(spans, wanted)) found.set(JSON.stringify(spans), spans);
    };
    for (const offsets of this.others) look(fragments.map((fragment) => toSpan(fragment, offsets)));
    if (fragments.length === 1) {
      const length = countCodePoints(wanted);
      for (const offsets of this.others) {
        const start = offsets.toCodePoint(fragments[0]!.start);
        look([{ start, end: start + length }]);
      }
    }
    const [only, ...more] = found.values();
    return only && more.length === 0 ? { fragments: only, isMoved: true } : undefined;
  }

  private holds(spans: readonly Span[], wanted: string): boolean {
    const [only] = spans;
    const { length } = this.index;
    for (const { start, end } of spans) if (end > length || start >= end) return false;
    if (spans.length === 1)
      return this.index.holds(only!, wanted) || this.isSame(this.index.slice(only!), wanted);
    return asOneLine(spans.map((span) => this.index.slice(span)).join(' ')) === asOneLine(wanted);
  }
}

/**
 * The place of a text that is certain without offsets: the only one, at whole words or with all of the context,
 * as a sidecar's entities are found in another text.
 */
export function placeOfText(
  { text, before, after }: Required<Pick<Entity, 'text' | 'before' | 'after'>>,
  index: TextIndex,
): Span | undefined {
  const asked: Entity = { id: 'q', label: 'q', start: 0, end: 0, text, before, after };
  const [found] = placeEntities([asked], index, 'another').entities;
  return found && !found.broken ? { start: found.start, end: found.end } : undefined;
}

function toSpan({ start, end }: Span, offsets: Offsets): Span {
  return { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
}

/** Files of lines hold no line endings: a space stands for one. */
function isSameButForSpace(text: string, wanted: string): boolean {
  return text.length === wanted.length && asOneLine(text) === asOneLine(wanted);
}

function asOneLine(text: string): string {
  return text.replace(/\s/g, ' ');
}
