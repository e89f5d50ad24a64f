import { isSameRecord } from '../../core/model/same';
import { mergeAnnotations, type Merge } from '../../core/model/merge';
import {
  anchoredOf,
  anchorKey,
  withAnchored,
  type AnchoredRecord,
  type Annotations,
} from '../../core/model/records';
import { carrier, carryAnnotations, placeEntities } from '../../core/place';
import { composeSidecar } from '../../core/sidecar/compose';
import { baseName } from '../../core/sidecar/name';
import { NEW_FRAME, type Sidecar } from '../../core/sidecar/sidecar';
import type { TextIndex } from '../../core/text';
import type { OpenArticle } from './open-article';

/** What is anchored as it was in one text, and as it is in the next. */
export type Moved = readonly [was: AnchoredRecord, is: AnchoredRecord];

/**
 * What a sidecar says, after its article was read again: what nobody had changed here goes where it went here.
 * @param from the text that it was in @param to the text that is there now
 * @param moved what is anchored in the article
 */
export function followReload(
  read: Annotations,
  [from, to]: readonly [from: TextIndex, to: TextIndex],
  moved: readonly Moved[],
): Annotations {
  const here = new Map(moved.map((pair) => [anchorKey(pair[0]), pair]));
  const anchored = anchoredOf(read);
  const followed = placeEntities(anchored, to, from).entities.map((one, i) => {
    const pair = here.get(anchorKey(one));
    return pair && isSameRecord(pair[0], anchored[i]!) ? pair[1] : one;
  });
  return withAnchored(read, followed);
}

/** What is here, with what others changed: both are of a text, and follow into the one that is here now. */
export function mergeRead(
  [base, here, read]: readonly [base: Annotations, here: Annotations, read: Annotations],
  [from, to]: readonly [from: TextIndex, to: TextIndex],
): Pick<Merge, 'annotations' | 'lost'> {
  const carry = carrier(from, to);
  return mergeAnnotations(carryAnnotations(base, carry), here, carryAnnotations(read, carry));
}

/** The sidecar of an article as it is now. @param before as it was, which says more than the article shows */
export async function compose(article: OpenArticle, before: Sidecar | undefined): Promise<Sidecar> {
  // As they are before the wait.
  const { annotations, index } = article;
  const frame = before?.frame ?? NEW_FRAME;
  const about = { article: baseName(article.uri.path), textHash: await article.hash(), frame };
  return composeSidecar(annotations, index, about, before);
}
