import * as vscode from 'vscode';
import type { Problem } from '../../core/problem';
import { baseName } from '../../core/sidecar/name';
import { Refusal } from '../../workspace/refusal';

/** How long a message stays in the status bar, in ms. */
const NOTICE_TIME = 6000;

let notice: vscode.Disposable | undefined;

/** Says in the status bar what a command did. */
export function say(message: string): void {
  notice?.dispose();
  notice = vscode.window.setStatusBarMessage(message, NOTICE_TIME);
}

/** Says what a person is asked now; it stays until something else is said. */
export function ask(message: string): void {
  notice?.dispose();
  notice = vscode.window.setStatusBarMessage(message);
}

/** Shows why something could not be done, with a way to the file that is in the way. */
export async function showRefusal(refusal: Refusal): Promise<void> {
  const open = vscode.l10n.t('Open {0}', baseName(refusal.uri.path));
  const merge = vscode.l10n.t('Merge Both Sides');
  const canOpen = refusal.code.startsWith('sidecar-') || refusal.code === 'label-set-invalid';
  const canMerge = refusal.code === 'sidecar-in-conflict';
  // In the status bar too, where the last command may still be said to have done something.
  say('$(error) ' + refusalMessage(refusal));
  const chosen = await vscode.window.showErrorMessage(
    refusalMessage(refusal),
    ...(canMerge ? [merge] : []),
    ...(canOpen ? [open] : []),
  );
  if (chosen === merge) await vscode.commands.executeCommand('corpusAnnotator.mergeSides', refusal.uri);
  else if (chosen)
    await vscode.window.showTextDocument(refusal.uri, { viewColumn: vscode.ViewColumn.Beside });
}

/** Runs what a command does; a refusal becomes a message, anything else is the editor's to report. */
export async function attempt<T>(action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void showRefusal(error);
    return undefined;
  }
}

