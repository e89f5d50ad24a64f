import * as vscode from 'vscode';
import { keepAllVersions, keepVersions } from '../../core/conflict';
import type { Edit } from '../../core/model/edit';
import type { Entity } from '../../core/model/entity';
import { baseName, isSidecarName } from '../../core/sidecar/name';
import { mergeSides } from '../../workspace/files/merge-sides';
import { SidecarFile } from '../../workspace/files/sidecar-file';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { countEntities } from '../shared/counts';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { say, sayDone, sayNothingHere, showWarning } from '../shared/messages';
import { resolveTargets, shortText, type EntityArgument } from '../shared/targets';
import type { VersionOwners } from '../shared/version-owners';
import { QuickFixes } from './quick-fixes';

/** What a person does about a merge: of a sidecar in which git marked conflicts, and of versions that it kept. */
export function register(context: vscode.ExtensionContext, store: CorpusStore, owners: VersionOwners): void {
  context.subscriptions.push(
    registerCommand('mergeSides', (uri?: string | vscode.Uri) => mergeSidesOf(store, owners, uri)),
    registerCommand('keepThisVersion', (argument?: EntityArgument) => settle(store, argument, 'this')),
    registerCommand('keepBothVersions', (argument?: EntityArgument) => settle(store, argument, 'both')),
    vscode.languages.registerCodeActionsProvider(
      [{ language: ARTICLE_LANGUAGE }, { pattern: '**/*.ann.yaml' }],
      new QuickFixes(store, owners),
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** @param named the sidecar or its article; without it, that of the active editor */
async function mergeSidesOf(
  store: CorpusStore,
  owners: VersionOwners,
  named: string | vscode.Uri | undefined,
): Promise<void> {
  await store.catalog.ready;
  const given = typeof named === 'string' ? vscode.Uri.parse(named, true) : named;
  const about = given ?? vscode.window.activeTextEditor?.document.uri;
  const uri = about && (isSidecarName(about.path) ? about : store.catalog.entry(about)?.sidecarUri);
  if (!uri) return sayNothingHere(false);
  const [{ entry, layer } = {}] = store.catalog.layersIn(uri);
  const article = entry?.uri ?? uri;
  const merged = await mergeSides(new SidecarFile(uri, article), entry?.uri);
  const name = baseName(uri.path);
  if (!merged) return say(vscode.l10n.t('There are no git conflict markers in {0}.', name));
  await owners.remember(article, merged);
  await store.followFile(uri, 'changed');
  const { entities, conflicts } = merged;
  const done = vscode.l10n.t('Both sides of {0} are merged: {1}.', name, countEntities(entities));
  if (conflicts === 0) return say(done);
  if (entry && layer !== entry.layer) {
    // The view shows one layer only.
    const seen = vscode.l10n.t('Changed on both sides: {0}; see the problems of the sidecar.', conflicts);
    return void showWarning(`${done} ${seen}`);
  }
  void showWarning(
    conflicts === 1
      ? vscode.l10n.t(
          '{0} One entity was changed on both sides: its versions are in the group Conflicts of the Entities view.',
          done,
        )
      : vscode.l10n.t(
          '{0} {1} entities were changed on both sides: their versions are in the group Conflicts of the Entities view.',
          done,
          conflicts,
        ),
  );
}

/** Settles the conflicts of entities as one step. */
async function settle(
  store: CorpusStore,
  argument: EntityArgument | undefined,
  kept: 'this' | 'both',
): Promise<void> {
  const targets = await resolveTargets(store, argument);
  const marked = targets?.entities.filter(({ conflict }) => conflict !== undefined) ?? [];
  const [first, ...others] = marked;
  if (!targets || !first)
    return sayNothingHere(
      targets !== undefined,
      vscode.l10n.t('There is no entity in conflict at the cursor.'),
    );
  const { article } = targets;
  if (article.refusal) throw article.refusal;
  const edits: Edit[] = (kept === 'this' ? keepVersions : keepAllVersions)(marked, article.entities);
  const title = titleOf(first, others.length + 1, kept);
  const saved = article.apply(title, edits);
  sayDone(title);
  await saved;
}

function titleOf({ label, text }: Entity, count: number, kept: 'this' | 'both'): string {
  const { t } = vscode.l10n;
  const mention = shortText(text);
  if (kept === 'both') {
    return count === 1
      ? t('Keep both versions of “{0}”', mention)
      : t('Keep all versions of {0} entities', count);
  }
  return count === 1 ? t('Keep {0} “{1}”', label, mention) : t('Keep {0} versions', count);
}
