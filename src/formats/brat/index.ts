import type { Format } from '../shared/format';
import { configuration } from './config';
import { parseBrat } from './parse';
import { serializeBrat } from './serialize';

/**
 * brat standoff (https://brat.nlplab.org/standoff.html): `.ann` beside `.txt`. Offsets are code points of the
 * text's file as it is (`\r\n` is two), see `../../places.ts` for files that count otherwise. Relations, and
 * attributes, normalisations (`Reference`) and notes (`AnnotatorNotes`) of text-bound annotations are in the model,
 * of several that say the same of one the first; events, equivalences and the rest are carried, see `template.ts`.
 * A file of which nothing was changed, nor told when it was read, comes back byte for byte. Where something was,
 * only lines change that are about it: links, notes and values that the model does not have stay as long as what
 * they are about, and an event is called as its trigger is.
 */
export const brat: Format = {
  id: 'brat',
  title: 'brat standoff',
  extensions: ['.ann'],
  layout: 'file-per-document',
  limits: {
    overlap: 'any',
    discontinuous: true,
    fields: ['note', 'link', 'attributes', 'externalId'],
    relations: true,
  },
  labelFiles: configuration,
  needs: ['T1'],
  recognizes: (head) => /^(?:T\d+\t\S+ \d+ \d+|[REAMN#*]\S*\t\S)/m.test(head) || head.trim() === '',
  isCertain: (head) => /^T\d+\t\S+ \d+ \d+/m.test(head),
  parse: parseBrat,
  serialize: (context) => serializeBrat(brat, context),
};
