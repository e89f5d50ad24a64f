import { lengthOf, piecesOf, sharedLength, type Piece } from './pieces';
import type { AgreementSpan } from './study';

/** A span of one annotator and the span of another that stands for it. */
export interface Aligned {
  readonly first: AgreementSpan;
  readonly second: AgreementSpan;
  /** Whether they stand on the same code points. */
  readonly hasSameEdges: boolean;
}

/**
 * Which spans of two annotators stand for each other, one for one: of those that share a code point, those first that
 * share the greatest part of what both cover (Jaccard), of such with the same label first. So what is exactly the same
 * goes together, then what has the same edges. The order of the spans and of the annotators does not matter.
 * @param sameLabel whether only spans with the same label go together
 */
export function alignSpans(
  first: readonly AgreementSpan[],
  second: readonly AgreementSpan[],
  sameLabel = false,
): Aligned[] {
  const aligned: Aligned[] = [];
  const [restFirst, restSecond] = takeExact(first, second, aligned);
  const candidates = candidatesOf(restFirst, restSecond, sameLabel);
  const taken = new Set<AgreementSpan>();
  for (const { first, second, part } of candidates.sort(compareCandidates)) {
    if (taken.has(first) || taken.has(second)) continue;
    taken.add(first);
    taken.add(second);
    aligned.push({ first, second, hasSameEdges: part === 1 });
  }
  return aligned;
}

/** Takes what is the same on both sides, which most is. @returns the rest of each */
function takeExact(
  first: readonly AgreementSpan[],
  second: readonly AgreementSpan[],
  aligned: Aligned[],
): [AgreementSpan[], AgreementSpan[]] {
  const waiting = new Map<string, AgreementSpan[]>();
  for (const span of second) {
    const key = keyOf(span);
    const there = waiting.get(key);
    if (there) there.push(span);
    else waiting.set(key, [span]);
  }
  const rest = first.filter((span) => {
    const same = waiting.get(keyOf(span))?.shift();
    if (same) aligned.push({ first: span, second: same, hasSameEdges: true });
    return !same;
  });
  return [rest, [...waiting.values()].flat()];
}

function keyOf(span: AgreementSpan): string {
  const places = span.parts ? piecesOf(span).join(' ') : `${span.start},${span.end}`;
  return `${places} ${span.label}`;
}

interface Candidate {
  readonly first: AgreementSpan;
  readonly second: AgreementSpan;
  /** How much they share of what both cover; 1 where they cover the same. */
  readonly part: number;
}

interface Placed {
  readonly span: AgreementSpan;
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly end: number;
}

function placed(spans: readonly AgreementSpan[]): Placed[] {
  return spans
    .map((span) => {
      const pieces = piecesOf(span);
      return { span, pieces, start: pieces[0]![0], end: pieces.at(-1)![1] };
    })
    .sort((a, b) => a.start - b.start);
}

/** All spans of both that share something. */
function candidatesOf(
  first: readonly AgreementSpan[],
  second: readonly AgreementSpan[],
  sameLabel: boolean,
): Candidate[] {
  const others = placed(second);
  // The furthest end of those up to each: what ends before is passed over.
  let furthest = -1;
  const furthestEnds = others.map(({ end }) => (furthest = Math.max(furthest, end)));
  const candidates: Candidate[] = [];
  let from = 0;
  for (const { span, pieces, start, end } of placed(first)) {
    while (from < others.length && furthestEnds[from]! <= start) from++;
    for (let at = from; at < others.length && others[at]!.start < end; at++) {
      const other = others[at]!;
      if (other.end <= start || (sameLabel && other.span.label !== span.label)) continue;
      const shared = sharedLength(pieces, other.pieces);
      if (shared === 0) continue;
      const part = shared / (lengthOf(pieces) + lengthOf(other.pieces) - shared);
      candidates.push({ first: span, second: other.span, part });
    }
  }
  return candidates;
}

/** The same whoever is the first annotator. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.part - a.part ||
    differ(a) - differ(b) ||
    sum(a, 'start') - sum(b, 'start') ||
    sum(a, 'end') - sum(b, 'end') ||
    compareLabels(a, b)
  );
}

function differ({ first, second }: Candidate): number {
  return first.label === second.label ? 0 : 1;
}

function sum({ first, second }: Candidate, edge: 'start' | 'end'): number {
  return first[edge] + second[edge];
}

function compareLabels(a: Candidate, b: Candidate): number {
  const [x, y] = [labelsOf(a), labelsOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function labelsOf({ first, second }: Candidate): string {
  return [first.label, second.label].sort().join(' ');
}
