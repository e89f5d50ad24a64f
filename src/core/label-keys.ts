/** Letters that mean something else where single keys tag: a label has one of them only where `corpus.yaml` says so. */
const RESERVED = 'fjk';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
/** What begins keys of two: digits, so that every letter stays a key of one. */
const LEADERS = '1234567890';
/** Letters that begin keys of two where `corpus.yaml` gives every digit to a label: names have them least. */
const SPARE_LEADERS = 'qxz';

/** What the keys of a label are made from. */
export interface Keyed {
  readonly name: string;
  readonly key?: string | undefined;
}

/**
 * Gives every label a key: the one that it has, else one of its letters (those that begin words first), else a
 * letter that is free, else two keys, a digit and one of its letters. No key begins another. What a label gets
 * depends on the keys that are written and on the labels before it, so that one more at the end changes no other's.
 * A label has none where all are taken: with no key written, behind the 383rd.
 * @param labels with the keys of `corpus.yaml`: one character each, all different
 */
export function withKeys<T extends Keyed>(labels: readonly T[]): T[] {
  const taken = new Set(labels.flatMap(({ key }) => key ?? []));
  const isFree = (key: string) => !taken.has(key);
  const digits = [...LEADERS].filter(isFree);
  const leaders = digits.length > 0 ? digits : [...SPARE_LEADERS].filter(isFree);
  const singles = [...LETTERS].filter((letter) => !RESERVED.includes(letter) && !leaders.includes(letter));
  const seconds = LETTERS + DIGITS;
  let areAllTaken = false;
  return labels.map((label) => {
    if (label.key !== undefined || areAllTaken) return label;
    const own = mnemonics(label.name);
    const key =
      [...own.filter((letter) => singles.includes(letter)), ...singles].find(isFree) ??
      leaders.flatMap((first) => [...own, ...seconds].map((second) => first + second)).find(isFree);
    areAllTaken = key === undefined;
    if (key === undefined) return label;
    taken.add(key);
    return { ...label, key };
  });
}

/** The Latin letters of a name, without their accents: first those that begin a word of it, then the others. */
function mnemonics(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const initials = [...plain.matchAll(/(?<![a-z])[a-z]/g)].map(([letter]) => letter);
  return [...new Set([...initials, ...(plain.match(/[a-z]/g) ?? [])])];
}

/**
 * What keys that were pressed one after the other mean.
 * @returns the label that has them, `'prefix'` where a label's keys begin with them, else `undefined`
 */
export function labelForKeys<T extends Pick<Keyed, 'key'>>(
  labels: readonly T[],
  keys: string,
): T | 'prefix' | undefined {
  if (keys === '') return undefined;
  const found = labels.find(({ key }) => key === keys);
  return found ?? (labels.some(({ key }) => key?.startsWith(keys)) ? 'prefix' : undefined);
}
