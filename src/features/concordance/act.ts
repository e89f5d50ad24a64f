import * as vscode from 'vscode';
import { adding, removing, changing, type Edit } from '../../core/model/edit';
import { contextOf, type Entity } from '../../core/model/entity';
import { excerptOf, trimSpan } from '../../core/placed';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusLine } from '../../workspace/asking/concordance';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { CorpusStore } from '../../workspace/store';
import { applyToHits, collectHits, newEntity, type Hit } from '../shared/hits';
import { say } from '../shared/messages';
import { isReviewedOnTagging } from '../shared/reviewed-on-tagging';
import { shortText } from '../shared/targets';

/** What a change is made to: a line, or the place or entity that was found for it. */
interface Target {
  readonly text: string;
  /** None where it is not tagged. */
  readonly label?: string | undefined;
}

/** Gives lines a label: tags those that are not tagged, relabels the others. One step. */
export async function labelLines(
  store: CorpusStore,
  lines: readonly CorpusLine[],
  label: string,
): Promise<void> {
  const { t } = vscode.l10n;
  const title = (targets: readonly Target[]) => labelTitle(targets, label);
  const reviewed = new Map<Corpus, boolean>();
  const isReviewed = ({ corpus, uri }: ArticleEntry) => {
    if (!reviewed.has(corpus)) reviewed.set(corpus, isReviewedOnTagging(store, uri));
    return reviewed.get(corpus)!;
  };
  await change(store, lines, title, t('All of it is tagged {0} already', label), (hit, entities) => {
    const isThere = entities.some((entity) => isSameSpan(entity, hit) && entity.label === label);
    if (isThere) return [];
    const { entity } = hit;
    return entity
      ? [changing(entity, { ...entity, label })]
      : [adding(newEntity(hit, { label }, isReviewed(hit.entry)))];
  });
}

/** Says what becomes of lines that are given a label: some may be tagged, others relabelled. */
function labelTitle(targets: readonly Target[], label: string): string {
  const { t } = vscode.l10n;
  const tagged = targets.filter((target) => target.label === undefined).length;
  const relabelled = targets.length - tagged;
  if (relabelled === 0)
    return titleOf(targets, {
      one: ({ text }) => t('Tag “{0}” as {1}', shortText(text), label),
      many: (count) => t('Tag {0} mentions as {1}', count, label),
    });
  if (tagged === 0)
    return titleOf(targets, {
      one: ({ text, label: from }) => t('Relabel “{0}” from {1} to {2}', shortText(text), from ?? '', label),
      many: (count) => t('Relabel {0} entities to {1}', count, label),
    });
  return t('Label {0} lines as {1} ({2} tagged, {3} relabelled)', targets.length, label, tagged, relabelled);
}

/** Marks the entities of lines as reviewed, or, where all of them are, as not reviewed. One step. */
export async function toggleReviewed(
  store: CorpusStore,
  lines: readonly CorpusLine[],
  wanted?: boolean,
): Promise<void> {
  const { t } = vscode.l10n;
  const tagged = taggedOf(lines);
  const reviewed = wanted ?? !tagged.every(({ state }) => state === 'reviewed');
  const title = (targets: readonly Target[]) =>
    titleOf(targets, {
      one: ({ text }) =>
        reviewed
          ? t('Mark “{0}” as reviewed', shortText(text))
          : t('Mark “{0}” as not reviewed', shortText(text)),
      many: (count) =>
        reviewed ? t('Mark {0} entities as reviewed', count) : t('Mark {0} entities as not reviewed', count),
    });
  await change(store, tagged, title, t('There is no entity on this line.'), ({ entity: before }) =>
    !before || (before.reviewed ?? false) === reviewed
      ? []
      : [changing(before, { ...before, reviewed: reviewed ? true : undefined })],
  );
}

/** Deletes the entities of lines. One step. */
export async function untagLines(store: CorpusStore, lines: readonly CorpusLine[]): Promise<void> {
  const { t } = vscode.l10n;
  const tagged = taggedOf(lines);
  const title = (targets: readonly Target[]) =>
    titleOf(targets, {
      one: ({ text, label }) => t('Delete {0} “{1}”', label ?? '', shortText(text)),
      many: (count) => t('Delete {0} entities', count),
    });
  await change(store, tagged, title, t('There is no entity on this line.'), ({ entity }) =>
    entity ? [removing(entity)] : [],
  );
}

function taggedOf(lines: readonly CorpusLine[]): CorpusLine[] {
  return lines.filter(({ label }) => label !== undefined);
}

function titleOf(
  targets: readonly Target[],
  { one, many }: { one: (target: Target) => string; many: (count: number) => string },
): string {
  return targets.length === 1 ? one(targets[0]!) : many(targets.length);
}

/**
 * Changes what is on lines, as one step.
 * @param titleOf is given the lines while they are looked at, then what is changed, which may be less
 * @param nothing is said where no edit is left
 */
async function change(
  store: CorpusStore,
  lines: readonly CorpusLine[],
  titleOf: (targets: readonly Target[]) => string,
  nothing: string,
  editsOf: (hit: Hit, entities: readonly Entity[]) => Edit[],
): Promise<void> {
  const byEntry = new Map<ArticleEntry, CorpusLine[]>();
  for (const line of lines) {
    const others = byEntry.get(line.entry);
    if (others) others.push(line);
    else byEntry.set(line.entry, [line]);
  }
  const edits = new Map<Hit, Edit[]>();
  const hits = await collectHits([...byEntry.keys()], titleOf(lines), async (entry) => {
    const { entities, index } = store.live.of(entry) ?? (await entry.read());
    const found: Hit[] = byEntry.get(entry)!.flatMap((line): Hit[] => {
      const { start, end, text } = line;
      const place = { entry, start, end, text, excerpt: excerptOf(index, line) };
      if (line.label === undefined) {
        // A pattern may have found more than an entity has.
        const span = trimSpan(line, index);
        const context = span && contextOf(index.text, span, (part) => index.slice(part));
        return span ? [{ ...place, ...span, text: index.slice(span), context: context! }] : [];
      }
      return entities
        .filter((entity) => !entity.broken && entity.label === line.label && isSameSpan(entity, line))
        .map((entity) => ({ ...place, entity }));
    });
    for (const hit of found) edits.set(hit, editsOf(hit, entities));
    return found.filter((hit) => edits.get(hit)!.length > 0);
  });
  if (!hits) return;
  if (hits.length === 0) return say(nothing);
  const title = titleOf(hits.map(({ text, entity }) => ({ text, label: entity?.label })));
  await applyToHits(store, title, hits, (hit) => edits.get(hit)!);
}

function isSameSpan(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start === b.start && a.end === b.end;
}
