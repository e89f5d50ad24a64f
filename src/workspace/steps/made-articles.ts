import * as vscode from 'vscode';
import { disk } from '#disk';
import { textKey } from '../../core/model/history';
import { sidecarName } from '../../core/sidecar/name';
import type { Left, Watch } from './watch';
import { forEachLimited } from '../corpus/article-entry';
import { Refusal } from '../files/refusal';
import { readToChange } from '../files/source-change';

/** How many are removed at once. */
const AT_ONCE = 16;

/** An article that an import made: undo takes it away with its sidecar, where nobody changed either. */
export interface MadeArticle {
  readonly uri: string;
  /** Identify its text and its sidecar, see {@link textKey}; `null` where it has none. */
  readonly text: string;
  readonly sidecar: string | null;
  /** The same of the sidecars of annotators, by their layers. */
  readonly layers?: Readonly<Record<string, string>>;
}

export function isMadeArticle(value: unknown): value is MadeArticle {
  const { uri, text, sidecar, layers = {} } = Object(value) as Record<keyof MadeArticle, unknown>;
  const keys = [sidecar ?? '', ...Object.values(Object(layers) as Record<string, unknown>)];
  return [uri, text, ...keys].every((one) => typeof one === 'string');
}

/** Whether it can be taken away, is gone already, or what stands against it. */
export async function stateOfMade(made: MadeArticle): Promise<'ready' | 'gone' | Left> {
  const article = vscode.Uri.parse(made.uri, true);
  try {
    const text = await readToChange(article);
    if (text === undefined) return 'gone';
    let isAsMade = textKey(text) === made.text;
    for (const [sidecar, key] of sidecarsOf(made)) {
      const source = await readToChange(sidecar);
      isAsMade &&= (source === undefined ? null : textKey(source)) === key;
    }
    return isAsMade ? 'ready' : 'changed';
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/**
 * Takes articles away, unless they are changed meanwhile.
 * @returns how many are gone, those that were not come to as a person stopped it, and why others are left
 */
export async function removeMade(made: readonly MadeArticle[], { token, onProgress }: Watch) {
  const rest: MadeArticle[] = [];
  const left = new Map<vscode.Uri, Left>();
  let removed = 0;
  await forEachLimited(made, AT_ONCE, async (one) => {
    if (token?.isCancellationRequested) return void rest.push(one);
    try {
      if (await removeOne(one)) removed++;
      else left.set(vscode.Uri.parse(one.uri), 'changed');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left.set(vscode.Uri.parse(one.uri), error);
    }
    onProgress?.(removed + left.size, made.length);
  });
  await removeEmptyFolders(made);
  return { removed, rest, left };
}

/** Takes the folders away that an import made for its articles, where nothing is left in them. */
async function removeEmptyFolders(made: readonly MadeArticle[]): Promise<void> {
  const { fs, getWorkspaceFolder } = vscode.workspace;
  const folders = new Set(made.map(({ uri }) => uri.slice(0, uri.lastIndexOf('/'))));
  for (const start of folders) {
    let folder = vscode.Uri.parse(start, true);
    // The root itself may be `/`.
    const root = getWorkspaceFolder(folder)?.uri.path.replace(/\/?$/, '/');
    while (root !== undefined && folder.path.length > root.length && folder.path.startsWith(root)) {
      try {
        if ((await fs.readDirectory(folder)).length > 0) break;
        await fs.delete(folder);
      } catch {
        break;
      }
      folder = vscode.Uri.joinPath(folder, '..');
    }
  }
}

/** @returns whether it is gone. @throws Refusal */
async function removeOne(made: MadeArticle): Promise<boolean> {
  const article = vscode.Uri.parse(made.uri, true);
  try {
    if ((await stateOfMade(made)) !== 'ready') return false;
    // A sidecar goes first: it can be made again, of what stays in the history of the article.
    for (const [sidecar, key] of sidecarsOf(made)) {
      const isAsMade = async () => textKey((await readToChange(sidecar)) ?? '') === key;
      if (key !== null && !(await disk.remove(sidecar, isAsMade))) return false;
    }
    const isText = async () => textKey((await readToChange(article)) ?? '') === made.text;
    return await disk.remove(article, isText);
  } catch (error) {
    throw Refusal.fromWriteError(error, article);
  }
}

/** Its sidecars, those of annotators first, with what they are known by. */
function sidecarsOf({ uri, sidecar, layers = {} }: MadeArticle): (readonly [vscode.Uri, string | null])[] {
  const article = vscode.Uri.parse(uri, true);
  return [...Object.entries(layers), ['', sidecar] as const].map(([layer, key]) => [
    article.with({ path: sidecarName(article.path, layer) }),
    key,
  ]);
}
