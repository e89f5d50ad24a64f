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
  let [out, depth] = ['  - {', 1];
  let rest = all[first]!.slice(start.length);
  for (let next = first + 1; ; next++) {
    const trimmed = rest.trim();
    // A comment within, or an empty line, which is a line's end in a text.
    if (trimmed.startsWith('#') || (trimmed === '' && next > first + 1)) return undefined;
    const scanned = scanLine(trimmed, depth);
    if (!scanned) return undefined;
    depth = scanned.depth;
    out = joined(out, scanned.text);
    if (depth === 0) return { line: out, next };
    if (next >= all.length) return undefined;
    rest = all[next]!;
  }
}

/** Two pieces of flow YAML, parted by a line's end. */
function joined(before: string, piece: string): string {
  if (piece === '') return before;
  if (/[[{]$/.test(before)) return before + piece;
  if (/^[\]}]/.test(piece)) return before.replace(/,$/, '') + piece;
  return `${before} ${piece}`;
}

/**
 * A line within flow YAML without the white space around brackets, braces and commas.
 * @returns `undefined` where a quote is not closed in it, or something stands behind the item's end
 */
function scanLine(line: string, from: number): { text: string; depth: number } | undefined {
  let [text, depth] = ['', from];
  let at = 0;
  while (at < line.length) {
    const unit = line[at]!;
    const isValue = text === '' || /[[{,:] ?$/.test(text);
    if (isValue && (unit === '"' || unit === "'")) {
      const end = endOfQuotes(line, at);
      if (end < 0) return undefined;
      const raw = line.slice(at, end);
      if (unit === '"') text += raw;
      else if (/[\\"]/.test(raw)) return undefined;
      else text += `"${raw.slice(1, -1).replaceAll("''", "'")}"`;
      at = end;
    } else if (unit === '{' || unit === '[') {
      if (!isValue) return undefined;
      depth++;
      text += unit;
      at = afterSpaces(line, at + 1);
    } else if (unit === '}' || unit === ']') {
      depth--;
      text = text.trimEnd().replace(/,$/, '') + unit;
      at++;
      if (depth === 0) return at === line.length ? { text, depth } : undefined;
    } else if (unit === ',') {
      text = text.trimEnd() + unit;
      at = afterSpaces(line, at + 1);
      if (at < line.length && !/[\]}]/.test(line[at]!)) text += ' ';
    } else if (unit === ':' && line[at + 1] === ' ') {
      text = text.trimEnd() + ': ';
      at = afterSpaces(line, at + 1);
    } else if (unit === '#' && /(?:^|\s)$/.test(text)) {
      return undefined;
    } else {
      text += unit;
      at++;
    }
  }
  return { text: text.trimEnd(), depth };
}

function afterSpaces(line: string, at: number): number {
  while (line[at] === ' ') at++;
  return at;
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
