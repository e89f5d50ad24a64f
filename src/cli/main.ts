import { COMMANDS } from './commands/index';
import { runCommand } from './run';

void runCommand(COMMANDS, process.argv.slice(2)).then((code) => (process.exitCode = code));
