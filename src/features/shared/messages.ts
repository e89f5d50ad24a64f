import * as vscode from 'vscode';
import { baseName } from '../../core/sidecar/name';
import { plainText } from '../../wording/plain-text';
import { isAboutEncoding, Refusal } from '../../workspace/files/refusal';

/** How long a message stays in the status bar, in ms. */
const NOTICE_TIME = 6000;

let notice: vscode.Disposable | undefined;
/** What was said last. */
let said = '';

/** Says in the status bar what a command did. @param icon before it, where it did not do what was asked */
export function say(message: string, icon?: 'warning' | 'error'): void {
  notice?.dispose();
  said = message;
  const text = plainText(message);
  notice = vscode.window.setStatusBarMessage(icon ? `$(${icon}) ${text}` : text, NOTICE_TIME);
}

/** Says by its title that a step was done which can be undone: what an undo says of it then is the same. */
export function sayDone(title: string): void {
  say(vscode.l10n.t('Done: {0}', title));
}

/** Says more of a step that was done, unless something else was said since. */
export function sayMoreOfDone(title: string, more: string): void {
  const done = vscode.l10n.t('Done: {0}', title);
  if (said === done) say(`${done} · ${more}`);
}

/** Says what a person is asked now; it stays until something else is said. */
export function ask(message: string): void {
  notice?.dispose();
  said = message;
  notice = vscode.window.setStatusBarMessage(plainText(message));
}

/**
 * Says that a command found nothing that it is about.
 * @param here what is missing, where an article is open; else a person is led to one
 */
export function sayNothingHere(
  hasArticle: boolean,
  here = vscode.l10n.t('There is no entity at the cursor.'),
): void {
  if (hasArticle) return say(here);
  offerArticles(vscode.l10n.t('Open an article first.'));
}

/** Says something after which a person goes on in the list of articles, and offers that. */
export function offerArticles(message: string): void {
  offer(message, vscode.l10n.t('Show Articles'), 'articles.focus');
}

/** Says something, and offers a command of ours that goes on from there. */
export function offer(message: string, button: string, command: string): void {
  void showInformation(message, button).then((chosen) =>
    chosen === button ? vscode.commands.executeCommand(`corpusAnnotator.${command}`) : undefined,
  );
}

/** Shows a message, with buttons. @returns the one that was pressed */
export function showInformation(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(plainText(message), ...buttons);
}

/** @see showInformation */
export function showWarning(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(plainText(message), ...buttons);
}

/** @see showInformation */
export function showError(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(plainText(message), ...buttons);
}

/** Asks before something is done. @param detail what it is, in full @param yes the button that lets it be done */
export async function confirm(
  message: string,
  detail: string,
  yes: string,
  { isDangerous = false } = {},
): Promise<boolean> {
  const show = isDangerous ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(plainText(message), { modal: true, detail: plainText(detail) }, yes);
  return chosen === yes;
}

interface TextQuestion extends Pick<vscode.InputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'value'> {
  /** What is wrong with what is typed, or to be known of it. */
  readonly validateInput?: (value: string) => string | vscode.InputBoxValidationMessage | undefined;
}

/** Asks for a line of text. */
export function askForText({
  prompt,
  validateInput,
  ...options
}: TextQuestion): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    ...(prompt !== undefined && { prompt: plainText(prompt) }),
    ...(validateInput && {
      validateInput: (value) => {
        const said = validateInput(value);
        if (said === undefined || typeof said === 'string') return said && plainText(said);
        return { ...said, message: plainText(said.message) };
      },
    }),
  });
}

/**
 * Shows why something could not be done, with a way to the file that is in the way.
 * @param options.isOffer whether nothing was asked for yet
 */
export async function showRefusal(refusal: Refusal, { isOffer = false } = {}): Promise<void> {
  const open = vscode.l10n.t('Open {0}', baseName(refusal.uri.path));
  const merge = vscode.l10n.t('Merge Both Sides');
  const canOpen = refusal.code.startsWith('sidecar-') || refusal.code === 'label-set-invalid';
  const canMerge = refusal.code === 'sidecar-in-conflict';
  const [take, begin] = [vscode.l10n.t('Take Its Entities'), vscode.l10n.t('Begin a New Sidecar')];
  const isElsewhere = isAboutElsewhere(refusal);
  const encode = vscode.l10n.t('Change File Encoding…');
  const canTake = isElsewhere || refusal.code === 'sidecar-of-gone-article';
  // In the status bar too, where the last command may still be said to have done something.
  if (!isOffer) say(refusalMessage(refusal), 'error');
  const chosen = await (isOffer ? showInformation : showError)(
    refusalMessage(refusal),
    ...(canMerge ? [merge] : []),
    ...(isAboutEncoding(refusal) ? [encode] : []),
    ...(canTake ? [take] : []),
    ...(isElsewhere ? [begin] : []),
    ...(canOpen ? [open] : []),
  );
  const run = (command: string, uri: vscode.Uri) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, uri);
  if (chosen === merge) await run('mergeSides', refusal.uri);
  else if (chosen === encode) await run('changeEncoding', refusal.uri);
  else if (chosen === take) await run('takeSidecar', refusal.article);
  else if (chosen === begin) await run('beginSidecar', refusal.article);
  else if (chosen)
    await vscode.window.showTextDocument(refusal.uri, { viewColumn: vscode.ViewColumn.Beside });
}

