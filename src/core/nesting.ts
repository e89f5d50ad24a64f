import { Lexer } from 'yaml';

/** Levels of nesting that are read. `yaml` calls itself for each, and near the end of the stack V8 may end the process. */
export const MOST_LEVELS = 100;

/** So many indicators in a row are not looked at by `yaml`'s lexer, which takes time by their square. */
const MOST_LEXED = 1000;

/** Indicators in a row, each of which opens a level or stands before one that does: `- - ? &a`. */
const INDICATORS = /(?<!\S)(?:(?:[-?:]|[&!]\S*)[ \t]+)+/g;

/**
 * Where a YAML source is nested deeper than anything that a person writes, in UTF-16 units; `undefined`
 * where it is not. Takes time in proportion to its length.
 */
export function findTooDeep(source: string): number | undefined {
  const block16 = findDeepBlock(source);
  if (block16 !== undefined) return block16;
  const run = findLongestRun(source);
  if (run.length > MOST_LEXED) return run.at16;
  if (run.length <= MOST_LEVELS && bracketDepth(source) <= MOST_LEVELS) return undefined;
  return findDeepTokens(source);
}

/** Where too many maps and lists in block style enclose one another: one opens where a line is indented further. */
function findDeepBlock(source: string): number | undefined {
  const columns: number[] = [];
  for (const { 0: line, index: line16 } of source.matchAll(/^[ \t]*(?:[-?:][ \t]+)*[^\s]/gm)) {
    for (const { index } of line.matchAll(/[^ \t]/g)) {
      while (columns.length > 0 && columns.at(-1)! >= index) columns.pop();
      if (columns.push(index) > MOST_LEVELS) return line16 + index;
    }
  }
  return undefined;
}

/** The most indicators in a row, in texts and comments too. */
function findLongestRun(source: string): { length: number; at16: number } {
  let longest = { length: 0, at16: 0 };
  for (const { 0: run, index } of source.matchAll(INDICATORS)) {
    if (run.length <= longest.length) continue;
    const length = run.split(/[ \t]+/).length - 1;
    if (length > longest.length) longest = { length, at16: index };
  }
  return longest;
}

/** The most brackets that are open at once, counting those in texts too. */
function bracketDepth(source: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < source.length; i++) {
    const unit = source.charCodeAt(i) | 0x20;
    // `{` and `[`, `}` and `]` differ in one bit.
    if (unit === 0x7b) most = Math.max(most, ++depth);
    else if (unit === 0x7d) depth = Math.max(0, depth - 1);
  }
  return most;
}

/** Signs of the lexer that stand for no character: a document, an error, a scalar. */
const SILENT = new Set(['\u0002', '\u0018', '\u001f']);

/** Where too many brackets are open, or too many indicators stand in a row, texts and comments left out. */
function findDeepTokens(source: string): number | undefined {
  let [at16, depth, run] = [0, 0, 0];
  let isScalar = false;
  for (const token of new Lexer().lex(source)) {
    if (SILENT.has(token)) {
      isScalar = token === '\u001f';
      if (isScalar) run = 0;
      continue;
    }
    if (!isScalar) {
      if (token === '[' || token === '{') depth++;
      else if (token === ']' || token === '}') depth--;
      if (/^(?:[-?:]$|[&!])/.test(token)) run++;
      else if (!/^[ \t]+$/.test(token)) run = 0;
      if (depth > MOST_LEVELS || run > MOST_LEVELS) return at16;
    }
    isScalar = false;
    at16 += token.length;
  }
  return undefined;
}
