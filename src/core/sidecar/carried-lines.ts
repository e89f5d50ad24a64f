import type { Plain } from '../model/entity';
import type { Carried } from './sidecar';
import { readValue } from './read-value';
import { writeScalar } from './scalar';

/** A value of more units is written on several lines, so that a change of it is one in a few of them. */
const LONGEST_LINE = 2000;
/** From which length on a line of such a value may end, in units. */
const WRAP_FROM = 80;
const INDENT = '    ';

/**
 * Reads the lines of `carried:` as {@link carriedLines} writes them: without `yaml`, since what another format knows of
 * a document may be as large as the document.
 * @returns `undefined` where any line is another
 */
export function readCarriedLines([opening, ...lines]: readonly string[]): Carried | undefined {
  if (opening !== 'carried:' || lines.length === 0) return undefined;
  const carried = new Map<string, Plain>();
  for (let at = 0; at < lines.length;) {
    const first = at++;
    if (!lines[first]!.startsWith('  ')) return undefined;
    while (at < lines.length && lines[at]!.startsWith(INDENT)) at++;
    const text = unwrap(lines.slice(first, at));
    const name = text === undefined ? undefined : readValue(text, 2);
    const isName = typeof name?.value === 'string' && !carried.has(name.value);
    const item = isName && text!.startsWith(': ', name.end) ? wholeValue(text!, name.end + 2) : undefined;
    if (!item) return undefined;
    carried.set(name!.value as string, item.value);
  }
  return Object.fromEntries(carried);
}

function wholeValue(text: string, at: number) {
  const item = readValue(text, at);
  return item?.end === text.length ? item : undefined;
}

/** What other formats know, by their names. What is long takes several lines. */
export function carriedLines(carried: Carried): string[] {
  const lines = Object.entries(carried).flatMap(([name, value]) => {
    const text = `  ${writeScalar(name)}: ${writeScalar(value)}`;
    return text.length > LONGEST_LINE ? wrap(text) : [text];
  });
  return ['carried:', ...lines];
}

/**
 * Parts a line of flow YAML behind a comma, and in quotes behind the sign of a line's end, where `\` ends the line.
 * {@link unwrap} puts it together again, and so does every YAML reader.
 */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let [from, indent] = [0, ''];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at];
    if (unit === '"') isQuoted = !isQuoted;
    const isEscape = isQuoted && unit === '\\';
    if (isEscape) at++;
    if (at - from < WRAP_FROM) continue;
    if (isEscape && text[at] === 'n' && text[at + 1] !== '"') {
      lines.push(`${indent}${text.slice(from, at + 1)}\\`);
      from = at + 1;
      // A space at the beginning of a line would not count.
      indent = text[from] === ' ' ? `${INDENT}\\` : INDENT;
    } else if (!isQuoted && unit === ',') {
      lines.push(indent + text.slice(from, at + 1));
      from = at + 2;
      indent = INDENT;
    }
  }
  return [...lines, indent + text.slice(from)];
}

/** The one line that lines stand for; `undefined` where they are not parted as {@link wrap} does. */
function unwrap(lines: readonly string[]): string | undefined {
  const parts = [lines[0]!];
  for (let i = 1; i < lines.length; i++) {
    const before = parts[i - 1]!;
    const line = lines[i]!.slice(INDENT.length);
    if (/^[ \t]|^$/.test(line)) return undefined;
    if (endsWithEscape(before)) {
      parts[i - 1] = before.slice(0, -1);
      parts.push(line.startsWith('\\ ') ? line.slice(1) : line);
    } else {
      if (!before.endsWith(',')) return undefined;
      parts.push(` ${line}`);
    }
  }
  return parts.join('');
}

/** Whether a line ends with a `\` that is not itself escaped. */
function endsWithEscape(line: string): boolean {
  let from = line.length;
  while (line[from - 1] === '\\') from--;
  return (line.length - from) % 2 === 1;
}
