import type { Command, Option } from './command';

const PROGRAM = 'corpus-annotator';
/** How wide a line is at most, in characters. */
const WIDTH = 100;

/** All commands, and how one goes on from here. */
export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return `Usage: ${PROGRAM} COMMAND …

Commands
${columns(rows)}

${PROGRAM} COMMAND --help shows what a command can do, by example.

Options
${columns([
  ['--help, -h', 'Shows this, or the help of a command'],
  ['--version', 'Shows the version'],
])}

Exit codes: 0 done; 1 not done, or something was found or (with --strict) lost; 2 wrong arguments.
`;
}

/** The help of one command. */
export function helpOf({ name, usage, description, examples, options, exitCodes }: Command): string {
  return `Usage: ${PROGRAM} ${name} ${usage}

${wrap(description, '')}

Examples
${examples.map(([line, what]) => `  ${PROGRAM} ${name} ${line}\n${wrap(what, '      ')}`).join('\n')}

Options
${columns([...options, HELP].map((option) => [signOf(option), option.description] as const))}

${wrap(`Exit codes: ${exitCodes}; 2 wrong arguments.`, '')}
`;
}

const HELP: Option = { name: 'help', description: 'Shows this' };

function signOf({ name, value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.min(26, Math.max(...rows.map(([first]) => first.length)));
  return rows
    .map(([first, second]) => {
      const text = wrap(second, ' '.repeat(width + 4)).trimStart();
      return first.length > width
        ? `  ${first}\n${' '.repeat(width + 4)}${text}`
        : `  ${first.padEnd(width)}  ${text}`;
    })
    .join('\n');
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.trim() !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += (line === indent ? '' : ' ') + word;
  }
  return [...lines, line].join('\n');
}
