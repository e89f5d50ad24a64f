import type { Field } from '../formats/shared/entity-fields';
import type { NoteCode } from '../formats/shared/note-codes';
import type { NoteKind, Total } from '../formats/shared/report';
import type { Translate } from './translate';

/** How many notes of a kind and code there are, and what they are about. */
export function totalMessage(t: Translate, { kind, code, field, count }: Total): string {
  if (field !== undefined) return fieldTotal(t, field, count);
  if (code === 'carried')
    return count === 1
      ? t('1 document loses what is kept of another format')
      : t('{0} documents lose what is kept of another format', count);
  const about = subjectOf(t, kind, code);
  if (code === 'already-there') return t('{0} {1}', count, about);
  switch (kind) {
    case 'lost':
      return t('{0} lost: {1}', count, about);
    case 'changed':
      return t('{0} changed: {1}', count, about);
    case 'invalid':
      return t('{0} invalid in the source: {1}', count, about);
  }
}

/** How many entities lose a field, in one sentence without a full stop. */
function fieldTotal(t: Translate, field: Field, count: number): string {
  const isOne = count === 1;
  switch (field) {
    case 'reviewed':
      return isOne
        ? t('1 entity loses the mark that it is reviewed')
        : t('{0} entities lose the mark that they are reviewed', count);
    case 'suggestedBy':
      return isOne ? t('1 entity loses who suggested it') : t('{0} entities lose who suggested them', count);
    case 'note':
      return isOne ? t('1 entity loses its note') : t('{0} entities lose their note', count);
    case 'link':
      return isOne ? t('1 entity loses its link') : t('{0} entities lose their link', count);
    case 'attributes':
    case 'externalId':
      return isOne ? t('1 entity loses attributes') : t('{0} entities lose attributes', count);
  }
}

/** What notes of a code are about, in words that fit one of them and many. */
function subjectOf(t: Translate, kind: NoteKind, code: NoteCode): string {
  switch (code) {
    case 'place-unknown':
      return t('without a certain place');
    case 'discontinuous':
      return t('in several parts');
    case 'overlap':
      return t('overlapping');
    case 'crossing':
      return t('crossing another entity');
    case 'empty-span':
      return t('an empty span');
    case 'off-token':
      return kind === 'lost' ? t('outside of all tokens') : t('widened to whole tokens');
    case 'field':
      return t('what entities have besides span and label');
    case 'relation':
      return t('relations');
    case 'relation-end-missing':
      return t('relations with an entity that is not carried over');
    case 'carried':
      return t('what is kept of other formats');
    case 'carried-outdated':
      return t('what was kept for another text');
    case 'carried-line':
      return t('lines about what is not written');
    case 'label-name':
      return t('names of labels');
    case 'region-unsupported':
      return t('regions outside of plain text');
    case 'attribute-name':
      return t('names of attributes');
    case 'character':
      return t('characters that the format cannot hold');
    case 'config-section':
      return t('configuration that a corpus has no place for');
    case 'markup-lost':
      return t('documents that lose markup, as they have changed');
    case 'label-unlisted':
      return t('labels without a number');
    case 'column':
      return t('columns that are not read');
    case 'line-malformed':
      return t('malformed lines');
    case 'value-malformed':
      return t('malformed values');
    case 'reference-missing':
      return t('about something that is not there');
    case 'article-missing':
      return t('rows of articles that are not there');
    case 'span-outside':
      return t('spans outside of the text');
    case 'span-cut':
      return t('entities up to a malformed line');
    case 'token-elsewhere':
      return t('tokens not where the offsets say');
    case 'text-mismatch':
      return t('entities whose text is not where their offsets say');
    case 'sequence-malformed':
      return t('tags that cannot stand where they are');
    case 'sentence-text':
      return t('sentences with another text than their tokens');
    case 'tags-differ':
      return t('records with more or fewer tags than tokens');
    case 'tokens-elsewhere':
      return t('texts without their tokens');
    case 'duplicate':
      return t('there twice');
    case 'file-invalid':
      return t('articles that cannot be used');
    case 'file-unread':
      return t('files that cannot be read, or not to their end');
    case 'line-joined':
      return t('text that went on in the next line');
    case 'span-trimmed':
      return t('spans without the white space at their edges');
    case 'span-moved':
      return t('spans that are elsewhere in the text');
    case 'span-followed':
      return t('elsewhere, as the article has another text');
    case 'off-character':
      return t('widened to whole characters');
    case 'offsets-proved':
      return t('offsets in another unit');
    case 'offsets-doubtful':
      return t('offsets that may be in another unit');
    case 'token-cut':
      return t('tokens cut where an entity begins or ends');
    case 'parts-merged':
      return t('parts that share characters, which are one');
    case 'span-grouped':
      return t('overlapping, and in another group');
    case 'answer-not-accepted':
      return t('answers other than “accept”');
    case 'text-rebuilt':
      return t('files whose texts are made of tokens');
    case 'value-as-text':
      return t('values written as text');
    case 'entity-beside':
      return t('in elements that are not read as text');
    case 'row-left-out':
      return t('rows that are not one token each');
    case 'view-kept':
      return t('annotations of other views, kept for the way back');
    case 'token-spaced':
      return t('tokens with a space, which become several');
    case 'columns-differ':
      return t('lines with other columns than most');
    case 'columns-guessed':
      return t('files whose columns are guessed');
    case 'fields-guessed':
      return t('files whose fields are guessed');
    case 'tags-kept':
      return t('tags of other columns, kept for the way back');
    case 'tag-unknown':
      return t('tokens that are not annotated, which become O');
    case 'tag-begins-late':
      return t('entities that begin with I-, which becomes B-');
    case 'numbers-as-tokens':
      return t('documents whose numbers are taken for tokens');
    case 'number-out-of-count':
      return t('numbers of tokens that do not follow each other');
    case 'layer-kept':
      return t('annotations of other kinds, kept for the way back');
    case 'comments-kept':
      return t('lines with #, kept as comments');
    case 'white-space':
      return kind === 'lost' ? t('texts without a word') : t('white space before the first word');
    case 'sentence-spaces':
      return t('sentences with other spaces than their tokens');
    case 'markup-skipped':
      return t('elements that are not read as text');
    case 'label-renamed':
      return t('labels with another name here');
    case 'name-changed':
      return t('names of documents');
    case 'label-added':
      return t('new labels');
    case 'formula':
      return t('cells with a quote before a formula');
    case 'already-there':
      return t('there already');
    case 'annotations-unread':
      return t('annotations that are not read, as nothing says what they mean');
    case 'annotations-kept':
      return t('annotations that are kept, and not read');
    case 'label-missing':
      return t('without a label');
    case 'label-unfit':
      return t('labels that corpus.yaml cannot have');
    case 'layer-twice':
      return t('files of an annotator and document that were there already');
    case 'layer-text':
      return t('documents of annotators with another text');
    case 'layer-name':
      return t('layers that would be the sidecar of another article');
    case 'initial-passed':
      return t('files from before anybody annotated, passed over');
    case 'source-passed':
      return t('files of a project that are none of an annotator, passed over');
    case 'layer-apart':
      return t('documents of one annotator each');
    case 'placed-by-quote':
      return t('found by what is around them');
  }
}
