import type { FormatError, FormatErrorCode } from '../formats/shared/format';
import type { Note } from '../formats/shared/report';
import { shortText } from './short-text';
import { syntaxMessage } from './syntax';
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
      return notFormatMessage(t, where, values);
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
    case 'format-unknown':
      return unknownMessage(t, where, values);
    case 'fields-unclear':
      return unclearMessage(t, where, values);
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
      return t('{0} is no valid JSON: {1}', where, syntaxMessage(t, values));
    case 'xml-malformed':
      return t('{0} is no well-formed XML: {1}', where, syntaxMessage(t, values));
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

function notFormatMessage(
  t: Translate,
  where: string,
  { format = '', missing }: Record<string, string>,
): string {
  if (missing === undefined) return t('{0} is not {1}', where, format);
  return missing === ''
    ? t('{0} is not {1}: it has the words of that, but where they mean something else', where, format)
    : t('{0} is not {1}: it lacks {2}', where, format, missing);
}

function unknownMessage(t: Translate, where: string, { tried, fields }: Record<string, string>): string {
  if (!tried) return t('{0} is not a format that is known; name it by --from', where);
  return fields
    ? t(
        '{0} is not a format that is known; name it by --from, or its fields by --from json {2}. Tried, with what it lacks: {1}',
        where,
        tried,
        fields,
      )
    : t('{0} is not a format that is known; name it by --from. Tried, with what it lacks: {1}', where, tried);
}

/** Of the names of fields, in characters: a file may have any. */
const MOST_SHOWN = 200;

/** What is not clear of JSON, with what it may be, and how to say it. */
function unclearMessage(
  t: Translate,
  where: string,
  { what, fields: all = '' }: Record<string, string>,
): string {
  const fields = shortText(all, MOST_SHOWN);
  if (what === 'ends')
    return t(
      '{0}: most spans begin or end within a word; say how they are counted, by --ends inclusive or --offsets, or that they are right, by --ends exclusive',
      where,
    );
  if (what === 'documents')
    return t('{0}: the documents may be in {1}; leave one of them in the file', where, fields);
  const option = what === 'start' ? '--start-field, --end-field' : `--${what}-field`;
  switch (what) {
    case 'text':
      return fields === ''
        ? t('{0}: no field holds a text; name it by {1}', where, option)
        : t('{0}: the text may be in {2}; say which by {1}', where, option, fields);
    case 'label':
      return fields === ''
        ? t(
            '{0}: no field of the spans holds a label; name it by {1}, or say one by --default-label',
            where,
            option,
          )
        : t('{0}: the labels of the spans may be in {2}; say which by {1}', where, option, fields);
    case 'start':
      return fields === ''
        ? t('{0}: no fields of the spans hold where they start and end; name them by {1}', where, option)
        : t('{0}: spans may start and end in {2}; say which by {1}', where, option, fields);
    default:
      return fields === ''
        ? t('{0}: no field holds spans with start, end and label; name it by {1}', where, option)
        : t('{0}: the spans may be in {2}; say which by {1}', where, option, fields);
  }
}

/** What a note of code `file-unread` says: a file that cannot be read, or not to its end. */
export function unreadMessage(
  t: Translate,
  { file = '', values = {} }: Pick<Note, 'file' | 'values'>,
): string {
  const reason = formatErrorMessage(t, { code: values.error as FormatErrorCode, place: { file }, values });
  const source = shortText(values.source ?? '');
  if (values.documents !== '0')
    return t(
      '{0} is read up to here only (documents before: {1}): {2}',
      source,
      shortText(values.documents ?? ''),
      reason,
    );
  return file === values.source ? t('Left out: {0}', reason) : t('{0} is left out: {1}', source, reason);
}
