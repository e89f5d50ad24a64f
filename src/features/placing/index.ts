import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { attempt } from '../shared/messages';
import type { PlaceArgument } from '../shared/targets';
import { Placer } from './place';
import { QuickFixes } from './quick-fixes';

/** What a person does with entities that could not be placed for certain: commands and quick fixes. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const placer = new Placer(store);
  const command = (name: string, run: (argument: PlaceArgument | undefined) => Promise<unknown>) =>
    vscode.commands.registerCommand(`corpusAnnotator.${name}`, (argument?: PlaceArgument) =>
      attempt(() => run(argument)),
    );
  context.subscriptions.push(
    command('placeEntity', (argument) => placer.placeEntity(argument)),
    command('placeAtSelection', (argument) => placer.placeAtSelection(argument)),
    command('placeNext', () => placer.placeNext()),
    command('placeCertain', (argument) => placer.placeCertain(argument)),
    vscode.languages.registerCodeActionsProvider(
      [{ language: ARTICLE_LANGUAGE }, { pattern: '**/*.ann.yaml' }],
      new QuickFixes(store),
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
