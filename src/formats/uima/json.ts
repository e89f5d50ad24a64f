import type { Plain } from '../../core/model/entity';
import { FormatError, type Context, type SourceFile } from '../shared/format';
import { isCount, isObject, isText, itemsOf, parseJson, type Json, type JsonObject } from '../shared/json';
import { scanJson, type JsonNode } from '../shared/json-source';
import { placeAt } from '../shared/place-at';
import type { Cas, View } from './cas';
import type { Structure } from './structure';
import { isFeatureKey, isFeatureName, isTypeName } from './kept';
import type { ReadCas } from './read';
import { STRING, TOP, TypeSystem, type FeatureType, type Type } from './types';

const STRUCTURES = '%FEATURE_STRUCTURES';

/**
 * The CAS of a JSON file. Structures may be a list, or by their ids.
 * @throws FormatError where it is no JSON, or other data
 */
export function readJson(file: SourceFile, { report }: Context): ReadCas {
  const source = file.text();
  const root = parseJson(source, file.path);
  const listed = isObject(root) ? root[STRUCTURES] : undefined;
  if (!isObject(root) || typeof listed !== 'object' || listed === null)
    throw new FormatError(
      'file-not-format',
      { file: file.path, line: 1, column: 1 },
      { format: 'UIMA CAS JSON' },
    );
  const find = placesIn(source);
  const fault = (code: 'value-malformed' | 'duplicate', path: (string | number)[], id = '') =>
    report.add({
      kind: 'invalid',
      code,
      file: file.path,
      ...find(path),
      values: { source: path.slice(1).join(' '), id },
    });
  const items: (readonly [string | number, Json | undefined, Json | undefined])[] = isObject(listed)
    ? Object.entries(listed).map(([key, item]) => [key, item, Number(key)])
    : itemsOf(listed).map((item, i) => [i, item, isObject(item) ? item['%ID'] : undefined]);
  const structures: Structure[] = [];
  const paths = new Map<number, (string | number)[]>();
  for (const [key, item, id] of items) {
    const path = [STRUCTURES, key];
    if (!isObject(item) || !isCount(id) || id === 0) fault('value-malformed', path);
    else if (!isText(item['%TYPE']) || !isTypeName(item['%TYPE'])) fault('value-malformed', path);
    else if (paths.has(id)) fault('duplicate', path, String(id));
    else {
      paths.set(id, path);
      const features = readFeatures(item, (name) => fault('value-malformed', [...path, name]));
      structures.push({ id, type: item['%TYPE'], features });
    }
  }
  return {
    types: new TypeSystem(readTypes(root['%TYPES'], (path) => fault('value-malformed', ['%TYPES', ...path]))),
    structures,
    views: readViews(root['%VIEWS']),
    frame: frameOf(root),
    placeOf: ({ id }) => find(paths.get(id) ?? []),
  };
}

/** Finds the line and column of a value, from 1. Goes through the file anew when it is first asked, as few ask. */
function placesIn(source: string) {
  let tree: JsonNode | undefined;
  return (path: readonly (string | number)[]): { line?: number; column?: number } => {
    tree ??= scanJson(source).root;
    const offset16 = path.reduce((node, key) => node?.parts?.get(String(key)), tree)?.at16;
    return offset16 === undefined ? {} : placeAt(source, offset16);
  };
}

function readFeatures(item: JsonObject, fault: (name: string) => void): Map<string, Plain> {
  const features = new Map<string, Plain>();
  for (const [key, value] of Object.entries(item)) {
    if (key === '%ID' || key === '%TYPE') continue;
    const isScalar = typeof value !== 'object' || value === null;
    const isList = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
    if (isFeatureKey(key) && (isScalar || isList)) features.set(key, value as Plain);
    else fault(key);
  }
  return features;
}

/** What has no place in a CAS: the header, and sections (of views, too) that the specification does not know. */
function frameOf(root: JsonObject): { [key: string]: Plain } {
  const { '%HEADER': header, '%VIEWS': views } = root;
  const sections = othersOf(root, ['%HEADER', '%TYPES', STRUCTURES, '%VIEWS']);
  const ofViews = Object.entries(isObject(views) ? views : {}).flatMap(([name, view]) => {
    const others = isObject(view) ? othersOf(view, ['%SOFA', '%MEMBERS']) : [];
    return others.length > 0 ? [[name, others]] : [];
  });
  return {
    ...(header !== undefined && { header: header as Plain }),
    ...(sections.length > 0 && { sections }),
    ...(ofViews.length > 0 && { ofViews: ofViews }),
  };
}

