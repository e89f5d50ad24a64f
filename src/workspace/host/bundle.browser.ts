import * as vscode from 'vscode';

/**
 * Loads a bundle of this extension in the web worker host. There an extension is one file, which the editor fetches and
 * runs as a function; so is this one. Nothing but files of this very extension are run.
 * @param path in the folder of the extension
 * @param bundles those that it requires, by the names that it has for them
 * @returns what the bundle exports
 */
export async function loadBundle<T>(
  path: string,
  bundles: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const extension = vscode.extensions.getExtension('corpus-annotator.corpus-annotator')!;
  const file = vscode.Uri.joinPath(extension.extensionUri, path);
  const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const module = { exports: {} };
  const modules: Readonly<Record<string, unknown>> = { ...bundles, vscode };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('module', 'require', source)(module, (name: string) => modules[name]);
  return module.exports as T;
}
