import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { holdsPlaces, withoutPlaces } from '../shared/without-places';
import { objectOf, type KeptList, type KeptTask } from './kept';

/**
 * What of a task holds though its text is another one now: what is said of places goes, and with it all of an
 * annotation or prediction that the model does not know, as a part of it would say what nobody said.
 * @returns also the names of what goes
 */
export function ofAnotherText(kept: KeptTask): { readonly kept: KeptTask; readonly lost: readonly string[] } {
  const lost = new Set<string>();
  const prune = (object: JsonObject, prefix: string): JsonObject => {
    const pruned = withoutPlaces(object, undefined, prefix);
    for (const name of pruned.lost) lost.add(name);
    return pruned.rest;
  };
  const filter = (name: string, items: readonly Json[], holds: (item: Json) => boolean): readonly Json[] => {
    const rest = items.filter(holds);
    if (rest.length < items.length) lost.add(name);
    return rest;
  };
  /** Another text of the task is as it was. */
  const isOfOther = ({ to_name: of }: JsonObject) =>
    isText(of) && of !== kept.field && Object.hasOwn(kept.data, of) && isText(kept.data[of]);
  const isOfPlace = (result: Json) => isObject(result) && !isOfOther(result) && holdsPlaces(result);
  const hasNone = (list: Json) => !itemsOf(objectOf(list).result).some(isOfPlace);
  const pruneList = ({ head, results }: KeptList): KeptList => ({
    head: prune(head, ''),
    results: {
      ...results,
      regions: Object.fromEntries(
        Object.entries(results.regions).map(([id, region]) => [id, prune(objectOf(region), '')]),
      ),
      others: filter('results', results.others, (result) => !isOfPlace(result)),
    },
  });
  const rest = {
    ...kept,
    task: prune(kept.task, ''),
    data: prune(kept.data, 'data.'),
    annotation: kept.annotation && pruneList(kept.annotation),
    before: filter('annotations', kept.before, hasNone),
    after: filter('annotations', kept.after, hasNone),
    predictions: kept.predictions.map(pruneList),
    unread: filter('predictions', kept.unread, hasNone),
  };
  return { kept: rest, lost: [...lost] };
}
