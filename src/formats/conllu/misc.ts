import type { Plain } from '../../core/model/entity';

/** The value of a key in a MISC column: `SpaceAfter=No|Entity=(e1-person)`. */
export function miscValue(misc: string, key: string): string | undefined {
  const isFirst = misc.startsWith(`${key}=`);
  const bar16 = isFirst ? -1 : misc.indexOf(`|${key}=`);
  if (!isFirst && bar16 < 0) return undefined;
  const start16 = bar16 + key.length + 2;
  const end16 = misc.indexOf('|', start16);
  return misc.slice(start16, end16 < 0 ? undefined : end16);
}

/** A MISC column with another value of a key; where it had none, in its place by the alphabet. Empty: without the key. */
export function withMiscValue(misc: string, key: string, value: string): string {
  const parts = misc === '_' || misc === '' ? [] : misc.split('|');
  const own = parts.findIndex((part) => part.startsWith(`${key}=`));
  const rest = parts.filter((part) => !part.startsWith(`${key}=`));
  if (value !== '') {
    const behind = own < 0 ? rest.findIndex((part) => part.toLowerCase() > key.toLowerCase()) : own;
    rest.splice(behind < 0 ? rest.length : behind, 0, `${key}=${value}`);
  }
  return rest.length > 0 ? rest.join('|') : '_';
}

/** A MISC column without some of its parts. */
export function withoutPairs(misc: string, isWanted: (pair: string) => boolean): string {
  return (
    misc
      .split('|')
      .filter((pair) => !isWanted(pair))
      .join('|') || '_'
  );
}

const SPACES: Readonly<Record<string, string>> = {
  ' ': '\\s',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '|': '\\p',
  '\\': '\\\\',
};
const ESCAPES = new Map(Object.entries(SPACES).map(([char, escape]) => [escape, char]));

/** White space as UDPipe writes it in `SpacesAfter` (https://ufal.mff.cuni.cz/udpipe/1/users-manual). */
export function escapeSpaces(text: string): string {
  return text.replace(/[ \t\r\n|\\]/g, (char) => SPACES[char]!);
}

export function unescapeSpaces(text: string): string {
  return text.replace(/\\[strnp\\]/g, (escape) => ESCAPES.get(escape)!);
}

/** A text within `Entity=(…)`, where brackets, hyphens and others have a meaning: those as `%2D`, as Udapi does with commas. */
export function encodePart(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029%()[\]=|,:-]/g, percent);
}

function percent(char: string): string {
  return Array.from(new TextEncoder().encode(char), (byte) => {
    return '%' + byte.toString(16).toUpperCase().padStart(2, '0');
  }).join('');
}

export function decodePart(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A value of an attribute: text as it is, anything else as JSON behind an `=`. */
export function encodeValue(value: Plain): string {
  if (typeof value !== 'string') return encodePart(`=${JSON.stringify(value)}`);
  return encodePart(value.startsWith('=') ? `=${value}` : value);
}

export function decodeValue(part: string): Plain {
  const text = decodePart(part);
  if (!text.startsWith('=')) return text;
  if (text.startsWith('==')) return text.slice(1);
  try {
    return JSON.parse(text.slice(1)) as Plain;
  } catch {
    return text;
  }
}
