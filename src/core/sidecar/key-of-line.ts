/** The top-level key that a line begins with. (YAML lets a plain one have a `:` in it: `article:x` is not `article`.) */
export function keyOfLine(line: string): string | undefined {
  const end = /^[^\s#-]/.test(line) ? line.search(/:(?:[ \t]|$)/) : -1;
  return end < 0 ? undefined : line.slice(0, end);
}
