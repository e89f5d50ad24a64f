/** What JSON holds, before anything is known of it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A value in a source of JSON. */
export interface JsonNode {
  /** Where it begins, in UTF-16 units. */
  readonly at16: number;
  readonly value: Json;
  /** Those in it, by their names or places. */
  readonly parts?: ReadonlyMap<string, JsonNode>;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Deeper ones are taken for an error: a function calls itself for each level. */
const DEEPEST = 1000;

/**
 * A source of JSON (RFC 8259, https://www.rfc-editor.org/rfc/rfc8259) with the places of its values; of one that is
 * wrong, or was cut off, what stands before that, and where it is.
 */
export function scanJson(source: string): {
  readonly root: JsonNode | undefined;
  readonly errorAt16: number | undefined;
} {
  let at16 = 0;
  let errorAt16: number | undefined;
  const fail = () => void (errorAt16 ??= at16);
  const isWrong = () => errorAt16 !== undefined;
  const skip = (what: RegExp): string | undefined => {
    what.lastIndex = at16;
    const found = what.exec(source)?.[0];
    at16 += found?.length ?? 0;
    return found;
  };
  const isNext = (sign: string): boolean => {
    skip(SPACE);
    if (source[at16] !== sign) return false;
    at16++;
    return true;
  };
  const expect = (sign: string) => void (isNext(sign) || fail());
  const text = (): string => {
    const end16 = closingQuote(source, at16);
    const piece = end16 < 0 ? source.slice(at16) : source.slice(at16, end16 + 1);
    if (end16 < 0) fail();
    try {
      const value = JSON.parse(end16 < 0 ? `${piece}"` : piece) as string;
      at16 += piece.length;
      return value;
    } catch {
      fail();
      return piece.slice(1);
    }
  };
  const node = (depth: number): JsonNode | undefined => {
    skip(SPACE);
    const start16 = at16;
    const sign = source[at16];
    if (sign === '"') return { at16: start16, value: text() };
    if ((sign !== '{' && sign !== '[') || depth > DEEPEST) {
      const scalar = skip(SCALAR);
      if (scalar !== undefined) return { at16: start16, value: JSON.parse(scalar) as Json };
      return fail();
    }
    at16++;
    const isList = sign === '[';
    const close = isList ? ']' : '}';
    const parts = new Map<string, JsonNode>();
    const addNext = () => {
      let key = String(parts.size);
      if (!isList) {
        skip(SPACE);
        if (source[at16] !== '"') return fail();
        key = text();
        if (!isWrong()) expect(':');
      }
      const part = isWrong() ? undefined : node(depth + 1);
      if (part) parts.set(key, part);
    };
    if (!isNext(close)) {
      do addNext();
      while (!isWrong() && isNext(','));
      if (!isWrong()) expect(close);
    }
    const values = [...parts].map(([key, { value }]) => [key, value] as const);
    return {
      at16: start16,
      value: isList ? values.map(([, value]) => value) : Object.fromEntries(values),
      parts,
    };
  };
  const root = node(0);
  skip(SPACE);
  if (at16 < source.length) fail();
  return { root, errorAt16 };
}

/** Where the text ends that begins at a quotation mark; -1 where it does not. All in UTF-16 units. */
export function closingQuote(source: string, quote16: number): number {
  for (let at16 = quote16; ;) {
    at16 = source.indexOf('"', at16 + 1);
    if (at16 < 0) return -1;
    let first16 = at16;
    while (source[first16 - 1] === '\\') first16--;
    if ((at16 - first16) % 2 === 0) return at16;
  }
}
