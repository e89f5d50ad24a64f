import { CERTAIN } from '../check-article';
import type { Entity } from '../entity';
import type { Problem, ProblemCode } from '../problem';
import type { Range16 } from '../words';
import { isSameName } from './name';
import type { SidecarPlaces } from './locate';
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
  /** The ids of those whose place is certain all the same. */
  readonly slips?: Pick<ReadonlyMap<string, unknown>, 'has'>;
  /** How many were found at another place. */
  readonly moved: number;
  /** `text_hash` is that of another text than the article has. */
  readonly isStale: boolean;
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
  const unknown = sidecar.entities.filter(
    ({ label, ignore }) => !facts.hasLabel(label) && !ignore?.includes('unknown-label'),
  );
  for (const { id, label } of unknown.slice(0, MOST)) {
    report('label-unknown', 'warning', places.entity(id, 'label'), { id, label });
  }
  return problems;
}