/** Pairs, since a name may be that of something else in an object. */
function othersOf(value: JsonObject, known: readonly string[]): Plain[] {
  return Object.entries(value).filter(([key]) => !known.includes(key)) as Plain[];
}

/** What {@link othersOf} gave, from wherever it comes. */
function pairsIn(value: Plain | undefined): (readonly [string, Plain])[] {
  return (Array.isArray(value) ? (value as readonly Plain[]) : []).filter(
    (pair): pair is [string, Plain] =>
      Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string',
  );
}

/** What a type has besides features. */
const OF_TYPES = new Set(['%NAME', '%SUPER_TYPE', '%DESCRIPTION']);

function readTypes(value: Json | undefined, fault: (path: readonly string[]) => void): Type[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, type]): Type[] => {
    if (!isObject(type) || !isTypeName(name)) {
      fault([name]);
      return [];
    }
    const { '%SUPER_TYPE': supertype, '%DESCRIPTION': description } = type;
    return [
      {
        name,
        supertype: isText(supertype) ? supertype : TOP,
        features: Object.entries(type).flatMap(([key, feature]) => {
          const read = readFeature(key, feature);
          if (read.length === 0 && !OF_TYPES.has(key)) fault([name, key]);
          return read;
        }),
        ...(isText(description) && { description }),
      },
    ];
  });
}

function readFeature(name: string, feature: Json | undefined): FeatureType[] {
  if (!isObject(feature) || !isFeatureName(name)) return [];
  const { '%RANGE': range, '%ELEMENT_TYPE': element, '%DESCRIPTION': description } = feature;
  const shared = feature['%MULTIPLE_REFERENCES_ALLOWED'];
  return [
    {
      name,
      range: isText(range) ? range : STRING,
      ...(isText(element) && { element }),
      ...(typeof shared === 'boolean' && { shared }),
      ...(isText(description) && { description }),
    },
  ];
}

function readViews(value: Json | undefined): View[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, view]): View[] => {
    if (!isObject(view)) return [];
    const sofa = view['%SOFA'];
    return [{ name, sofa: isCount(sofa) ? sofa : 0, members: itemsOf(view['%MEMBERS']).filter(isCount) }];
  });
}

/** A CAS as a JSON file, a type or structure a line. A Sofa comes before what is in its text. */
export function writeJson({ types, structures, views, frame: { header, sections, ofViews } }: Cas): string {
  const pairOf = ([key, value]: readonly [string, Plain]) =>
    `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const more = new Map(pairsIn(ofViews));
  const parts = [
    ...(header === undefined ? [] : [`"%HEADER": ${JSON.stringify(header)}`]),
    `"%TYPES": {${linesOf([...types.all].map((type) => `${JSON.stringify(type.name)}: ${JSON.stringify(jsonType(type))}`))}}`,
    `"${STRUCTURES}": [${linesOf(structures.map(jsonStructure))}]`,
    `"%VIEWS": {${linesOf(
      views.map(({ name, sofa, members }) => {
        const view = { ...(sofa > 0 && { '%SOFA': sofa }), '%MEMBERS': members };
        const others = pairsIn(more.get(name)).map((pair) => `, ${pairOf(pair)}`);
        return `${JSON.stringify(name)}: ${JSON.stringify(view).slice(0, -1)}${others.join('')}}`;
      }),
    )}}`,
    ...pairsIn(sections).map(pairOf),
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(',\n')}\n}\n`;
}

function linesOf(items: readonly string[]): string {
  return items.length === 0 ? '' : `\n    ${items.join(',\n    ')}\n  `;
}

function jsonStructure({ id, type, features }: Structure): string {
  const pairs = [['%ID', id] as const, ['%TYPE', type] as const, ...features];
  return `{${pairs.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')}}`;
}

function jsonType({ name, supertype, description, features }: Type) {
  return {
    '%NAME': name,
    '%SUPER_TYPE': supertype,
    ...(description !== undefined && { '%DESCRIPTION': description }),
    ...Object.fromEntries(features.map((feature) => [feature.name, jsonFeature(feature)])),
  };
}

function jsonFeature({ name, range, element, shared, description }: FeatureType) {
  return {
    '%NAME': name,
    '%RANGE': range,
    ...(element !== undefined && { '%ELEMENT_TYPE': element }),
    ...(shared !== undefined && { '%MULTIPLE_REFERENCES_ALLOWED': shared }),
    ...(description !== undefined && { '%DESCRIPTION': description }),
  };
}
