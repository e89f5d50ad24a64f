import { contextOf } from '../../core/entity';
import { findForms, type FormOptions } from '../../core/occurrences';
import { TextIndex } from '../../core/text';
import { excerptOf } from '../../core/placed';
import type { ArticleEntry } from '../../workspace/catalog';
import { readText } from '../../workspace/locations';
import type { CorpusStore } from '../../workspace/store';
import { collectEntities, collectHits, type Hit } from '../shared/hits';

/**
 * Looks for forms in articles, in the editor's text where one is open.
 * @returns places that no entity has exactly, by article and place; `undefined` where the person stopped it
 */
export async function findUntagged(
  store: CorpusStore,
  entries: readonly ArticleEntry[],
  forms: readonly string[],
  options: FormOptions,
  title: string,
): Promise<Hit[] | undefined> {
  return collectHits(entries, title, async (entry) => {
    const live = store.liveOf(entry);
    const raw = live ? live.index.raw : await readText(entry.uri);
    const ranges = raw === undefined ? [] : findForms(raw, forms, options);
    if (raw === undefined || ranges.length === 0) return [];
    const index = live?.index ?? new TextIndex(raw);
    const tagged = live ? live.entities : (await entry.read()).entities;
    const taken = new Set(tagged.filter(({ broken }) => !broken).map(({ start, end }) => `${start}:${end}`));
    return ranges.flatMap(({ start16, end16 }): Hit[] => {
      const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
      if (taken.has(`${span.start}:${span.end}`)) return [];
      const context = contextOf(index.text, span, (part) => index.slice(part));
      return [{ entry, ...span, text: index.slice(span), context, excerpt: excerptOf(index, span) }];
    });
  });
}

/** All entities with these texts and a label, by article and place; `undefined` where the person stopped it. */
export async function findTagged(
  store: CorpusStore,
  entries: readonly ArticleEntry[],
  texts: readonly string[],
  label: string,
  title: string,
): Promise<Hit[] | undefined> {
  const wanted = new Set(texts);
  const known = new Set(
    texts.flatMap((text) => Array.from(store.index.find({ text, label }), ({ key }) => key)),
  );
  return collectEntities(
    store,
    entries.filter((entry) => known.has(entry)),
    (entity) => entity.label === label && wanted.has(entity.text),
    title,
  );
}
