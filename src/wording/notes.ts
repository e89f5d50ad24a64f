import type { FormatError, FormatErrorCode } from '../core/interchange/format';
import { THINGS, type Thing } from '../core/interchange/carried';
import type { Note } from '../core/interchange/report';
import { shortText } from './short-text';
import type { ProblemCode } from '../core/problem';
import { problemMessage } from './problems';
import type { Translate } from './translate';

/** Where a note is about: `2022/a.ann:12:1` or `2022/a [10, 15)`. */
export function placeOf({ file, line, column, document, span }: Note): string {
  const place = file === undefined ? '' : [file, line, column].filter((part) => part !== undefined).join(':');
  const within = document === undefined ? '' : span ? `${document} [${span.start}, ${span.end})` : document;
  return place || within;
}

/** What a note says, in one sentence without a full stop. */
export function noteMessage(t: Translate, note: Note): string {
  const { kind, code, label = '', text = '', values = {} } = note;
  const mention = text === '' ? label : `${label} “${shortText(text)}”`;
  const isOne = values.count === '1';
  const value = (name: string) => shortText(values[name] ?? '');
  switch (code) {
    case 'place-unknown':
      return t('{0} has no place that is certain', mention);
    case 'discontinuous':
      return t('{0} is in several parts, which the format cannot hold', mention);
    case 'overlap':
      return values.other === undefined
        ? t('{0} shares tokens with an entity before it', mention)
        : t(
            '{0} overlaps {1} “{2}”, and the format holds one of both',
            mention,
            value('label'),
            value('other'),
          );
    case 'crossing':
      return t(
        '{0} crosses {1} “{2}”; the format holds only what is within it',
        mention,
        value('label'),
        value('other'),
      );
    case 'empty-span':
      return t('{0} is empty', mention);
    case 'off-token':
      return kind === 'lost'
        ? t('{0} shares no character with a token', mention)
        : t('{0} begins or ends within a token and takes in all of it', mention);
    case 'field':
      return t(
        '{0} loses {1}: the format has no place for that',
        values.relation === undefined ? mention : t('The relation {0}', value('relation')),
        fieldNames(t, values.fields ?? ''),
      );
    case 'relation':
      return value('from') === ''
        ? t('The format has no place for the relation {0}', label)
        : t(
            'The format has no place for the relation {0}: “{1}” and “{2}”',
            label,
            value('from'),
            value('to'),
          );
    case 'relation-end-missing':
      return value('from') === ''
        ? t('The relation {0} is with an entity that is not carried over', label)
        : t(
            'The relation {0} is with an entity that is not carried over: “{1}” and “{2}”',
            label,
            value('from'),
            value('to'),
          );
    case 'carried':
      return carriedMessage(t, values);
    case 'carried-outdated':
      return t('The text is another than when {keys} of {format} was read: that is left out', values);
    case 'carried-line':
      return t('Left out, as it needs {0}, which is not written: {1}', value('id'), value('source'));
    case 'attribute-name':
      return t('The attribute {0} is written as {1}', value('from'), value('to'));
    case 'character':
      return t('Characters that the format cannot hold are written as U+FFFD ({count})', values);
    case 'value-as-text':
      return t('The value of {0} is written as text: {1}', value('name'), value('value'));
    case 'white-space':
      return kind === 'lost'
        ? t('The text has no words, and the format holds nothing else')
        : t('White space before the first word is written as spaces');
    case 'layer-kept':
      return isOne
        ? t('1 annotation of {type} is kept for the way back; it is no entity here', values)
        : t('{count} annotations of {type} are kept for the way back; they are no entities here', values);
    case 'view-kept':
      return isOne
        ? t(
            '1 annotation of {type} is of the text of another view, “{view}”, and is kept for the way back',
            values,
          )
        : t(
            '{count} annotations of {type} are of the text of another view, “{view}”, and are kept for the way back',
            values,
          );
    case 'comments-kept':
      return isOne
        ? t('1 line that begins with # is kept as a comment')
        : t('{count} lines that begin with # are kept as comments', values);
    case 'columns-differ':
      return isOne
        ? t(
            'The line has not {columns} columns, as others have: its first is the token, its last the tag',
            values,
          )
        : t(
            'This and other lines ({count} in all) have not {columns} columns, as most have: the first is the token, the last the tag',
            values,
          );
    case 'numbers-as-tokens':
      return t('Each line begins with a number that does not count the tokens: it is taken for the token');
    case 'number-out-of-count':
      return t('The number {number} does not follow that of the token before', values);
    case 'row-left-out':
      return t('Left out, as its number is not that of one token: {source}', values);
    case 'config-section':
      if (values.section === '')
        return isOne
          ? t('A corpus has no place for what 1 line says')
          : t('A corpus has no place for what {count} lines say', values);
      return isOne
        ? t('A corpus has no place for (all of) what 1 line of [{section}] says', values)
        : t('A corpus has no place for (all of) what {count} lines of [{section}] say', values);
    case 'label-name':
      return t('The label {0} is written as {1}', value('from'), value('to'));
    case 'region-unsupported':
      return t('This is no place in the plain text ({0})', value('type'));
    case 'markup-lost':
      return t('What is annotated has changed since the file was read; its other markup is left out');
    case 'markup-skipped':
      return isOne
        ? t('What stands in an element “{name}” is not read as text', values)
        : t('What stands in {count} elements “{name}” is not read as text', values);
    case 'entity-beside':
      return t('{0} stands in an element “{1}”, which is not read as text', mention, value('name'));
    case 'label-unlisted':
      return t('The label of {0} is not among those that have a number', mention);
    case 'column':
      return t('The column {0} is not read', value('name'));
    case 'line-malformed':
      return t('The line is malformed: {0}', value('source'));
    case 'value-malformed':
      return t('The value is malformed: {0}', value('source'));
    case 'reference-missing':
      return t('There is no {0} that this could be about', value('id'));
    case 'span-outside':
      return t('The span is not within the text');
    case 'text-mismatch':
      return t(
        '“{0}” is not where its offsets say, and no other place is certain: it is to be placed by a person',
        value('text') || shortText(text),
      );
    case 'sequence-malformed':
      return t('The tag {0} cannot stand here', value('tag'));
    case 'sentence-text':
      return t('The tokens of the sentence do not make its text “{0}”; they are what counts', value('text'));
    case 'sentence-spaces':
      return t('The text of the sentence says other spaces between its tokens: “{0}”', value('text'));
    case 'duplicate':
      return t('{0} is there twice', value('id') || mention);
    case 'file-invalid':
      return t(
        'Left out: {0}',
        problemMessage(t, { code: values.problem as ProblemCode, values }).replace(/\.$/, ''),
      );
    case 'file-unread': {
      const reason = formatErrorMessage(t, {
        code: values.error as FormatErrorCode,
        place: { file: note.file ?? '' },
        values,
      });
      if (values.documents !== '0')
        return t(
          '{0} is read up to here only (documents before: {1}): {2}',
          value('source'),
          value('documents'),
          reason,
        );
      return note.file === values.source
        ? t('Left out: {0}', reason)
        : t('{0} is left out: {1}', value('source'), reason);
    }
    case 'line-joined':
      return t('The text went on in the next line');
    case 'span-trimmed':
      return t('White space at the edge of the span is left out');
    case 'span-moved':
      return t('The offsets were counted in another way; the text tells the place');
    case 'off-character':
      return t('{0} began or ended within a character and takes in all of it', mention);
    case 'offsets-proved':
      return t(
        'The offsets are read as {likely}: as {unit}, one would be within a character or token, outside the text, or where another text stands',
        values,
      );
    case 'offsets-doubtful':
      return t('The offsets seem to be counted as {likely}, not as {unit}: see the option “offsets”', values);
    case 'token-cut':
      return t('A token is cut where {0} begins or ends', mention);
    case 'span-grouped':
      return t('{0} overlaps another entity and is in the group {1} only', mention, value('group'));
    case 'answer-not-accepted':
      return isOne
        ? t('The answer was “{answer}”: its span is kept, but is no entity', values)
        : t('The answer was “{answer}”: its {count} spans are kept, but are no entities', values);
    case 'text-rebuilt':
      return t('The text is made of tokens with a space between them, as the file does not say how it was');
    case 'label-renamed':
      return t('The label {0} is {1} here', value('from'), value('to'));
    case 'name-changed':
      return t('Named {0}, as {1} cannot be (or is) the name of a file', note.document ?? '', value('from'));
    case 'label-unfit':
      return t(
        'The label {0} is not added to corpus.yaml, where a label begins with a letter and is no word or number of YAML; entities keep it',
        value('label') || label,
      );
    case 'label-added':
      return t('The label {0} is new', value('label') || label);
    case 'formula':
      return t(
        '“{0}” of {1} has a quote before it, so that no spreadsheet runs it',
        value('column'),
        mention,
      );
    case 'already-there':
      return t('{0} is there already', mention);
    case 'label-missing':
      return t('It has no label, and is {0} here', value('label'));
    case 'placed-by-quote':
      return t('“{0}” was found by what is around it, as its offsets do not say where', value('text'));
    case 'annotations-kept':
      return t('Other annotations of the text are kept as they are, and not read: {0}', value('count'));
  }
}

/** Of fields that are called what data call them. */
const MOST_NAMED = 20;

/** `3 events, 1 comment, cats`: what of another format has no place. */
function carriedMessage(t: Translate, values: Readonly<Record<string, string>>): string {
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

/** Fields as the sentence of an entity names them: `its note, its link`. */
function fieldNames(t: Translate, fields: string): string {
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
      return t('{0}: tags are numbers; say what they stand for, as tag names O,B-PER,I-PER,…', where);
    case 'folder-unread':
      return t('{0} has files of {1}, and none of them can be read', file, values.format ?? '');
    case 'folder-needed':
      return t('Each document has a file of its own: name a folder, not {0}', file);
  }
}
