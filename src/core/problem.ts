/** What can be wrong in a file of the corpus. Features turn codes into sentences. */
export type ProblemCode =
  | 'file-not-utf8'
  | 'file-not-shown-as-utf8'
  | 'file-leaves-utf8'
  | 'file-too-big'
  | 'file-unreadable'
  | 'header-date-malformed'
  | 'header-key-duplicate'
  | 'entity-broken'
  | 'sidecar-of-another-article'
  | 'sidecar-of-gone-article'
  | 'sidecar-elsewhere'
  | 'sidecar-of-same-name'
  | 'git-conflict'
  | 'entity-conflict'
  | 'yaml-syntax'
  | 'yaml-alias'
  | 'yaml-alias-unknown'
  | 'yaml-too-big'
  | 'yaml-too-dense'
  | 'line-not-canonical'
  | 'yaml-too-deep'
  | 'yaml-several-documents'
  | 'root-not-a-map'
  | 'key-missing'
  | 'key-duplicate'
  | 'wrong-type'
  | 'number-too-long'
  | 'version-unknown'
  | 'status-unknown'
  | 'not-canonicalizable'
  | 'entity-id-duplicate'
  | 'entity-span-reversed'
  | 'entity-part-outside'
  | 'entity-not-found'
  | 'comment-not-found'
  | 'article-mismatch'
  | 'article-not-a-name'
  | 'text-hash-stale'
  | 'record-malformed'
  | 'reference-unknown'
  | 'label-unknown'
  | 'label-key-duplicate'
  | 'label-key-not-one-letter'
  | 'label-color-malformed'
  | 'glob-malformed'
  | 'authority-malformed'
  | 'prefix-malformed'
  | 'glob-too-complex'
  | 'rule-unknown'
  | 'severity-unknown';

/** A problem in a source text. An `error` means that the file cannot be used as it is; an `info`, that nothing need be done. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning' | 'info';
  /** UTF-16 offsets into the source that was read. */
  readonly start16: number;
  readonly end16: number;
  /** What the sentence needs: the key, the offending value, what was expected. */
  readonly values: Readonly<Record<string, string>>;
}
