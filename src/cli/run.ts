import { parseArgs } from 'node:util';
import { FormatError } from '../formats/shared/format';
import { formatErrorMessage } from '../wording/format-errors';
import { inEnglish } from '../wording/translate';
import { hint, UsageError, type Command, type Option, type Values } from './command';
import { generalHelp, helpOf } from './help';
import { endInterrupts, Interrupted } from './interrupt';
import { reasonOf } from './system-error';
import { clearProgress, print, say, useStreams, type Streams } from './terminal';

/**
 * Runs the command that arguments name, one at a time in a process. Never rejects.
 * @param streams where it reads and writes, those of the process by default
 * @returns the exit code
 */
export async function runCommand(
  commands: readonly Command[],
  args: readonly string[],
  streams?: Streams,
): Promise<number> {
  useStreams(streams);
  try {
    return await dispatch(commands, args);
  } catch (error) {
    return refuse(error);
  } finally {
    clearProgress();
    endInterrupts();
    useStreams();
  }
}

async function dispatch(commands: readonly Command[], args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version') return print(`${process.env.CORPUS_ANNOTATOR_VERSION}\n`);
  const [name, behind] = first === 'help' ? [rest[0], ['--help']] : [first, rest];
  if (name === undefined && first !== 'help')
    throw new UsageError(`Which command?\n\n${generalHelp(commands)}`);
  if (name === undefined || name === '--help' || name === '-h') return print(generalHelp(commands));
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const names = commands.map((one) => one.name);
    const known = name.startsWith('-') ? 'The command stands first' : `There is no command ${name}`;
    throw new UsageError(`${known}.${hint(name, names)}\n\n${generalHelp(commands)}`);
  }
  try {
    const { words, values } = parse(command.endsWithWords ? endOptions(behind) : behind, command.options);
    return values.help ? print(helpOf(command)) : await command.run(words, values);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\nSee corpus-annotator ${name} --help.`);
  }
}

/** Arguments whose first word ends the options. */
function endOptions(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => !arg.startsWith('-'));
  return first < 0 ? args : [...args.slice(0, first), '--', ...args.slice(first)];
}

/** Parts options from other words. Everything behind `--` is a word. @throws UsageError */
function parse(args: readonly string[], options: readonly Option[]): { words: string[]; values: Values } {
  const all: readonly Option[] = [...options, { name: 'help', description: '' }];
  const types = all.map(({ name, value }) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, name === 'help' ? { type, short: 'h' } : { type }] as const;
  });
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = all.find((one) => one.name === name);
    if (!option) {
      const names = all.map((one) => one.name);
      throw new UsageError(`There is no option ${rawName}.${hint(name, names, '--')}`);
    }
    if (option.value === undefined && value !== undefined) throw new UsageError(`--${name} takes no value.`);
    const isForgotten = value === undefined || (!inlineValue && /^-./.test(value));
    if (option.value !== undefined && isForgotten)
      throw new UsageError(`--${name} needs a value: --${name} ${option.value}.`);
    values[name] = value ?? true;
  }
  return { words: positionals, values };
}

function refuse(error: unknown): number {
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  // Whoever reads what is printed has seen enough.
  if (code === 'EPIPE') return 1;
  const ofSystem = `${path ?? syscall}: ${reasonOf(error)}`;
  const sentence =
    error instanceof FormatError
      ? formatErrorMessage(inEnglish, error)
      : syscall === undefined
        ? message
        : ofSystem;
  say(`corpus-annotator: ${sentence.trimEnd()}`);
  if (error instanceof Interrupted) return error.exitCode;
  const isWrong = error instanceof UsageError;
  return isWrong || (error instanceof FormatError && error.code === 'option-unknown') ? 2 : 1;
}
