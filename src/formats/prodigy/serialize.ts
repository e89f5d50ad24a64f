import type { Entity } from '../../core/model/entity';
import type { AnnotatedDocument, Relation } from '../shared/document';
import { fitTokens } from '../shared/fit-tokens';
import type { Context, Format, WriteContext } from '../shared/format';
import { itemsOf, type Json, type JsonObject } from '../shared/json';
import { fit } from '../shared/limits';
import { offsetsOf, type TextOffsets } from '../shared/offsets';
import { inOrder, keptRecord, withName, without, type KeptRecord } from '../shared/records/kept';
import { cutTokens, listTokens, unfoldTokens } from '../shared/records/tokens';
import type { Report } from '../shared/report';
import type { Tokenizer, Tokens } from '../shared/tokens';
import { FIELDS, RELATION_KEYS, USUAL } from './keys';

/** A document as a task. */
export function taskOf(
  format: Pick<Format, 'id' | 'limits'>,
  document: AnnotatedDocument,
  tokenizer: Tokenizer | 'none',
  { report, options }: WriteContext,
): JsonObject {
  const kept = keptRecord(document, format.id, report);
  const { entities, relations } = fit(document, format, report);
  const { index } = document;
  const offsets = offsetsOf(index, 'python');
  const {
    answer: oldAnswer,
    spans: refused,
    tokens: keptTokens,
    relations: others,
    meta,
    ...rest
  } = kept.rest;
  const own = kept.isSameText ? unfoldTokens(kept.form.tokens ?? keptTokens, { index, offsets }) : undefined;
  const tokens =
    own?.tokens ??
    (wantsTokens(kept, tokenizer, options, relations)
      ? cutTokens(document, entities, tokenizer === 'none' ? 'simple' : tokenizer, report)
      : undefined);
  const isStillRefused = entities.length === 0 && document.status !== 'done';
  const answer = document.status === 'done' ? 'accept' : isStillRefused ? oldAnswer : undefined;
  const spans = placesOf(document, entities, tokens, offsets, report);
  const places = new Map(spans.map((span) => [span.entity.id, span.place]));
  const said = [
    ...relations.flatMap((relation) => relationOf(relation, places, document.name, report)),
    ...itemsOf(others),
  ];
  const values = {
    text: index.raw,
    meta: withName(meta, document, kept),
    tokens: own?.list ?? (tokens ? listTokens(tokens, { index, offsets }, TOKEN_KEYS) : keptTokens),
    spans: [
      ...spans.map(({ entity, place }) => ({
        ...(kept.form.hasTexts === true && { text: entity.text }),
        ...place,
        ...FIELDS.write(fieldsOf(entity, answer), kept.form.blanks),
      })),
      ...(isStillRefused ? itemsOf(refused) : []),
    ],
    relations: said.length > 0 || kept.keys.includes('relations') ? said : undefined,
    answer,
    ...rest,
  };
  return inOrder(values, kept.keys.length > 0 ? kept.keys : USUAL);
}

const TOKEN_KEYS = ['text', 'start', 'end', 'id', 'ws'];

/** From a head to a child, which Prodigy also says by the last token of each. */
function relationOf(
  { label, from, to, attributes = {} }: Relation,
  places: ReadonlyMap<string, Place>,
  document: string,
  report: Report,
): JsonObject[] {
  const [head, child] = [places.get(from), places.get(to)];
  if (!head || !child) {
    report.relations--;
    report.add({ kind: 'lost', code: 'relation-end-missing', document, label, values: { from, to } });
    return [];
  }
  const ends = { head: head.token_end, child: child.token_end, head_span: head, child_span: child };
  return [{ ...ends, ...without(attributes, RELATION_KEYS), label }];
}

/** Of an accepted task, spans of a model are accepted with it. */
function fieldsOf(entity: Entity, answer: Json | undefined): Entity {
  if (answer !== 'accept' || entity.suggestedBy === undefined) return entity;
  const { reviewed, ...fields } = entity;
  return reviewed === true ? fields : { ...fields, reviewed: false };
}

/** Whether a task is to have tokens of ours: not where it came without, or with some that are no list of them. */
function wantsTokens(
  { keys, rest }: KeptRecord,
  tokenizer: Tokenizer | 'none',
  options: Context['options'],
  relations: readonly Relation[],
): boolean {
  // A relation is between tokens.
  if (relations.length > 0) return true;
  const cameWithout = options.tokenizer === undefined && keys.length > 0 && !keys.includes('tokens');
  return tokenizer !== 'none' && !cameWithout && rest.tokens === undefined;
}

type Place = {
  readonly start: number;
  readonly end: number;
  readonly token_start?: number;
  readonly token_end?: number;
  readonly label: string;
};

function placesOf(
  document: AnnotatedDocument,
  entities: readonly Entity[],
  tokens: Tokens | undefined,
  offsets: TextOffsets,
  report: Report,
): { entity: Entity; place: Place }[] {
  if (!tokens)
    return entities.map((entity) => {
      const { start, end, label } = entity;
      return {
        entity,
        place: { start: offsets.fromCodePoint(start), end: offsets.fromCodePoint(end), label },
      };
    });
  const at = (place: number) => offsets.fromUtf16(tokens.places16[place]!);
  return fitTokens(document, entities, tokens, { report, isFlat: false }).map(
    ({ entity, first, last, label }) => ({
      entity,
      place: { start: at(2 * first), end: at(2 * last + 1), token_start: first, token_end: last, label },
    }),
  );
}
