import { mergeDriver } from './commands/merge-driver';
import { runCommand } from './run';

// All that git needs, small enough to come with the extension.
void runCommand([mergeDriver], process.argv.slice(2)).then((code) => (process.exitCode = code));
