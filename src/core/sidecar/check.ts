import { CERTAIN } from '../check-article';
import type { Anchored, Entity } from '../model/entity';
import { idsOf, OTHER_KINDS, recordsOf, referencesOf, type OtherKind } from '../model/records';
import type { Problem, ProblemCode } from '../problem';
import type { Range16 } from '../words';
import { isSameName } from './name';
import type { SidecarPlaces } from './locate';
import { malformedItems, neededKeys } from './record-lines';
import type { Sidecar } from './sidecar';

/** How many problems of a sidecar are told: a label that is missing can be in every line. */
const MOST = 100;

/** What a valid sidecar is checked against. */
export interface SidecarFacts {
  /** The file name of the article that the sidecar is for, by its own name. */
  readonly article: string;
  /** Whether the label set has a label. */
  readonly hasLabel: (name: string) => boolean;
  /** Those of its entities that cannot be placed in the article. */
  readonly broken: readonly Entity[];
  /** Those of its comments. */
  readonly lost?: readonly Anchored[] | undefined;
  /** The ids of entities whose place is certain all the same. */
  readonly slips?: Pick<ReadonlyMap<string, unknown>, 'has'>;
  /** How many were found at another place. */
  readonly moved: number;
  /** `text_hash` is that of another text than the article has. */
  readonly isStale: boolean;
}

/** What records name that is not there. (Versions in conflict are a matter of their own.) */
function unknownReferences(sidecar: Sidecar): { kind: OtherKind; id: string; reference: string }[] {
  if (!OTHER_KINDS.some((kind) => sidecar[kind])) return [];
  const ids = idsOf(sidecar);
  return OTHER_KINDS.flatMap((kind) =>
    recordsOf(sidecar, kind).flatMap((record) =>
      referencesOf(kind, record).flatMap((reference) =>
        ids.has(reference) ? [] : [{ kind, id: record.id, reference }],
      ),
    ),
  );
}

/** What is wrong in a sidecar that can be read, in the light of its article and the label set. */
export function checkSidecar(sidecar: Sidecar, places: SidecarPlaces, facts: SidecarFacts): Problem[] {
  const problems: Problem[] = [];
  const report = (
    code: ProblemCode,
    severity: Problem['severity'],
    place: Range16 = { start16: 0, end16: 0 },
    values: Record<string, string> = {},
  ) => problems.push({ code, severity, start16: place.start16, end16: place.end16, values });

  const { article } = sidecar;
  if (article !== '' && !isSameName(article, facts.article)) {
    report('article-mismatch', 'warning', places.key('article'), { article, own: facts.article });
  }
  if (facts.isStale) {
    report('text-hash-stale', 'info', places.key('text_hash'), { moved: String(facts.moved) });
  }
  for (const { id, label, text } of facts.broken.slice(0, MOST)) {
    report('entity-not-found', 'warning', places.entity(id), {
      ...{ id, label, text },
      ...(facts.slips?.has(id) && CERTAIN),
    });
  }
  for (const { id, text } of (facts.lost ?? []).slice(0, MOST)) {
    report('comment-not-found', 'warning', places.record('comments', id), { id, text });
  }
  for (const [kind, count] of malformedItems(sidecar.frame)) {
    const keys = neededKeys(kind).join(', ');
    report('record-malformed', 'warning', places.key(kind), { kind, count: String(count), keys });
  }
  for (const { kind, id, reference } of unknownReferences(sidecar).slice(0, MOST)) {
    report('reference-unknown', 'warning', places.record(kind, id), { kind, id, reference });
  }
  const unknown = sidecar.entities.filter(
    ({ label, ignore }) => !facts.hasLabel(label) && !ignore?.includes('unknown-label'),
  );
  for (const { id, label } of unknown.slice(0, MOST)) {
    report('label-unknown', 'warning', places.entity(id, 'label'), { id, label });
  }
  return problems;
}
