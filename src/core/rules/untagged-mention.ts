import { contextOf, entityIdFrom, type Entity } from '../entity';
import { findForm } from '../occurrences';
import type { Rule } from './rule';

/** Words that a reviewed entity of the article has, untagged at another place. */
export const untaggedMention: Rule = {
  id: 'untagged-mention',
  severity: 'info',
  *check({ index, entities, path }) {
    const twins = new Map<string, Entity>();
    for (const entity of entities) {
      const isTwin = entity.reviewed === true && entity.parts === undefined;
      if (isTwin && !twins.has(entity.text)) twins.set(entity.text, entity);
    }
    const found = [...twins.keys()].flatMap((form) => [...findForm(index.raw, form)]);
    // Where forms share characters, the one that begins first counts, and of those the longest.
    found.sort((a, b) => a.start16 - b.start16 || b.end16 - a.end16);
    let told16 = 0;
    const tagged = entities.map(({ start, end }) => ({ start, end }));
    let first = 0;
    let reach = 0;
    for (const { start16, end16 } of found) {
      const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
      // Entities are in the order of their starts; one that ends before here may be followed by a longer one.
      for (; first < tagged.length && tagged[first]!.start < span.end; first++)
        reach = Math.max(reach, tagged[first]!.end);
      if (reach > span.start || start16 < told16) continue;
      const text = index.slice(span);
      const twin = twins.get(text);
      if (!twin) continue;
      told16 = end16;
      const { label, link } = twin;
      const id = entityIdFrom([path, 'untagged-mention', span.start, label, text].join('\n'));
      const context = contextOf(index.text, span, (part) => index.slice(part));
      const entity = { id, label, ...span, text, ...(link !== undefined && { link }), ...context };
      yield { start16, end16, values: { label, text }, edits: [{ kind: 'add', entity }] };
    }
  },
};
