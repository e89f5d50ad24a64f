import type { Format } from '../shared/format';
import { toCas } from '../uima/build';
import { Layers, UIMA_OPTIONS } from '../uima/layers';
import { toDocument } from '../uima/read';
import { readTsv } from './parse';
import { writeTsv } from './serialize';

/**
 * WebAnno TSV 3.3 (https://inception-project.github.io/releases/36.0/docs/user-guide.html#sect_webannotsv), as
 * WebAnno and INCEpTION write it; 3.0 to 3.2 are read, too. Offsets are UTF-16 units; a span that begins or ends
 * within a token makes a part of it, and one at white space begins or ends with the next token.
 *
 * What is read becomes a CAS (see `uima/cas.ts`): `NamedEntity` and the layers that people make are entities,
 * relations between such are relations, all values are text. Other layers, slots and chains are kept and come
 * back. A file does not say what white space is between sentences, but for the number of characters: a line
 * ending and spaces, and we write what is there as the end of the sentence where it is something else.
 */
export const webanno: Format = {
  id: 'webanno',
  title: 'WebAnno TSV 3',
  extensions: ['.tsv'],
  layout: 'file-per-document',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['link', 'attributes', 'externalId'],
    relations: true,
  },
  annotatorFiles: true,
  options: UIMA_OPTIONS.filter(({ name }) => name !== 'name'),
  needs: ['#FORMAT=WebAnno TSV 3.'],
  recognizes: (head) => /^\ufeff?#FORMAT=WebAnno TSV 3\./.test(head),
  isCertain: (head) => webanno.recognizes(head, ''),
  *parse(file, context) {
    yield toDocument(readTsv(file, context), file, webanno, context);
  },
  serialize(context) {
    const layers = new Layers(webanno, context);
    return {
      document(document) {
        const cas = toCas(document, webanno, layers, context);
        return [{ path: `${document.name}.tsv`, content: writeTsv(cas, document, context) }];
      },
      end: () => [],
    };
  },
};
