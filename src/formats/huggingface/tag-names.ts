import { isObject, isText, itemsOf, type Json } from '../shared/json';
import type { TagScheme } from '../shared/tags';

/** The tags of a scheme for a label, the first of an entity first. */
export function tagsOf(label: string, scheme: TagScheme): string[] {
  const prefixes = { iob2: 'BI', iob1: 'BI', bioes: 'BIES', bilou: 'BILU' }[scheme];
  return Array.from(prefixes, (prefix) => `${prefix}-${label}`);
}

/**
 * The tags that numbers stand for, in their order, as a person gives them: the tags themselves, which `O` is
 * one of, or labels. `PER,ORG` is `O,B-PER,I-PER,B-ORG,I-ORG`.
 * @returns `undefined` where none are given
 */
export function tagNamesFrom(
  chosen: string,
  labels: readonly string[],
  scheme: TagScheme,
): string[] | undefined {
  const given = chosen
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (given.includes('O')) return given;
  const all = given.length > 0 ? given : labels;
  return all.length > 0 ? ['O', ...all.flatMap((label) => tagsOf(label, scheme))] : undefined;
}

/**
 * What `datasets` knows of columns, for the footer of a Parquet file and as `dataset_info.json` has it
 * (https://huggingface.co/docs/datasets/about_dataset_features). It wants exactly the types of the columns;
 * `Sequence` is understood by its versions before 4, which do not know `List`, and by those since.
 * @param tagNames where tags are numbers
 */
export function featuresFor(tagNames: readonly string[] | undefined): Json {
  const string = { dtype: 'string', _type: 'Value' };
  const sequence = (feature: Json) => ({ feature, _type: 'Sequence' });
  return {
    id: string,
    document: string,
    tokens: sequence(string),
    ner_tags: sequence(tagNames ? { names: tagNames, _type: 'ClassLabel' } : string),
    offsets: sequence(sequence({ dtype: 'int32', _type: 'Value' })),
    text: string,
  };
}

/** The names of the tags in a column's features, however `datasets` has nested them. */
export function tagNamesIn(features: Json | undefined, column: string): string[] | undefined {
  if (!isObject(features) || !Object.hasOwn(features, column)) return undefined;
  let feature = features[column];
  for (let depth = 0; depth < 4 && feature !== undefined; depth++) {
    // `[{…}]` is a sequence, too.
    if (Array.isArray(feature)) feature = itemsOf(feature)[0];
    if (!isObject(feature)) return undefined;
    const names = itemsOf(feature.names);
    if (names.length > 0) return names.every(isText) ? [...names] : undefined;
    feature = feature.feature;
  }
  return undefined;
}
