import * as vscode from 'vscode';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import { Refusal } from '../../workspace/files/refusal';
import { findRepair, type Repair } from '../../workspace/steps/repair';
import type { CorpusStore } from '../../workspace/store';
import { refusalMessage, say, showInformation, showWarning } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import type { Changes } from './changes';
import { chooseRepairs } from './preview';

/** How many documents are opened at once. */
const OPENED = 16;

/** What became of a repair. */
interface Outcome {
  /** How many articles, be it in one layer of theirs. */
  readonly repaired: number;
  readonly moved: number;
  /** How many entities of other layers are left to place; no command walks through those. */
  readonly toPlaceInLayers?: number;
  /** Why articles were not repaired. */
  readonly refused: readonly string[];
}

/** Looks through the whole corpus for spans that moved with their text, and writes the places that a person lets pass. */
export async function repairCorpus(store: CorpusStore, changes: Changes): Promise<Outcome | undefined> {
  await store.catalog.ready;
  const found = await findRepairs(store);
  if (!found) return undefined;
  const isWorthIt = ({ isStale, moves, isUnsaved }: Repair) => !isUnsaved && (isStale || moves.length > 0);
  const repairs = found.filter(isWorthIt);
  if (repairs.length === 0) {
    tellThatNothingMoved(found);
    return { repaired: 0, moved: 0, refused: [] };
  }
  const chosen = await chooseRepairs(repairs, changes);
  if (!chosen) return undefined;
  const outcome = await write(store, chosen);
  tell(store, outcome);
  return outcome;
}

/** Writes the places of the spans that one layer of an article has, at once. */
export async function repairArticle(
  store: CorpusStore,
  uri: vscode.Uri,
  layer: string,
): Promise<Outcome | undefined> {
  await store.catalog.ready;
  const entry = store.catalog.entry(uri);
  if (!entry) return undefined;
  const outcome = await write(store, [{ entry, layer }]);
  tell(store, outcome);
  return outcome;
}

/** @returns what there is of every layer of every article, by path; `undefined` where the person cancelled */
async function findRepairs(store: CorpusStore): Promise<Repair[] | undefined> {
  const entries = store.catalog.all.filter(({ allLayers }) => allLayers.length > 0);
  const found = new Map<ArticleEntry, readonly Repair[]>();
  const title = vscode.l10n.t('Looking for spans that moved with their text');
  const isDone = await forEachWithProgress(title, entries, async (entry) => {
    const repairs = await Promise.all(entry.allLayers.map((layer) => findRepair(store, entry, layer)));
    found.set(
      entry,
      repairs.flatMap((repair) => repair ?? []),
    );
  });
  return isDone ? entries.flatMap((entry) => found.get(entry) ?? []) : undefined;
}

async function write(
  store: CorpusStore,
  layers: readonly Pick<Repair, 'entry' | 'layer'>[],
): Promise<Outcome> {
  const repaired = new Set<ArticleEntry>();
  let [moved, toPlaceInLayers] = [0, 0];
  const refused: string[] = [];
  const repair = async ({ entry, layer }: Pick<Repair, 'entry' | 'layer'>) => {
    try {
      const article = await store.live.open(await vscode.workspace.openTextDocument(entry.uri), layer);
      if (!article) return;
      if (article.refusal) throw article.refusal;
      const found = await findRepair(store, entry, layer);
      if (article.document.isDirty) {
        const file = vscode.workspace.asRelativePath(entry.uri);
        refused.push(vscode.l10n.t('{0} has unsaved changes. Save it; its sidecar follows.', file));
        return;
      }
      await article.sync.save();
      repaired.add(entry);
      moved += found?.moves.length ?? 0;
      if (layer !== entry.layer) toPlaceInLayers += found?.toPlace ?? 0;
    } catch (error) {
      refused.push(error instanceof Refusal ? refusalMessage(error) : String(error));
    }
  };
  const title = vscode.l10n.t('Writing the new places');
  await forEachWithProgress(title, layers, repair, { atOnce: OPENED });
  return { repaired: repaired.size, moved, refused, ...(toPlaceInLayers > 0 && { toPlaceInLayers }) };
}

function tellThatNothingMoved(found: readonly Repair[]): void {
  const { t } = vscode.l10n;
  const countOf = (repairs: readonly Repair[]) => repairs.reduce((sum, { toPlace }) => sum + toPlace, 0);
  const toPlace = countOf(found);
  const unsaved = found.filter(({ isUnsaved, isStale }) => isUnsaved && isStale).length;
  const parts = [t('No span has moved.')];
  if (toPlace > 0) parts.push(t('{0} to place.', toPlace));
  if (unsaved > 0) parts.push(unsavedText(unsaved));
  notify(parts.join(' '), countOf(found.filter(({ entry, layer }) => layer === entry.layer)));
}

function unsavedText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 article has unsaved changes: save it, and its sidecar follows.')
    : vscode.l10n.t('{0} articles have unsaved changes: save them, and their sidecars follow.', count);
}

function tell(store: CorpusStore, { repaired, moved, refused, toPlaceInLayers = 0 }: Outcome): void {
  const { t } = vscode.l10n;
  const shown = store.catalog.all.reduce((sum, { summary }) => sum + summary.toPlace, 0);
  const toPlace = shown + toPlaceInLayers;
  const articles = repaired === 1 ? t('Repaired 1 article') : t('Repaired {0} articles', repaired);
  const spans = moved === 1 ? t('1 span moved') : t('{0} spans moved', moved);
  if (repaired > 0 || refused.length === 0)
    notify(
      toPlace === 0
        ? t('{0}: {1}, nothing left to place.', articles, spans)
        : t('{0}: {1}, {2} still to place.', articles, spans, toPlace),
      shown,
    );
  if (refused.length === 0) return;
  const more = refused.length > 3 ? [t('… and {0} more.', refused.length - 3)] : [];
  void showWarning([t('Not repaired: {0}.', refused.length), ...refused.slice(0, 3), ...more].join(' '));
}

/** Says what was done, with the way to what a person must do. @param toPlace of the layer that is shown */
function notify(message: string, toPlace: number): void {
  if (toPlace === 0) return say(message);
  const next = vscode.l10n.t('Place Next…');
  void showInformation(message, next).then((chosen) => {
    if (chosen === next) void vscode.commands.executeCommand('corpusAnnotator.placeNext');
  });
}
