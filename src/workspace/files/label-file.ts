import * as vscode from 'vscode';
import { disk } from '#disk';
import { addLabelsToYaml, readCorpusYaml, writeCorpusYaml, type Label, type Preset } from '../../core/labels';
import { newLabel, newLabels } from '../../core/new-label';
import { spliceBetween } from '../../core/splice';
import { decodeUtf8 } from '../../core/text';
import { CORPUS_YAML, type Corpus } from '../corpus/corpus';
import { Refusal } from './refusal';
import { replaceInEditor } from './sidecar-file';
import { readToChange, sourceChange } from './source-change';

let queue: Promise<unknown> = Promise.resolve();

/** One change of a label set at a time: each reads what the one before wrote. */
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => undefined);
  return result;
}

/**
 * Adds a label to the `corpus.yaml` of a corpus, and leaves the rest of the file as it stands. Where there
 * is no file, the built-in set is written with the label in it. Where an editor has the file open, the
 * label is added there, and saved if nothing else was unsaved. The store follows the file; who cannot wait
 * for that calls `store.followFile(corpus.yamlUri, 'changed')`.
 * @param name one that `isLabelName` accepts
 * @returns the new label, or the one that had the name already
 * @throws Refusal
 */
export async function addLabel(corpus: Corpus, name: string): Promise<Label> {
  return inTurn(async () => {
    const uri = corpus.yamlUri;
    const open = await openDocument(uri);
    const source = (open ? open.getText() : await readText(uri)) ?? writeCorpusYaml('basic');
    let label: Label | undefined;
    const { added, changed } = grown(uri, source, (labels) => {
      label = labels.find((known) => known.name === name);
      return label ? [] : [(label = newLabel(name, labels))];
    });
    if (added.length === 0) return label!;
    try {
      if (open) await changeInEditor(open, changed);
      else await disk.write(uri, new TextEncoder().encode(changed));
    } catch (error) {
      throw notWritten(error, uri);
    }
    return label!;
  });
}

/** Given the labels that a corpus has, says which are new. */
export type NewLabels = (labels: readonly Label[]) => readonly Label[];

/** Labels with such names, which the label set lacks. */
export function labelsNamed(names: readonly string[]): NewLabels {
  return (labels) => newLabels(names, labels);
}

/**
 * What adds labels to the `corpus.yaml` of a corpus, as part of a change that can be taken back.
 * @returns the change, and the new labels
 * @throws Refusal
 */
export async function addingLabels(corpus: Corpus, make: NewLabels) {
  const uri = corpus.yamlUri;
  const source = await readToChange(uri);
  const { added, changed } = grown(uri, source ?? writeCorpusYaml('basic'), make);
  return { added, change: sourceChange(uri, source, [spliceBetween(source ?? '', changed)]) };
}

/** The source of a label set with more labels in it. @throws Refusal where it has errors */
function grown(uri: vscode.Uri, source: string, make: NewLabels) {
  const labels = readCorpusYaml(source).labelSet?.labels;
  if (!labels) throw new Refusal('label-set-invalid', uri);
  const added = make(labels);
  const changed = added.length === 0 ? source : addLabelsToYaml(source, added);
  if (changed === undefined) throw new Refusal('label-set-invalid', uri);
  return { added, changed };
}

/** Whether a folder has a `corpus.yaml`, be it one that is not saved yet. */
export async function hasLabelFile(root: vscode.Uri): Promise<boolean> {
  const uri = vscode.Uri.joinPath(root, CORPUS_YAML);
  return (await openDocument(uri)) !== undefined || disk.exists(uri);
}

/**
 * Writes the `corpus.yaml` of a preset into a folder.
 * @returns its uri, and whether it is new: one that is there already is never overwritten
 * @throws Refusal
 */
export function createLabelFile(
  root: vscode.Uri,
  preset: Preset,
): Promise<{ uri: vscode.Uri; isNew: boolean }> {
  return inTurn(async () => {
    const uri = vscode.Uri.joinPath(root, CORPUS_YAML);
    if (await hasLabelFile(root)) return { uri, isNew: false };
    try {
      await disk.write(uri, new TextEncoder().encode(writeCorpusYaml(preset)));
    } catch (error) {
      throw notWritten(error, uri);
    }
    return { uri, isNew: true };
  });
}

async function changeInEditor(document: vscode.TextDocument, text: string): Promise<void> {
  const wasDirty = document.isDirty;
  await replaceInEditor(document, text);
  if (!wasDirty && !(await document.save())) throw new Refusal('write-failed', document.uri);
}

/** The document of a file that is on disk or has unsaved changes; one of a deleted file may linger on. */
async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  return open && (open.isDirty || (await disk.exists(uri))) ? open : undefined;
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const bytes = await disk.read(uri);
  return bytes && (decodeUtf8(bytes) ?? '\0');
}

function notWritten(error: unknown, uri: vscode.Uri): Refusal {
  const { code, detail, message } = Refusal.fromWriteError(error, uri);
  return new Refusal('label-set-not-written', uri, detail || (code === 'write-failed' ? message : code));
}
