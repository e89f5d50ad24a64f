import * as vscode from 'vscode';
import { attempt } from './messages';

/**
 * Registers a command. Where it is refused, that is shown as a message and nothing is thrown; whoever runs it gets what
 * it returns. Commands whose presses must keep their order are registered by `registerPress`.
 * @param name what follows `corpusAnnotator.`
 * @param run is given what the command is run with: of a tree, the row, then all that are selected
 */
export function registerCommand<Given extends unknown[]>(
  name: string,
  run: (...given: Given) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(`corpusAnnotator.${name}`, (...given: Given) =>
    attempt(() => run(...given)),
  );
}
