import { changing, type Edit } from '../model/edit';
import type { Status } from '../model/records';
import type { Entity } from '../model/entity';
import type { Header } from '../header';
import type { LabelCount } from '../label-counts';
import type { Doubt } from '../learn/doubts';
import type { Proposal } from '../suggest/proposer';
import type { TextIndex } from '../text';
import type { Range16 } from '../words';

export const RULE_IDS = [
  'unknown-label',
  'inconsistent-label',
  'untagged-mention',
  'span-edge',
  'cut-word',
  'duplicate',
  'crossing',
  'header-missing',
  'header-malformed',
  'date-mismatch',
  'done-unreviewed',
  'unlikely-label',
  'orphan-sidecar',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

export const SEVERITIES = ['off', 'info', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An article and what rules may ask of its corpus. */
export interface RuleContext {
  /** The article's path in the corpus, with `/`. */
  readonly path: string;
  readonly index: TextIndex;
  readonly header: Header;
  readonly status: Status;
  /** Those whose place is known, in the sidecar's order. */
  readonly entities: readonly Entity[];
  readonly hasLabel: (name: string) => boolean;
  /** With which labels a text is tagged in the whole corpus, and how often, the commonest first. */
  readonly labelsOf: (text: string) => readonly LabelCount[];
  /** Places without an entity that may be one, as is proposed, in text order. */
  readonly untagged: () => readonly Proposal[];
  /** What a model speaks against that was learned from other articles; nothing where none was. */
  readonly doubts: () => readonly Doubt[];
  /** Whether most articles of the corpus have a date in their header. */
  readonly expectsDate: boolean;
}

/** One of several ways to mend a finding. */
export interface Choice {
  readonly kind: 'tag' | 'widen' | 'narrow' | 'delete';
  readonly label: string;
  /** Of the entity as it is. */
  readonly text: string;
  /** What its text would be. */
  readonly whole?: string;
  readonly edits: readonly Edit[];
}

/** What a rule has found, at UTF-16 offsets of `index.raw`. */
export interface Finding extends Range16 {
  /** What it is about; none where it is the article. */
  readonly entity?: Entity | undefined;
  /** How probable it is that it is one, from 0 to 1; where nothing is said, it is. */
  readonly certainty?: number | undefined;
  /** What the sentence needs. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** What mends it, where that needs nobody's choice. Made when it is wanted: of most findings, never. */
  readonly fix?: (() => readonly Edit[]) | undefined;
  /** What would mend it, each in its own way, where a person must choose. */
  readonly choices?: (() => readonly Choice[]) | undefined;
}

/** What makes a corpus inconsistent: one rule a file, the same in the editor and on the command line. */
export interface Rule {
  readonly id: RuleId;
  /** Where the corpus says nothing else. */
  readonly severity: Severity;
  check(context: RuleContext): Iterable<Finding>;
}

/** The place of an entity, in UTF-16. */
export function placeOf({ index }: Pick<RuleContext, 'index'>, { start, end }: Entity): Range16 {
  return { start16: index.toUtf16(start), end16: index.toUtf16(end) };
}

/** A change of an entity's span. @param place in UTF-16 */
export function moveTo({ index }: Pick<RuleContext, 'index'>, entity: Entity, place: Range16) {
  const span = { start: index.toCodePoint(place.start16), end: index.toCodePoint(place.end16) };
  return changing(entity, { ...entity, ...span, text: index.slice(span) });
}
