/** How a suite ended. */
export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
}

/** What a suite says while it runs, whatever host it runs in. */
export interface Report {
  /** A line to print. */
  log?: string;
  /** The test that begins. */
  test?: string;
  verdict?: Verdict;
}

export type Emit = (report: Report) => void;
