import type * as vscode from 'vscode';
import type { CorpusStore } from '../workspace/store';

export function register(_context: vscode.ExtensionContext, _store: CorpusStore): void {}
