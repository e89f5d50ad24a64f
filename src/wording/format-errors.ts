import type { FormatError } from '../core/interchange/format';
import type { Translate } from './translate';

/** Why nothing could be done, in one sentence without a full stop. */
export function formatErrorMessage(
  t: Translate,
  { code, place, values }: Pick<FormatError, 'code' | 'place' | 'values'>,
): string {
  const { file, line, column } = place;
  const where = [file, line, column].filter((part) => part !== undefined).join(':');
  switch (code) {
    case 'file-unreadable':
      return t('{0} cannot be read ({1})', where, values.reason ?? '');
    case 'file-not-utf8':
      return t('{0} is not UTF-8; save it in that encoding', where);
    case 'file-not-format':
      return t('{0} is not {1}', where, values.format ?? '');
    case 'file-of-other':
      return t(
        '{0} is {1}, not {2}: read it as that (--from {3})',
        where,
        values.other ?? '',
        values.format ?? '',
        values.id ?? '',
      );
    case 'records-missing':
      return t('No line of {0} is a whole record of {1}', file, values.format ?? '');
    case 'file-damaged':
      return t('{0} is damaged: its data are not as it says itself', where);
    case 'compression-unknown':
      return t(
        '{0} is compressed by {1}, which is not read here; write it with Snappy or Zstandard, or without compression',
        where,
        values.codec ?? '',
      );
    case 'terms-unknown':
      return t(
        '{0} has no annotation in the terms of {1}; compact it with that context',
        where,
        values.context ?? '',
      );
    case 'json-malformed':
      return t('{0} is no valid JSON: {1}', where, values.message ?? '');
    case 'xml-malformed':
      return t('{0} is no well-formed XML: {1}', where, values.message ?? '');
    case 'text-missing':
      return t('{0} needs {1} beside it, which is not there', where, values.name ?? '');
    case 'text-not-within':
      return t('{0} is {1}, but holds no text of a document', where, values.format ?? '');
    case 'text-elsewhere':
      return t(
        '{0} has its text at {1}, and only a file beside it is read: put it there, or into the file',
        where,
        values.address ?? '',
      );
    case 'article-missing':
      return t(
        '{0} is about {1}, which is no article of the corpus, nor a text beside it; articles are called by their path in the corpus, as 2022/a',
        where,
        values.name ?? '',
      );
    case 'rows-scattered':
      return t('{0}: there are rows of {1} further up; sort the table by article', where, values.name ?? '');
    case 'option-unknown':
      return t(
        '{0} has no {1} “{2}”; it has {3}',
        file,
        values.name ?? '',
        values.value ?? '',
        values.values ?? '',
      );
    case 'tag-names-needed':
      return t(
        '{0}: tags are numbers; say what they stand for by the option “tag-names” (--tag-names O,B-PER,I-PER,…)',
        where,
      );
    case 'folder-unread':
      return t('{0} has files of {1}, and none of them can be read', file, values.format ?? '');
    case 'folder-needed':
      return t('Each document has a file of its own: name a folder, not {0}', file);
    case 'sidecar-unreadable':
      return t('What would be written for {0} could not be read again, so it was not written', file);
  }
}
