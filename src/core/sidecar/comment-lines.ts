/** The lines of a comment as `yaml` holds it. */
export function commentLines(comment: string | null | undefined): string[] {
  return comment ? comment.split('\n') : [];
}

/** Comment lines as they stand among the entities. */
export function indentComments(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  #${line}`));
}
