import * as vscode from 'vscode';
import type { CorpusLine } from '../../workspace/asking/concordance';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { pickLabel } from '../shared/label-picker';
import { say } from '../shared/messages';
import { entityAt, shortText, spansOf } from '../shared/targets';
import { labelLines, toggleReviewed, untagLines } from './act';
import { requestOf, type ConcordanceArgument } from './argument';
import { ConcordancePanel, VIEW_TYPE } from './panel';

/** Which lines a command is about: numbers from 0, those that are chosen in the panel where it is missing. */
interface LinesArgument {
  readonly lines?: readonly number[];
}

/** Every place of a word, a regular expression or a label in its context, one a line, in a tab. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const { t } = vscode.l10n;
  let current: ConcordancePanel | undefined;

  const adopt = (webview: vscode.WebviewPanel, kept?: unknown): ConcordancePanel => {
    const panel = new ConcordancePanel(
      store,
      webview,
      context.extensionUri,
      () => {
        panel.dispose();
        if (current === panel) current = undefined;
        setOpen(current !== undefined);
      },
      kept,
    );
    current = panel;
    setOpen(true);
    return panel;
  };

  const show = async (given?: ConcordanceArgument | vscode.Uri): Promise<number> => {
    // A menu of the editor says which file it is on.
    const argument = given instanceof vscode.Uri ? undefined : given;
    const request = requestOf(argument ?? (await argumentOfEditor(store)));
    const panel =
      current ??
      adopt(vscode.window.createWebviewPanel(VIEW_TYPE, t('Concordance'), vscode.ViewColumn.Active));
    panel.reveal(request ? 'list' : 'search');
    return request ? panel.find(request, argument?.sort) : panel.concordance.lines.length;
  };

  const ofLines = <T extends LinesArgument>(
    name: string,
    act: (lines: readonly CorpusLine[], argument: T | undefined) => Promise<unknown>,
  ) =>
    registerCommand(`concordance.${name}`, async (argument?: T) => {
      const lines = current?.linesAt(argument?.lines) ?? [];
      if (lines.length === 0) return say(t('No line of the concordance is chosen.'));
      await act(lines, argument);
      await current?.concordance.follow([...new Set(lines.map(({ entry }) => entry))]);
    });

  context.subscriptions.push(
    new vscode.Disposable(() => current?.dispose()),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(webview, kept: unknown) {
        await store.catalog.ready;
        adopt(webview, kept ?? {});
      },
    }),
    registerCommand('concordance', show),
    registerCommand('labels.concordance', (row?: { label?: string }) =>
      show(row?.label ? { label: row.label } : undefined),
    ),
    registerCommand('exportConcordance', (argument?: { file?: string | vscode.Uri }) => {
      const { file } = argument ?? {};
      if (!current) return say(t('Open a concordance first.'));
      return current.export(typeof file === 'string' ? vscode.Uri.parse(file, true) : file);
    }),
    ofLines<LinesArgument & { label?: string }>('label', async (lines, argument) => {
      const title = t('Label “{0}”', shortText(lines[0]!.text, 40));
      const label = argument?.label ?? (await pickLabel(lines[0]!.entry.corpus, { title }));
      // A list that was open for a moment only may leave the focus nowhere.
      if (argument?.label === undefined) current?.reveal('list');
      if (label !== undefined) await labelLines(store, lines, label);
    }),
    ofLines<LinesArgument & { number?: number }>('labelByNumber', async (lines, argument) => {
      const number = argument?.number ?? 1;
      const label = lines[0]!.entry.corpus.labelSet.labels[number - 1];
      if (label) await labelLines(store, lines, label.name);
      else say(t('The label set has no label number {0}.', number));
    }),
    ofLines<LinesArgument & { reviewed?: boolean }>('toggleReviewed', (lines, argument) =>
      toggleReviewed(store, lines, argument?.reviewed),
    ),
    ofLines('untag', (lines) => untagLines(store, lines)),
  );
}

function setOpen(isOpen: boolean): void {
  void vscode.commands.executeCommand('setContext', 'corpusAnnotator.concordance.isOpen', isOpen);
}

/** What the active editor asks for: its selection, else the entity at the cursor. */
async function argumentOfEditor(store: CorpusStore): Promise<ConcordanceArgument> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return {};
  const { document, selection } = editor;
  if (!selection.isEmpty) return { word: document.getText(selection).trim() };
  const article = await store.live.open(document);
  if (!article) return {};
  const [word] = spansOf(article, [selection]);
  const text = entityAt(article, selection)?.text ?? (word && article.index.slice(word));
  return text === undefined ? {} : { word: text };
}
