import * as vscode from 'vscode';
import { giveOrphans } from '../../workspace/steps/give-orphans';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { isAboutElsewhere, say, showRefusal } from '../shared/messages';
import { commandFix } from '../shared/quick-fixes';
import { resolveArticle } from '../shared/targets';

/** How long a sidecar that lost its article may take to follow it before a person is asked, in ms. */
const FOLLOWING = 1000;

/**
 * Articles that were moved without their sidecars, outside of the editor: a sidecar that has no article and may be
 * that of an open one is offered to it, and none is begun beside it before that is answered.
 */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const offered = new Set<string>();
  const offer = (article: LiveArticle | undefined) => {
    const refusal = article?.refusal;
    if (!refusal || !isAboutElsewhere(refusal) || offered.has(refusal.message)) return;
    setTimeout(() => {
      if (store.live.active !== article || article.refusal?.message !== refusal.message) return;
      if (offered.has(refusal.message)) return;
      offered.add(refusal.message);
      void showRefusal(refusal, { isOffer: true });
    }, FOLLOWING);
  };
  const command = (name: string, run: (store: CorpusStore, article: LiveArticle) => Promise<unknown>) =>
    registerCommand(name, async (uri?: string | vscode.Uri) => {
      const article = await resolveArticle(store, uri === undefined ? undefined : { article: uri });
      if (article) await run(store, article);
    });
  context.subscriptions.push(
    store.live.onDidChangeActive(offer),
    store.live.onDidChangeEntities((article) => article === store.live.active && offer(article)),
    command('takeSidecar', takeSidecar),
    command('beginSidecar', beginSidecar),
    vscode.languages.registerCodeActionsProvider(
      { language: ARTICLE_LANGUAGE },
      { provideCodeActions: ({ uri }, _range, { diagnostics }) => fixes(uri, diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** Gives an article the sidecar that it waits for: one without an article, or the one of its name. */
async function takeSidecar(store: CorpusStore, article: LiveArticle): Promise<void> {
  const { t } = vscode.l10n;
  const { uri, refusal } = article;
  const entry = store.catalog.entry(uri);
  if (!entry) return;
  if (refusal?.code === 'sidecar-of-gone-article') await article.sync.adopt();
  else {
    const sets = await store.live.keepers.orphans.find(uri, article.sync.savedIndex.raw);
    const items = sets.map(({ orphans }) => {
      const [label, ...others] = orphans.map(({ path }) => path);
      return { label: label!, description: others.join(', '), orphans };
    });
    const chosen =
      items.length > 1
        ? await vscode.window.showQuickPick(items, {
            title: t('Take the Entities of a Sidecar'),
            placeHolder: t('Each is about the text, or the name, of this article'),
          })
        : items[0];
    if (!chosen || !(await giveOrphans(store, chosen.orphans, entry))) return;
  }
  say(t('{0} has this sidecar now', entry.path));
}

/** Lets an article begin a sidecar of its own beside those that may be its own. */
async function beginSidecar(store: CorpusStore, { uri, sync }: LiveArticle): Promise<void> {
  await store.live.keepers.orphans.decline(uri, sync.savedIndex.raw);
  await sync.followSidecar();
  say(vscode.l10n.t('Entities of this article go to a new sidecar.'));
}

function fixes(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const elsewhere = diagnostics.filter(
    ({ code }) => code === 'sidecar-elsewhere' || code === 'sidecar-of-same-name',
  );
  const ofGone = diagnostics.filter(({ code }) => code === 'sidecar-of-gone-article');
  const all = [...elsewhere, ...ofGone];
  if (all.length === 0) return [];
  const take = commandFix(t('Take the entities of this sidecar'), 'takeSidecar', uri.toString(), all);
  const begin = commandFix(t('Begin a new sidecar'), 'beginSidecar', uri.toString(), elsewhere);
  return elsewhere.length > 0 ? [take, begin] : [take];
}
