import type { Entity } from '../../core/model/entity';
import type { AnnotatedDocument } from './document';
import { about, type Report } from './report';
import type { LabelledTokens } from './tags';
import { toTokens, type Tokens } from './tokens';

/** An entity in tokens; see {@link LabelledTokens}. */
export interface EntityTokens extends LabelledTokens {
  readonly entity: Entity;
}

/**
 * Entities as tokens. One that begins or ends within a token takes in all of it, which is reported.
 * @param entities what the format can hold (see `fit`), in order
 * @param isFlat whether no two may share a token: then what is in the way of one before it is lost
 */
export function fitTokens(
  { name, index }: AnnotatedDocument,
  entities: readonly Entity[],
  tokens: Tokens,
  { report, isFlat }: { report: Report; isFlat: boolean },
): EntityTokens[] {
  const spans = toTokens(entities, tokens, index);
  if (spans.length < entities.length) {
    const found = new Set(spans.map(({ entity }) => entity));
    for (const entity of entities) if (!found.has(entity)) lose(entity, 'off-token');
  }
  const fitting: EntityTokens[] = [];
  let end = -1;
  for (const { entity, first, last, isExact } of spans) {
    if (isFlat && first <= end) {
      lose(entity, 'overlap');
      continue;
    }
    end = Math.max(end, last);
    if (!isExact) report.add({ kind: 'changed', code: 'off-token', document: name, ...about(entity) });
    fitting.push({ entity, first, last, label: entity.label });
  }
  return fitting;

  function lose(entity: Entity, code: 'off-token' | 'overlap'): void {
    report.entities--;
    report.add({ kind: 'lost', code, document: name, ...about(entity) });
  }
}
