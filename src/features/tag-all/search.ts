import { disk } from '#disk';
import { compareEntities, contextOf, type Entity } from '../../core/entity';
import { findForms, type FormOptions } from '../../core/occurrences';
import { decodeUtf8, TextIndex } from '../../core/text';
import { excerptOf } from '../../core/placed';
import type { ArticleEntry } from '../../workspace/catalog';
import type { CorpusStore } from '../../workspace/store';
import type { Hit } from '../shared/hits';
import { forEachWithProgress } from '../shared/progress';

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
  return collect(entries, title, async (entry) => {
    const live = store.loadedArticle(entry.uri);
    const raw = live ? live.index.raw : await readText(entry);
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
  const isWanted = (entity: Pick<Entity, 'label' | 'text' | 'broken'>) =>
    entity.label === label && wanted.has(entity.text) && !entity.broken;
  const known = new Set(
    texts.flatMap((text) => Array.from(store.index.find({ text, label }), ({ key }) => key)),
  );
  return collect(
    entries.filter((entry) => known.has(entry)),
    title,
    async (entry) => {
      const { entities, index } = store.loadedArticle(entry.uri) ?? (await entry.read());
      return [...entities]
        .filter(isWanted)
        .sort(compareEntities)
        .map((entity) => {
          const { start, end, text } = entity;
          return { entry, start, end, text, entity, excerpt: excerptOf(index, entity) };
        });
    },
  );
}

async function collect(
  entries: readonly ArticleEntry[],
  title: string,
  find: (entry: ArticleEntry) => Promise<Hit[]>,
): Promise<Hit[] | undefined> {
  const found = new Map<ArticleEntry, Hit[]>();
  const look = async (entry: ArticleEntry) => {
    found.set(entry, await find(entry));
  };
  if (entries.length === 1) await look(entries[0]!);
  else if (!(await forEachWithProgress(title, entries, look))) return undefined;
  return entries.flatMap((entry) => found.get(entry) ?? []);
}

/** @returns `undefined` for what cannot be read as text */
async function readText({ uri }: ArticleEntry): Promise<string | undefined> {
  const bytes = await disk.read(uri).catch(() => undefined);
  return bytes && decodeUtf8(bytes);
}
