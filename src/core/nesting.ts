import { Lexer } from 'yaml';

/** Levels of nesting that are read. `yaml` calls itself for each, and near the end of the stack V8 may end the process. */
const MOST = 100;

/** Whether a YAML source is nested deeper than anything a person writes. */
export function isNestedTooDeep(source: string): boolean {
  return blockDepth(source) > MOST || (bracketDepth(source) > MOST && flowDepth(source) > MOST);
}

/** How many maps and lists in block style enclose one another, at most: one opens where a line is indented further. */
function blockDepth(source: string): number {
  let depth = 0;
  const columns: number[] = [];
  for (const [line] of source.matchAll(/^[ \t]*(?:[-?:][ \t]+)*[^\s]/gm)) {
    for (const { index } of line.matchAll(/[^ \t]/g)) {
      while (columns.length > 0 && columns.at(-1)! >= index) columns.pop();
      columns.push(index);
    }
    depth = Math.max(depth, columns.length);
  }
  return depth;
}

/** As {@link flowDepth} but fast, counting brackets in texts too. */
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

/** How many maps and lists in flow style enclose one another, at most. */
function flowDepth(source: string): number {
  let depth = 0;
  let most = 0;
  for (const token of new Lexer().lex(source)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return most;
}
