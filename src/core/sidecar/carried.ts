import { isMap } from 'yaml';
import { YamlSource } from '../yaml-source';
import { carriedLines, readCarriedLines } from './carried-lines';
import { hasReferences, readPlain } from './read-entity';
import type { Carried, Frame } from './sidecar';

const NOTHING: Carried = {};
const CARRIED = /^carried:/;
const TOP_LEVEL = /^[^\s#-]/;

/** Reads what formats keep in a sidecar; nothing where it is malformed (it stays in the file as it is). */
export function readCarried({ head, tail }: Frame): Carried {
  // Most sidecars have none, and `yaml` is slow.
  const part = [tail, head].find((lines) => lines.some((line) => CARRIED.test(line)));
  if (!part) return NOTHING;
  const lines = part.filter(inCarried());
  const written = readCarriedLines(lines);
  if (written) return written;
  const yaml = new YamlSource(lines.join('\n') + '\n');
  const node = yaml.hasErrors ? undefined : yaml.rootMap()?.get('carried', true);
  return isMap(node) && !hasReferences(yaml, node) ? (readPlain(yaml, node) as Carried) : NOTHING;
}

/** A sidecar's lines with other carried values; all other lines stay. */
export function withCarried(frame: Frame, carried: Carried): Frame {
  const others = (lines: readonly string[]) => {
    const isCarried = inCarried();
    return lines.filter((line) => !isCarried(line));
  };
  const [head, tail] = [others(frame.head), others(frame.tail)];
  if (Object.keys(carried).length > 0) tail.push(...carriedLines(carried));
  return { ...frame, head, tail };
}

/** Tells, of lines in their order, whether each belongs to `carried`. */
function inCarried(): (line: string) => boolean {
  let isIn = false;
  return (line) => {
    if (TOP_LEVEL.test(line)) isIn = CARRIED.test(line);
    return isIn;
  };
}
