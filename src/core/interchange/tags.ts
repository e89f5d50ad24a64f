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

/**
 * The spans that tags tell, in any of the schemes: a tag that does not follow what stands before it begins an
 * entity. An `E-`, `L-`, `S-` or `U-` ends one.
 * @param onFault is told the number of a tag that is malformed, or that no scheme allows there
 */
export function readTags(
  tags: readonly string[],
  onFault: (i: number) => void = () => undefined,
): LabelledTokens[] {
  const spans: { first: number; last: number; label: string }[] = [];
  let open: (typeof spans)[number] | undefined;
  tags.forEach((tag, i) => {
    const [, kind = '', label = ''] = /^([BIELSU])-(.+)$/su.exec(tag) ?? [];
    if (kind === '') {
      if (tag !== 'O' && tag !== '_' && tag !== '-' && tag !== '') onFault(i);
      open = undefined;
      return;
    }
    const goesOn = open?.label === label && (kind === 'I' || kind === 'E' || kind === 'L');
    if (goesOn) open!.last = i;
    else {
      if (kind === 'E' || kind === 'L') onFault(i);
      spans.push((open = { first: i, last: i, label }));
    }
    if (kind !== 'B' && kind !== 'I') open = undefined;
  });
  return spans;
}
