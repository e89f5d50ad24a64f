import type { AnnotatedDocument } from '../shared/document';
import { tokenize, type Tokenizer, type Tokens } from '../shared/tokens';
import {
  bracketsOf,
  chunksOf,
  EidMaker,
  tokensOf,
  USUAL_FIELDS,
  type Tell,
  type WrittenMention,
} from './brackets';
import { escapeSpaces, withMiscValue } from './misc';

/** The lines of a document of which nothing is kept: tokens with their spaces and entities, `_` in all other columns. */
export function plainLines(
  { name, index, entities }: Pick<AnnotatedDocument, 'name' | 'index' | 'entities'>,
  tokenizer: Tokenizer,
  tell: Tell = () => undefined,
): string[] {
  const { raw } = index;
  const tokens = tokenize(raw, tokenizer);
  const { places16, count } = tokens;
  const eids = new EidMaker();
  const mentions = entities.flatMap((entity): WrittenMention[] => {
    const parts = tokensOf(entity, places16, index, tell);
    if (!parts) return [];
    const eid = eids.make(entity.externalId, parts, (id) => tell('changed', 'duplicate', entity, { id }));
    return [
      { eid, parts, chunks: chunksOf(entity, { fields: USUAL_FIELDS, eid, count: parts.length, tell }) },
    ];
  });
  if (count === 0) return [];
  const brackets = bracketsOf(mentions);
  const lines = [`# newdoc id = ${name}`];
  if (mentions.length > 0) lines.push(`# global.Entity = ${USUAL_FIELDS}`);
  const starts = sentencesOf(tokens, mentions);
  const start16 = (token: number) => (token < count ? places16[2 * token]! : raw.length);
  const gapBefore = (token: number) => raw.slice(token === 0 ? 0 : places16[2 * token - 1], start16(token));
  starts.forEach((first, n) => {
    const end = starts[n + 1] ?? count;
    if (n === 0 || /[\r\n]/.test(gapBefore(first))) lines.push('# newpar');
    lines.push(`# sent_id = ${name.replace(/\s/g, '_')}-${n + 1}`);
    lines.push(`# text = ${oneSpace(raw.slice(start16(first), places16[2 * end - 1]))}`);
    for (let token = first; token < end; token++) {
      const form = raw.slice(start16(token), places16[2 * token + 1]);
      const after = gapBefore(token + 1);
      let misc = '_';
      if (after === '') misc = 'SpaceAfter=No';
      else if (after !== ' ') misc = `SpacesAfter=${escapeSpaces(after)}`;
      // Where nothing is said behind a sentence, readers take what they like.
      else if (token + 1 === end) misc = 'SpacesAfter=\\s';
      if (token === 0 && start16(0) > 0)
        misc = withMiscValue(misc, 'SpacesBefore', escapeSpaces(gapBefore(0)));
      const shown = oneSpace(form).trim();
      if (shown !== form) misc = withMiscValue(misc, 'SpacesInToken', escapeSpaces(form));
      const bracket = brackets.get(token);
      if (bracket !== undefined) misc = withMiscValue(misc, 'Entity', bracket);
      lines.push(`${token - first + 1}\t${shown}\t_\t_\t_\t_\t_\t_\t_\t${misc}`);
    }
    lines.push('');
  });
  return lines;
}

/** The tokens with which sentences begin; none within an entity, which most readers want in one sentence. */
function sentencesOf({ sentences }: Tokens, mentions: readonly WrittenMention[]): number[] {
  const hulls = mentions
    .map(({ parts }) => [parts[0]![0], parts.at(-1)![1]] as const)
    .sort(([a], [b]) => a - b);
  let next = 0;
  let end = -1;
  return sentences.filter((token) => {
    for (; next < hulls.length && hulls[next]![0] < token; next++) end = Math.max(end, hulls[next]![1]);
    return token > end;
  });
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ');
}
