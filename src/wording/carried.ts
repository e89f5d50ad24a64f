import { THINGS, type Thing } from '../formats/shared/carried';
import { shortText } from './short-text';
import type { Translate } from './translate';

/** Of fields that are called what data call them. */
const MOST_NAMED = 20;

/** `3 events, 1 comment, cats`: what of another format has no place. */
export function carriedMessage(t: Translate, values: Readonly<Record<string, string>>): string {
  const things = THINGS.flatMap((thing) => {
    const count = values[thing];
    return count === undefined ? [] : [thingMessage(t, thing, count)];
  });
  const names = values.names === undefined ? [] : values.names.split(', ').map((name) => shortText(name));
  const all = [...things, ...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])];
  const format = values.format ?? '';
  return all.length === 0
    ? t('The format has no place for what is kept of {0}', format)
    : t('The format has no place for what is kept of {0}: {1}', format, all.join(', '));
}

function thingMessage(t: Translate, thing: Thing, count: string): string {
  const isOne = count === '1';
  switch (thing) {
    case 'event':
      return isOne ? t('1 event') : t('{0} events', count);
    case 'equivalence':
      return isOne ? t('1 equivalence') : t('{0} equivalences', count);
    case 'relation':
      return isOne ? t('1 relation') : t('{0} relations', count);
    case 'attribute':
      return isOne ? t('1 attribute') : t('{0} attributes', count);
    case 'link':
      return isOne ? t('1 link') : t('{0} links', count);
    case 'title':
      // How many of them are their entities' is not known here.
      return t('texts of links that are not those of their entities');
    case 'note':
      return isOne ? t('1 note') : t('{0} notes', count);
    case 'comment':
      return isOne ? t('1 comment') : t('{0} comments', count);
    case 'annotation':
      return isOne ? t('1 other annotation') : t('{0} other annotations', count);
    case 'prediction':
      return isOne ? t('1 prediction') : t('{0} predictions', count);
    case 'result':
      return isOne ? t('1 result that is no entity') : t('{0} results that are no entities', count);
    case 'group':
      return isOne ? t('1 other group of spans') : t('{0} other groups of spans', count);
    case 'row':
      return isOne ? t('the columns of 1 token') : t('the columns of {0} tokens', count);
  }
}
