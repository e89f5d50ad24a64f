import type { NoteCode } from './note-codes';
import type { Report } from './report';

/** Names as a format can hold them, no two alike; each that could not stay as it was is reported once. */
export class CleanNames {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly told = new Set<string>();

  /**
   * @param clean a name as the format can hold it; what it holds stays as it is
   * @param known names that will or may come, in their order: the same ones get the same names
   */
  constructor(
    private readonly report: Report,
    private readonly clean: (name: string) => string,
    known: readonly string[] = [],
    private readonly code: Extract<NoteCode, 'label-name' | 'attribute-name'> = 'label-name',
  ) {
    for (const name of known) if (clean(name) === name) this.assign(name);
    for (const name of known) this.assign(name);
  }

  /** Names that come now, or in another shard: each gets its name in the order in which they come. */
  see(names: Iterable<string>): void {
    for (const name of names) this.assign(name);
  }

  of(name: string): string {
    const given = this.assign(name);
    if (given !== name && !this.told.has(name)) {
      this.told.add(name);
      this.report.add({ kind: 'changed', code: this.code, label: name, values: { from: name, to: given } });
    }
    return given;
  }

  private assign(name: string): string {
    const there = this.names.get(name);
    if (there !== undefined) return there;
    const clean = this.clean(name);
    let given = clean;
    for (let n = 2; this.taken.has(given); n++) given = `${clean}_${n}`;
    this.taken.add(given);
    this.names.set(name, given);
    return given;
  }
}
