/**
 * Tags of tokens for spans that do not overlap. `iob1` (Ramshaw and Marcus 1995): `B-` only where an entity
 * follows another of the same label at once; `iob2`: `B-` for the first token of each; `bioes` and `bilou` also
 * tell the last token (`E-`, `L-`) and a single one (`S-`, `U-`).
 */
export const TAG_SCHEMES = ['iob2', 'iob1', 'bioes', 'bilou'] as const;
export type TagScheme = (typeof TAG_SCHEMES)[number];

/** Tokens `[first, last]`, both included, with a label. */
export interface LabelledTokens {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

/**
 * The tag of each token.
 * @param spans in order, none of them overlapping
 */
export function writeTags(count: number, spans: readonly LabelledTokens[], scheme: TagScheme): string[] {
  const tags = new Array<string>(count).fill('O');
  const [end, single] = scheme === 'bilou' ? (['L-', 'U-'] as const) : (['E-', 'S-'] as const);
  const tellsEnds = scheme === 'bioes' || scheme === 'bilou';
  let before: LabelledTokens | undefined;
  for (const span of spans) {
    const { first, last, label } = span;
    const isBehindSame = before?.last === first - 1 && before.label === label;
    for (let i = first; i <= last; i++) tags[i] = `I-${label}`;
    if (tellsEnds) tags[last] = end + label;
    if (tellsEnds && first === last) tags[first] = single + label;
    else if (scheme !== 'iob1' || isBehindSame) tags[first] = `B-${label}`;
    before = span;
  }
  return tags;
}

/** What a tag tells: that an entity of a label begins, goes on, ends, or is of this token alone. */
export interface Tag {
  readonly kind: 'begin' | 'inside' | 'end' | 'single';
  /** Empty where it goes on with whatever is open. */
  readonly label: string;
}

/** How tags are read; see `dialectOf` in `tag-dialects.ts`. Nothing is told by what gives `undefined`. */
export type TagReader = (tag: string) => Tag | undefined;

/** What the letters of all schemes mean; `M` and `W` are of BMES and BMEWO. */
export const KINDS: Readonly<Record<string, Tag['kind']>> = {
  ...{ B: 'begin', I: 'inside', M: 'inside', E: 'end', L: 'end', S: 'single', U: 'single', W: 'single' },
};

/** The usual form of tags: `B-PER`. */
export const readHyphened: TagReader = (tag) => {
  const [, letter, label = ''] = /^([BIMELSUW])-(.+)$/su.exec(tag) ?? [];
  return letter === undefined ? undefined : { kind: KINDS[letter]!, label };
};

/** What is told of how entities begin, by the number of the tag. */
export interface BeginListener {
  /** It says that an entity goes on, but none does: it is read as its beginning, as in `iob1`. */
  readonly onLateBegin?: (i: number) => void;
  /** It begins an entity as no tag of `iob1` does: behind none of its label. */
  readonly onProperBegin?: (i: number) => void;
}

/** What stands where nothing is annotated. */
export function isOutside(tag: string): boolean {
  return tag === 'O' || isUnknown(tag);
}

/** What stands where nobody said whether there is an entity. */
export function isUnknown(tag: string): boolean {
  return tag === '_' || tag === '-' || tag === '';
}

/**
 * The spans that tags tell, in any of the schemes: a tag that does not follow what stands before it begins an
 * entity. One for an end or a single token ends one.
 * @param onFault is told the number of a tag that is malformed, or that no scheme allows there
 */
export function readTags(
  tags: readonly string[],
  onFault: (i: number) => void = () => undefined,
  read: TagReader = readHyphened,
  { onLateBegin, onProperBegin }: BeginListener = {},
): LabelledTokens[] {
  const spans: { first: number; last: number; label: string }[] = [];
  let open: (typeof spans)[number] | undefined;
  tags.forEach((tag, i) => {
    const told = isOutside(tag) ? undefined : read(tag);
    if (!told) {
      if (!isOutside(tag)) onFault(i);
      open = undefined;
      return;
    }
    const { kind, label } = told;
    const isMore = kind === 'inside' || kind === 'end';
    if (open && isMore && (label === '' || open.label === label)) open.last = i;
    else if (label === '') return onFault(i);
    else {
      if (kind === 'end') onFault(i);
      if (kind === 'inside') onLateBegin?.(i);
      const before = spans.at(-1);
      const isBehindSame = before?.last === i - 1 && before.label === label;
      if (!isMore && !isBehindSame) onProperBegin?.(i);
      spans.push((open = { first: i, last: i, label }));
    }
    if (kind === 'end' || kind === 'single') open = undefined;
  });
  return spans;
}
