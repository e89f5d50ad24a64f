import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../../src/api.ts';
import { until } from './until.ts';

/** A corpus of its own in a new folder of the workspace, for one test. */
export class Scratch {
  private constructor(
    readonly api: CorpusAnnotatorApi,
    readonly folder: vscode.Uri,
  ) {}

  /** @param files by name, relative to the folder; `corpus.yaml` among them, or a plain one is added */
  static async make(files: Record<string, string | Uint8Array> = {}): Promise<Scratch> {
    const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>('corpus-annotator.corpus-annotator');
    const api = await extension!.activate();
    // In a browser, the editor saves by itself after a second.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', true);
    const name = `scratch-${Math.random().toString(36).slice(2, 8)}`;
    const folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
    await vscode.workspace.fs.createDirectory(folder);
    const scratch = new Scratch(api, folder);
    const all = { 'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n', ...files };
    for (const [file, content] of Object.entries(all)) await scratch.write(file, content);
    return scratch;
  }

  uri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }

  async write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await vscode.workspace.fs.writeFile(this.uri(name), bytes);
    return this.uri(name);
  }

  async read(name: string): Promise<string> {
    const bytes = await vscode.workspace.fs.readFile(this.uri(name));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  /** The text of a file; empty where there is none. */
  async readIfThere(uri: vscode.Uri): Promise<string> {
    const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => new Uint8Array());
    return new TextDecoder().decode(bytes);
  }

  exists(name: string): Promise<boolean> {
    return Promise.resolve(
      vscode.workspace.fs.stat(this.uri(name)).then(
        () => true,
        () => false,
      ),
    );
  }

  delete(name: string): Thenable<void> {
    return vscode.workspace.fs.delete(this.uri(name));
  }

  /** Waits until the corpus knows an article, and opens it. */
  async article(name: string): Promise<vscode.Uri> {
    const uri = this.uri(name);
    const isKnown = () =>
      this.api.getEntities(uri).then(
        () => true,
        (error: unknown) => !String(error).includes('Not an article'),
      );
    await until(isKnown, `${name} in the corpus`);
    return uri;
  }

  /** Adds an entity where a text first occurs in an article. */
  async tag(name: string, text: string, label = 'PER'): Promise<string> {
    const document = await vscode.workspace.openTextDocument(this.uri(name));
    const at = document.getText().indexOf(text);
    if (at < 0) throw new Error(`No ${text} in ${name}`);
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
    const [added] = await this.api.addEntities(this.uri(name), [{ label, range }]);
    return added!.id;
  }

  /** Replaces the text of an open document, and leaves it unsaved. */
  async type(name: string, change: (text: string) => string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(this.uri(name));
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, change(document.getText()));
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${name} was not edited`);
    return document;
  }

  /** Code, line and characters of each problem of the extension in a file, in their order there. */
  problems(name: string): [code: string, line: number, character: number, endCharacter: number][] {
    return this.diagnostics(name).map(({ code, range: { start, end } }) => [
      code as string,
      start.line,
      start.character,
      end.character,
    ]);
  }

  diagnostics(name: string): vscode.Diagnostic[] {
    return vscode.languages
      .getDiagnostics(this.uri(name))
      .filter(({ source }) => source === 'Corpus Annotator')
      .sort((a, b) => a.range.start.compareTo(b.range.start));
  }

  /** Waits until a file has exactly the problems of these codes. */
  async untilCodes(name: string, ...codes: string[]): Promise<vscode.Diagnostic[]> {
    const now = () => this.diagnostics(name).map(({ code }) => code as string);
    try {
      await until(() => now().join() === codes.join(), `${codes.join(', ') || 'no problem'} in ${name}`);
    } catch (error) {
      throw new Error(`${(error as Error).message}; there is: ${now().join(', ')}`, { cause: error });
    }
    return this.diagnostics(name);
  }

  /** Closes the editors without saving, and removes the folder. */
  async remove(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || !document.uri.path.startsWith(this.folder.path)) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.getConfiguration('files').update('autoSave', undefined, true);
    await vscode.workspace.fs.delete(this.folder, { recursive: true }).then(undefined, () => undefined);
  }
}
