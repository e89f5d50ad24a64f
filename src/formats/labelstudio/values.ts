import type { Entity } from '../../core/model/entity';
import { isCount, isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { isEmpty, objectOf, without } from './kept';

export type ReadMeta = Pick<Entity, 'note' | 'link' | 'attributes' | 'reviewed'>;

/** What a region has besides its place and its labels: what the model knows, and what not. */
export function readMeta(result: JsonObject): { meta: ReadMeta; extra: JsonObject } {
  const all = objectOf(result.meta);
  const { text, link, attributes, reviewed } = all;
  const notes = (isText(text) ? [text] : itemsOf(text)).filter(isText);
  const isNote = isText(text) || (notes.length > 0 && notes.length === itemsOf(text).length);
  const meta: ReadMeta = {
    ...(isNote && { note: notes.join('\n') }),
    ...(isText(link) && { link }),
    ...(isObject(attributes) && { attributes: attributes as ReadMeta['attributes'] }),
    ...(typeof reviewed === 'boolean' && { reviewed }),
  };
  const isKnown: Record<string, boolean> = {
    text: isNote,
    link: isText(link),
    attributes: isObject(attributes),
    reviewed: typeof reviewed === 'boolean',
  };
  const known = Object.keys(isKnown).filter((key) => isKnown[key]);
  const restOfMeta = without(all, ...known);
  const restOfValue = without(
    objectOf(result.value),
    ...['start', 'end', 'text', 'labels', isText(result.type) ? result.type : 'labels'],
  );
  return {
    meta,
    extra: {
      ...without(result, 'id', 'value', 'meta'),
      ...(!isEmpty(restOfMeta) && { meta: restOfMeta }),
      ...(!isEmpty(restOfValue) && { value: restOfValue }),
    },
  };
}

export function labelsOf({ type, value }: JsonObject): readonly Json[] {
  const { labels, ...others } = objectOf(value);
  return itemsOf(labels ?? (isText(type) && Object.hasOwn(others, type) ? others[type] : undefined));
}

/** Labels of text have a place of whole characters, in plain text or in a page; those of sounds have seconds. */
export function isTextRegion(result: JsonObject): boolean {
  const { type, value } = result;
  const { start, channel } = objectOf(value);
  return isText(type) && type.endsWith('labels') && start !== undefined && channel === undefined;
}

export function hasText({ value }: JsonObject): boolean {
  const { text } = objectOf(value);
  return isText(text) && text !== '';
}

/** A text as a browser shows it, where Label Studio has written `\n` as two characters, and white space is joined. */
export function asShown(text: string): string {
  return text.replace(/(?:\\n|\s)+/g, ' ').trim();
}

/** Early versions wrote offsets as text. With another number beside it (`startOffset`), it is no offset of a text. */
export function offsetOf(value: Json | undefined): number | undefined {
  const number = isText(value) && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return isCount(number) ? number : undefined;
}
