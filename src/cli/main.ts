import { convert } from './commands/convert';
import { exportCorpus } from './commands/export';
import { importInto } from './commands/import';
import { mergeDriver } from './commands/merge-driver';
import { repair } from './commands/repair';
import { stats } from './commands/stats';
import { validate } from './commands/validate';
import { runCommand } from './run';

const COMMANDS = [validate, importInto, exportCorpus, convert, stats, repair, mergeDriver];

void runCommand(COMMANDS, process.argv.slice(2)).then((code) => (process.exitCode = code));
