import { parseArgs } from 'node:util';
import { mergeDriver } from './merge-driver';

const USAGE = `Usage: corpus-annotator merge-driver BASE OURS THEIRS [NAME]

Merges three versions of a sidecar, entity by entity, and writes the result over OURS: a merge driver
for git, which calls it with %O %A %B %P. BASE may be empty. Entities that both sides changed in ways that
exclude each other are kept in both versions, which name each other in "conflict".

Exit codes: 0 merged, 1 one of the files is no valid sidecar (OURS is left as it is), 2 wrong arguments.
`;

/** The command line. @returns the exit code */
async function run(args: readonly string[]): Promise<number> {
  let words: string[];
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    words = positionals;
  } catch (error) {
    return refuse((error as Error).message);
  }
  const [command, base, ours, theirs, name = ours, ...others] = words;
  if (command === undefined) return refuse('Which command?');
  if (command !== 'merge-driver') return refuse(`There is no command ${command}.`);
  if (!base || !ours || !theirs || !name || others.length > 0)
    return refuse('merge-driver needs three files.');
  return mergeDriver({ base, ours, theirs, name });
}

function refuse(reason: string): number {
  process.stderr.write(`corpus-annotator: ${reason}\n\n${USAGE}`);
  return 2;
}

void run(process.argv.slice(2)).then((code) => (process.exitCode = code));
