/** Lines and characters (UTF-16 units) of offsets in a text, both from 0, as editors count them. */
export class LineIndex {
  private readonly starts16: number[] = [0];

  constructor(private readonly text: string) {
    for (const ending of text.matchAll(/\r\n?|\n/g)) this.starts16.push(ending.index + ending[0].length);
  }

  /** Clamps an offset outside of the text. */
  at(offset16: number): { line: number; character: number } {
    const clamped16 = Math.min(Math.max(offset16, 0), this.text.length);
    let low = 0;
    let high = this.starts16.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.starts16[middle]! <= clamped16) low = middle + 1;
      else high = middle;
    }
    return { line: low - 1, character: clamped16 - this.starts16[low - 1]! };
  }
}
