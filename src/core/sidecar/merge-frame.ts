import type { ManagedKeys } from './canonical';
import type { Frame } from './sidecar';
import { keyOfLine } from './key-of-line';
import { setManagedLines } from './write';

/** The lines of one top-level key, with the comments below it. */
interface Block {
  readonly part: 'head' | 'tail';
  readonly lines: readonly string[];
}

/**
 * Merges the lines around the entities, top-level key by top-level key: what one side changed is taken.
 * Where both changed a key, ours stays, and what is new in theirs follows at the end as comments.
 */
export function mergeFrames(managed: ManagedKeys, base: Frame, ours: Frame, theirs: Frame): Frame {
  const key = ({ head, ...others }: Frame) => JSON.stringify([setManagedLines(head, managed), others]);
  if (key(ours) === key(base)) return theirs;
  if (key(theirs) === key(base)) return ours;
  const [b, o, t] = [base, ours, theirs].map((frame) => blocksOf(managed, frame)) as [Blocks, Blocks, Blocks];
  const merged: Block[] = [];
  const left: string[] = [];
  for (const key of new Set([...o.keys(), ...t.keys()])) {
    const [was, mine, other] = [b.get(key), o.get(key), t.get(key)];
    const block = isSame(was, mine) ? other : mine;
    if (block) merged.push(mine ? { ...block, part: mine.part } : { ...block, part: 'tail' });
    const isConflict = !isSame(was, mine) && !isSame(was, other) && !isSame(mine, other);
    if (isConflict)
      left.push(...newLines([...(was?.lines ?? []), ...(mine?.lines ?? [])], other?.lines ?? []));
  }
  const comment = ours.comment === base.comment ? theirs.comment : ours.comment;
  left.push(...newLines([base.comment, comment], [theirs.comment]));
  const linesOf = (part: Block['part']) =>
    merged.flatMap((block) => (block.part === part ? block.lines : []));
  return {
    head: linesOf('head'),
    comment,
    tail: [...linesOf('tail'), ...left.map(asComment)],
    eol: ours.eol === base.eol ? theirs.eol : ours.eol,
  };
}

/** Our frame with all of theirs that it lacks as comments at its end. */
export function linesAsComments(ours: Frame, theirs: Frame): Frame {
  const lines = ({ head, comment, tail }: Frame) => [...head, comment, ...tail];
  return { ...ours, tail: [...ours.tail, ...newLines(lines(ours), lines(theirs)).map(asComment)] };
}

type Blocks = Map<string, Block>;

function blocksOf(managed: ManagedKeys, { head, tail }: Frame): Blocks {
  const blocks = new Map<string, { part: Block['part']; lines: string[] }>();
  const add = (part: Block['part'], lines: readonly string[]) => {
    let key = part as string;
    for (const line of lines) {
      const name = keyOfLine(line);
      // With its colon, so that `head` is not the lines above the first key.
      if (name !== undefined) key = name + ':';
      const block = blocks.get(key);
      if (block) block.lines.push(line);
      else blocks.set(key, { part, lines: [line] });
    }
  };
  add('head', setManagedLines(head, managed));
  add('tail', tail);
  return blocks;
}

function isSame(a: Block | undefined, b: Block | undefined): boolean {
  return a?.lines.join('\n') === b?.lines.join('\n');
}

function newLines(known: readonly string[], lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !known.includes(line));
}

function asComment(line: string): string {
  return line.trim().startsWith('#') ? line.trim() : `# ${line}`;
}
