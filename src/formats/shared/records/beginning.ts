import { isObject, isText, itemsOf, type Json } from '../json';
import { scanJson } from '../json-source';

/**
 * The records that the beginning of a file of JSON shows, the last of which may be cut off: those of its lines, of its
 * list, or its one value; none where it is no JSON. See `headOf`.
 */
export function recordsIn(head: string): readonly Json[] {
  if (!/^\s*[[{]/.test(head)) return [];
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values = lines.map(valueOf);
  const { root, errorAt16 = Infinity } = scanJson(head);
  // What is wrong before the last line is not where the beginning was cut off: a record that costs its lines only.
  const isWrong = errorAt16 < head.trimEnd().lastIndexOf('\n');
  if (isOfLine(values[0]) || (isWrong && values.some(isOfLine))) return values.filter(isOfLine);
  const value = root?.value;
  return isOfLine(value) ? [value] : itemsOf(value);
}

/** Whether a value is a record by itself: an object, or a list such as `["text", {…}]`. */
function isOfLine(value: Json | undefined): value is Json {
  return isObject(value) || isText(itemsOf(value)[0]);
}

function valueOf(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a value is a list of `[start, end, label]`, or an empty one. */
export function areTriples(value: Json | undefined): boolean {
  return (
    Array.isArray(value) &&
    value.every((item: Json) => {
      const [start, end, label] = itemsOf(item);
      return Number.isInteger(start) && Number.isInteger(end) && isText(label);
    })
  );
}
