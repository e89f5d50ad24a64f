/** The place of an offset in a text, both in UTF-16: line and column from 1. */
export function placeAt(text: string, at16: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at16).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
