import type { Guess } from '../learn/prequential';
import { surroundingsOf, type Entity } from '../model/entity';
import type { TextIndex } from '../text';
import { formOf } from './matcher';
import type { Proposal } from './proposer';

/**
 * What was guessed in an article, as proposals: what does not overlap an entity.
 * @param guesses in text order @param isWanted whether something may be proposed at all
 */
export function* proposalsOf(
  guesses: readonly Guess[],
  path: string,
  index: TextIndex,
  entities: readonly Entity[],
  isWanted: (proposal: Proposal) => boolean,
): Generator<Proposal | undefined, void> {
  if (guesses.length === 0) return;
  const taken = new Uint8Array(index.length);
  for (const { start, end, broken } of entities) if (!broken) taken.fill(1, start, end);
  for (const { start, end, label, probability: score, isSure, reasons = [] } of guesses) {
    const span = { start, end };
    const isFree = end <= index.length && !taken.subarray(start, end).includes(1);
    const text = isFree ? index.slice(span) : '';
    const proposal: Proposal = {
      ...{ ...span, start16: index.toUtf16(start), end16: index.toUtf16(end), article: path },
      ...{ text, form: formOf(text), label, link: undefined, source: 'learned', reviewedAs: [] },
      ...{ score, isSure, reasons, ...surroundingsOf(span, (part) => index.slice(part)) },
    };
    yield isFree && isWanted(proposal) ? proposal : undefined;
  }
}
