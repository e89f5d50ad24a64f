import * as vscode from 'vscode';
import { disk } from '#disk';
import { textKey } from '../core/history';
import { sidecarName } from '../core/sidecar/name';
import type { Left, Watch } from './bulk';
import { forEachLimited } from './catalog';
import { Refusal } from './refusal';
import { readToChange } from './source-change';

/** How many are removed at once. */
const AT_ONCE = 16;

/** An article that an import made: undo takes it away with its sidecar, where nobody changed either. */
export interface MadeArticle {
  readonly uri: string;
  /** Identify its text and its sidecar, see {@link textKey}; `null` where it has none. */
  readonly text: string;
  readonly sidecar: string | null;
}

export function isMadeArticle(value: unknown): value is MadeArticle {
  const { uri, text, sidecar } = Object(value) as Record<keyof MadeArticle, unknown>;
  return (
    typeof uri === 'string' && typeof text === 'string' && (sidecar === null || typeof sidecar === 'string')
  );
}

/** Whether it can be taken away, is gone already, or what stands against it. */
export async function stateOfMade(made: MadeArticle): Promise<'ready' | 'gone' | Left> {
  const [article, sidecar] = urisOf(made);
  try {
    const text = await readToChange(article);
    if (text === undefined) return 'gone';
    const source = await readToChange(sidecar);
    const isAsMade =
      textKey(text) === made.text && (source === undefined ? null : textKey(source)) === made.sidecar;
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
  const isAsMade = async () => (await stateOfMade(made)) === 'ready';
  const [article, sidecar] = urisOf(made);
  try {
    // The sidecar goes first: it can be made again, of what stays in the history of the article.
    if (made.sidecar !== null && !(await disk.remove(sidecar, isAsMade))) return false;
    const isText = async () => textKey((await readToChange(article)) ?? '') === made.text;
    return await disk.remove(article, isText);
  } catch (error) {
    throw Refusal.fromWriteError(error, article);
  }
}

function urisOf({ uri }: MadeArticle): readonly [article: vscode.Uri, sidecar: vscode.Uri] {
  const article = vscode.Uri.parse(uri, true);
  return [article, article.with({ path: sidecarName(article.path) })];
}
