import { isSkipped } from '../../core/skipped';
import { quickHash } from '../../core/text';
import type { Report } from './report';

/** What no system takes in a file's name, and what means something else in a path. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f<>:"|?*\\]/g;
/** Longer parts of a path are cut, in UTF-16 units: systems take 255 bytes, with the sidecar's ending. */
const LONGEST = 80;

/** The name of the document in a file of its own: its path without the extension. */
export function nameOfFile(path: string, extensions: readonly string[]): string {
  const extension = extensions.find((one) => path.toLowerCase().endsWith(one));
  return extension === undefined ? path.replace(/\.[^./]*$/, '') : path.slice(0, -extension.length);
}

/**
 * Names of documents as paths that stay within a corpus and that any system can hold, no two alike. What a
 * file says a document is called is not trusted.
 */
export class DocumentNames {
  private static readonly known = new WeakMap<Report, DocumentNames>();
  private readonly taken = new TakenNames();
  /** The last number behind a name that was wanted several times. */
  private readonly numbers = new Map<string, number>();

  /** The names of a whole conversion: for files that say themselves what their document is called. */
  static of(report: Report): DocumentNames {
    const names = DocumentNames.known.get(report) ?? new DocumentNames(report);
    DocumentNames.known.set(report, names);
    return names;
  }

  constructor(private readonly report: Report) {}

  /** @param wanted as a source says it; a report tells where it could not be */
  take(wanted: string): string {
    const parts = wanted
      .normalize('NFC')
      .split(/[\\/]+/)
      .map(cleanPart)
      .filter(Boolean);
    const clean = parts.join('/') || 'article';
    let name = clean;
    while (!this.taken.add(name.toLowerCase())) {
      const number = (this.numbers.get(clean) ?? 1) + 1;
      this.numbers.set(clean, number);
      name = `${clean}-${number}`;
    }
    if (name !== wanted)
      this.report.add({ kind: 'changed', code: 'name-changed', document: name, values: { from: wanted } });
    return name;
  }
}

/**
 * A set of names of which only hashes are held, 8 to 16 bytes for each: of a file of any size all are in it. Where
 * two have one hash (of a million names, once in ten thousand times), one of them gets a number that it need not have.
 */
class TakenNames {
  /** Each hash is at its place, or at the next one that was free; 0 where nothing is. */
  private hashes = new Float64Array(2 ** 10);
  private count = 0;

  /** @returns whether it was not there */
  add(name: string): boolean {
    if (2 * this.count > this.hashes.length) this.grow();
    const isNew = this.put(quickHash(name) || 1);
    if (isNew) this.count++;
    return isNew;
  }

  private put(hash: number): boolean {
    const { hashes } = this;
    const last = hashes.length - 1;
    let place = hash & last;
    for (; hashes[place] !== 0; place = (place + 1) & last) if (hashes[place] === hash) return false;
    hashes[place] = hash;
    return true;
  }

  private grow(): void {
    const before = this.hashes;
    this.hashes = new Float64Array(2 * before.length);
    for (const hash of before) if (hash !== 0) this.put(hash);
  }
}

/** A part of a path that any system can hold; it may be empty. */
export function cleanPart(part: string): string {
  const clean = part.replace(UNSAFE, '_').replace(/^[. ]+|[. ]+$/g, '');
  // Some systems keep these names for devices; a corpus passes over folders of some others.
  const isTaken = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean) || isSkipped(clean);
  const safe = isTaken ? `_${clean}` : clean;
  return Array.from(safe).slice(0, LONGEST).join('').trimEnd();
}
