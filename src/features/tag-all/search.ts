import * as vscode from 'vscode';
import { disk } from '#disk';
import { contextOf, type Entity } from '../../core/model/entity';
import { findForms, formTest, type FormOptions } from '../../core/occurrences';
import { decodeUtf8, TextIndex, type Span } from '../../core/text';
import { excerptOf } from '../../core/placed';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { collectEntities, collectHits, type Hit } from '../shared/hits';
import { shortText } from '../shared/targets';

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
    const live = store.live.of(entry);
    const bytes = live ? undefined : await disk.read(entry.uri).catch(() => undefined);
    const raw = live ? live.index.raw : bytes && decodeUtf8(bytes);
    const ranges = raw === undefined ? [] : findForms(raw, forms, options);
    if (raw === undefined || ranges.length === 0) return [];
    const index = live?.index ?? new TextIndex(raw);
    const read = live ? undefined : await entry.read({ bytes });
    const placed = (live?.entities ?? read?.entities ?? []).filter(({ broken }) => !broken);
    const taken = new Set(placed.map(({ start, end }) => `${start}:${end}`));
    const isRefused = (live ? live.refusal : read?.file.refusal) !== undefined;
    return ranges.flatMap(({ start16, end16 }): Hit[] => {
      const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
      if (taken.has(`${span.start}:${span.end}`)) return [];
      const context = contextOf(index.text, span, (part) => index.slice(part));
      const detail = isRefused ? vscode.l10n.t('cannot be tagged: see its problems') : around(placed, span);
      const hit = { entry, ...span, text: index.slice(span), context, excerpt: excerptOf(index, span) };
      return [{ ...hit, ...(detail !== undefined && { detail }), ...(isRefused && { isOut: true }) }];
    });
  });
}

/** The entities that a place is within, or overlaps. */
function around(entities: readonly Entity[], { start, end }: Span): string | undefined {
  const all = entities.filter(
    (one) => one.start < end && start < one.end && !(start <= one.start && one.end <= end),
  );
  if (all.length === 0) return undefined;
  return vscode.l10n.t(
    'in {0}',
    all.map(({ label, text }) => `${label} “${shortText(text, 40)}”`).join(', '),
  );
}

/** All entities with these forms and a label, by article and place; `undefined` where the person stopped it. */
export async function findTagged(
  store: CorpusStore,
  entries: readonly ArticleEntry[],
  forms: readonly string[],
  label: string,
  matchCase: boolean,
  title: string,
): Promise<Hit[] | undefined> {
  const isForm = formTest(forms, matchCase);
  const texts = store.catalog.index.tables.texts.filter(isForm);
  const known = new Set(
    texts.flatMap((text) => Array.from(store.catalog.index.find({ text, label }), ({ key }) => key)),
  );
  return collectEntities(
    store,
    entries.filter((entry) => known.has(entry)),
    (entity) => entity.label === label && isForm(entity.text),
    title,
  );
}
