import type { NoteCode } from '../../note-codes';
import type { Report } from '../../report';

/**
 * What brat takes in the name of a type. Its own server wants ASCII (`^[a-zA-Z0-9_-]*$`); letters of other
 * scripts are let stand, as what else reads its files takes them, and nothing of them would be left.
 */
export function typeName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}_-]/gu, '_');
  // A line of hyphens parts the types from each other in a configuration.
  return /^-*$/.test(clean) ? `_${clean}` : clean;
}

/** Names of types, no two alike; each that could not stay as it was is reported once. */
export class TypeNames {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly told = new Set<string>();

  /** @param known names that will or may come, in their order: the same ones get the same names */
  constructor(
    private readonly report: Report,
    known: readonly string[] = [],
    private readonly code: Extract<NoteCode, 'label-name' | 'attribute-name'> = 'label-name',
  ) {
    for (const name of known) if (typeName(name) === name) this.assign(name);
    for (const name of known) this.assign(name);
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
    const clean = typeName(name);
    let given = clean;
    for (let n = 2; this.taken.has(given); n++) given = `${clean}_${n}`;
    this.taken.add(given);
    this.names.set(name, given);
    return given;
  }
}
