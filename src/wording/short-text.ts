/** A mention for a message or a row: on one line, not too long. */
export function shortText(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ');
  const points = Array.from(line);
  return points.length > length ? points.slice(0, length - 1).join('') + '…' : line;
}
