/** The length of a word of the article, with its space. */
const WIDTH = 6;

/** An article of words that differ, so that each has its place. */
export function articleOf(words: number): string {
  return Array.from({ length: words }, (_, n) => wordOf(n)).join(' ') + '\n';
}

export function wordOf(n: number): string {
  return `w${String(n).padStart(WIDTH - 2, '0')}`;
}

/** The word that begins at an offset. */
export function wordAt(start: number): number {
  return start / WIDTH;
}

export function wordSpan(n: number): { start: number; end: number } {
  return { start: n * WIDTH, end: n * WIDTH + WIDTH - 1 };
}
