import { shortText } from './short-text';
import type { Translate } from './translate';

/** Fields as the sentence of an entity names them: `its note, its link`. */
export function fieldNames(t: Translate, fields: string): string {
  const names: Readonly<Record<string, string>> = {
    reviewed: t('the mark that it is reviewed'),
    suggestedBy: t('who suggested it'),
    note: t('its note'),
    link: t('its link'),
    attributes: t('its attributes'),
  };
  const list = fields
    .split(', ')
    .map((name) => (Object.hasOwn(names, name) ? names[name] : `“${shortText(name)}”`));
  return list.join(', ');
}
