import type { Entity } from '../../core/model/entity';

/** Which entities are shown; both parts must hold. */
export interface Filter {
  /** Any of these; all labels where it is empty. */
  readonly labels: readonly string[];
  readonly unreviewed: boolean;
}

export const NO_FILTER: Filter = { labels: [], unreviewed: false };

export function isActive(filter: Filter): boolean {
  return filter.unreviewed || filter.labels.length > 0;
}

export function passes(filter: Filter, entity: Entity): boolean {
  if (filter.unreviewed && entity.reviewed) return false;
  return passesLabel(filter, entity.label);
}

export function passesLabel(filter: Filter, label: string): boolean {
  return filter.labels.length === 0 || filter.labels.includes(label);
}

/** A filter from what a command was given or the workspace's state holds; `undefined` where that is none. */
export function readFilter(value: unknown): Filter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { labels, unreviewed } = value as Partial<Record<keyof Filter, unknown>>;
  if (labels === undefined && unreviewed === undefined) return undefined;
  return {
    labels: Array.isArray(labels)
      ? labels.filter((label) => typeof label === 'string')
      : typeof labels === 'string'
        ? [labels]
        : [],
    unreviewed: unreviewed === true,
  };
}
