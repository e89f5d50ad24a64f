import type { Entity } from '../../core/model/entity';
import type { Span, TextIndex } from '../../core/text';
import type { Offsets } from '../shared/offsets';
import type { MentionPlaces } from '../shared/mention-places';
import type { TextBound } from './lines';

/** Where a text-bound annotation is, as an entity has it. */
export type Mention = Pick<Entity, 'start' | 'end' | 'text' | 'parts'>;

export interface Located extends Mention {
  /** Whether its offsets say another place than where its text is. */
  readonly isMoved: boolean;
  /** Whether there was white space at its edges. */
  readonly isTrimmed: boolean;
  /** Whether fragments shared characters, which are then one part. */
  readonly isMerged: boolean;
}

/** @returns `undefined` where no place is certain */
export function locate(bound: TextBound, places: MentionPlaces, index: TextIndex): Located | undefined {
  const place = places.find(bound);
  if (!place) return undefined;
  const { isMoved } = place;
  const fragments = joinLines(place.fragments, index);
  const joined = withoutOverlap(fragments);
  const isMerged = joined.length < fragments.length;
  const [first] = joined;
  if (!first) return undefined;
  if (joined.length === 1) {
    const text = index.slice(first);
    const trimmed = trim(first, text);
    if (trimmed) return { ...trimmed, text: text.trim(), isMoved, isTrimmed: true, isMerged };
    return { start: first.start, end: first.end, text, isMoved, isTrimmed: false, isMerged };
  }
  const hull = { start: first.start, end: joined.at(-1)!.end };
  const parts = joined.map(({ start, end }) => [start, end] as const);
  return { ...hull, text: index.slice(hull), parts, isMoved, isTrimmed: false, isMerged };
}

/** A span without the white space at its edges; `undefined` where there is none, or nothing else. */
function trim({ start, end }: Span, text: string): Span | undefined {
  const bare = text.trim();
  if (bare.length === text.length || bare === '') return undefined;
  const lead = text.length - text.trimStart().length;
  return { start: start + lead, end: end - (text.length - text.trimEnd().length) };
}

/** brat cuts a mention where a line ends; that is no other mention. */
function joinLines(spans: readonly Span[], index: TextIndex): readonly Span[] {
  if (spans.length === 1) return spans;
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    const isNext =
      last && last.end < span.start && /^\n+$/.test(index.slice({ start: last.end, end: span.start }));
    if (isNext) joined[joined.length - 1] = { start: last.start, end: span.end };
    else joined.push(span);
  }
  return joined;
}

/** Spans in the order of the text; those that share characters are one. */
function withoutOverlap(spans: readonly Span[]): readonly Span[] {
  if (spans.length === 1) return spans;
  const merged: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else merged.push({ start, end });
  }
  return merged;
}

/** The line of a text-bound annotation. @param label as brat takes it */
export function textBoundLine(
  id: string,
  label: string,
  mention: Mention,
  index: TextIndex,
  offsets: Offsets,
): string {
  if (!mention.parts && !mention.text.includes('\n'))
    return `${id}\t${label} ${offsets.fromCodePoint(mention.start)} ${offsets.fromCodePoint(mention.end)}\t${index.slice(mention)}`;
  const fragments = fragmentsOf(mention, index);
  const places = fragments.map(
    ({ start, end }) => `${offsets.fromCodePoint(start)} ${offsets.fromCodePoint(end)}`,
  );
  const text = fragments.map((span) => index.slice(span)).join(' ');
  return `${id}\t${label} ${places.join(';')}\t${text}`;
}

/** The pieces of a mention on lines of their own, as brat cuts them. */
function fragmentsOf(mention: Mention, index: TextIndex): readonly Span[] {
  const parts = mention.parts?.map(([start, end]) => ({ start, end })) ?? [mention];
  if (!mention.text.includes('\n')) return parts;
  return parts.flatMap((part) => {
    const pieces: Span[] = [];
    let start = part.start;
    const text = Array.from(index.slice(part));
    text.forEach((char, i) => {
      if (char !== '\n') return;
      if (part.start + i > start) pieces.push({ start, end: part.start + i });
      start = part.start + i + 1;
    });
    if (start < part.end) pieces.push({ start, end: part.end });
    return pieces;
  });
}
