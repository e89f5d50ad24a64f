import type { Format } from '../shared/format';
import { parseWebAnnotation } from './parse';
import { serializeWebAnnotation } from './serialize';

/**
 * Web Annotation in JSON-LD (https://www.w3.org/TR/annotation-model/, W3C Recommendation of 23 February 2017): a
 * collection, a page, an array, a graph or a single annotation. Written is a collection of one page,
 * `NAME.jsonld`, beside its text, `NAME.txt`.
 *
 * The text of a target is the file beside of the name in its `source`, else the file `NAME.txt`, else what the
 * source has embedded as its `value`. A file about several texts becomes a document for each.
 *
 * Offsets are code points of the text as it is (`\r\n` is two): “The selection of the text MUST be in terms of
 * unicode code points (the "character number"), not in terms of code units” (4.2.4, which 4.2.5 on positions
 * refers to). Many programs count UTF-16 (Hypothesis and Recogito among them); the quote tells. Positions without one
 * are read in UTF-16 where the option says so or they cannot be code points, which is reported. A quote without a position, or that is not at it, is
 * looked for with what is before and behind it: the only place is taken and reported, else a person is to
 * place it, though the recommendation would take all. Also read are ranges of positions and `char=` fragments
 * (RFC 5147).
 *
 * - Bodies for `tagging` or `classifying` are labels, several an entity each; a resource is called by the last
 *   part of its address. `identifying` and `linking` are the link, `commenting` the note, `assessing` with
 *   “reviewed” that. Attributes are a body for `describing` in `application/json`.
 * - A creator that is `Software` suggested it. The annotation's id is the `externalId`.
 * - A mention in parts has a target for each.
 * - A relation is an annotation for `linking`: its target is the one entity's annotation, its body the other's
 *   and a tag. Also read are two targets, and tags in an annotation about that.
 * - Terms are those of http://www.w3.org/ns/anno.jsonld. JSON-LD that was expanded, or says the same in others, is
 *   refused.
 * - What else there is, is carried: other properties, bodies and selectors, annotations of whole texts.
 */
export const webannotation: Format = {
  id: 'webannotation',
  title: 'W3C Web Annotation',
  extensions: ['.jsonld', '.json'],
  layout: 'file-per-document',
  limits: {
    overlap: 'any',
    discontinuous: true,
    fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: true,
  },
  options: [
    {
      name: 'offsets',
      values: ['code-points', 'utf-16'],
      description: 'how positions without a quote are counted: as the recommendation says, or as browsers do',
    },
  ],
  needs: ['w3.org/ns/anno|w3.org/ns/oa|"TextQuoteSelector"|"TextPositionSelector"|"Annotation"'],
  recognizes: (head) =>
    /^\s*[[{]/.test(head) &&
    /www\.w3\.org\/ns\/(?:anno|oa)\b|"Text(?:Quote|Position)Selector"|"@?type"\s*:\s*"(?:oa:)?Annotation(?:Page|Collection)?"/.test(
      head,
    ),
  isCertain: (head) =>
    /^\s*[[{]/.test(head) && /"@context"\s*:\s*(?:\[\s*)?"https?:\/\/www\.w3\.org\/ns\/anno\b/.test(head),
  parse: (file, context) => parseWebAnnotation(webannotation, file, context),
  serialize: (context) => serializeWebAnnotation(webannotation, context),
};
