/** What the extension host of a window is told, as JSON in its variable `CORPUS_TEST_TAGGER`. */
export interface TaggerOptions {
  /** The first word of `article.txt` to tag, and how far it is to the next: no two windows tag the same. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Made when this host is ready; it begins when there are as many of these as windows. */
  readonly ready: string;
  readonly others: readonly string[];
  /** Where it writes how it ended, as {@link TaggerReport}. */
  readonly report: string;
}

export interface TaggerReport {
  /** How long a tag took at the beginning and at the end, in ms: the medians of the first and the last tenth. */
  readonly first: number;
  readonly last: number;
}
