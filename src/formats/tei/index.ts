import type { Format } from '../shared/format';
import { parseTei } from './parse';
import { serializeTei } from './serialize';

/**
 * TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/ND.html and `…/SA.html`). Read are `persName`
 * (PER), `orgName` (ORG), `placeName` (GPE), `geogName` (LOC), `date`, `time`, `term`, and `rs` and `name` by
 * their `@type`; `span` and `annotation` anywhere, with pointers to elements, anchors and `string-range()` (code
 * points of an element's text). `@ref` or `@key` (`@corresp` of a span) is the link, `@xml:id` the external id,
 * other attributes are attributes; `note` with `@target` is the note, `relation` a relation. How white space is
 * read says `readText`.
 *
 * Written is one `ab` whose white space is preserved, so that the text comes back exactly. `inline`: an element
 * for each entity; what crosses another or is in parts is lost. `standoff`: everything, as `span`s between
 * `anchor`s, as whatever follows ids can read them; few programs know `string-range()`. Attributes that TEI
 * does not have are notes of `type="attribute"`. A file whose entities have not changed is written as it was; of
 * one that has changed, its other markup is lost, which is reported.
 */
export const tei: Format = {
  id: 'tei',
  title: 'TEI P5',
  extensions: ['.tei.xml', '.tei', '.xml'],
  layout: 'file-per-document',
  limits: {
    overlap: 'nested',
    discontinuous: false,
    fields: ['note', 'link', 'attributes', 'externalId'],
    relations: true,
  },
  options: [
    {
      name: 'markup',
      values: ['inline', 'standoff'],
      description: 'where entities stand: in the text or beside it',
    },
  ],
  needs: ['<TEI|:TEI|<teiCorpus'],
  recognizes: (head) => /<(?:\w+:)?(?:TEI|teiCorpus|TEI\.2)[\s>]/.test(head),
  isCertain: (head) => /^\s*</.test(head) && tei.recognizes(head, ''),
  parse: parseTei,
  serialize: (context) => serializeTei(tei, context),
};
