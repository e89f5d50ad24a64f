import { Trie } from './suggest/trie';

/** With less to go through, it takes longer to prepare looking for all at once. */
const MOST_BY_ONE = 2 ** 22;

/**
 * Those of some texts that occur more than once in another. Overlapping occurrences count; what is empty does not
 * occur. Costs one pass over the text, however many are looked for.
 * @param most how many units may be gone through to look for each by itself
 */
export function repeatedIn(
  text: string,
  wanted: ReadonlySet<string>,
  most = MOST_BY_ONE,
): ReadonlySet<string> {
  return wanted.size * text.length <= most ? repeatedByOne(text, wanted) : repeatedAtOnce(text, wanted);
}

function repeatedByOne(text: string, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const repeated = new Set<string>();
  for (const one of wanted) {
    const first = text.indexOf(one);
    if (one !== '' && first >= 0 && text.includes(one, first + 1)) repeated.add(one);
  }
  return repeated;
}

function repeatedAtOnce(text: string, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const trie = new Trie();
  for (const one of wanted) if (one !== '') trie.add(one);
  const { first, ends, tails, texts } = trie;
  const [found, repeated] = [new Set<number>(), new Set<string>()];
  const meet = (number: number) => {
    if (found.has(number)) repeated.add(texts[number - 1]!);
    else found.add(number);
  };
  for (let from = 0; from < text.length; from++) {
    let state = first[text.charCodeAt(from)]!;
    for (let at = from + 1; state !== 0; at++) {
      const [end, tail] = [ends[state]!, tails[state]!];
      if (end !== 0) meet(end);
      if (tail !== 0 && text.startsWith(texts[tail - 1]!, from)) meet(tail);
      state = tail !== 0 || at >= text.length ? 0 : trie.next(state, text.charCodeAt(at));
    }
  }
  return repeated;
}
