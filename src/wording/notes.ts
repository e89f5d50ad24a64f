import type { Note } from '../formats/shared/report';
import type { ProblemCode } from '../core/problem';
import { carriedMessage } from './carried';
import { columnsMessage } from './columns';
import { fieldNames } from './field-names';
import { fieldsMessage } from './fields';
import { unreadMessage } from './format-errors';
import { layersMessage } from './layers';
import { problemMessage } from './problems';
import { shortText } from './short-text';
import { syntaxMessage } from './syntax';
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
    case 'token-spaced':
      return isOne
        ? t('A token holds a space and becomes several: the text says by its spaces how it was cut')
        : t(
            'This and other tokens ({count} in all) hold a space and become several: the text says by its spaces how it was cut',
            values,
          );
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
    case 'fields-guessed':
      return fieldsMessage(t, values);
    case 'columns-guessed':
    case 'tags-kept':
    case 'tag-unknown':
    case 'tag-begins-late':
      return columnsMessage(t, code, values);
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
      return t('The line is malformed: {0}', value('source') || syntaxMessage(t, values));
    case 'value-malformed':
      return t('The value is malformed: {0}', value('source') || syntaxMessage(t, values) || value('name'));
    case 'reference-missing':
      return t('There is no {0} that this could be about', value('id'));
    case 'article-missing':
      return isOne
        ? t(
            '{0} is no article of the corpus, nor a text beside the table: its row is left out',
            value('name'),
          )
        : t(
            '{0} is no article of the corpus, nor a text beside the table: its {1} rows are left out',
            value('name'),
            values.count ?? '',
          );
    case 'span-outside':
      return t('{0} [{1}, {2}) is not within the text', mention, values.start ?? '', values.end ?? '').trim();
    case 'span-cut':
      return t(
        '“{0}” goes up to a malformed line, which may hold more of it: it is left out',
        value('text') || shortText(text),
      );
    case 'token-elsewhere':
      return t('The token “{0}” is not where its offsets say', value('text'));
    case 'text-mismatch':
      return t(
        '“{0}” is not where its offsets say, and no other place is certain: it is to be placed by a person',
        value('text') || shortText(text),
      );
    case 'sequence-malformed':
      return t('The tag {0} cannot stand here', value('tag'));
    case 'sentence-text':
      return t('The tokens of the sentence do not make its text “{0}”; they are what counts', value('text'));
    case 'tags-differ':
      return t('{source}: not one for each token (tags: {tags}, tokens: {tokens})', values);
    case 'tokens-elsewhere':
      return t('The text does not hold the tokens in their order; it is made of them');
    case 'sentence-spaces':
      return t('The text of the sentence says other spaces between its tokens: “{0}”', value('text'));
    case 'duplicate':
      return t('{0} is there twice', value('id') || mention);
    case 'file-invalid':
      return t(
        'Left out: {0}',
        problemMessage(t, { code: values.problem as ProblemCode, values }).replace(/\.$/, ''),
      );
    case 'file-unread':
      return unreadMessage(t, note);
    case 'line-joined':
      return t('The text went on in the next line');
    case 'span-trimmed':
      return t('White space at the edge of the span is left out');
    case 'span-moved':
      return t('The text is not where its offsets say, and tells the place');
    case 'span-followed':
      return t('The article has another text than the file: {0} is where its text is there', mention);
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
    case 'parts-merged':
      return t('Parts of “{0}” share characters: they are one part here', value('text') || shortText(text));
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
    case 'annotations-unread':
      return isOne
        ? t('1 annotation of {what} is not read; if it is of an entity, say so by {option}', values)
        : t(
            '{count} annotations of {what} are not read; if they are of entities, say so by {option}',
            values,
          );
    case 'layer-twice':
    case 'layer-text':
    case 'layer-name':
    case 'layer-apart':
    case 'initial-passed':
    case 'source-passed':
      return layersMessage(t, code, values);
    case 'annotations-kept':
      return t('Other annotations of the text are kept as they are, and not read: {0}', value('count'));
  }
}
