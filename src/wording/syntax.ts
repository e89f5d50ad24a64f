import type { Translate } from './translate';

/** What keeps a file from being JSON or XML: what its parser says of it, in English, or one of our own reasons. */
export function syntaxMessage(
  t: Translate,
  { trouble, most = '', message = '' }: Readonly<Record<string, string>>,
): string {
  switch (trouble) {
    case 'too-deep':
      return t('more than {0} levels', most);
    case 'ends-in-text':
      return t('the file ends within a string');
    case 'ends-inside':
      return t('the file ends within an object or a list');
    case 'text-before':
      return t('text before the first element');
    case 'no-element':
      return t('no element');
    default:
      return message;
  }
}

/** What a value in YAML should be, as the core calls it; the types of YAML among them. */
export function kindOfValue(t: Translate, kind = ''): string {
  const kinds: Readonly<Record<string, string>> = {
    text: t('text'),
    string: t('string'),
    number: t('number'),
    boolean: t('boolean'),
    offset: t('offset'),
    map: t('map'),
    list: t('list'),
    parts: t('parts'),
    'list of texts': t('list of texts'),
  };
  return Object.hasOwn(kinds, kind) ? kinds[kind]! : kind;
}
