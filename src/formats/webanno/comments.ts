import type { Plain } from '../../core/model/entity';

/** Where a comment stands: before the sentence whose id this is, in the header, or behind all sentences. */
export type CommentPlace = number;
export const HEADER: CommentPlace = 0;
export const BEHIND: CommentPlace = -1;

/** The comments of a file by their places. A sidecar may hold anything: what would be read as something else is none. */
export function commentsByPlace(kept: Plain | undefined): Map<CommentPlace, string[]> {
  const comments = new Map<CommentPlace, string[]>();
  for (const item of Array.isArray(kept) ? (kept as readonly Plain[]) : []) {
    const [place, source] = Array.isArray(item) ? (item as readonly Plain[]) : [];
    if (typeof place !== 'number' || typeof source !== 'string' || !isComment(source)) continue;
    comments.set(place, [...(comments.get(place) ?? []), source]);
  }
  return comments;
}

/** Whether a line begins with `#` and says nothing of what the format knows. */
function isComment(line: string): boolean {
  return /^#(?!(?:FORMAT|Text|Sentence\.id)=|T_)[^\r\n]*$/.test(line);
}
