import type { Problem } from '../core/problem';
import { kindOfValue } from './syntax';
import type { Translate } from './translate';

/** Characters of a file that a message quotes. */
const MOST_QUOTED = 100;

function shorten(text: string): string {
  return text.length <= MOST_QUOTED ? text : text.slice(0, MOST_QUOTED) + '…';
}

function conflictMessage(t: Translate, values: Problem['values']): string {
  switch (values.state) {
    case 'deleted':
      return t(
        '{label} "{text}" was changed on one side of a merge and deleted on the other. Keep it or delete it by a quick fix.',
        values,
      );
    case 'gone':
      return t(
        'The other version of {label} "{text}" that a merge kept is gone. Keep this one by a quick fix.',
        values,
      );
    default:
      return t(
        'Both sides of a merge changed {label} "{text}": there is another version, which differs in {fields}. Keep this one, or both, by a quick fix.',
        values,
      );
  }
}

function slipMessage(t: Translate, values: Problem['values']): string {
  return t(
    '{label} "{text}" is not in the article where the sidecar says, but at one other place for certain. Place it by the quick fix “Place all that are certain”, or by repairing the corpus.',
    values,
  );
}

/** A problem in a file of the corpus as a sentence. */
export function problemMessage(
  t: Translate,
  { code, values: whole }: Pick<Problem, 'code' | 'values'>,
): string {
  const values = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, shorten(value)]));
  switch (code) {
    case 'file-not-utf8':
      return t('This file is not UTF-8. Save it with the encoding UTF-8 (Change File Encoding).');
    case 'file-not-shown-as-utf8':
      return t(
        'This file is UTF-8, but it is shown in the encoding {encoding}. Do not save it: reopen it with the encoding UTF-8 (Change File Encoding).',
        values,
      );
    case 'file-leaves-utf8':
      return t(
        'Saved as it is, in the encoding {encoding}, this file is no longer UTF-8, and its entities cannot be written. Save it with the encoding UTF-8 (Change File Encoding), and set files.encoding to utf8.',
        values,
      );
    case 'file-too-big':
      return t('This file is larger than {limit} MB and is not read.', values);
    case 'file-unreadable':
      return t('This file cannot be read ({reason}).', values);
    case 'header-date-malformed':
      return t('"{value}" is not a date: write it as YYYY-MM-DD.', values);
    case 'header-key-duplicate':
      return t('The header has the key "{value}" already. The first one counts.', values);
    case 'entity-broken':
      if (values.place) return slipMessage(t, values);
      return t(
        '{label} "{text}" is no longer here, nor at one other place for certain. Choose its place, or delete it, by a quick fix.',
        values,
      );
    case 'sidecar-of-another-article':
      return t(
        'Nothing can be tagged here: the sidecar {sidecar} belongs to "{article}". Rename one of the two articles.',
        values,
      );
    case 'sidecar-of-gone-article':
      return t(
        'Nothing can be tagged here: the sidecar {sidecar} belongs to "{article}", which is gone, and to another text. If this is the same article, take it over by a quick fix, or write "article: {own}" in it; else rename one of the two.',
        values,
      );
    case 'sidecar-elsewhere':
      return t(
        'The sidecar {sidecar} has no article, and is about the text of this one. Take its entities by a quick fix, or begin a new sidecar.',
        values,
      );
    case 'sidecar-of-same-name':
      return t(
        'The sidecar {sidecar} has no article, and belongs to one of this name with another text. Take its entities by a quick fix, or begin a new sidecar.',
        values,
      );
    case 'git-conflict':
      return t(
        'This sidecar has git conflict markers: two branches changed it. Merge both sides, entity by entity, by the quick fix or “Corpus: Merge Both Sides of Sidecar”.',
      );
    case 'entity-conflict':
      return conflictMessage(t, values);
    case 'yaml-syntax':
      return t('This is not valid YAML: {message}', values);
    case 'yaml-too-big':
      return t('This file is larger than {limit} characters and is not read.', values);
    case 'yaml-too-dense':
      return t(
        'This file is not read: it has more than {limit} brackets, commas, colons, dashes and line ends.',
        values,
      );
    case 'line-not-canonical':
      return t(
        'This line is not in the form that this extension writes. A sidecar of more than {limit} characters is read only if all of it is.',
        values,
      );
    case 'yaml-too-deep':
      return t('Maps and lists are nested here more than {limit} levels deep, and are not read.', values);
    case 'yaml-several-documents':
      return t('A second YAML document begins here. Keep one, without "---" or "..." after it.');
    case 'yaml-alias':
      return t('Anchors, aliases and tags are not supported among entities. Write the value out.');
    case 'yaml-alias-unknown':
      return t('Nothing above has the anchor "&{alias}".', values);
    case 'root-not-a-map':
      return t('This file must be a map of keys, beginning with "version: 1".');
    case 'key-missing':
      return t('The key "{key}" is missing.', values);
    case 'key-duplicate':
      return t('The key "{key}" is here already. Delete one of the two.', values);
    case 'wrong-type':
      return t('"{key}" has a value of the wrong kind: expected {expected}.', {
        ...values,
        expected: kindOfValue(t, values.expected),
      });
    case 'number-too-long':
      return t('The number {number} is too long to be kept exactly. Write it in quotes.', values);
    case 'version-unknown':
      return t('Version {version} is not known to this extension; it reads version 1.', values);
    case 'status-unknown':
      return t('The status "{status}" is not known: use "open" or "done".', values);
    case 'not-canonicalizable':
      return t(
        'This sidecar uses YAML that cannot be kept when entities are written. Write one entity per line.',
      );
    case 'entity-id-duplicate':
      return t('The id "{id}" is used by another entity above. Give this one a new id.', values);
    case 'entity-span-reversed':
      return t('The span ends ({end}) before it starts ({start}).', values);
    case 'entity-part-outside':
      return t('A part lies outside of the span from start to end.');
    case 'entity-not-found':
      if (values.place) return slipMessage(t, values);
      return t(
        '{label} "{text}" is not in the article where this says, nor at one other place for certain. Choose its place, or delete it, by a quick fix.',
        values,
      );
    case 'comment-not-found':
      return t(
        'The comment "{id}" is about "{text}", which is not in the article where this says, nor at one other place for certain. Write its new start and end, or delete it.',
        values,
      );
    case 'article-mismatch':
      return t(
        'This sidecar says that it belongs to "{article}", but by its name it belongs to "{own}".',
        values,
      );
    case 'article-not-a-name':
      return t(
        '"{article}" is not the name of a file beside this one. Write the name without a path.',
        values,
      );
    case 'text-hash-stale':
      return t(
        'This was written for another version of the article, or merged from two. Entities that were found at another place: {moved}. Their new places are written with the next change, or at once by a quick fix.',
        values,
      );
    case 'record-malformed':
      return t(
        'Under "{kind}", {count} of the items cannot be used: each needs {keys}, and an id of its own. They stay as they are.',
        values,
      );
    case 'reference-unknown':
      return t('Under "{kind}", "{id}" names "{reference}", which is not there.', values);
    case 'label-unknown':
      return t('The label "{label}" is not in corpus.yaml.', values);
    case 'label-key-duplicate':
      return t('The key "{key}" already belongs to another label.', values);
    case 'label-key-not-one-letter':
      return t('"{key}" is not a key: use one letter (a–z) or digit.', values);
    case 'label-color-malformed':
      return t('"{color}" is not a colour: write it as "#rrggbb".', values);
    case 'glob-too-complex':
      return t('The glob "{glob}" is not used: it, or the list, is too long, or repeats too much.', values);
    case 'rule-unknown':
      return t('There is no rule "{rule}".', values);
    case 'severity-unknown':
      return t('"{severity}" is not how much a rule matters: use off, info, warning or error.', values);
    case 'authority-malformed':
      return t(
        '"{path}" is no authority file: use the name of a .yaml, .csv or .tsv file in the folder of corpus.yaml, or below it.',
        values,
      );
    case 'prefix-malformed':
      return t('The prefix "{prefix}" must stand for the beginning of an http or https address.', values);
    case 'glob-malformed':
      return t(
        'The glob "{glob}" leaves the corpus. Use one that is relative to the folder of corpus.yaml.',
        values,
      );
  }
}
