const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** A value that others are in, and the key or the number of the one that is read. */
interface Open {
  readonly isList: boolean;
  at: string | number;
}

/**
 * Walks through JSON (RFC 8259) as a parser does, which does not say where things are. Calls itself for no level.
 * @param onValue is told of each value, with what it is in, from the outermost, and where it begins (UTF-16)
 * @returns where it is malformed; `undefined` where it is not
 */
export function walkJson(
  source: string,
  onValue: (within: readonly Open[], at16: number) => void = () => undefined,
): number | undefined {
  const open: Open[] = [];
  let expects: 'value' | 'first' | 'key' | 'colon' | 'next' = 'value';
  for (let at16 = 0; ;) {
    while (/[ \t\r\n]/.test(source.charAt(at16))) at16++;
    const sign = source.charAt(at16);
    const last = open.at(-1);
    if (sign === '') return expects === 'next' && !last ? undefined : at16;
    if (expects === 'next' || expects === 'first') {
      if (last && sign === (last.isList ? ']' : '}')) {
        open.pop();
        expects = 'next';
        at16++;
        continue;
      }
      if (expects === 'next') {
        if (!last || sign !== ',') return at16;
        if (typeof last.at === 'number') last.at++;
        expects = last.isList ? 'value' : 'key';
        at16++;
        continue;
      }
      expects = last!.isList ? 'value' : 'key';
    }
    if (expects === 'colon') {
      if (sign !== ':') return at16;
      expects = 'value';
      at16++;
      continue;
    }
    const end16 = sign === '"' ? endOfText(source, at16) : undefined;
    if (expects === 'key') {
      if (end16 === undefined) return at16;
      last!.at = JSON.parse(source.slice(at16, end16)) as string;
      expects = 'colon';
      at16 = end16;
      continue;
    }
    onValue(open, at16);
    if (sign === '{' || sign === '[') {
      open.push({ isList: sign === '[', at: sign === '[' ? 0 : '' });
      expects = 'first';
      at16++;
      continue;
    }
    const scalar = end16 ?? endOf(SCALAR, source, at16);
    if (scalar === undefined) return at16;
    expects = 'next';
    at16 = scalar;
  }
}

/** Where a text ends that begins at a place; `undefined` where it does not, or holds what it must not. */
function endOfText(source: string, start16: number): number | undefined {
  for (let at16 = start16 + 1; at16 < source.length;) {
    const unit = source.charCodeAt(at16);
    if (unit === 0x22) return at16 + 1;
    if (unit < 0x20) return undefined;
    const next = unit === 0x5c ? endOf(ESCAPE, source, at16) : at16 + 1;
    if (next === undefined) return undefined;
    at16 = next;
  }
  return undefined;
}

function endOf(pattern: RegExp, source: string, at16: number): number | undefined {
  pattern.lastIndex = at16;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}
