import * as vscode from 'vscode';
import { loadProgram } from '#load-program';
import type { CorpusAnnotatorApi } from './api';
import type { Program } from './program';
import { recognize } from './recognition';

let running: Promise<Program> | undefined;

/**
 * The entry of both bundles. The editor calls this in nearly every window, since any plain text may be an article.
 * So it is small, and the program (`program.ts`) is loaded once the window is known for one of articles, or a command
 * or a view of ours is used.
 */
export function activate(context: vscode.ExtensionContext): CorpusAnnotatorApi {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const standIns: vscode.Disposable[] = [];
  const wake = () => (running ??= run().catch(forget));
  // What could not be loaded, as in a browser without a network, may be the next time.
  const forget = (error: unknown) => {
    running = undefined;
    throw error;
  };
  const run = async () => {
    const { start } = await loadProgram();
    // At once, so that no command is missing in between.
    vscode.Disposable.from(...standIns).dispose();
    const program = start(context);
    context.subscriptions.push(program.api.onDidChangeEntities((uri) => changed.fire(uri)));
    return program;
  };
  standIns.push(
    recognize(context.workspaceState, wake),
    ...standInForCommands(context, wake),
    ...standInForViews(context, wake),
  );
  context.subscriptions.push(changed, ...standIns);
  const api = async () => (await wake()).api;
  return {
    version: 1,
    onDidChangeEntities: changed.event,
    getLayers: async (article) => (await api()).getLayers(article),
    getEntities: async (...of) => (await api()).getEntities(...of),
    addEntities: async (...of) => (await api()).addEntities(...of),
    removeEntities: async (...of) => (await api()).removeEntities(...of),
    findEntities: async (filter) => (await api()).findEntities(filter),
    whenSaved: async () => (await running)?.api.whenSaved(),
  };
}

export async function deactivate(): Promise<void> {
  await (await running)?.stop();
}

type Wake = () => Promise<Program>;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

/** Each command wakes the program, and is run by it, on what is selected now. */
function standInForCommands({ extension }: vscode.ExtensionContext, wake: Wake): vscode.Disposable[] {
  const { commands } = (extension.packageJSON as Manifest).contributes;
  return commands.map(({ command }) =>
    vscode.commands.registerCommand(
      command,
      async (argument?: unknown, other?: unknown): Promise<unknown> => {
        const editor = vscode.window.activeTextEditor;
        const at = { editor, selections: editor?.selections ?? [] };
        await wake();
        return vscode.commands.executeCommand(command, argument, other, at);
      },
    ),
  );
}

/** A view that is shown wakes the program, which gives it its rows. */
function standInForViews({ extension }: vscode.ExtensionContext, wake: Wake): vscode.Disposable[] {
  const { views } = (extension.packageJSON as Manifest).contributes;
  return Object.values(views)
    .flat()
    .map(({ id }) =>
      vscode.window.registerTreeDataProvider<never>(id, {
        getChildren: async () => {
          await wake();
          return [];
        },
        getTreeItem: (row) => row,
      }),
    );
}
