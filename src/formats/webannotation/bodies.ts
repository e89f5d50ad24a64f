import type { Entity, Plain } from '../../core/model/entity';
import { isObject, isText, type Json, type JsonObject } from '../shared/json';
import { idOf, listOf, termsOf } from './container';

/** What the bodies of an annotation say, and what else of them is kept. */
export interface Bodies {
  readonly labels: readonly string[];
  readonly fields: Pick<Entity, 'note' | 'link' | 'reviewed' | 'attributes'>;
  readonly kept: KeptBodies;
}

/** Of bodies that are in the model their other properties; others as they were. */
export interface KeptBodies {
  readonly tags?: JsonObject;
  readonly note?: JsonObject;
  readonly link?: JsonObject;
  /** The labels that resources among the others stand for. */
  readonly classes?: readonly Json[];
  readonly others?: readonly Json[];
}

const REVIEWED = { true: 'reviewed', false: 'not reviewed' } as const;
const TAGS = ['tagging', 'classifying'];
const LINKS = ['identifying', 'linking'];
const NOTES = ['commenting', 'describing', 'replying', 'highlighting', ''];

/** @param isRelation what a relation is linked with is no link of it */
export function readBodies(annotation: JsonObject, isRelation = false): Bodies {
  const { bodyValue, motivation } = annotation;
  const [motive = ''] = termsOf(motivation);
  const labels: string[] = [];
  const tags: [string, JsonObject][] = [];
  const semantic: string[] = [];
  const others: Json[] = [];
  const fields: { -readonly [key in keyof Bodies['fields']]: Bodies['fields'][key] } = {};
  const kept: { note?: JsonObject; link?: JsonObject } = {};
  const bodies = isText(bodyValue) ? [{ value: bodyValue }] : listOf(annotation.body);
  for (const body of bodies) {
    const whole: JsonObject = isObject(body) ? body : { id: body };
    const [purpose = motive] = termsOf(whole.purpose);
    const { value, source } = whole;
    const address = isText(source) ? source : idOf(isObject(source) ? source : whole);
    const attributes = purpose === 'describing' ? readAttributes(whole) : undefined;
    if (isText(value) && value !== '' && TAGS.includes(purpose)) {
      labels.push(value);
      const rest = restOf(whole, ['value'], { type: 'TextualBody', purpose: 'tagging' });
      if (rest) tags.push([value, rest]);
    } else if (attributes && !fields.attributes) fields.attributes = attributes;
    else if (isText(value) && purpose === 'assessing' && Object.values<string>(REVIEWED).includes(value))
      fields.reviewed = value === REVIEWED.true;
    else if (isText(value) && NOTES.includes(purpose) && fields.note === undefined) {
      fields.note = value;
      const rest = restOf(whole, ['value'], { type: 'TextualBody', purpose: 'commenting' });
      if (rest) kept.note = rest;
    } else if (address !== undefined && TAGS.includes(purpose)) {
      semantic.push(lastOf(address));
      others.push(body);
    } else if (address !== undefined && !isRelation && isLink(purpose) && fields.link === undefined) {
      fields.link = address;
      const rest = restOf(whole, [source === undefined ? 'id' : 'source'], {
        type: 'SpecificResource',
        purpose: 'identifying',
      });
      if (rest) kept.link = rest;
    } else if (!isRelation || address === undefined) others.push(body);
  }
  return {
    labels: [...new Set(labels.length > 0 ? labels : semantic)],
    fields,
    kept: {
      ...kept,
      ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
      ...(labels.length === 0 && semantic.length > 0 && { classes: [...new Set(semantic)] }),
      ...(others.length > 0 && { others }),
    },
  };
}

function isLink(purpose: string): boolean {
  return LINKS.includes(purpose) || purpose === '';
}

/** The last part of an address, as a name: `http://dbpedia.org/ontology/Person`. */
function lastOf(address: string): string {
  const name = /[^/#:]+(?=[/#]*$)/.exec(address)?.[0] ?? address;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What a body has besides; `undefined` where that is what we write. */
function restOf(body: JsonObject, without: readonly string[], usual: JsonObject): JsonObject | undefined {
  const rest = Object.entries(body).filter(([key, value]) => !without.includes(key) && usual[key] !== value);
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

/** Attributes are a text in JSON: the data model has no other place for them. */
function readAttributes({ value, format }: JsonObject): { [key: string]: Plain } | undefined {
  if (format !== 'application/json' || !isText(value)) return undefined;
  try {
    const attributes = JSON.parse(value) as Json;
    return isObject(attributes) ? (attributes as { [key: string]: Plain }) : undefined;
  } catch {
    return undefined;
  }
}

/** The bodies of an annotation with labels. */
export function writeBodies(
  labels: readonly string[],
  { note, link, reviewed, attributes }: Bodies['fields'],
  { tags = {}, note: noteRest, link: linkRest, classes = [], others = [] }: KeptBodies,
): JsonObject[] {
  const isSaid = labels.every((label) => classes.includes(label));
  const textual = (purpose: string, value: string, rest: Json | undefined): JsonObject => ({
    type: 'TextualBody',
    purpose,
    ...(isObject(rest) && rest),
    value,
  });
  return [
    ...(isSaid ? [] : labels).map((label) =>
      textual('tagging', label, Object.hasOwn(tags, label) ? tags[label] : undefined),
    ),
    ...(link === undefined
      ? []
      : [{ type: 'SpecificResource', purpose: 'identifying', ...linkRest, source: link }]),
    ...(note === undefined ? [] : [textual('commenting', note, noteRest)]),
    ...(reviewed === undefined ? [] : [textual('assessing', REVIEWED[`${reviewed}`], undefined)]),
    ...(attributes === undefined
      ? []
      : [textual('describing', JSON.stringify(attributes), { format: 'application/json' })]),
    ...(others as readonly JsonObject[]),
  ];
}
