import * as vscode from 'vscode';
import { parseHeader } from './core/header';
import { CORPUS_YAML, isSidecarName, sidecarName } from './core/sidecar/name';
import { showInformation } from './features/shared/messages';

/** Where a person's answer for this workspace is kept. */
const ANSWER = 'isCorpus';
/** How much of an article its header is looked for in, in lines. */
const MOST_LINES = 64;
/** From which share of plain texts on a folder is one that a person is asked about. */
const MOSTLY = 0.8;
/** What only a corpus has. */
const MARKS = `**/{${CORPUS_YAML},*.ann.yaml}`;

/**
 * Wakes the program where the workspace is of articles: it has a label set or sidecars, an article that is opened
 * begins with a dated header, or a person says so, who is asked once. Any other window costs nothing more.
 * @returns to be disposed when the program is awake: then nothing is looked at any more, and nothing asked
 */
export function recognize(answers: vscode.Memento, wake: () => Promise<unknown>): vscode.Disposable {
  let isOver = false;
  const found = () => void wake();
  const asker = new Asker(answers);
  const marked = isMarked(answers);
  const look = async (editor: vscode.TextEditor | undefined) => {
    if (isOver || !editor || !isPlainText(editor.document)) return;
    const { document } = editor;
    if (hasDatedHeader(document) || (await exists(sidecarOf(document.uri)))) found();
    else if (!(await marked) && (await asker.isCorpus(document.uri, () => isOver))) found();
  };
  const watcher = vscode.workspace.createFileSystemWatcher(MARKS, false, true, true);
  const subscriptions = vscode.Disposable.from(
    new vscode.Disposable(() => (isOver = true)),
    watcher,
    watcher.onDidCreate(found),
    vscode.window.onDidChangeActiveTextEditor((editor) => void look(editor)),
  );
  void marked.then((isCorpus) => (isCorpus ? found() : undefined));
  void look(vscode.window.activeTextEditor);
  return subscriptions;
}

/** Whether the workspace has what only a corpus has, or a person said that it is one. */
async function isMarked(answers: vscode.Memento): Promise<boolean> {
  if (answers.get(ANSWER) === true) return true;
  const roots = vscode.workspace.workspaceFolders ?? [];
  const atRoot = await Promise.all(roots.map(({ uri }) => exists(vscode.Uri.joinPath(uri, CORPUS_YAML))));
  if (atRoot.includes(true)) return true;
  // Not every host can search.
  const found = await vscode.workspace.findFiles(MARKS, '**/node_modules/**', 1).then(undefined, () => []);
  return found.length > 0;
}

function sidecarOf(article: vscode.Uri): vscode.Uri {
  return article.with({ path: sidecarName(article.path) });
}

function exists(uri: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Whether a document may be an article: a file of the workspace in no language of its own. */
function isPlainText({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'plaintext' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function hasDatedHeader(document: vscode.TextDocument): boolean {
  return parseHeader(document.getText(new vscode.Range(0, 0, MOST_LINES, 0))).date !== undefined;
}

/** Asks whether a folder is one of articles, where it looks like one. */
class Asker {
  private hasAsked = false;

  constructor(private readonly answers: vscode.Memento) {}

  /** @param isOver whether nobody needs to be asked any more */
  async isCorpus(text: vscode.Uri, isOver: () => boolean): Promise<boolean> {
    if (this.answers.get(ANSWER) !== undefined || !(await isAmongTexts(text))) return false;
    if (this.hasAsked || isOver()) return false;
    this.hasAsked = true;
    const name = vscode.workspace.getWorkspaceFolder(text)?.name ?? '';
    const [yes, no] = [vscode.l10n.t('Annotate Texts'), vscode.l10n.t('Not Here')];
    const chosen = await showInformation(
      vscode.l10n.t('Are the texts in “{0}” articles to annotate? Tags are kept beside them.', name),
      yes,
      no,
    );
    if (chosen !== undefined) await this.answers.update(ANSWER, chosen === yes);
    return chosen === yes;
  }
}

/** Whether most of what is in the folder of a text are such texts: not a project that has a `notes.txt`. */
async function isAmongTexts(text: vscode.Uri): Promise<boolean> {
  const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(text, '..'));
  const files = entries.filter(
    ([name, type]) => (type & vscode.FileType.File) !== 0 && !name.startsWith('.') && !isSidecarName(name),
  );
  return files.filter(([name]) => name.endsWith('.txt')).length >= files.length * MOSTLY;
}
