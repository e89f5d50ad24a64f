import * as vscode from 'vscode';
import { plainText } from '../wording/plain-text';
import type { CorpusStore } from '../workspace/store';
import { describeEntity } from './shared/describe-entity';
import { editorOf, entityAt } from './shared/targets';

/** How long the cursor must rest before its entity is told, in ms. */
const PAUSE = 100;
/** Stands where there is no entity: a screen reader hears of what changes in an item, not of one that comes. */
const NOTHING = '\u00a0';

/** A status item with the entity at the cursor, which screen readers read out as the cursor moves. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const item = vscode.window.createStatusBarItem(
    'corpusAnnotator.entityAtCursor',
    vscode.StatusBarAlignment.Left,
    49,
  );
  item.name = vscode.l10n.t('Corpus Annotator: Entity at the Cursor');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const article = store.live.active;
    const selection = article && editorOf(article)?.selection;
    if (!selection) return item.hide();
    const entity = entityAt(article, selection);
    const said = entity ? plainText(describeEntity(entity)) : '';
    item.text = said || NOTHING;
    item.accessibilityInformation = { label: said, role: 'status' };
    item.show();
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  };
  context.subscriptions.push(
    item,
    new vscode.Disposable(() => clearTimeout(timer)),
    store.live.onDidChangeActive(schedule),
    store.live.onDidChangeEntities((article) => {
      if (article === store.live.active) schedule();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor.document === store.live.active?.document) schedule();
    }),
  );
}
