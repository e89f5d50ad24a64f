/** What a note says, and of what. */
export interface NoteLine {
  readonly message: string;
  /** What it is about, where the message does not say so. */
  readonly mention: string;
  /** Where it is, as it is shown. */
  readonly place: string;
}

/** Notes of one message. */
export interface Fold<T extends NoteLine> {
  readonly message: string;
  /** How many notes. */
  readonly count: number;
  /** Those that differ, each with how often it was there. */
  readonly lines: readonly { readonly line: T; readonly count: number }[];
}

/** Puts notes of one message together, in the order in which each comes first, and counts equal ones. */
export function foldNotes<T extends NoteLine>(notes: readonly T[]): Fold<T>[] {
  const folds = new Map<string, Map<string, { line: T; count: number }>>();
  for (const line of notes) {
    const lines = folds.get(line.message) ?? new Map<string, { line: T; count: number }>();
    folds.set(line.message, lines);
    const key = `${line.place}\n${line.mention}`;
    const known = lines.get(key);
    if (known) known.count++;
    else lines.set(key, { line, count: 1 });
  }
  return [...folds].map(([message, lines]) => ({
    message,
    count: [...lines.values()].reduce((sum, { count }) => sum + count, 0),
    lines: [...lines.values()],
  }));
}
