import { changing } from '../../core/model/edit';
import * as vscode from 'vscode';
import type { RuleId } from '../../core/rules/rule';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { warnUnread } from '../shared/hits';
import { say, sayDone, showInformation } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import { resolveArticle, resolveTargets, type EntityArgument } from '../shared/targets';
import { Findings, findingsIn, MOST_SHOWN } from './findings';
import { LayerFindings } from './layer-findings';
import { fixAll } from './fix-all';
import { setDate } from './header-fixes';
import { choiceTitle, fixTitle } from '../../wording/rules';
import * as moved from './moved';
import { attachOrphan, deleteOrphan } from './orphans';
import { QuickFixes } from './quick-fixes';

interface FindingArgument extends EntityArgument {
  readonly rule?: RuleId;
  readonly start16?: number;
  /** Which of several ways to mend it. */
  readonly choice?: number;
  /** Whether to ask which; as without an argument. */
  readonly preview?: boolean;
}

/** What makes a corpus inconsistent: found by rules, mended by quick fixes, one by one or everywhere. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const findings = new Findings(store);
  const layers = new LayerFindings(store, findings.checker);
  const orphanCommand = (name: string, run: typeof attachOrphan) =>
    registerCommand(name, async (sidecar: string, article?: string) => {
      const uri = vscode.Uri.parse(sidecar, true);
      if (await run(store, uri, article)) findings.forget(uri);
    });
  moved.register(context, store);
  context.subscriptions.push(
    findings,
    layers,
    registerCommand('checkCorpus', () => checkCorpus(store, findings, layers)),
    registerCommand('fixFinding', (argument?: FindingArgument) =>
      fixFinding(store, findings, layers, argument),
    ),
    registerCommand('fixAllInCorpus', (argument?: FindingArgument) =>
      fixAll(store, findings.checker, argument),
    ),
    registerCommand('ignoreRule', (argument?: FindingArgument) => ignoreRule(store, argument)),
    registerCommand('setDate', (argument?: FindingArgument) => setDate(store, argument)),
    orphanCommand('attachOrphan', attachOrphan),
    orphanCommand('deleteOrphan', deleteOrphan),
    vscode.languages.registerCodeActionsProvider(
      [{ language: ARTICLE_LANGUAGE }, { pattern: '**/*.ann.yaml' }],
      new QuickFixes(store, findings, layers),
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** Looks at every article, open or not, in all layers, and shows the Problems panel. @returns how much was found */
async function checkCorpus(
  store: CorpusStore,
  findings: Findings,
  layers: LayerFindings,
): Promise<number | undefined> {
  const { t } = vscode.l10n;
  await store.catalog.ready;
  const sidecars = findings.checkSidecars();
  let found = 0;
  let articles = 0;
  const check = async (entry: ArticleEntry) => {
    const count = (await findings.check(entry)) + (await layers.check(entry));
    found += count;
    if (count > 0) articles++;
  };
  const before = async () => {
    await store.catalog.summarized;
    await findings.begin();
    await layers.begin();
  };
  const title = t('Checking the corpus');
  const isWhole = await forEachWithProgress(title, store.catalog.all, check, { before });
  findings.showAll();
  if (!isWhole) return undefined;
  found += await sidecars;
  warnUnread(store, store.catalog.all);
  say(
    found === 0
      ? t('Nothing is inconsistent in {0} articles.', store.catalog.all.length)
      : t('{0} findings, in {1} of {2} articles.', found, articles, store.catalog.all.length),
  );
  if (found > MOST_SHOWN) {
    void showInformation(
      t(
        '{0} findings; the Problems panel shows about {1} of them. Fix All in Corpus… mends any number.',
        found,
        MOST_SHOWN,
      ),
    );
  }
  if (found > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  return found;
}

async function fixFinding(
  store: CorpusStore,
  findings: Findings,
  layers: LayerFindings,
  argument: FindingArgument | undefined,
): Promise<void> {
  const article = await resolveArticle(store, argument);
  if (!article || !argument) return;
  const isShown = article.layer === store.catalog.layer;
  const found = isShown ? await findingsIn(store, findings.checker, article) : await layers.of(article);
  const finding = found.find(
    ({ rule, start16, entity }) =>
      rule === argument.rule && start16 === argument.start16 && entity?.id === argument.id,
  );
  const choice = argument.choice === undefined ? undefined : finding?.choices?.()[argument.choice];
  const edits = argument.choice === undefined ? finding?.fix?.() : choice?.edits;
  if (!finding || !edits) return say(vscode.l10n.t('This was changed since; there is nothing to fix.'));
  const title = choice ? choiceTitle(vscode.l10n.t, choice) : fixTitle(vscode.l10n.t, finding);
  const saved = article.apply(title, edits);
  sayDone(title);
  await saved;
}

async function ignoreRule(store: CorpusStore, argument: FindingArgument | undefined): Promise<void> {
  const targets = await resolveTargets(store, argument);
  const rule = argument?.rule;
  const [entity] = targets?.entities ?? [];
  if (!targets || !entity || rule === undefined) return;
  const title = vscode.l10n.t('Ignore “{0}” for {1} “{2}”', rule, entity.label, entity.text);
  const after = { ...entity, ignore: [...(entity.ignore ?? []), rule] };
  const saved = targets.article.apply(title, [changing(entity, after)]);
  sayDone(title);
  await saved;
}
