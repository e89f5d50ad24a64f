import { shortText } from './short-text';
import type { Translate } from './translate';

/** What stands where in JSON, as it was guessed. */
export function fieldsMessage(t: Translate, values: Readonly<Record<string, string>>): string {
  const { documents = '', unit, base, ends } = values;
  const short = Object.fromEntries(Object.entries(values).map(([key, name]) => [key, shortText(name)]));
  const counted = [
    ...(unit === 'utf-16' ? [t('offsets count UTF-16 units')] : []),
    ...(unit === 'bytes' ? [t('offsets count bytes')] : []),
    ...(base === '1' ? [t('offsets begin with 1')] : []),
    ...(ends === 'inclusive' ? [t('ends are within the spans')] : []),
  ];
  const what = t(
    'Guessed: texts are in “{text}” (--text-field), spans in “{spans}” (--spans-field), with “{start}”, “{end}” and “{label}” (--start-field, --end-field, --label-field)',
    short,
  );
  const where = documents === '' ? [] : [t('documents are in “{documents}”', short)];
  return [what, ...where, ...counted].join('; ');
}
