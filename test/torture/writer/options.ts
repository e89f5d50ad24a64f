/** What a writing process is told. */
export interface WriterOptions {
  /** Holds `article.txt`, its sidecar, and the extension's storage. */
  readonly folder: string;
  /** The first word to tag, and how far it is to the next: no two writers tag the same. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** The article has unsaved changes: what is tagged goes to the drafts. */
  readonly isUnsaved: boolean;
  /** Where the process kills itself; without it, the parent does. */
  readonly dieAt?: DeathPoint | undefined;
}

/** A call of the file system, counted from the first acknowledged entity, and when of it. */
export interface DeathPoint {
  readonly call: number;
  readonly when: 'before' | 'in' | 'after';
}
