import { compareEntities } from '../model/entity';
import { spliceBetween, type Splice } from '../splice';
import { beginsWithMark } from '../text';
import { readSidecar } from './read';
import { writeSidecar } from './write';

/**
 * What gives all entities of a sidecar that have one label another, for a sidecar that no live article holds.
 * @returns with how many have it; `undefined` where the sidecar cannot be used
 */
export function relabelSidecar(
  source: string,
  from: string,
  to: string,
): { readonly count: number; readonly splices: readonly Splice[] } | undefined {
  const { sidecar } = readSidecar(source);
  if (!sidecar) return undefined;
  const count = sidecar.entities.filter(({ label }) => label === from).length;
  if (count === 0) return { count, splices: [] };
  const entities = sidecar.entities
    .map((entity) => (entity.label === from ? { ...entity, label: to } : entity))
    .sort(compareEntities);
  const mark = beginsWithMark(source) ? source.slice(0, 1) : '';
  return { count, splices: [spliceBetween(source, mark + writeSidecar({ ...sidecar, entities }))] };
}
