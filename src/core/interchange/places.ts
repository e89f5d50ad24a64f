import { countCodePoints, normalizeLineEndings, type Span, type TextIndex } from '../text';
import { offsetsOf, type Offsets } from './offsets';

/** What a file says of a mention. */
export interface Mention {
  /** In the unit of the file. */
  readonly fragments: readonly Span[];
  /** The fragments' texts with a space between them. */
  readonly text: string;
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
 * or begin in UTF-16 and go on for so many code points: which, the text of the mention tells.
 */
export class Places {
  /** In the format's unit. */
  readonly own: Offsets;
  private others: readonly Offsets[] | undefined;

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

  /** @returns `undefined` where the text is at none of the places that the offsets may mean, or at several */
  find({ fragments, text }: Mention): Place | undefined {
    const wanted = normalizeLineEndings(text);
    const own = fragments.map((fragment) => toSpan(fragment, this.own));
    if (this.holds(own, wanted)) return { fragments: own, isMoved: false };
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
    if (spans.some(({ start, end }) => end > this.index.length || start >= end)) return false;
    if (spans.length === 1) {
      const text = this.index.slice(only!);
      return text === wanted || this.isSame(text, wanted);
    }
    return asOneLine(spans.map((span) => this.index.slice(span)).join(' ')) === asOneLine(wanted);
  }
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
