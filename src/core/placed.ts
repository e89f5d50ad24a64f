import { alignTexts } from './align';
import { candidatesOf } from './candidates';
import { moveSpan } from './change';
import { contextOf, withFields, type Entity } from './model/entity';
import { TextIndex, type Span } from './text';
import { trimRange } from './words';

/** An entity at a place that a person chose: with the text, the parts and the context that it has there. */
export function placedAt(entity: Entity, { start, end }: Span, index: TextIndex): Entity {
  const span = { start, end };
  return withFields(entity, {
    before: undefined,
    after: undefined,
    ...contextOf(index.text, span, (part) => index.slice(part)),
    ...span,
    text: index.slice(span),
    parts: partsAt(entity, span, index),
    broken: undefined,
  });
}

/** A span without what no entity has at its ends, see {@link trimRange}; `undefined` where nothing is left. */
export function trimSpan({ start, end }: Span, index: TextIndex): Span | undefined {
  const range16 = trimRange(index.raw, { start16: index.toUtf16(start), end16: index.toUtf16(end) });
  return range16 && { start: index.toCodePoint(range16.start16), end: index.toCodePoint(range16.end16) };
}

/** The parts of a discontinuous mention in its text at another place; none where less than two are left. */
function partsAt(entity: Entity, span: Span, index: TextIndex): Entity['parts'] {
  const old = new TextIndex(entity.text);
  if (!entity.parts || old.length !== entity.end - entity.start) return undefined;
  const changes = alignTexts(old, new TextIndex(index.slice(span)));
  const parts = entity.parts
    .map(([start, end]) =>
      changes.reduce<Span>(moveSpan, { start: start - entity.start, end: end - entity.start }),
    )
    .filter(({ start, end }) => start < end)
    .map(({ start, end }) => [span.start + start, span.start + end] as const);
  return parts.length > 1 ? parts : undefined;
}

/**
 * Where an entity may belong, best first (see {@link candidatesOf}), without the places that another
 * entity with its label has already.
 */
export function freeCandidates(
  entity: Entity,
  entities: readonly Entity[],
  index: TextIndex,
  limit = 8,
): { free: Span[]; taken: number } {
  const others = new Set(
    entities
      .filter(({ id, label, broken }) => id !== entity.id && label === entity.label && !broken)
      .map(({ start, end }) => `${start}:${end}`),
  );
  const all = candidatesOf(entity, index, Infinity);
  const free = all.filter(({ start, end }) => !others.has(`${start}:${end}`));
  return { free: free.slice(0, limit), taken: all.length - free.length };
}

/** A mention with what stands around it, on one line. */
export interface Excerpt {
  readonly before: string;
  readonly mention: string;
  readonly after: string;
}

/** How much of the text around a mention is shown, in code points. */
const BEFORE = 18;
const AFTER = 50;
const MENTION = 60;

/** A mention in its context, cut at words where there are some, with `…` for what is left out. */
export function excerptOf(index: TextIndex, { start, end }: Span): Excerpt {
  const from = Math.max(0, start - BEFORE);
  const to = Math.min(index.length, end + AFTER);
  const before = index.slice({ start: from, end: start });
  const after = index.slice({ start: end, end: to });
  const isMentionCut = end - start > MENTION;
  const mention = index.slice({ start, end: isMentionCut ? start + MENTION - 1 : end });
  return {
    before: oneLine(from > 0 ? '…' + before.replace(/^[^\s]*\s+(?=\S)/, '') : before.trimStart()),
    mention: oneLine(mention) + (isMentionCut ? '…' : ''),
    after: oneLine(to < index.length ? after.replace(/(?<=\S)\s+\S*$/, '') + '…' : after.trimEnd()),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
