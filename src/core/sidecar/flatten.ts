/** Where the list of entities begins. */
const ENTITIES = /^entities:[ \t]*(?:#.*)?$/;
const ITEM = /^( *)- +\{/;
const COMMENT_OR_EMPTY = /^[ \t]*(?:#|$)/;

/**
 * A sidecar with each entity on one line, with the white space that the program writes: as it was before a formatter
 * (Prettier, yamlfmt) or a person put spaces inside its braces or parted it into lines. Nothing but white space
 * between values changes, and commas at the end; what cannot be told from the value of a text stays as it is.
 * @param source with `\n` as its line ends
 * @returns `undefined` where nothing is to be changed
 */
export function flatten(source: string): string | undefined {
  const all = source.split('\n');
  const at = all.findIndex((line) => ENTITIES.test(line));
  if (at < 0) return undefined;
  const text = all.slice(0, at + 1);
  let isChanged = false;
  let next = at + 1;
  while (next < all.length && (ITEM.test(all[next]!) || COMMENT_OR_EMPTY.test(all[next]!))) {
    const first = next++;
    const flat = ITEM.test(all[first]!) ? flatItem(all, first) : undefined;
    text.push(flat?.line ?? all[first]!);
    if (!flat) continue;
    next = flat.next;
    isChanged ||= flat.line !== all[first];
  }
  if (!isChanged) return undefined;
  return [...text, ...all.slice(next)].join('\n');
}

/** The item that begins in a line, as one line, and the line behind it; `undefined` where that is not certain. */
function flatItem(all: readonly string[], first: number): { line: string; next: number } | undefined {
  const start = ITEM.exec(all[first]!)![0];
  const parts = ['  - {'];
  let depth = 1;
  let rest = all[first]!.slice(start.length);
  for (let next = first + 1; ; next++) {
    const trimmed = rest.trim();
    // A comment within, or an empty line, which is a line's end in a text.
    if (trimmed.startsWith('#') || (trimmed === '' && next > first + 1)) return undefined;
    const end = scanLine(trimmed, depth, parts);
    if (end === undefined) return undefined;
    depth = end;
    if (depth === 0) return { line: parts.join(''), next };
    if (next >= all.length) return undefined;
    rest = all[next]!;
    // Between two words of a text, the line's end is a space.
    if (!/[[{ ]$/.test(parts.at(-1)!)) parts.push(' ');
  }
}

/**
 * Adds the parts of a line within flow YAML, without the white space around brackets, braces and commas.
 * @returns how deep in brackets it ends; `undefined` where a quote is not closed in it, or something stands behind the
 * item's end
 */
function scanLine(line: string, from: number, parts: string[]): number | undefined {
  let depth = from;
  let isValue = true;
  for (let at = 0; at < line.length;) {
    const unit = line[at]!;
    const isColon = unit === ':' && (at + 1 === line.length || line[at + 1] === ' ');
    if (unit === ' ') {
      at++;
    } else if (isValue && (unit === '"' || unit === "'")) {
      const end = endOfQuotes(line, at);
      const raw = line.slice(at, end);
      if (end < 0 || (unit === "'" && /[\\"]/.test(raw))) return undefined;
      parts.push(unit === '"' ? raw : `"${raw.slice(1, -1).replaceAll("''", "'")}"`);
      isValue = false;
      at = end;
    } else if (unit === '{' || unit === '[') {
      if (!isValue) return undefined;
      depth++;
      parts.push(unit);
      at++;
    } else if (unit === '}' || unit === ']') {
      while (/^[ ,]+$/.test(parts.at(-1)!)) parts.pop();
      parts.push(unit);
      isValue = false;
      at++;
      if (--depth === 0) return at === line.length ? 0 : undefined;
    } else if (unit === ',' || isColon) {
      while (parts.at(-1) === ' ') parts.pop();
      parts.push(`${unit} `);
      isValue = true;
      at++;
    } else {
      const end = endOfPlain(line, at);
      if (!isValue || unit === '#' || line.startsWith(' #', end)) return undefined;
      parts.push(line.slice(at, end).trimEnd());
      isValue = false;
      at = end;
    }
  }
  return depth;
}

/** Where what is written without quotes ends: at a sign of flow YAML, or where a comment begins. */
function endOfPlain(line: string, from: number): number {
  let end = from;
  for (; end < line.length; end++) {
    const [unit, next] = [line[end]!, line[end + 1]];
    if (',[]{}'.includes(unit)) break;
    if (unit === ':' && (next === ' ' || next === undefined)) break;
    if (unit === ' ' && next === '#') break;
  }
  return end;
}

/** Behind the quotes that begin at a place; -1 where they do not end in the line. */
function endOfQuotes(line: string, at: number): number {
  const quote = line[at];
  for (let end = at + 1; end < line.length; end++) {
    if (line[end] === '\\' && quote === '"') end++;
    else if (line[end] === quote) {
      if (quote === "'" && line[end + 1] === "'") end++;
      else return end + 1;
    }
  }
  return -1;
}
