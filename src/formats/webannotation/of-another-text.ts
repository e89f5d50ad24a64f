import { isObject, type Json, type JsonObject } from '../shared/json';
import { addressOf, idOf, listOf } from './container';
import { readTarget } from './selectors';

/**
 * Annotations that hold though their text is another one now: those of the whole text. Those of a place in it go,
 * and those that are about one that goes.
 */
export function ofWholeText(annotations: readonly Json[]): readonly Json[] {
  const gone = new Set<string>();
  const isGone = (annotation: Json): boolean => {
    const targets = isObject(annotation) ? listOf(annotation.target) : [];
    return targets.some((target) => isOfPlace(target) || gone.has(addressOf(target) ?? ''));
  };
  let rest = annotations;
  for (let count = -1; count !== gone.size;) {
    count = gone.size;
    for (const annotation of rest) if (isGone(annotation)) addId(annotation as JsonObject, gone);
    rest = rest.filter((annotation) => !isGone(annotation));
  }
  return rest;
}

function isOfPlace(target: Json): boolean {
  const { positions = [], quotes = [], selectors = [] } = readTarget(target) ?? {};
  return positions.length + quotes.length + selectors.length > 0;
}

function addId(annotation: JsonObject, ids: Set<string>): void {
  const id = idOf(annotation);
  if (id !== undefined) ids.add(id);
}
