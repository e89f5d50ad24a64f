import type { Entity } from '../../src/core/model/entity.ts';
import { TextIndex } from '../../src/core/text.ts';

/** An article with entities between brackets: `[GPE Harwich]`, which may nest. */
export function markedArticle(marked: string): [index: TextIndex, entities: Entity[]] {
  const entities: Entity[] = [];
  const open: { label: string; start: number }[] = [];
  let text = '';
  for (const [, label, end, other] of marked.matchAll(/\[(\w+) |(\])|([^])/gu)) {
    const at = Array.from(text).length;
    if (label !== undefined) open.push({ label, start: at });
    else if (end !== undefined) {
      const { label, start } = open.pop()!;
      const piece = Array.from(text).slice(start).join('');
      entities.push({ id: `e${entities.length}`, label, start, end: at, text: piece });
    } else text += other;
  }
  return [new TextIndex(text), entities];
}