/** Whether an article gets no sidecar, as one without an article may be its own. */
export function isAboutElsewhere({ code }: Refusal): boolean {
  return code === 'sidecar-elsewhere' || code === 'sidecar-of-same-name';
}

/** Runs what a command does; a refusal becomes a message, anything else is the editor's to report. */
export async function attempt<T>(action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      // The editor shows what it says as it shows our messages.
      if (error instanceof Error) error.message = plainText(error.message);
      throw error;
    }
    void showRefusal(error);
    return undefined;
  }
}

/**
 * What is wrong, where, and what to do about it.
 * @param options.isKept whether what could not be written is kept, as for one article; else it was taken back
 */
export function refusalMessage({ code, uri, detail, article }: Refusal, { isKept = true } = {}): string {
  const file = vscode.workspace.asRelativePath(uri);
  const unlessTakenBack = (sentence: string) => (isKept ? ` ${sentence}` : '');
  switch (code) {
    case 'sidecar-invalid':
      return vscode.l10n.t(
        'The sidecar {0} has errors, so nothing is written to it. Correct what the Problems panel shows, then try again.',
        file,
      );
    case 'sidecar-in-conflict':
      return vscode.l10n.t(
        'Git left two versions in {0}. Yours is shown, and nothing is written until both are merged (Corpus: Merge Both Sides of Sidecar).',
        file,
      );
    case 'sidecar-side-invalid':
      return vscode.l10n.t(
        'Nothing was merged: one side of {0} is not a valid sidecar by itself ({1}). Correct it between the conflict markers, then merge again.',
        file,
        detail,
      );
    case 'sidecar-of-another-article':
      return vscode.l10n.t(
        'The sidecar {0} belongs to another article ({1}). Rename one of the two.',
        file,
        detail,
      );
    case 'sidecar-of-gone-article':
      return vscode.l10n.t(
        'The sidecar {0} belongs to another article ({1}), which is gone, and to another text. Take its entities if {2} is that article under a new name; else rename one of the two.',
        file,
        detail,
        vscode.workspace.asRelativePath(article),
      );
    case 'sidecar-elsewhere':
      return vscode.l10n.t(
        'The sidecar {1} has lost its article. It is about the text of {0}: take its entities?',
        vscode.workspace.asRelativePath(article),
        file,
      );
    case 'sidecar-of-same-name':
      return vscode.l10n.t(
        '{0} has the name of the article that the sidecar {1} belongs to, which is gone, and another text. Take its entities?',
        vscode.workspace.asRelativePath(article),
        file,
      );
    case 'article-not-utf8':
      return vscode.l10n.t(
        'The article {0} is not UTF-8, so offsets in it would be wrong. Save it with the encoding UTF-8 (Change File Encoding), then tag.',
        file,
      );
    case 'article-not-shown-as-utf8':
      return vscode.l10n.t(
        'The article {0} is UTF-8, but it is shown in another encoding, so offsets in it would be wrong. Do not save it: reopen it with the encoding UTF-8 (Change File Encoding), then tag.',
        file,
      );
    case 'article-gone':
      return isKept
        ? vscode.l10n.t(
            'The article {0} is no longer on disk. Save it again to keep its entities; until then they are kept aside.',
            file,
          )
        : vscode.l10n.t('The article {0} is no longer on disk.', file);
    case 'read-only':
      return (
        vscode.l10n.t('{0} cannot be written: the file or its folder is read-only.', file) +
        unlessTakenBack(vscode.l10n.t('What you tagged is kept aside and will be written once it can be.'))
      );
    case 'disk-full':
      return (
        vscode.l10n.t('{0} cannot be written: the disk is full.', file) +
        unlessTakenBack(
          vscode.l10n.t('What you tagged is kept aside and will be written once there is room.'),
        )
      );
    case 'not-kept':
      return vscode.l10n.t(
        'What you tagged in {0} is in this window only: neither its folder nor the editor’s own storage can be written. Make room on the disk, and keep the window open until this is gone.',
        file,
      );
    case 'write-failed':
      return (
        vscode.l10n.t('{0} cannot be written ({1}).', file, detail) +
        unlessTakenBack(
          vscode.l10n.t('What you tagged is kept aside and will be written with the next change.'),
        )
      );
    case 'label-set-invalid':
      return vscode.l10n.t(
        'The label set {0} has errors, so nothing is changed in it. Correct what the Problems panel shows, then try again.',
        file,
      );
    case 'label-set-not-written':
      return vscode.l10n.t('The label set {0} cannot be written ({1}).', file, detail);
    case 'list-invalid':
      return vscode.l10n.t(
        'Nothing was changed in {0}: it has errors, or its list is written in a way that only a person can change. Correct what the Problems panel shows, or write one entry a line, then try again.',
        file,
      );
    case 'file-unsaved':
      return vscode.l10n.t(
        'Nothing was changed in {0}: it has unsaved changes. Save it, then try again.',
        file,
      );
    case 'file-changed':
      return vscode.l10n.t('Nothing was changed in {0}: it was changed meanwhile. Try again.', file);
    case 'list-not-written':
      return vscode.l10n.t('{0} cannot be written ({1}).', file, detail);
  }
}
