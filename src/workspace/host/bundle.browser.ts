import * as vscode from 'vscode';

/**
 * Loads a bundle of this extension in the web worker host. There an extension is one file, which the editor fetches and
 * runs as a function; so is this one. Nothing but files of this very extension are run.
 * @param path in the folder of the extension
 * @returns what the bundle exports
 */
export async function loadBundle<T>(path: string): Promise<T> {
  yaml ??= readBundle('dist/yaml.js', {});
  return (await readBundle(path, { vscode, './yaml.js': await yaml })) as T;
}

/** What bundles share. */
let yaml: Promise<unknown> | undefined;

async function readBundle(path: string, modules: Readonly<Record<string, unknown>>): Promise<unknown> {
  const extension = vscode.extensions.getExtension('corpus-annotator.corpus-annotator')!;
  const file = vscode.Uri.joinPath(extension.extensionUri, path);
  const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('module', 'require', source)(module, (name: string) => modules[name]);
  return module.exports;
}
