import type { Format } from '../shared/format';
import { TOKENIZERS } from '../shared/tokens';
import { parseConllu, TAG_KEY } from './parse';
import { serializeConllu } from './serialize';

const ROW = /^\d+(?:-\d+)?\t[^\t\n]+(?:\t[^\t\n]*){8}$/m;

/** Whether the beginning of a file has rows of CoNLL-U, or says which columns they have. */
function areRows(head: string): boolean {
  return /^#\s*global\.columns\b/m.test(head) || ROW.test(head.replace(/\r/g, ''));
}

/**
 * CoNLL-U (https://universaldependencies.org/format.html) and CoNLL-U Plus (`…/ext-format.html`), with entities
 * in MISC as in CorefUD and Universal Anaphora: `Entity=(e1-person` … `Entity=e1)`, nested, crossing and
 * discontinuous (`e1[1/2]`), what the brackets hold named by `# global.Entity`
 * (https://ufal.mff.cuni.cz/corefud). Read, too: tags (`NE=B-PER`, `ner=`, and as spaCy reads them `name=B-PER`, `entity=B-PER` and
 * `B-PER` alone), `NamedEntity=Yes`, and a column of either; tags under another name where an option says it. Offsets are tokens; how the text comes back from them says `readSheet`.
 *
 * What mentions have in common (`e1`) is their `externalId`; other parts of the brackets are attributes. Notes,
 * links, reviews and proposers are written into `other`. Sentences, words within tokens, empty nodes and all
 * other columns are carried: a document that was not changed becomes the same lines again. In one that was
 * changed, brackets replace tags, and what bridges to a thing that is gone goes, too.
 */
export const conllu: Format = {
  id: 'conllu',
  title: 'CoNLL-U',
  extensions: ['.conllu', '.conllup', '.conll'],
  layout: 'one-file',
  limits: {
    overlap: 'any',
    discontinuous: true,
    fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: false,
  },
  options: [
    { name: 'tokenizer', values: TOKENIZERS, description: 'how text is cut into tokens' },
    { name: TAG_KEY, values: [], description: 'the key of MISC, or the column, that has tags of entities' },
  ],
  needs: ['# text|# sent_id|# newdoc|# global.columns'],
  recognizes: (head) => {
    if (areRows(head)) return true;
    // Other files of columns have such comments, too: rows say what they are.
    return /^#\s*(?:newdoc|sent_id|global\.Entity)\b/m.test(head) && !/^[^#\s]/m.test(head);
  },
  isCertain: areRows,
  parse: parseConllu,
  serialize: (context) => serializeConllu(conllu, context),
};