/** What is wrong, where, and what to do about it. */
export function refusalMessage({ code, uri, detail }: Refusal): string {
  const file = vscode.workspace.asRelativePath(uri);
  switch (code) {
    case 'sidecar-invalid':
      return vscode.l10n.t(
        'The sidecar {0} has errors, so nothing is written to it. Correct what the Problems panel shows, then tag again.',
        file,
      );
    case 'sidecar-in-conflict':
      return vscode.l10n.t(
        'The sidecar {0} has git conflict markers, so nothing is written to it. Merge both sides (Corpus: Merge Both Sides of Sidecar), then tag again.',
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
    case 'article-not-utf8':
      return vscode.l10n.t(
        'The article {0} is not UTF-8, so offsets in it would be wrong. Save it with the encoding UTF-8 (Change File Encoding), then tag.',
        file,
      );
    case 'article-gone':
      return vscode.l10n.t(
        'The article {0} is no longer on disk. Save it again to keep its entities; until then they are kept aside.',
        file,
      );
    case 'read-only':
      return vscode.l10n.t(
        '{0} cannot be written: the file or its folder is read-only. What you tagged is kept aside and will be written once it can be.',
        file,
      );
    case 'disk-full':
      return vscode.l10n.t(
        '{0} cannot be written: the disk is full. What you tagged is kept aside and will be written once there is room.',
        file,
      );
    case 'not-kept':
      return vscode.l10n.t(
        'What you tagged in {0} is in this window only: neither its folder nor the editor’s own storage can be written. Make room on the disk, and keep the window open until this is gone.',
        file,
      );
    case 'write-failed':
      return vscode.l10n.t(
        '{0} cannot be written ({1}). What you tagged is kept aside and will be written with the next change.',
        file,
        detail,
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
        'Nothing was changed in {0}: it is not a list with one entry a line. Correct what the Problems panel shows, then try again.',
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

/** Characters of a file that a message quotes. */
const MOST_QUOTED = 100;

function shorten(text: string): string {
  return text.length <= MOST_QUOTED ? text : text.slice(0, MOST_QUOTED) + '…';
}

function conflictMessage(values: Problem['values']): string {
  const { t } = vscode.l10n;
  switch (values.state) {
    case 'deleted':
      return t(
        '{label} "{text}" was changed on one side of a merge and deleted on the other. Keep it or delete it by a quick fix.',
        values,
      );
    case 'gone':
      return t(
        'The other version of {label} "{text}" that a merge kept is gone. Keep this one by a quick fix.',
        values,
      );
    default:
      return t(
        'Both sides of a merge changed {label} "{text}": there is another version, which differs in {fields}. Keep this one, or both, by a quick fix.',
        values,
      );
  }
}

/** A problem in a file of the corpus as a sentence. */
export function problemMessage({ code, values: whole }: Pick<Problem, 'code' | 'values'>): string {
  const { t } = vscode.l10n;
  const values = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, shorten(value)]));
  switch (code) {
    case 'file-not-utf8':
      return t('This file is not UTF-8. Save it with the encoding UTF-8 (Change File Encoding).');
    case 'file-too-big':
      return t('This file is larger than {limit} MB and is not read.', values);
    case 'file-unreadable':
      return t('This file cannot be read ({reason}).', values);
    case 'header-date-malformed':
      return t('"{value}" is not a date: write it as YYYY-MM-DD.', values);
    case 'header-key-duplicate':
      return t('The header has the key "{value}" already. The first one counts.', values);
    case 'entity-broken':
      return t(
        '{label} "{text}" is no longer here, nor at one other place for certain. Choose its place, or delete it, by a quick fix.',
        values,
      );
    case 'sidecar-of-another-article':
      return t(
        'Nothing can be tagged here: the sidecar {sidecar} belongs to "{article}". Rename one of the two articles.',
        values,
      );
    case 'git-conflict':
      return t(
        'This sidecar has git conflict markers: two branches changed it. Merge both sides, entity by entity, by the quick fix or “Corpus: Merge Both Sides of Sidecar”.',
      );
    case 'entity-conflict':
      return conflictMessage(values);
    case 'yaml-syntax':
      return t('This is not valid YAML: {message}', values);
    case 'yaml-too-big':
      return t('This file is larger than {limit} characters and is not read.', values);
    case 'yaml-too-dense':
      return t(
        'This file is not read: it has more than {limit} brackets, commas, colons, dashes and line ends.',
        values,
      );
    case 'line-not-canonical':
      return t(
        'This line is not in the form that this extension writes. A sidecar of more than {limit} characters is read only if all of it is.',
        values,
      );
    case 'yaml-too-deep':
      return t('Maps and lists are nested here more than {limit} levels deep, and are not read.', values);
    case 'yaml-several-documents':
      return t('A second YAML document begins here. Keep one, without "---" or "..." after it.');
    case 'yaml-alias':
      return t('Anchors, aliases and tags are not supported among entities. Write the value out.');
    case 'yaml-alias-unknown':
      return t('Nothing above has the anchor "&{alias}".', values);
    case 'root-not-a-map':
      return t('This file must be a map of keys, beginning with "version: 1".');
    case 'key-missing':
      return t('The key "{key}" is missing.', values);
    case 'key-duplicate':
      return t('The key "{key}" is here already. Delete one of the two.', values);
    case 'wrong-type':
      return t('"{key}" has a value of the wrong kind: expected {expected}.', values);
    case 'number-too-long':
      return t('The number {number} is too long to be kept exactly. Write it in quotes.', values);
    case 'version-unknown':
      return t('Version {version} is not known to this extension; it reads version 1.', values);
    case 'status-unknown':
      return t('The status "{status}" is not known: use "open" or "done".', values);
    case 'not-canonicalizable':
      return t(
        'This sidecar uses YAML that cannot be kept when entities are written. Write one entity per line.',
      );
    case 'entity-id-duplicate':
      return t('The id "{id}" is used by another entity above. Give this one a new id.', values);
    case 'entity-span-reversed':
      return t('The span ends ({end}) before it starts ({start}).', values);
    case 'entity-part-outside':
      return t('A part lies outside of the span from start to end.');
    case 'entity-not-found':
      return t(
        '{label} "{text}" is not in the article where this says, nor at one other place for certain. Choose its place, or delete it, by a quick fix.',
        values,
      );
    case 'article-mismatch':
      return t(
        'This sidecar says that it belongs to "{article}", but by its name it belongs to "{own}".',
        values,
      );
    case 'article-not-a-name':
      return t(
        '"{article}" is not the name of a file beside this one. Write the name without a path.',
        values,
      );
    case 'text-hash-stale':
      return t(
        'This was written for another version of the article, or merged from two. Entities that were found at another place: {moved}. Their new places are written with the next change, or at once by a quick fix.',
        values,
      );
    case 'label-unknown':
      return t('The label "{label}" is not in corpus.yaml.', values);
    case 'labels-too-many':
      return t('Only the first {limit} labels are used: this one and those below it are not.', values);
    case 'label-key-duplicate':
      return t('The key "{key}" already belongs to another label.', values);
    case 'label-key-not-one-letter':
      return t('"{key}" is not a key: use one letter (a–z) or digit.', values);
    case 'label-color-malformed':
      return t('"{color}" is not a colour: write it as "#rrggbb".', values);
    case 'glob-too-complex':
      return t('The glob "{glob}" is not used: it, or the list, is too long, or repeats too much.', values);
    case 'rule-unknown':
      return t('There is no rule "{rule}".', values);
    case 'severity-unknown':
      return t('"{severity}" is not how much a rule matters: use off, info, warning or error.', values);
    case 'authority-malformed':
      return t(
        '"{path}" is no authority file: use the name of a .yaml, .csv or .tsv file in the folder of corpus.yaml, or below it.',
        values,
      );
    case 'prefix-malformed':
      return t('The prefix "{prefix}" must stand for the beginning of an http or https address.', values);
    case 'glob-malformed':
      return t(
        'The glob "{glob}" leaves the corpus. Use one that is relative to the folder of corpus.yaml.',
        values,
      );
  }
}
