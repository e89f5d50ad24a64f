import * as vscode from 'vscode';
import { disk } from '#disk';
import { textKey } from '../../core/model/history';
import { inverse, spliced, type Splice } from '../../core/splice';
import type { Direction } from '../../core/text-step';
import { Refusal } from './refusal';
import { dirtyDocument } from './source';

/** What became of a file. */
export type FileChange = 'created' | 'changed' | 'deleted';

/** A change of a text file of a corpus, such as `corpus.yaml`, that can be taken back, or done again. */
export interface SourceChange {
  readonly uri: string;
  /** Identify the source before and after, see {@link textKey}; `null` where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly splices: readonly Splice[];
}

/** @param source `undefined` where there is no file. @param splices such as fit it */
export function sourceChange(
  uri: vscode.Uri,
  source: string | undefined,
  splices: readonly Splice[],
): SourceChange {
  const before = source === undefined ? null : textKey(source);
  return { uri: uri.toString(), before, after: textKey(spliced(source ?? '', splices) ?? ''), splices };
}

/** The change that deletes a file. */
export function deletion(uri: vscode.Uri, source: string): SourceChange {
  const splices = [{ at16: 0, removed: source, added: '' }];
  return { uri: uri.toString(), before: textKey(source), after: null, splices };
}

/**
 * Reads a file that is to be changed on disk, with its byte-order mark.
 * @returns `undefined` where there is none
 * @throws Refusal where it has unsaved changes or is not UTF-8
 */
export async function readToChange(uri: vscode.Uri): Promise<string | undefined> {
  if (dirtyDocument(uri)) throw new Refusal('file-unsaved', uri);
  const bytes = await disk.read(uri);
  if (!bytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('list-invalid', uri);
  }
}

/** Whether a change can be made, is there already, or what stands against it. */
export async function stateOf(
  change: SourceChange,
  direction: Direction,
): Promise<'ready' | 'there' | 'changed' | Refusal> {
  try {
    const source = await readToChange(vscode.Uri.parse(change.uri));
    const [from, to] = endsOf(change, direction);
    const key = source === undefined ? null : textKey(source);
    return key === from ? 'ready' : key === to ? 'there' : 'changed';
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Makes a change, in a file that is still what it was made for. @throws Refusal */
export async function changeSource(change: SourceChange, direction: Direction): Promise<FileChange> {
  const uri = vscode.Uri.parse(change.uri);
  const [from, to] = endsOf(change, direction);
  const source = await readToChange(uri);
  const splices = direction === 'undo' ? inverse(change.splices) : change.splices;
  const text = spliced(source ?? '', splices);
  if ((source === undefined ? null : textKey(source)) !== from || text === undefined)
    throw new Refusal('file-changed', uri);
  try {
    const isCurrent = async () => (await readToChange(uri)) === source;
    const isDone = await (to === null
      ? disk.remove(uri, isCurrent)
      : disk.write(uri, new TextEncoder().encode(text), isCurrent));
    if (!isDone) throw new Refusal('file-changed', uri);
  } catch (error) {
    const { code, detail } = Refusal.fromWriteError(error, uri);
    if (code === 'file-changed' || code === 'file-unsaved') throw error;
    throw new Refusal('list-not-written', uri, detail || code);
  }
  if (to === null) return 'deleted';
  return from === null ? 'created' : 'changed';
}

function endsOf(
  { before, after }: SourceChange,
  direction: Direction,
): readonly [string | null, string | null] {
  return direction === 'undo' ? [after, before] : [before, after];
}

export function isSourceChange(value: unknown): value is SourceChange {
  const { uri, before, after, splices } = Object(value) as Record<keyof SourceChange, unknown>;
  return (
    typeof uri === 'string' &&
    [before, after].every((key) => key === null || typeof key === 'string') &&
    Array.isArray(splices) &&
    splices.every(isSplice)
  );
}

function isSplice(value: unknown): value is Splice {
  const { at16, removed, added } = Object(value) as Record<keyof Splice, unknown>;
  return typeof at16 === 'number' && typeof removed === 'string' && typeof added === 'string';
}
