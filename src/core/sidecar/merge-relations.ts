import { compareText, type Plain } from '../entity';
import { keyOf } from '../merge-entity';
import { readExtraLines, relationLines } from './extra-lines';
import type { Frame } from './sidecar';

/** What became of the entities that relations are between. */
interface MergedEntities {
  /** What those are called now that have another id. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The ids of all that there were, and of those that there are. */
  readonly known: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
}

type Three<T> = readonly [base: T, ours: T, theirs: T];
type Relation = Readonly<Record<string, Plain>>;
type Relations = ReadonlyMap<string, Relation>;

/**
 * Merges the relations of three sidecars by their ids, field by field: what one side changed is taken. An entity that
 * both sides have tagged is one, and relations follow it; a relation that both have made of the same is one. Those of
 * what is gone go with it. Which side is which makes no difference.
 * @returns the frames, in which the relations are the same now, and, as comments, what nobody could have taken: the
 * other version of a field that both changed, and relations that a side made of what the other deleted. Where a
 * side's relations are not written as the program writes them, the frames as they were, to be merged as lines.
 */
export function mergeRelations(
  frames: Three<Frame>,
  entities: MergedEntities,
): { readonly frames: Three<Frame>; readonly comments: readonly string[] } {
  const blocks = mapThree(frames, blockOf);
  if (!areRead(blocks) || blocks.every(({ items }) => items.length === 0)) return { frames, comments: [] };
  const [base, ours, theirs] = mapThree(blocks, ({ items }) => byId(items, entities.renamed));
  const merged = new Map<string, Relation>();
  const lost: Relation[] = [];
  const added = [...new Set([...ours.keys(), ...theirs.keys()])].filter((id) => !base.has(id));
  for (const id of [...base.keys(), ...added.sort(compareText)]) {
    const [was, mine, other] = [base.get(id), ours.get(id), theirs.get(id)];
    const relation = mergeOne(was, mine, other, lost);
    if (!relation) continue;
    if (!isDangling(relation, entities)) merged.set(id, relation);
    else if (!was || keyOf(was) !== keyOf(relation)) lost.push(relation);
  }
  dropTwins(merged, base, [ours, theirs]);
  const lines = linesOf(merged, blocks);
  const put = (frame: Frame, { from, to }: Block): Frame => ({
    ...frame,
    tail: frame.tail.toSpliced(from, to - from, ...lines),
  });
  return {
    frames: [put(frames[0], blocks[0]), put(frames[1], blocks[1]), put(frames[2], blocks[2])],
    comments: lost.length > 0 ? relationLines(lost).map((line) => `# ${line}`) : [],
  };
}

/** The lines of the relations, which are below the entities. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  readonly items: readonly Relation[];
}

function areRead(blocks: Three<Block | undefined>): blocks is Three<Block> {
  return blocks.every((block) => block !== undefined);
}

function mapThree<T, U>([base, ours, theirs]: Three<T>, map: (one: T) => U): Three<U> {
  return [map(base), map(ours), map(theirs)];
}

/** @returns `undefined` where they are not as the program writes them, each with an id of its own */
function blockOf({ head, tail }: Frame): Block | undefined {
  if (head.some((line) => line.startsWith('relations:'))) return undefined;
  const from = tail.findIndex((line) => line.startsWith('relations:'));
  if (from < 0) return { from: tail.length, to: tail.length, lines: [], items: [] };
  let to = from + 1;
  while (tail[to]?.startsWith('  ')) to++;
  const lines = tail.slice(from, to);
  const items = readExtraLines(lines)?.relations as readonly Relation[] | undefined;
  const ids = new Set(items?.map(({ id }) => id).filter((id) => typeof id === 'string'));
  return items && ids.size === items.length ? { from, to, lines, items } : undefined;
}

/** The lines of merged relations: a side's own where they say the same, so that a merge with what did nothing changes no line. */
function linesOf(merged: Relations, [base, ...sides]: Three<Block>): readonly string[] {
  const wanted = keyOf(Object.fromEntries(merged));
  const isBase = ({ lines }: Block) => lines.join('\n') === base.lines.join('\n');
  const [side] = sides
    .filter(({ items }) => keyOf(Object.fromEntries(byId(items, new Map()))) === wanted)
    .sort(
      (a, b) => Number(isBase(a)) - Number(isBase(b)) || compareText(a.lines.join('\n'), b.lines.join('\n')),
    );
  if (side) return side.lines;
  return merged.size > 0 ? relationLines([...merged.values()]) : [];
}

function byId(items: readonly Relation[], renamed: ReadonlyMap<string, string>): Relations {
  const now = (id: Plain | undefined) => (typeof id === 'string' ? (renamed.get(id) ?? id) : id);
  const follow = (item: Relation) =>
    Object.fromEntries(
      Object.entries(item).map(([key, value]) => [key, key === 'from' || key === 'to' ? now(value)! : value]),
    );
  return new Map(items.map((item) => [item.id as string, follow(item)]));
}

/** @param lost takes the version of which a field was not taken, though its side had changed it */
function mergeOne(
  base: Relation | undefined,
  ours: Relation | undefined,
  theirs: Relation | undefined,
  lost: Relation[],
): Relation | undefined {
  const [b, o, t] = [base, ours, theirs].map(keyOf);
  if (o === t || b === t) return ours;
  if (b === o) return theirs;
  // What one side deleted and the other changed stays.
  if (!ours || !theirs) return ours ?? theirs;
  const [first, second] = compareText(o!, t!) < 0 ? [ours, theirs] : [theirs, ours];
  let isLost = false;
  const names = new Set([...Object.keys(base ?? {}), ...Object.keys(first), ...Object.keys(second)]);
  const fields = [...names].flatMap((name): [string, Plain][] => {
    const [was, one, other] = [base?.[name], first[name], second[name]];
    const isOnlyTheirs = keyOf(was) === keyOf(one);
    isLost ||= !isOnlyTheirs && keyOf(was) !== keyOf(other) && keyOf(one) !== keyOf(other);
    const value = isOnlyTheirs ? other : one;
    return value === undefined ? [] : [[name, value]];
  });
  if (isLost) lost.push(second);
  return Object.fromEntries(fields);
}

/** Whether an end of it was there, and is not any more. */
function isDangling({ from, to }: Relation, { known, left }: MergedEntities): boolean {
  return [from, to].some((id) => typeof id === 'string' && known.has(id) && !left.has(id));
}

/** Of two relations that say the same of the same, one added by each side, that with the smaller id stays. */
function dropTwins(merged: Map<string, Relation>, base: Relations, sides: readonly Relations[]): void {
  const seen = new Map<string, string>();
  for (const [id, relation] of merged) {
    if (base.has(id)) continue;
    const key = keyOf({ ...relation, id: undefined });
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, id);
    else if (!sides.some((side) => side.has(id) && side.has(twin))) merged.delete(id);
  }
}
