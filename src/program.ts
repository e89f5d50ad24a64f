import * as vscode from 'vscode';
import { createApi, type CorpusAnnotatorApi } from './api';
import * as annotator from './features/annotator';
import * as articleContexts from './features/article-contexts';
import * as articlesView from './features/articles-view';
import * as authority from './features/authority';
import * as concordance from './features/concordance';
import * as consistency from './features/consistency';
import * as decorations from './features/decorations';
import * as diagnostics from './features/diagnostics';
import * as drafts from './features/drafts';
import * as encoding from './features/encoding';
import * as entitiesView from './features/entities-view';
import * as entityAtCursor from './features/entity-at-cursor';
import * as gitMerging from './features/git-merging';
import * as hints from './features/hints';
import * as hover from './features/hover';
import * as labelRename from './features/label-rename';
import * as labelsView from './features/labels-view';
import * as language from './features/language';
import * as linking from './features/linking';
import * as lostSidecars from './features/lost-sidecars';
import * as merging from './features/merging';
import * as placing from './features/placing';
import * as repair from './features/repair';
import * as renaming from './features/renaming';
import * as status from './features/status';
import * as suggestions from './features/suggestions';
import * as symbols from './features/symbols';
import * as takenTurns from './features/taken-turns';
import * as tagAll from './features/tag-all';
import * as tagging from './features/tagging';
import * as transfer from './features/transfer';
import * as walkthrough from './features/walkthrough';
import { followClicks, warmUp } from './features/shared/presses';
import { VersionOwners } from './features/shared/version-owners';
import { Authorities } from './workspace/asking/authorities';
import { followWorkspace } from './workspace/follow';
import { sharedStorage } from './workspace/host/storage';
import { CorpusStore } from './workspace/store';

/** What runs once a window is one of articles. */
export interface Program {
  readonly api: CorpusAnnotatorApi;
  /** The editor waits for this, some seconds at most, before it ends the host. */
  stop(): Promise<void>;
}

/** Builds the store, then the features. Nothing here waits for the corpus. */
export function start(context: vscode.ExtensionContext): Program {
  const { storageUri, globalStorageUri } = context;
  const storage = storageUri?.with({ path: sharedStorage(storageUri.path) }) ?? globalStorageUri;
  const store = new CorpusStore(storage, annotator.chosenLayer(context.workspaceState));
  const authorities = new Authorities(store);
  const owners = new VersionOwners(context.workspaceState);
  context.subscriptions.push(store, followWorkspace(store), authorities, followClicks());

  language.register(context, store);
  decorations.register(context, store);
  hover.register(context, store);
  const ofHints = hints.register(context, store);
  const acceptSuggestion = suggestions.register(context, store, (at) => ofHints.goToName(at));
  tagging.register(context, store, { hints: ofHints, acceptSuggestion });
  tagAll.register(context, store);
  concordance.register(context, store);
  linking.register(context, store, authorities);
  authority.register(context, store, authorities);
  placing.register(context, store);
  repair.register(context, store);
  renaming.register(context, store);
  symbols.register(context, store);
  status.register(context, store);
  annotator.register(context, store);
  entityAtCursor.register(context, store);
  drafts.register(context, store);
  lostSidecars.register(context, store);
  encoding.register(context, store);
  takenTurns.register(context);
  articlesView.register(context, store);
  entitiesView.register(context, store, owners);
  labelsView.register(context, store);
  labelRename.register(context, store);
  diagnostics.register(context, store);
  consistency.register(context, store);
  transfer.register(context, store, storage);
  merging.register(context, store, owners);
  gitMerging.register(context, store);
  articleContexts.register(context, store);
  walkthrough.register(context, store);

  void warmUp();
  void store.catalog.ready.then(() =>
    vscode.commands.executeCommand('setContext', 'corpusAnnotator.isReady', true),
  );
  return { api: createApi(store), stop: () => store.live.flush() };
}
