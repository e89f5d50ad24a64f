import { parseArgs } from 'node:util';
import { FormatError } from '../core/interchange/format';
import { FORMATS, formatById } from '../core/interchange/formats';
import { formatErrorMessage } from '../wording/notes';
import { inEnglish } from '../wording/translate';
import { convert } from './convert';
import { mergeDriver } from './merge-driver';
import { TargetError } from './target';

const USAGE = `Usage: corpus-annotator COMMAND …

  convert [--from FORMAT] --to FORMAT IN OUT
      Converts files, folders or a pipe (-) from one format to another. What the target cannot hold is told.

  merge-driver BASE OURS THEIRS [NAME]
      Merges three versions of a sidecar, entity by entity, and writes the result over OURS: a merge driver
      for git, which calls it with %O %A %B %P. BASE may be empty. Entities that both sides changed in ways
      that exclude each other are kept in both versions, which name each other in "conflict".

Options of convert
  --strict        a loss is an error: nothing is written
  --force         files that are there are replaced
  --report FILE   all that was changed or lost, as JSON lines
  --quiet         prints nothing but errors
${FORMATS.flatMap(({ id, options = [] }) => options.map(({ name, values, description }) => `  --${`${name} ${values.join('|')}`.padEnd(14)} ${description} (${id})`)).join('\n')}

Formats: ${FORMATS.map(({ id }) => id).join(', ')}

Examples
  corpus-annotator convert --from brat --to conll2003 collection/ train.conll
  corpus-annotator convert --to brat train.conll collection/

Exit codes: 0 done, 1 not done or (merge-driver) no valid sidecar, which is left as it is, 2 wrong arguments.
`;

const FLAGS = {
  help: { type: 'boolean', short: 'h' },
  from: { type: 'string' },
  to: { type: 'string' },
  strict: { type: 'boolean' },
  force: { type: 'boolean' },
  quiet: { type: 'boolean' },
  report: { type: 'string' },
} as const;

/** The options of all formats. */
const CHOICES = [...new Set(FORMATS.flatMap(({ options = [] }) => options.map(({ name }) => name)))];

class UsageError extends Error {}

/** The command line. @returns the exit code */
async function run(args: readonly string[]): Promise<number> {
  try {
    const choices = Object.fromEntries(CHOICES.map((name) => [name, { type: 'string' } as const]));
    const { positionals, values } = parse(args, { ...choices, ...FLAGS });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [command, ...words] = positionals;
    switch (command) {
      case 'convert':
        return await runConvert(words, values);
      case 'merge-driver':
        return await runMergeDriver(words);
      case undefined:
        throw new UsageError('Which command?');
      default:
        throw new UsageError(`There is no command ${command}.`);
    }
  } catch (error) {
    if (error instanceof UsageError) return refuse(`${error.message}\n\n${USAGE}`, 2);
    if (error instanceof FormatError)
      return refuse(`${formatErrorMessage(inEnglish, error)}\n`, error.code === 'option-unknown' ? 2 : 1);
    if (error instanceof TargetError) return refuse(`${error.message}\n`, 1);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return 1;
    return refuse(`${message}\n`, 1);
  }
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parse(args: readonly string[], options: NonNullable<Parameters<typeof parseArgs>[0]>['options']) {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: options!, allowPositionals: true });
    return { positionals, values: values as Values };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function runConvert(words: readonly string[], values: Values): Promise<number> {
  const [input, output, ...others] = words;
  if (input === undefined || output === undefined || others.length > 0)
    throw new UsageError('convert needs what is read and what is written: IN OUT.');
  const to = format(values.to, 'to');
  if (!to) throw new UsageError('convert needs --to FORMAT.');
  return convert({
    from: format(values.from, 'from'),
    to,
    input,
    output,
    options: Object.fromEntries(
      CHOICES.flatMap((name) => (typeof values[name] === 'string' ? [[name, values[name]]] : [])),
    ),
    isForced: values.force === true,
    isStrict: values.strict === true,
    isQuiet: values.quiet === true,
    reportFile: typeof values.report === 'string' ? values.report : undefined,
  });
}

function format(id: string | boolean | undefined, direction: 'from' | 'to') {
  if (typeof id !== 'string') return undefined;
  const found = formatById(id);
  const does = found && (direction === 'from' ? 'parse' : 'serialize') in found;
  if (!does)
    throw new UsageError(
      `--${direction} takes one of ${FORMATS.map((one) => one.id).join(', ')}, not ${id}.`,
    );
  return found;
}

function runMergeDriver([base, ours, theirs, name = ours, ...others]: readonly string[]): Promise<number> {
  if (!base || !ours || !theirs || !name || others.length > 0)
    throw new UsageError('merge-driver needs three files.');
  return mergeDriver({ base, ours, theirs, name });
}

function refuse(reason: string, exitCode: number): number {
  process.stderr.write(`corpus-annotator: ${reason}`);
  return exitCode;
}

void run(process.argv.slice(2)).then((code) => (process.exitCode = code));
