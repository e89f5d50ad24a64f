import * as vscode from 'vscode';
import { areSame } from '../shared/same-diagnostics';

/**
 * The Problems panel's rows by file. A file may have rows of several owners, as a sidecar has that two
 * articles claim; an owner's rows are replaced together.
 */
export class Board implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('corpusAnnotator');
  /** By file, then by owner. */
  private readonly rows = new Map<string, Map<string, readonly vscode.Diagnostic[]>>();
  /** The files that each owner has rows in. */
  private readonly files = new Map<string, readonly vscode.Uri[]>();

  dispose(): void {
    this.collection.dispose();
  }

  get owners(): Iterable<string> {
    return this.files.keys();
  }

  /** Whether an owner has rows. */
  has(owner: string): boolean {
    return this.files.has(owner);
  }

  /** Replaces the rows of an owner in all files. */
  set(owner: string, rows: readonly (readonly [vscode.Uri, readonly vscode.Diagnostic[]])[]): void {
    const filled = rows.filter(([, diagnostics]) => diagnostics.length > 0);
    const touched = new Map<string, vscode.Uri>();
    for (const uri of this.files.get(owner) ?? []) {
      this.rows.get(uri.toString())?.delete(owner);
      touched.set(uri.toString(), uri);
    }
    for (const [uri, diagnostics] of filled) {
      const key = uri.toString();
      const byOwner = this.rows.get(key) ?? new Map<string, readonly vscode.Diagnostic[]>();
      byOwner.set(owner, diagnostics);
      this.rows.set(key, byOwner);
      touched.set(key, uri);
    }
    if (filled.length > 0)
      this.files.set(
        owner,
        filled.map(([uri]) => uri),
      );
    else this.files.delete(owner);
    for (const [key, uri] of touched) this.show(key, uri);
  }

  private show(key: string, uri: vscode.Uri): void {
    const byOwner = this.rows.get(key);
    if (byOwner?.size === 0) this.rows.delete(key);
    const all = [...(byOwner?.values() ?? [])].flat();
    if (areSame(this.collection.get(uri), all)) return;
    if (all.length > 0) this.collection.set(uri, all);
    else this.collection.delete(uri);
  }
}
