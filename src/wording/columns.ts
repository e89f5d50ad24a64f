import type { Translate } from './translate';

type Code = 'columns-guessed' | 'tags-kept' | 'tag-unknown' | 'tag-begins-late';

/** What is told of the columns of a file and of its tags. */
export function columnsMessage(t: Translate, code: Code, values: Readonly<Record<string, string>>): string {
  const isOne = values.count === '1';
  switch (code) {
    case 'columns-guessed':
      return guessMessage(t, values);
    case 'tags-kept':
      return isOne
        ? t('1 tag of column {column} is kept for the way back; --tag-columns reads it', values)
        : t('{count} tags of column {column} are kept for the way back; --tag-columns reads them', values);
    case 'tag-unknown':
      return isOne
        ? t('1 token has no tag, or one that says that it is not annotated: it becomes O')
        : t(
            '{count} tokens have no tag, or one that says that they are not annotated: they become O',
            values,
          );
    case 'tag-begins-late':
      return isOne
        ? t('An entity begins with a tag that says that one goes on: it is read as its beginning')
        : t(
            'This and other entities ({count} in all) begin with a tag that says that one goes on: it is read as their beginning',
            values,
          );
  }
}

function guessMessage(t: Translate, values: Readonly<Record<string, string>>): string {
  const { form = '', spacing = '', label = '' } = values;
  const tags =
    form === 'bare'
      ? t('their tags have no label, which is {label} (--default-label)', { label })
      : t('their tags are as {form}', { form });
  return t(
    'Guessed: tokens are in column {token}, tags in {tags} (--token-column, --tag-columns); {form}; {spaces}',
    {
      ...values,
      form: tags,
      spaces: spacesMessage(t, spacing),
    },
  );
}

function spacesMessage(t: Translate, spacing: string): string {
  switch (spacing) {
    case 'none':
      return t('no space is between tokens (--spaces)');
    case 'script':
      return t('a space is only between words of scripts that have spaces (--spaces)');
    case 'column':
      return t('a space is between tokens where no column says otherwise (--spaces)');
    case 'text':
      return t('spaces are those of the text of each sentence (--spaces)');
    default:
      return t('a space is between all tokens (--spaces)');
  }
}
