import type { Page } from 'playwright-core';

/** A character of a text that an editor shows, its left edge and its width, in pixels. */
export type Glyph = readonly [character: string, left: number, width: number];

/** Where the first editor draws each character of each line in view, from the top. */
export function glyphs(page: Page): Promise<Glyph[][]> {
  return page.evaluate<Glyph[][]>(`(() => {
    const top = (element) => element.getBoundingClientRect().top;
    const editor = document.querySelector('.editor-instance .view-lines');
    const lines = [...editor.querySelectorAll('.view-line')].sort((a, b) => top(a) - top(b));
    return lines.map((line) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let i = 0; i < node.textContent.length; i++) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const { left, width } = range.getBoundingClientRect();
          found.push([node.textContent[i], left, width]);
        }
      }
      return found;
    });
  })()`);
}
