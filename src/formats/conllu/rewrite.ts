import type { Entity } from '../../core/model/entity';
import type { AnnotatedDocument } from '../shared/document';
import { groupOf } from '../shared/groups';
import {
  bracketsOf,
  chunksOf,
  EidMaker,
  tokensOf,
  USUAL_FIELDS,
  type Tell,
  type WrittenMention,
} from './brackets';
import { readMentions, toEntities, wordsOfTokens, type EntityMention } from './mentions';
import { miscValue, withMiscValue, withoutPairs } from './misc';
import type { Sheet } from './sheet';
import { isOfEntity } from './tags';

/** A mention that was read, and the entity that it is now; either may be missing. */
interface Pair {
  readonly before?: EntityMention;
  readonly now?: Entity;
  /** Whether the entity still says what the mention says. */
  readonly isSame: boolean;
}

/**
 * The lines of a document that was read from CoNLL-U, with the entities that it has now. Where those are the
 * same, so are the lines. Else brackets are written anew, those of mentions that have not changed with what
 * they held.
 */
export function rewrite(
  { name, index }: Pick<AnnotatedDocument, 'name' | 'index'>,
  lines: readonly string[],
  sheet: Sheet,
  entities: readonly Entity[],
  tell: Tell,
): string[] {
  const known = toEntities(
    name,
    sheet,
    readMentions(sheet, () => undefined),
    index,
  );
  const pairs = pair(known, entities);
  if (pairs.every(({ isSame }) => isSame)) return [...lines];
  const isDeclared = sheet.declared.fields !== '';
  const fields = isDeclared ? sheet.declared.fields : USUAL_FIELDS;
  const { firsts, lasts } = wordsOfTokens(sheet);
  const eids = new EidMaker();
  for (const { before, isSame } of pairs)
    if (before && isSame && before.mention.eid !== '') eids.take(before.mention.eid, before.mention.parts);
  const mentions = pairs.flatMap(({ before, now, isSame }): WrittenMention[] => {
    const { eid, parts, chunks } = before?.mention ?? {};
    if (isSame && eid && parts && chunks && isDeclared) return [{ eid, parts, chunks }];
    if (!now) return [];
    const words =
      parts ??
      tokensOf(now, sheet.places16, index, tell)?.map(
        ([first, last]) => [firsts[first]!, lasts[last]!] as const,
      );
    if (!words) return [];
    const own =
      isSame && eid
        ? eid
        : eids.make(now.externalId, words, (id) => tell('changed', 'duplicate', now, { id }));
    const saying = { fields, eid: own, count: words.length, before: before?.mention, tell };
    return [{ eid: own, parts: words, chunks: chunksOf(now, saying) }];
  });
  return withBrackets(lines, sheet, mentions);
}

/** Pairs what says the same, then what is at the same place. */
function pair(known: readonly EntityMention[], entities: readonly Entity[]): Pair[] {
  const left = new Set(known);
  const take = (key: (entity: Entity) => string, wanted: readonly Entity[]) => {
    const found = new Map<string, EntityMention[]>();
    for (const mention of left) if (mention.entity) groupOf(found, key(mention.entity)).push(mention);
    return wanted.map((now) => {
      const before = found.get(key(now))?.shift();
      if (before) left.delete(before);
      return { now, before };
    });
  };
  const same = take(sayingOf, entities);
  const moved = take(
    placeOf,
    same.filter(({ before }) => !before).map(({ now }) => now),
  );
  return [
    ...same.flatMap(({ now, before }) => (before ? [{ now, before, isSame: true }] : [])),
    ...moved.map(({ now, before }) => ({ now, isSame: false, ...(before && { before }) })),
    // An empty node is no text, and so no entity here that could have been deleted.
    ...[...left].map((before) => ({ before, isSame: !before.entity })),
  ];
}

/** All that an entity says, ids apart. */
function sayingOf(entity: Entity): string {
  const { label, externalId, note, link, suggestedBy, reviewed, attributes = {} } = entity;
  const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([placeOf(entity), label, externalId, note, link, suggestedBy, reviewed, sorted]);
}

function placeOf({ start, end, parts = [] }: Entity): string {
  return `${start} ${end} ${parts.join(' ')}`;
}

function withBrackets(
  lines: readonly string[],
  { words, declared }: Sheet,
  mentions: readonly WrittenMention[],
): string[] {
  const brackets = bracketsOf(mentions);
  const eids = new Set(mentions.map(({ eid }) => eid));
  const columns = declared.columns.split(' ');
  const at = columns.indexOf('MISC');
  const written = [...lines];
  words.forEach(({ line, cells }, word) => {
    const changed = [...cells];
    const bare = withoutPairs(cells[at] ?? '_', (pair) => isOfEntity(pair, declared));
    let misc = withMiscValue(bare, 'Entity', brackets.get(word) ?? '');
    for (const key of ['Bridge', 'SplitAnte']) {
      const value = miscValue(misc, key);
      if (value === undefined) continue;
      const held = value.split(',').filter((part) => {
        const [from = '', to = ''] = part.split(/[<:]/);
        return eids.has(from) && eids.has(to);
      });
      misc = withMiscValue(misc, key, held.join(','));
    }
    changed[at] = misc;
    written[line] = changed.join('\t');
  });
  if (declared.fields !== '' || mentions.length === 0) return written;
  const first = written.findIndex((line) => /^#\s*newdoc\b/.test(line));
  written.splice(first + 1, 0, `# global.Entity = ${USUAL_FIELDS}`);
  return written;
}
