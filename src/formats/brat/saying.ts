import type { Entity, Plain } from '../../core/model/entity';
import type { Relation } from '../shared/document';
import type { Saying } from './lines';

/** What attributes, links and notes are about. */
export type Owner = Entity | Relation;

/** What can be said of an owner. */
export type Topic =
  { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'link' | 'note' };

/** The same for lines that say something of the same kind of the same owner. */
export function keyOf(topic: Topic & { readonly of: string }): string {
  return topic.kind === 'attribute' ? `attribute ${topic.of} ${topic.name}` : `${topic.kind} ${topic.of}`;
}

export function saidBy(saying: Saying): string | true {
  switch (saying.kind) {
    case 'attribute':
      return saying.value;
    case 'link':
      return saying.link;
    case 'note':
      return saying.note;
  }
}

/** What an owner may have something to say of; of most, nothing. */
export function topicsOf(owner: Owner): readonly Topic[] {
  const topics: Topic[] = Object.keys(owner.attributes ?? NONE).map((name) => ({ kind: 'attribute', name }));
  for (const topic of [LINK, NOTE]) if (fieldOf(owner, topic) !== undefined) topics.push(topic);
  return topics;
}

const NONE = {};
const LINK: Topic = { kind: 'link' };
const NOTE: Topic = { kind: 'note' };

/** What the model says; `undefined` where that is nothing that brat has a line for: an attribute that is not there. */
export function valueIn(owner: Owner, topic: Topic): Exclude<Plain, false | null> | undefined {
  const value = fieldOf(owner, topic);
  const isNothing = value === false || value === null || (topic.kind === 'link' && value === '');
  return isNothing ? undefined : value;
}

function fieldOf(owner: Owner, topic: Topic): Plain | undefined {
  if (topic.kind !== 'attribute') return 'start' in owner ? owner[topic.kind] : undefined;
  const { attributes = {} } = owner;
  return Object.hasOwn(attributes, topic.name) ? attributes[topic.name] : undefined;
}

/** A value as brat takes it, one that only is there as nothing. Another one comes back where it is not the same. */
export function phraseOf(value: Plain, { kind }: Topic): string {
  const text = value === true ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  switch (kind) {
    case 'attribute':
      return oneWord(text);
    case 'link':
      return resourceOf(oneWord(text));
    case 'note':
      return oneLine(text);
  }
}

/** The value of an attribute, where words end at spaces. */
export function oneWord(value: string): string {
  return value.replace(/\s+/g, '_');
}

/** A text without what ends a line, for brat's own reader, too. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*/g, ' ');
}

/** `resource:id` */
function resourceOf(word: string): string {
  return /^[^:]+:./.test(word) ? word : `link:${word}`;
}
