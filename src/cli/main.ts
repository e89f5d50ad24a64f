import { isMainThread } from 'node:worker_threads';
import { COMMANDS } from './commands/index';
import { runCommand } from './run';
import { allowThreads, serve } from './threads';
import { WORKERS } from './workers';

if (isMainThread) {
  allowThreads(__filename);
  void runCommand(COMMANDS, process.argv.slice(2)).then((code) => (process.exitCode = code));
} else {
  serve(WORKERS);
}
