import type { Anchored } from './entity';
import type { Span } from '../text';

/**
 * Where a discontinuous mention is whose parts have moved, in code points: parts that hold text, in their order,
 * within their hull. What is left of one part only is not discontinuous; where no text is left, the place is empty.
 */
export function placeOfParts(parts: readonly Span[]): Pick<Anchored, 'start' | 'end' | 'parts'> {
  const ordered = [...parts].sort((a, b) => a.start - b.start || a.end - b.end);
  const held = ordered.filter(({ start, end }) => start < end);
  const [{ start }, ...others] = (held.length > 0 ? held : ordered) as [Span, ...Span[]];
  if (held.length === 0) return { start, end: start, parts: undefined };
  const end = Math.max(...held.map((part) => part.end));
  return { start, end, parts: others.length > 0 ? held.map((part) => [part.start, part.end]) : undefined };
}
