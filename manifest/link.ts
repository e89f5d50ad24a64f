import type { Command } from './commands.ts';

/** A command, as a text of a welcome or of the first steps links to it; alone on its line, it is a button. */
export const link = (text: string, command: Command | 'articles.focus' | 'vscode.openFolder') =>
  `[${text}](command:${command.startsWith('vscode.') ? command : `corpusAnnotator.${command}`})`;
