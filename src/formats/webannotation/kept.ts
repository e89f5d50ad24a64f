import type { Plain } from '../../core/model/entity';
import { quickHash } from '../../core/text';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import type { KeptBodies } from './bodies';
import { ofWholeText } from './of-another-text';

/** What of an annotation the model does not know. */
export interface KeptAnnotation {
  /** Its properties but for `id`, `body` and `target`. */
  readonly rest: JsonObject;
  readonly bodies: KeptBodies;
  /** Selectors of other kinds, which hold as long as it is at the place (`start end`). */
  readonly selectors?: readonly Json[];
  readonly at?: string;
  /** What targets have besides their selectors, each. */
  readonly targets?: readonly Json[];
}

export interface KeptAnnotations {
  /** See `Container`. */
  readonly frame: Json | undefined;
  readonly source: string;
  /** Annotations that are no entity and no relation, as they were. */
  readonly others: readonly Json[];
  /** By the id of the entity (of several of one annotation, the first) or relation. */
  readonly kept: ReadonlyMap<string, KeptAnnotation>;
}

/** What an annotation has where nothing else is known of it. */
export const USUAL: JsonObject = { type: 'Annotation', motivation: 'tagging' };
export const LINKING: JsonObject = { type: 'Annotation', motivation: 'linking' };

/** The address of a document's text, from the file beside it. */
export function sourceOf(name: string): string {
  return encodeURIComponent(fileOf(name)) + '.txt';
}

export function fileOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * As it goes into a sidecar; `undefined` where it is all as we write it ourselves.
 * @param raw the text that it is about
 */
export function packAnnotations(kept: KeptAnnotations, name: string, raw: string): Plain | undefined {
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const rests = [...kept.kept.values()].map(({ rest }) => rest);
  const usual = rests.find((rest) => !same(rest, LINKING)) ?? USUAL;
  const annotations = [...kept.kept].flatMap(([id, { rest, bodies, ...more }]) => {
    const packed = {
      ...(!same(rest, usual) && !same(rest, LINKING) && { rest }),
      ...(Object.keys(bodies).length > 0 && { bodies }),
      ...more,
    };
    return Object.keys(packed).length > 0 ? [[id, packed] as const] : [];
  });
  const packed = {
    ...(!isOurs(kept.frame, name) && { frame: kept.frame }),
    ...(kept.source !== '' && kept.source !== sourceOf(name) && { source: kept.source }),
    ...(!same(usual, USUAL) && { usual }),
    ...(annotations.length > 0 && { annotations: Object.fromEntries(annotations) }),
    ...(kept.others.length > 0 && { others: kept.others }),
    ...(annotations.length + kept.others.length > 0 && { text: quickHash(raw) }),
  };
  return Object.keys(packed).length > 0 ? (packed as unknown as Plain) : undefined;
}

/** Whether a container is what we write. */
function isOurs(frame: Json | undefined, name: string): boolean {
  if (!isObject(frame) || !isObject(frame.first)) return false;
  const id = `${encodeURIComponent(fileOf(name))}.jsonld`;
  return frame.id === id && frame.first.id === `${id}#page` && Object.keys(frame).length === 5;
}

/**
 * From a sidecar, whatever that holds.
 * @param raw the text as it is now: what is of places of another one is left out
 */
export function unpackAnnotations(carried: Plain | undefined, raw: string) {
  const { frame, source, usual, annotations, others, text } = objectOf(carried);
  const isSameText = text === quickHash(raw);
  const all = objectOf(annotations);
  const held = isSameText ? itemsOf(others) : ofWholeText(itemsOf(others));
  const hasSelectors = Object.values(all).some((one) => itemsOf(objectOf(one).selectors).length > 0);
  const lost = [
    ...(held.length < itemsOf(others).length ? ['annotations'] : []),
    ...(!isSameText && hasSelectors ? ['selectors'] : []),
  ];
  const usualRest = isObject(usual) ? usual : USUAL;
  return {
    frame,
    source: isText(source) && source !== '' ? source : undefined,
    others: held,
    /** What is left out. */
    lost,
    /** @param ids of the entities of an annotation, or of a relation */
    of(ids: readonly string[], rest = usualRest): KeptAnnotation {
      const id = ids.find((one) => Object.hasOwn(all, one));
      const own = id === undefined ? {} : objectOf(all[id]);
      const { tags, note, link, classes, others: bodies } = objectOf(own.bodies);
      return {
        rest: isObject(own.rest) ? own.rest : rest,
        bodies: {
          ...(isObject(tags) && { tags }),
          ...(isObject(note) && { note }),
          ...(isObject(link) && { link }),
          classes: itemsOf(classes),
          others: itemsOf(bodies),
        },
        selectors: isSameText ? itemsOf(own.selectors) : [],
        ...(isText(own.at) && { at: own.at }),
        targets: itemsOf(own.targets),
      };
    },
  };
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
