import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import type { PlaceArgument } from '../shared/targets';
import { Placer } from './place';
import { QuickFixes } from './quick-fixes';

/** What a person does with entities that could not be placed for certain: commands and quick fixes. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const placer = new Placer(store);
  context.subscriptions.push(
    registerCommand('placeEntity', (argument?: PlaceArgument) => placer.placeEntity(argument)),
    registerCommand('placeAtSelection', (argument?: PlaceArgument) => placer.placeAtSelection(argument)),
    registerCommand('placeNext', () => placer.placeNext()),
    registerCommand('placeCertain', (argument?: PlaceArgument) => placer.placeCertain(argument)),
    vscode.languages.registerCodeActionsProvider(
      [{ language: ARTICLE_LANGUAGE }, { pattern: '**/*.ann.yaml' }],
      new QuickFixes(store),
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
