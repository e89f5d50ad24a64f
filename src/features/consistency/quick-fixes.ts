import * as vscode from 'vscode';
import { ruleOf, type RuleFinding } from '../../core/rules';
import { isSidecarName } from '../../core/sidecar/name';
import type { LiveArticle } from '../../workspace/open/live-article';
import { rangeOf16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import type { ProblemCode } from '../../core/problem';
import { SOURCE } from '../shared/diagnostic';
import { commandFix } from '../shared/quick-fixes';
import { nameOf, shortText } from '../shared/targets';
import { findingsIn, type Findings } from './findings';
import { rangeIn, type LayerFindings } from './layer-findings';
import { headerChanges } from './header-changes';
import { headerFixes } from './header-fixes';
import { choiceTitle, fixTitle, ruleTitle } from '../../wording/rules';
import { orphanFixes } from './orphans';

/** What can be done about a finding: mend it here or everywhere, choose, or say that it is right as it is. */
export class QuickFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly store: CorpusStore,
    private readonly findings: Findings,
    private readonly layers: LayerFindings,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const own = diagnostics.filter(({ source }) => source === SOURCE);
    if (own.length === 0) return [];
    if (isSidecarName(document.uri.path))
      return [...orphanFixes(document.uri, own), ...(await this.layerFixes(document.uri, own))];
    const article = await this.store.live.open(document);
    if (!article) return [];
    return (await findingsIn(this.store, this.findings.checker, article)).flatMap((finding) => {
      const range = rangeOf16(document, finding);
      const about = own.filter(
        ({ code, range: place }) => isOf(code as string, finding) && place.isEqual(range),
      );
      return about.length > 0 ? fixesOf(article, finding, about, true) : [];
    });
  }

  /** For what is found in the layer of an annotator, whose sidecar this is. */
  private async layerFixes(sidecar: vscode.Uri, own: vscode.Diagnostic[]): Promise<vscode.CodeAction[]> {
    const fixes = this.store.catalog.layersIn(sidecar).map(async ({ entry, layer }) => {
      if (layer === entry.layer) return [];
      const document = await vscode.workspace.openTextDocument(entry.uri);
      const article = await this.store.live.open(document, layer);
      const found = article && (await this.layers.findIn(entry, layer, []));
      if (!found) return [];
      return found.findings.flatMap(({ finding, place }) => {
        const range = rangeIn(place, found);
        const about = own.filter(({ code, range: shown }) => code === finding.rule && shown.isEqual(range));
        return about.length > 0 && !place.isOfText ? fixesOf(article, finding, about, false) : [];
      });
    });
    return (await Promise.all(fixes)).flat();
  }
}

/** What is wrong in a header is shown for every article, checked or not, by codes of its own. */
function isOf(code: string, { rule }: RuleFinding): boolean {
  return code === rule || ruleOf(code as ProblemCode) === rule;
}

/** @param isShown whether it is in the layer that the window works in */
function fixesOf(
  article: LiveArticle,
  finding: RuleFinding,
  diagnostics: vscode.Diagnostic[],
  isShown: boolean,
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const { rule, entity, start16 } = finding;
  const target = nameOf(article);
  const place = { rule, start16, ...(entity && { id: entity.id }) };
  const fixes: vscode.CodeAction[] = [];
  const fix = (title: string, command: string, argument: object) => {
    fixes.push(commandFix(title, command, { ...target, ...argument }, diagnostics));
  };
  if (finding.fix) {
    fix(fixTitle(t, finding), 'fixFinding', place);
    fixes[0]!.isPreferred = true;
  }
  finding
    .choices?.()
    .forEach((choice, i) => fix(choiceTitle(t, choice), 'fixFinding', { ...place, choice: i }));
  fixes.push(...headerFixes(article, finding, diagnostics));
  if (rule === 'untagged-mention' && isShown) {
    const start = article.index.toCodePoint(start16);
    const { text = '', label = '' } = finding.values ?? {};
    fix(t('Never as {0} here: refuse “{1}”', label, shortText(text, 30)), 'refuseSuggestion', { start });
  }
  if (entity && rule === 'unknown-label')
    fix(t('Add the label {0} to the label set', entity.label), 'addLabel', { label: entity.label });
  if (entity && (rule === 'unknown-label' || rule === 'crossing' || rule === 'inconsistent-label'))
    fix(t('Relabel “{0}”…', shortText(entity.text, 30)), 'relabel', { id: entity.id });
  if (entity && (rule === 'duplicate' || rule === 'span-edge' || rule === 'cut-word'))
    fix(t('Delete the entity {0} “{1}”', entity.label, shortText(entity.text, 30)), 'deleteEntity', {
      id: entity.id,
    });
  if (rule === 'done-unreviewed' && isShown) fix(t('Review what is left'), 'reviewNext', {});
  const isForAll =
    finding.fix ??
    (rule === 'unknown-label' ||
      rule === 'crossing' ||
      headerChanges(article.uri.path, article.index.raw, finding).length === 1);
  // What is mended everywhere is looked for in the layer that is shown.
  if (isForAll && isShown)
    fix(t('Fix all in the corpus: {0}…', ruleTitle(t, rule)), 'fixAllInCorpus', { rule });
  if (entity)
    fix(t('Right as it is: ignore “{0}” for this entity', rule), 'ignoreRule', { rule, id: entity.id });
  return fixes;
}
