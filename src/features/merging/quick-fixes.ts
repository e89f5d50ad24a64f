import * as vscode from 'vscode';
import { otherVersion } from '../../core/conflict';
import type { Entity } from '../../core/model/entity';
import type { CorpusStore } from '../../workspace/store';
import { commandFix, concernedEntities, type Concerned } from '../shared/quick-fixes';
import { nameOf, shortText } from '../shared/targets';
import type { VersionOwners } from '../shared/version-owners';

/** What can be done about git's conflict markers, and about versions that a merge kept. */
export class QuickFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly store: CorpusStore,
    private readonly owners: VersionOwners,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const marked = diagnostics.filter(({ code }) => code === 'git-conflict');
    if (marked.length > 0) return [mergeSidesFix(document.uri, marked)];
    const conflicts = diagnostics.filter(({ code }) => code === 'entity-conflict');
    const isMeant = ({ conflict }: Entity) => conflict !== undefined;
    return (await concernedEntities(this.store, document, conflicts, isMeant)).flatMap((one) =>
      fixesOf(one, this.owners),
    );
  }
}

function mergeSidesFix(sidecar: vscode.Uri, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const title = vscode.l10n.t('Merge both sides, entity by entity');
  const fix = commandFix(title, 'mergeSides', sidecar.toString(), diagnostics);
  fix.isPreferred = true;
  return fix;
}

function fixesOf({ article, entity, diagnostics }: Concerned, owners: VersionOwners): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const target = { ...nameOf(article), id: entity.id };
  const mention = shortText(entity.text, 30);
  const fix = (title: string, command: string) => commandFix(title, command, target, diagnostics);
  const owner = owners.describe(target.article, entity);
  const whose = owner === undefined ? '' : `, ${owner}`;
  return otherVersion(entity, article.entities)
    ? [
        fix(t('Keep this version: {0} “{1}”', entity.label, mention) + whose, 'keepThisVersion'),
        fix(t('Keep both versions of “{0}”', mention), 'keepBothVersions'),
      ]
    : [
        fix(t('Keep {0} “{1}”', entity.label, mention), 'keepThisVersion'),
        fix(t('Delete the entity {0} “{1}”', entity.label, mention), 'deleteEntity'),
      ];
}
